package report

import "andon/analysis"

// Signal is one column's difference.
type Signal struct {
	Column    string   `json:"column"`
	Effect    real     `json:"effect"`
	Interval  [2]real  `json:"interval"`
	Direction string   `json:"direction"`
	P         real     `json:"p"`
	Q         real     `json:"q"`
	Changed   bool     `json:"changed"`
	Relevance real     `json:"relevance"`
	Unseen    real     `json:"unseen"`
	Why       string   `json:"why"`
	Warnings  []string `json:"warnings"`
}

// NewSignals puts signals into the contract's shape.
func NewSignals(signals []analysis.Signal) []Signal {
	shaped := make([]Signal, 0, len(signals))
	for _, s := range signals {
		shaped = append(shaped, Signal{s.Column, real(s.Effect), bounds(s.Interval), s.Direction,
			real(s.P), real(s.Q), s.Changed, real(s.Relevance), real(s.Unseen), s.Why, texts(s.Warnings)})
	}
	return shaped
}
