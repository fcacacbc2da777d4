package display_test

import (
	"math"
	"testing"
	"time"

	"andon/ui/display"
)

func TestNumbers(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name      string
		got, want display.Text
	}{
		{"four digits", display.Number(0.92834), "0.9283"},
		{"tenths", display.Number(12.5), "12.5"},
		{"whole", display.Number(3), "3"},
		{"thousands", display.Number(1234.5), "1,235"},
		{"tiny", display.Number(1.23456e-7), "1.235e-07"},
		{"huge", display.Number(-2.5e12), "-2.5e+12"},
		{"zero without a sign", display.Number(math.Copysign(0, -1)), "0"},
		{"rounds up to thousands", display.Number(999.99), "1,000"},
		{"none", display.Number(nan), "-"},
		{"infinite", display.Number(math.Inf(-1)), "-Inf"},
		{"count", display.Count(1234567), "1,234,567"},
		{"small count", display.Count(999), "999"},
		{"negative count", display.Count(-1000), "-1,000"},
		{"least count", display.Count(math.MinInt64), "-9,223,372,036,854,775,808"},
		{"percent", display.Percent(0.9283), "92.8 %"},
		{"no percent", display.Percent(nan), "-"},
		{"percent of almost nothing", display.Percent(-1e-9), "0.0 %"},
		{"points lost", display.Points(-0.355), "-35.5 pt"},
		{"points won", display.Points(0.02), "+2.0 pt"},
		{"no change", display.Points(-1e-9), "0.0 pt"},
		{"p", display.P(0.0312), "0.031"},
		{"small p", display.P(1e-9), "< 0.001"},
		{"bytes", display.Bytes(512), "512 B"},
		{"kibibytes", display.Bytes(1536), "1.5 KiB"},
		{"almost a mebibyte", display.Bytes(1<<20 - 1), "1.0 MiB"},
		{"days", display.Duration(76 * time.Hour), "3 d 4 h"},
		{"minutes", display.Duration(12 * time.Minute), "12 min"},
		{"two units", display.Duration(3*time.Hour + 12*time.Minute + 5*time.Second), "3 h 12 min"},
		{"milliseconds", display.Duration(250 * time.Millisecond), "250 ms"},
		{"back in time", display.Duration(-90 * time.Second), "-1 min 30 s"},
		{"longest", display.Duration(math.MinInt64), "-106751 d 23 h"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestTimes(t *testing.T) {
	cet := time.FixedZone("CET", 3600)
	onset := time.Date(2026, 3, 7, 6, 28, 5, 0, time.UTC)
	tests := []struct{ got, want display.Text }{
		{display.Time(onset, nil), "2026-03-07 06:28"},
		{display.Time(onset, cet), "2026-03-07 07:28"},
		{display.TimeZone(onset, cet), "2026-03-07 07:28 CET"},
		{display.Seconds(onset, cet), "2026-03-07 07:28:05"},
		{display.Time(time.Time{}, cet), "-"},
		{display.TimeZone(onset, time.FixedZone("\x1b[2J", 0)), "2026-03-07 06:28 ^[[2J"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}

// Nothing that is weighed is told as impossible or certain unless it is.
func TestChance(t *testing.T) {
	for p, want := range map[float64]display.Text{0: "0 %", .004: "< 1 %", .02: "2 %", .5: "50 %", .994: "99 %", .996: "> 99 %", .9999: "> 99 %", 1: "100 %", math.NaN(): display.None} {
		if got := display.Chance(p); got != want {
			t.Errorf("%v is told as %q, want %q", p, got, want)
		}
	}
}
