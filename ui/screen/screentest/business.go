package screentest

import (
	"math"
	"time"

	"andon/analysis"
	"andon/analysis/impact"
	"andon/analysis/slo"
	"andon/analysis/warning"
	"andon/ui/screen"
)

// business is the plant's objective, counted from the same series that the
// screens draw, and a drop that costs.
func business() screen.Business {
	series := Series(time.Hour)
	minutes := make([]slo.Count, 60*len(series.Buckets))
	for i, b := range series.Buckets {
		for m := range 60 {
			minutes[60*i+m] = slo.Count{Sum: analysis.Sum{Rows: b.Rows, Known: b.Known, Good: b.Good}}
		}
	}
	objective := slo.Objective{Metric: analysis.Accuracy, Least: true, Limit: math.NaN(), Target: 0.9}
	hours := Windows.After.Duration().Hours()
	return screen.Business{
		Objectives: []slo.Standing{slo.Keep(objective, series.Start, minutes, false).Stand(24 * time.Hour)},
		Currency:   "EUR",
		Health: []warning.Line{
			{Room: warning.Business, State: warning.Bad, Text: "accuracy>=90%: burns 3.8x over 8 h; 204 % of the week's budget spent"},
			{Room: warning.ML, State: warning.Look, Text: "confidence fell on line=L2 since 2026-03-06 00:00 UTC: usually 0.91, now 0.62; 11 more"},
			{Room: warning.Problem, State: warning.Bad, Text: "floor, likely, since 2026-03-06 06:28 UTC"},
			{Room: warning.Ops, State: warning.OK, Text: "all 40 bands kept"},
			{Room: warning.Data, State: warning.Look, Text: "brightness fell on line=L2 since 2026-03-06 00:00 UTC: usually 118, now 61; 3 more"},
		},
		Impact: impact.Impact{Hours: hours, Rows: 10_100, Good: []string{"seated"}, Parts: []impact.Part{
			{Kind: impact.Missed, Before: analysis.Sum{Rows: 18_700, Known: 3_740, Good: 90}, After: analysis.Sum{Rows: 10_100, Known: 2_020, Good: 560},
				Excess: 2_557, Interval: analysis.Interval{Lo: 2_350, Hi: 2_770}, Rate: 30},
			{Kind: impact.Stop, Before: analysis.Sum{Rows: 18_700, Known: 3_740, Good: 180}, After: analysis.Sum{Rows: 10_100, Known: 2_020, Good: 170},
				Excess: 364, Interval: analysis.Interval{Lo: 230, Hi: 510}, Rate: 4},
		}},
	}
}
