package report

import "andon/analysis"

// Slice is one slice of the answer; values in Where are strings, a numeric
// range is "a..b".
type Slice struct {
	Where        map[string]string `json:"where"`
	Support      pair[real]        `json:"support"`
	Quality      pair[*real]       `json:"quality"`
	Interval     [2]real           `json:"interval"`
	Contribution real              `json:"contribution"`
	P            real              `json:"p"`
	Accepted     bool              `json:"accepted"`
}

// NewSlices puts the slices that are beyond chance, or those that are not, into
// the contract's shape.
func NewSlices(slices []analysis.SliceScore, accepted bool) []Slice {
	shaped := make([]Slice, 0, len(slices))
	for _, s := range slices {
		if s.Accepted != accepted {
			continue
		}
		shaped = append(shaped, Slice{Where: s.Where.Map(), Support: pair[real]{real(s.Support[0]), real(s.Support[1])},
			Quality: pair[*real]{known(s.Before), known(s.After)}, Interval: bounds(s.Interval),
			Contribution: real(s.Contribution), P: real(s.P), Accepted: s.Accepted})
	}
	return shaped
}
