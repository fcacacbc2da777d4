// Package rollup turns many rows into what they come to by the minute and by
// the hour, as bytes, and adds such sums up again. Whoever asks for a window
// then reads a few kilobytes an hour, however many rows it has. It knows
// nothing of SQL and nothing of files.
//
//	rows ─▶ Roll ─▶ Hour  Counts    60 × (rows, known, good)
//	                      Whole     the sums of the hour
//	                      Minutes   those of each minute
//	Hours ─▶ Window ─▶ Tally a column          sums of disjoint rows add
//
// Sums are, for a text, rows, known and good ones of each value; for a number,
// the same of each bin of a fixed [Scale], and the moments. All numbers are
// unsigned varints but for the moments, which are little-endian float64:
//
//	Whole     sums
//	sums      rows known good, then columns up to the end
//	column    key, kind, and
//	  0 text     n, n × (step of the code, rows, known, good); code 0 is null
//	  1 number   values, sum, sum of squares, least, most (if values),
//	             then as text with bins for codes; bin 64 is null
//	  2 neither  nothing: it has too many values, ask the segments
//	Minutes   CRC-32C of the rest, then for each minute that has rows:
//	          minute, length of its sums, sums
package rollup

import (
	"errors"
	"fmt"
)

// ErrCorrupt is matched by every error of reading.
var ErrCorrupt = errors.New("corrupt rollup")

func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrCorrupt, fmt.Sprintf(format, args...))
}

// Minute and HourLength are the buckets, in nanoseconds since 1970 UTC.
const (
	Minute     = int64(60e9)
	HourLength = 60 * Minute
)

const (
	textKind = iota
	numberKind
	neitherKind
)

// MaxValues bounds the values of a text: one of more is not to be rolled up.
const MaxValues = 1 << 10

// floorTo is the multiple of step at or below ns.
func floorTo(ns, step int64) int64 { return ns - ((ns%step)+step)%step }
