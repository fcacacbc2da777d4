package screentest

import (
	"time"

	"andon/analysis"
)

// triage is what one look at the gloves finds.
func triage() analysis.Triage {
	before := analysis.Sum{Rows: 18_700, Known: 3_740, Good: 3_470}
	after := analysis.Sum{Rows: 10_100, Known: 2_020, Good: 1_290}
	material := events()[2]
	return analysis.Triage{
		Measure: analysis.Measure{Metric: "accuracy", Known: 6_004, Labelled: 6_004},
		Quality: &analysis.Quality{Metric: "accuracy", Before: before, After: after, Delta: after.Mean() - before.Mean(),
			Interval: analysis.Interval{Lo: -0.311, Hi: -0.267}, Labelled: [2]int{3_740, 2_020}},
		Series: Series(time.Hour),
		Onset:  &change,
		Changes: []analysis.Change{change,
			{Onset: Day.Add(100 * time.Hour), Earliest: Day.Add(99 * time.Hour), Latest: Day.Add(102 * time.Hour), Before: 0.93, After: 0.91, Z: -3.1}},
		Windows: Windows,
		Account: &analysis.Account{Delta: -0.289, Mix: -0.008, New: -0.271, Within: -0.010, By: []string{"line", "brightness"},
			Parts: []analysis.AccountPart{
				{Where: analysis.Where{analysis.Is("line", "L2"), {Column: "brightness", Op: analysis.Less, Hi: 40}}, New: -0.271},
				{Where: analysis.Where{analysis.Is("line", "L1")}, Mix: -0.008, Within: 0.002},
				{Where: analysis.Where{analysis.Is("line", "L3")}, Within: -0.012}}},
		Verdict: analysis.Verdict{Cause: analysis.Floor, Outcome: analysis.Likely, Probability: 0.91,
			Why: "Inputs never seen before on line=L2 carry 94 % of the drop, and a material change on that line came 8 minutes before it."},
		Causes:  []analysis.CauseScore{{Cause: analysis.Floor, Probability: 0.91}, {Cause: analysis.Sensor, Probability: 0.06}},
		Slices:  slices(),
		Signals: signals(),
		Events: []analysis.EventMatch{{Event: &material, Probability: 0.83, Lag: 8 * time.Minute,
			Why: "8 minutes before the onset, same line"}},
		Next: []analysis.Test{{Step: "floor.frames", Title: "look at frames of line L2 from both windows",
			Settles: []analysis.Cause{analysis.Floor, analysis.Sensor}, Minutes: 5, Information: 0.6}},
		Warnings: []string{"labels arrive 6 h late on average: the last hours may still change"},
	}
}

var change = analysis.Change{Onset: Onset, Earliest: Onset.Add(-20 * time.Minute), Latest: Onset.Add(32 * time.Minute),
	Before: 0.928, After: 0.639, Z: -31, Lost: 2_900}

// Series is quality in buckets of step: 92.8 % until the onset, 63.9 % from
// then, a little life in it, and three hours without rows on the third day.
func Series(step time.Duration) analysis.Series {
	s := analysis.Series{Name: "accuracy", Start: Day, Step: step}
	for at := Day; at.Before(Span.To); at = at.Add(step) {
		hour := int(at.Sub(Day) / time.Hour)
		rows := int(float64(130+(hour%24)*2) * step.Hours())
		known, share := rows/5, 0.928
		if !at.Before(Onset) {
			share = 0.639
		}
		share += 0.012 * float64(hour%5-2)
		b := analysis.Sum{Rows: rows, Known: known, Good: float64(int(share * float64(known)))}
		if hour >= 60 && hour < 63 {
			b = analysis.Sum{}
		}
		s.Buckets = append(s.Buckets, b)
	}
	return s
}

func slices() []analysis.SliceScore {
	return []analysis.SliceScore{
		{Where: analysis.Where{analysis.Is("line", "L2")}, Before: analysis.Sum{Rows: 6_900, Known: 1_380, Good: 1_283},
			After: analysis.Sum{Rows: 3_730, Known: 746, Good: 37}, Support: [2]float64{0.37, 0.37}, Contribution: 0.98,
			Interval: analysis.Interval{Lo: -0.90, Hi: -0.86}, P: 1e-9, Accepted: true,
			Complement: [2]analysis.Sum{{Rows: 11_800, Known: 2_360, Good: 2_187}, {Rows: 6_370, Known: 1_274, Good: 1_253}}},
		{Where: analysis.Where{analysis.Is("line", "L2"), analysis.Is("shift", "night")}, Before: analysis.Sum{Rows: 2_300, Known: 460, Good: 428},
			After: analysis.Sum{Rows: 1_240, Known: 248, Good: 12}, Support: [2]float64{0.12, 0.12}, Contribution: 0.33,
			Interval: analysis.Interval{Lo: -0.92, Hi: -0.84}, P: 1e-6, Accepted: true,
			Complement: [2]analysis.Sum{{Rows: 16_400, Known: 3_280, Good: 3_042}, {Rows: 8_860, Known: 1_772, Good: 1_278}}},
		{Where: analysis.Where{{Column: "brightness", Op: analysis.Less, Hi: 60}}, Before: analysis.Sum{Rows: 900, Known: 180, Good: 160},
			After: analysis.Sum{Rows: 800, Known: 160, Good: 140}, Support: [2]float64{0.05, 0.08}, Contribution: 0.02,
			Interval: analysis.Interval{Lo: -0.09, Hi: 0.06}, P: 0.41,
			Complement: [2]analysis.Sum{{Rows: 17_800, Known: 3_560, Good: 3_310}, {Rows: 9_300, Known: 1_860, Good: 1_150}}},
	}
}

func signals() []analysis.Signal {
	return []analysis.Signal{
		{Column: "brightness", Effect: 1.9, Interval: analysis.Interval{Lo: 1.8, Hi: 2.0}, Direction: "down", P: 0, Q: 0, Changed: true,
			Relevance: 0.97, Unseen: 0.31, Why: "a third of the rows since are darker than any before, nearly all on line=L2", Profile: brightness()},
		{Column: "vendor", Effect: 0.42, Interval: analysis.Interval{Lo: 0.35, Hi: 0.47}, Direction: "new values", P: 0.002, Q: 0.01, Changed: true,
			Relevance: 0.88, Unseen: 0.36, Why: "a vendor that was not there before has 36 % of the rows", Profile: vendor(),
			Warnings: []string{"12 % of the rows have no vendor"}},
		{Column: "confidence", Effect: 0.8, Interval: analysis.Interval{Lo: 0.7, Hi: 0.9}, Direction: "down", P: 0.004, Q: 0.02, Changed: true,
			Relevance: 0.51, Why: "confidence fell where quality fell", Profile: brightness()},
		{Column: "shift", Effect: 0.01, Interval: analysis.Interval{Lo: 0, Hi: 0.03}, Direction: "mix", P: 0.6, Q: 0.8,
			Relevance: 0.02, Why: "as before", Profile: vendor()},
	}
}

// brightness is a numeric column of six bins whose lowest is new.
func brightness() analysis.Profile {
	p := analysis.Profile{Field: analysis.Field{Name: "brightness", Type: analysis.Number, Role: analysis.RoleFeature}}
	for i := range 6 {
		p.Bins = append(p.Bins, analysis.Bin{Lo: float64(40 * i), Hi: float64(40 * (i + 1))})
	}
	p.Before = []analysis.Block{block(0, 300, 2_400, 9_000, 6_000, 1_000)}
	p.After = []analysis.Block{block(3_130, 400, 1_100, 3_100, 2_000, 370)}
	return p
}

// vendor is a text column with nulls, a rest and a value that is new.
func vendor() analysis.Profile {
	return analysis.Profile{
		Field:  analysis.Field{Name: "vendor", Type: analysis.Text, Role: analysis.RoleDimension},
		Bins:   []analysis.Bin{{Value: "acme"}, {Value: "globex"}, {Value: "initech"}, {Other: true}, {Null: true}},
		Before: []analysis.Block{block(12_000, 4_300, 0, 200, 2_200)},
		After:  []analysis.Block{block(4_400, 800, 3_640, 60, 1_200)},
	}
}

func block(rows ...int) analysis.Block {
	b := analysis.Block{Start: Day}
	for _, n := range rows {
		b.Bins = append(b.Bins, analysis.Sum{Rows: n, Known: n / 5, Good: float64(n / 6)})
		b.N += n
	}
	return b
}
