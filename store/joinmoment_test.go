package store

import (
	"testing"
	"time"

	"andon/analysis"
)

// A frame without a name in the log goes to the rows nearest in time, of its
// camera where both tell, whichever came first; no farther than a second.
func TestJoinFramesByTime(t *testing.T) {
	at := func(n int) string { return formatInstant(start.Add(time.Duration(n) * time.Millisecond)) }
	log := func(f *File) {
		load(t, f, analysis.Source{Path: "log", Kind: analysis.InferenceKind},
			batch(analysis.InferenceKind, []string{"time:time", "id:id", "camera", "frame:frame"},
				[]string{at(0), "1", "C1", ""},
				[]string{at(400), "2", "C2", ""},
				[]string{at(1900), "3", "C1", ""},
				[]string{at(3500), "4", "C1", ""},
				[]string{at(6600), "5", "C1", ""}, // the last frame of C1 is 1.6 s before
				[]string{at(9000), "6", "C1", "named.png"},
				[]string{at(9100), "7", "", ""}, // says no camera, as its frame
			))
	}
	frames := func(f *File) {
		load(t, f, analysis.Source{Path: "frames", Kind: analysis.FrameKind},
			batch(analysis.FrameKind, []string{"path:path", "time:time", "camera", "thumb:thumb", "frame.luma:feature"},
				[]string{"v/a.jpg", at(0), "C1", "png", "10"},
				[]string{"v/b.jpg", at(1000), "C1", "png", "20"},
				[]string{"v/c.jpg", at(2000), "C1", "png", "30"},
				[]string{"v/d.jpg", at(4000), "C1", "png", "40"},
				[]string{"v/e.jpg", at(5000), "C1", "png", "50"},
				[]string{"w/a.jpg", at(1300), "C2", "png", "60"},
				[]string{"x.jpg", at(9050), "", "png", "70"},
				[]string{"named.png", at(20000), "", "png", "80"},
			))
	}
	for name, order := range map[string][]func(*File){"log first": {log, frames}, "frames first": {frames, log}} {
		t.Run(name, func(t *testing.T) {
			f := create(t)
			order[0](f)
			join(t, f)
			order[1](f)
			for range 2 {
				if got, want := join(t, f), (Joined{Frames: 6, FramesUnjoined: 2}); got != want {
					t.Errorf("joined %+v, want %+v", got, want)
				}
				if got := ask(t, f, `SELECT group_concat(ifnull("frame.luma", '-')) FROM inference`); got != "10,60,30,40,-,80,70" {
					t.Errorf("luma is %s", got)
				}
				sound(t, f)
				f = reopen(t, f)
			}
		})
	}
}
