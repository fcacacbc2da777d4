// Package camera compares what cameras saw before and after.
//
//	Frame ─ picture ─▶ Features  numbers that join the inference as columns
//	   │
//	   ▼
//	Sample ─┬─▶ Pairs     after-frames unlike anything before, each beside its like
//	 with   ├─▶ Regions   which cells of the picture changed colour
//	 what   └─▶ Mean      what a whole window looks like, and the difference
//	 the log says
//
// Compare puts them together. Pictures come decoded; nothing here reads files.
package camera

import "time"

// Frame is one sampled image as the incident file keeps it: a thumbnail of at
// most 160 pixels a side, and the inference it belongs to (row 0: none found).
type Frame struct {
	ID     int64
	Row    int64
	Time   time.Time
	Path   string
	Width  int
	Height int
	Thumb  []byte
}
