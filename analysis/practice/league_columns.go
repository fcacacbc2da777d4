package practice

import (
	"fmt"
	"math"

	"andon/analysis"
)

// ink is one column of a round's log while it is written, row by row.
type ink struct {
	column analysis.Column
	write  func(*analysis.Column, *row)
}

// sheet is the log while it is written, with the columns and the names that
// the importers would give them.
type sheet struct {
	style *style
	inks  []ink
	noise dice
}

func newSheet(p *plot) *sheet {
	s := &sheet{style: &p.style, noise: newDice(p.seed, streamRound-1)}
	s.add("time", analysis.RoleTime, analysis.Time, nil, func(c *analysis.Column, r *row) { c.Times = append(c.Times, r.time) })
	for dim, name := range columnNames {
		if dim != byReviewer && p.style.logs(dim) {
			s.text(name, analysis.RoleDimension, p.works.values[dim], func(r *row) uint32 { return uint32(r.at[dim]) + 1 })
		}
	}
	if p.style.versions {
		s.versions()
	}
	s.answers()
	if p.style.service {
		s.text("status", analysis.RoleStatus, statuses, func(r *row) uint32 { return uint32(r.status) + 1 })
		s.number("latency_ms", analysis.RoleLatency, func(r *row) float64 { return math.Round(r.latency*10) / 10 })
	}
	s.truth(p)
	s.pictures(p)
	return s
}

func (s *sheet) add(name string, role analysis.Role, kind analysis.Type, dict []string, write func(*analysis.Column, *row)) {
	s.inks = append(s.inks, ink{analysis.Column{Field: field(s.style.called(name), role, kind), Dict: dict}, write})
}

// text adds a column of words; code 0 is none.
func (s *sheet) text(name string, role analysis.Role, dict []string, code func(*row) uint32) {
	s.add(name, role, analysis.Text, dict, func(c *analysis.Column, r *row) { c.Codes = append(c.Codes, code(r)) })
}

func (s *sheet) number(name string, role analysis.Role, value func(*row) float64) {
	s.add(name, role, analysis.Number, nil, func(c *analysis.Column, r *row) { c.Numbers = append(c.Numbers, value(r)) })
}

// The names of versions, in the order in which they follow each other.
var (
	modelVersions      = []string{"3.4.1", "3.5.0", "3.6.0"}
	preprocessVersions = []string{"p7", "p8"}
	configVersions     = []string{"cfg-31", "cfg-32"}
)

func (s *sheet) versions() {
	s.text("model_version", analysis.RoleVersion, modelVersions, func(r *row) uint32 { return uint32(r.version) + 1 })
	s.text("preprocess_version", analysis.RoleDimension, preprocessVersions, func(r *row) uint32 { return uint32(r.preprocess) + 1 })
	if s.style.name == "rich" || s.style.name == "plain" {
		s.text("config", analysis.RoleDimension, configVersions, func(r *row) uint32 { return uint32(r.config) + 1 })
	}
}

// answers writes what the model said; a call that failed said nothing.
func (s *sheet) answers() {
	words := s.style.classNames()
	switch {
	case s.style.task == gapTask:
		s.number("prediction", analysis.RolePrediction, func(r *row) float64 { return answered(r, r.number) })
	case s.style.answers:
		s.text("prediction", analysis.RolePrediction, words, func(r *row) uint32 {
			if r.status != 0 {
				return 0
			}
			return s.style.word(r.class) + 1
		})
	}
	if s.style.sure {
		s.number("confidence", analysis.RoleConfidence, func(r *row) float64 { return answered(r, r.confidence) })
	}
	if !s.style.votes {
		return
	}
	for m, name := range Members() {
		s.text(analysis.VotePrefix+name, analysis.RoleVote, words, func(r *row) uint32 {
			if r.status != 0 {
				return 0
			}
			return s.style.word(Class(r.glance.said[r.release].votes[m])) + 1
		})
	}
}

func answered(r *row, v float64) float64 {
	if r.status != 0 {
		return math.NaN()
	}
	return v
}

// truth writes what people said of it.
func (s *sheet) truth(p *plot) {
	switch {
	case s.style.truth == noTruth:
		return
	case s.style.truth == correctTruth:
		s.number("correct", analysis.RoleCorrect, func(r *row) float64 {
			switch {
			case !r.known:
				return math.NaN()
			case r.right(false):
				return 1
			}
			return 0
		})
		return
	case s.style.task == gapTask:
		s.number("label", analysis.RoleLabel, func(r *row) float64 {
			if !r.known {
				return math.NaN()
			}
			return r.measured
		})
	default:
		s.text("label", analysis.RoleLabel, s.style.classNames(), func(r *row) uint32 {
			if !r.known {
				return 0
			}
			return s.style.word(r.truth) + 1
		})
	}
	if !s.style.reviewed {
		return
	}
	s.text("reviewer", analysis.RoleReviewer, p.works.values[byReviewer], func(r *row) uint32 {
		if !r.known {
			return 0
		}
		return uint32(r.at[byReviewer]) + 1
	})
	s.add("label_time", analysis.RoleLabelTime, analysis.Time, nil, func(c *analysis.Column, r *row) {
		if !r.known {
			c.Times = append(c.Times, analysis.NoTime)
			return
		}
		c.Times = append(c.Times, r.labelled)
	})
}

// pictures writes the image features of every row, as noisy and as rounded as
// a pipeline logs them, and the frame columns of the rows whose frame was kept.
func (s *sheet) pictures(p *plot) {
	for k, name := range []string{"brightness", "contrast", "sharpness", "hue", "saturation"}[:s.style.features] {
		at := []int{0, 1, 2, 3, 5}[k]
		grain := []float64{0.8, 0.5, 12, 2, 0.004}[k]
		decimals := []float64{10, 10, 1, 1, 1000}[k]
		s.number(name, analysis.RoleFeature, func(r *row) float64 {
			v := float64(r.glance.features[s.style.tap][at])
			if at < 2 {
				v *= p.works.gain[r.at[byCamera]]
			}
			return math.Round(float64((v+float64(grain*s.noise.normal()))*decimals)) / decimals
		})
	}
	if s.style.framed == 0 {
		return
	}
	for k, f := range analysis.FrameFields()[:7] {
		s.number(f.Name, analysis.RoleFeature, func(r *row) float64 {
			if !r.framed {
				return math.NaN()
			}
			return float64(r.glance.features[atCamera][k])
		})
	}
}

func (s *sheet) row(r *row) {
	for i := range s.inks {
		s.inks[i].write(&s.inks[i].column, r)
	}
}

// table is the log as a triage gets it. The ids of a detector's frames are
// the only ones written: elsewhere each is met once and tells nothing.
func (s *sheet) table(frames []uint32) *analysis.Table {
	columns := make([]analysis.Column, len(s.inks))
	for i := range s.inks {
		columns[i] = s.inks[i].column
	}
	if frames != nil {
		ids := analysis.Column{Field: field("id", analysis.RoleID, analysis.Text), Codes: frames}
		for i := range frames[len(frames)-1] {
			ids.Dict = append(ids.Dict, fmt.Sprintf("f%06d", i+1))
		}
		columns = append(columns, ids)
	}
	t, err := analysis.NewTable(columns)
	must(err)
	return t
}
