package screentest

import (
	"time"

	"andon/analysis"
	"andon/analysis/labelling"
	"andon/ui/screen"
)

// expected is an estimate that saw part of the fall, and labels that settled it.
func expected() screen.Expectation {
	series := Series(time.Hour)
	for i, b := range series.Buckets {
		known := float64(b.Rows)
		series.Buckets[i] = analysis.Sum{Rows: b.Rows, Known: b.Rows, Good: known * (b.Mean() + 0.927) / 2}
	}
	return screen.Expectation{
		Series: series,
		Estimate: analysis.Estimate{From: "confidence", Accuracy: 0.78, Plain: 0.78, Shift: 0.77, Threshold: 0.79,
			Interval: analysis.Interval{Lo: 0.47, Hi: 0.8}, Calibration: 0.01, Unseen: 0.31, UnseenIn: "brightness",
			Realised: analysis.Sum{Rows: 2_020, Known: 2_020, Good: 1_290}, Known: 3_740, Rows: 10_100,
			Warnings: []string{"31 % of the rows have a brightness that the labelled ones never had: what the model is worth there is unknown"}},
		Needs: []labelling.Need{
			{Question: labelling.Question{Was: 0.928, Is: 0.878, Known: 2_020, Right: 1_290}, From: "least drop", Waiting: 8_080, Answer: labelling.Is},
			{Where: analysis.Where{analysis.Is("line", "L3")}, Question: labelling.Question{Was: 0.927, Is: 0.877, Likely: 0.8, Known: 60, Right: 54}, From: "estimate",
				Waiting: 3_100, More: 232, Soon: 32, Answer: labelling.Open},
		},
	}
}
