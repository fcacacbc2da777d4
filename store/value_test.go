package store

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestFormatTimeProperty holds the digits to package time's.
func TestFormatTimeProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		ns := rapid.Int64Range(math.MinInt64+1, math.MaxInt64).Draw(rt, "ns")
		if rapid.Bool().Draw(rt, "whole") {
			ns -= ns % 1e6
		}
		layout := "2006-01-02T15:04:05.000Z"
		if ns%1e6 != 0 {
			layout = "2006-01-02T15:04:05.000000000Z"
		}
		want := time.Unix(0, ns).UTC().Format(layout)
		if got := formatTime(ns); got != want || parseTime(got) != ns {
			rt.Errorf("%d is %q, want %q", ns, got, want)
		}
	})
}
