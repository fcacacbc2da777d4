package report

import (
	"time"

	"andon/analysis"
	"andon/analysis/noninferiority"
)

// Trial is the JSON of `andon verify --json`. More is how many labels are
// lacking, -1 where no number is enough; countermeasure and finding are null
// where there is none.
type Trial struct {
	Schema         int                    `json:"schema"`
	Verdict        noninferiority.Verdict `json:"verdict"`
	Why            string                 `json:"why"`
	Metric         string                 `json:"metric"`
	Margin         real                   `json:"margin"`
	Inflation      real                   `json:"inflation"`
	Windows        trialWindows           `json:"windows"`
	Whole          part                   `json:"whole"`
	Guilty         *part                  `json:"guilty"`
	Slices         []part                 `json:"slices"`
	More           int                    `json:"more"`
	Countermeasure *int64                 `json:"countermeasure"`
	Finding        *int64                 `json:"finding"`
	Warnings       []string               `json:"warnings"`
}

type trialWindows struct {
	Before window `json:"before"`
	Verify window `json:"verify"`
}

type part struct {
	Where      map[string]string      `json:"where"`
	Before     *real                  `json:"before"`
	Verify     *real                  `json:"verify"`
	Labelled   [2]int                 `json:"labelled"`
	Difference *real                  `json:"difference"`
	Interval   [2]real                `json:"interval"`
	P          real                   `json:"p"`
	Verdict    noninferiority.Verdict `json:"verdict"`
	Power      real                   `json:"power"`
	More       int                    `json:"more"`
}

// NewTrial puts a verification into its contract's shape.
func NewTrial(t noninferiority.Trial, fix noninferiority.Fix, metric string, countermeasure, finding int64) Trial {
	utc := func(w analysis.Window) window { return window{w.From.UTC(), w.To.UTC()} }
	out := Trial{Schema: Schema, Verdict: t.Verdict, Why: t.Why, Metric: metric, Margin: real(t.Margin), Inflation: real(t.Inflation),
		Windows: trialWindows{utc(fix.Before), utc(fix.Verify)}, Whole: newPart(nil, t.Whole), Slices: []part{}, More: t.More, Warnings: texts(t.Warnings)}
	if t.Guilty != nil {
		guilty := newPart(t.Guilty.Where, t.Guilty.Answer)
		out.Guilty = &guilty
	}
	for _, p := range t.Parts {
		out.Slices = append(out.Slices, newPart(p.Where, p.Answer))
	}
	if countermeasure > 0 {
		out.Countermeasure = &countermeasure
	}
	if finding > 0 {
		out.Finding = &finding
	}
	return out
}

func newPart(where analysis.Where, a noninferiority.Answer) part {
	p := part{Where: where.Map(), Before: known(a.Before), Verify: known(a.Verify), Labelled: [2]int{a.Before.Known, a.Verify.Known},
		Interval: bounds(a.Interval), P: real(a.P), Verdict: a.Verdict, Power: real(a.Power), More: a.More}
	if p.Before != nil && p.Verify != nil {
		difference := real(a.Difference)
		p.Difference = &difference
	}
	return p
}

// Action is one countermeasure that was taken, in JSON.
type Action struct {
	ID      int64            `json:"id"`
	Time    time.Time        `json:"time"`
	By      string           `json:"by"`
	Do      string           `json:"do"`
	Cause   *string          `json:"cause"`
	Taken   time.Time        `json:"taken"`
	Verify  *window          `json:"verify"`
	Outcome analysis.Outcome `json:"outcome"`
	Finding *int64           `json:"finding"`
}

// NewActions puts the countermeasures that were taken into shape; an outcome of
// "" was not verified yet.
func NewActions(taken []analysis.Taken) []Action {
	out := make([]Action, 0, len(taken))
	for _, c := range taken {
		a := Action{ID: c.ID, Time: c.Time.UTC(), By: c.Author, Do: c.Do, Taken: c.Taken.UTC(), Outcome: c.Outcome}
		if cause := string(c.Cause); cause != "" {
			a.Cause = &cause
		}
		if !c.Verify.Empty() {
			a.Verify = &window{c.Verify.From.UTC(), c.Verify.To.UTC()}
		}
		if c.Finding > 0 {
			a.Finding = &c.Finding
		}
		out = append(out, a)
	}
	return out
}
