package models

import (
	"fmt"
	"strings"

	"andon/analysis"
	"andon/analysis/version"
	"andon/ui/display"
	"andon/ui/screen"
)

// A version in words: its share and quality, when it came and how, and against
// the one before it on the same traffic.

func (s Screen) versionSentences(v analysis.Version) []string {
	sentences := []string{
		fmt.Sprintf("%s: %s of the rows before, %s after.", versionName(v), display.Percent(v.Share[0]), display.Percent(v.Share[1])),
		fmt.Sprintf("Quality: %s.", s.quality(v.Before, v.After)),
	}
	for _, r := range s.known.versions.Lineage {
		if r.Value == v.Where.Value {
			sentences = append(sentences, s.reign(r))
		}
	}
	for _, c := range s.known.versions.Comparisons {
		if c.B == v.Where.Value {
			sentences = append(sentences, s.comparison(c)+".")
			sentences = append(sentences, c.Warnings...)
		}
	}
	for _, r := range s.known.versions.Rollouts {
		if r.Version == v.Where.Value {
			sentences = append(sentences, s.rollout(r))
		}
	}
	return append(sentences, s.bySlice(v)...)
}

// reign is when a version answered and how it came.
func (s Screen) reign(r version.Reign) string {
	text := fmt.Sprintf("Answered from %s to %s", display.Time(r.First, s.zone), display.Time(r.Last, s.zone))
	if r.Takes > 0 {
		text += ", took over in " + string(display.Duration(r.Takes))
	}
	if r.Event != nil {
		text += fmt.Sprintf(", with %q", r.Event.Title)
	}
	return text + "."
}

func (s Screen) rollout(r version.Rollout) string {
	scale := s.state.Triage.Measure.Scale
	text := fmt.Sprintf("Came to %s=%s and not to %s: %s (%s) more there.", r.By, strings.Join(r.Treated, ","), strings.Join(r.Control, ","),
		screen.Step(scale, r.Effect.Delta), interval(scale, r.Effect.Interval))
	return strings.Join(append([]string{text}, r.Warnings...), " ")
}

// bySlice is a version in each value of the first grid's column.
func (s Screen) bySlice(v analysis.Version) []string {
	var out []string
	for _, g := range s.known.versions.Grids {
		var parts []string
		for k, version := range g.Versions {
			if version != v.Where {
				continue
			}
			for i, row := range g.Cells {
				if row[k][0].Rows+row[k][1].Rows > 0 {
					parts = append(parts, fmt.Sprintf("%s %s > %s", g.Values[i].Value, s.level(row[k][0]), s.level(row[k][1])))
				}
			}
		}
		if len(parts) > 0 {
			out = append(out, fmt.Sprintf("By %s: %s.", g.By, strings.Join(parts, ", ")))
		}
	}
	return out
}

// comparison is a difference on the same traffic, or that there is none.
func (s Screen) comparison(c version.Comparison) string {
	if !c.Told() {
		return fmt.Sprintf("%s and %s never met the same traffic: confounded", c.A, c.B)
	}
	scale := s.state.Triage.Measure.Scale
	return fmt.Sprintf("%s against %s on the same traffic: %s (%s)", c.B, c.A, screen.Step(scale, c.Difference), interval(scale, c.Interval))
}
