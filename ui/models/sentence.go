package models

import (
	"fmt"
	"strings"

	"andon/analysis"
	"andon/analysis/ensemble"
	"andon/ui/display"
	"andon/ui/screen"
)

// headline is what a pane says in one line.
func (s Screen) headline() string {
	switch s.pane {
	case members:
		return s.spread()
	case versions:
		return s.latest()
	case remedies:
		return s.best()
	case stages:
		return s.culprit()
	}
	return s.worst()
}

// spread says how differently the members fared, which is what the pane is
// for: one that fell alone is to blame, all that fell together are not.
func (s Screen) spread() string {
	r := s.known.members
	var broke, fell []string
	for i, st := range r.Standings {
		switch st.State {
		case ensemble.Broke:
			text := string(display.Escape(r.Members[i].Name)) + " broke"
			if st.Since != nil {
				text += " on " + string(display.Time(st.Since.Onset, s.zone))
			}
			broke = append(broke, text)
		case ensemble.Fell:
			fell = append(fell, r.Members[i].Name)
		}
	}
	switch {
	case len(broke) > 0:
		return strings.Join(broke, ", ") + ", away from the others"
	case len(fell) == len(r.Members) && len(fell) > 0:
		return "all fell together: no single one of them is to blame"
	case len(fell) > 0:
		return fmt.Sprintf("%d of %d fell, none away from the others", len(fell), len(r.Members))
	case len(r.Members) > 0:
		return "none fell"
	}
	return ""
}

// latest is the newest version against the one before.
func (s Screen) latest() string {
	all := s.known.versions.Comparisons
	if len(all) == 0 {
		return ""
	}
	return string(display.Escape(s.comparison(all[len(all)-1])))
}

// best is the first remedy of certain use.
func (s Screen) best() string {
	r := s.known.plan.Best()
	switch {
	case r == nil && len(s.known.plan.Remedies) > 0:
		return "nothing that can be done now certainly helps"
	case r == nil:
		return ""
	}
	return fmt.Sprintf("first: %s, %s", display.Escape(r.Do), screen.Step(s.known.plan.Measure.Scale, r.Overall.Gain))
}

// worst counts the units that certainly fell.
func (s Screen) worst() string {
	fell := 0
	for _, u := range s.known.units {
		if u.Before.Known > 0 && u.After.Known > 0 && u.Change.Loss() > 0 && (u.Change.Interval.Lo > 0 || u.Change.Interval.Hi < 0) {
			fell++
		}
	}
	if len(s.known.units) == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d got worse", fell, len(s.known.units))
}

// sentence is what the cursor is on, for somebody who does not see the screen.
func (s Screen) sentence() string { return strings.Join(s.sentences(), " ") }

func (s Screen) sentences() []string {
	switch s.pane {
	case members:
		if i, ok := s.member(); ok {
			return s.memberSentences(i)
		}
	case versions:
		if v, ok := s.version(); ok {
			return append(s.versionSentences(v), s.pairSentences()...)
		}
	case remedies:
		if r, ok := s.remedy(); ok {
			return s.remedySentences(r)
		}
	case stages:
		return s.stageSentences()
	case units:
		if u, ok := s.unit(); ok {
			return append([]string{fmt.Sprintf("%s: %s.", u.Where, s.quality(u.Before, u.After))}, s.pairSentences()...)
		}
	}
	return nil
}

func (s Screen) memberSentences(i int) []string {
	scale, m := s.state.Triage.Measure.Scale, s.known.members.Members[i]
	sentences := []string{
		fmt.Sprintf("%s: %s.", m.Name, s.quality(m.Before, m.After)),
		fmt.Sprintf("%s: %s before, %s after.", agreeing(scale), s.level(m.Agree[0]), s.level(m.Agree[1])),
	}
	if i < len(s.known.members.Standings) {
		sentences = append(sentences, s.standingSentences(s.known.members.Standings[i])...)
	}
	for _, other := range m.Apart {
		sentences = append(sentences, fmt.Sprintf("Differs from %s: %s before, %s after.", other.Name, s.level(other.Before), s.level(other.After)))
	}
	return sentences
}

// standingSentences are how a member moved against the others and what it is
// worth to the vote.
func (s Screen) standingSentences(st ensemble.Standing) []string {
	scale := s.state.Triage.Measure.Scale
	var out []string
	if st.Apart.Delta == st.Apart.Delta {
		out = append(out, fmt.Sprintf("Against the others %s (%s): it %s.", screen.Step(scale, st.Apart.Delta), interval(scale, st.Apart.Interval), st.State))
	}
	if st.Value[0].Known > 0 && st.Value[1].Known > 0 {
		out = append(out, fmt.Sprintf("Worth to the vote: %s before, %s after.", screen.Step(scale, st.Value[0].Mean()), screen.Step(scale, st.Value[1].Mean())))
	}
	if c := st.Calibration; c[0] == c[0] && c[1] == c[1] {
		out = append(out, fmt.Sprintf("Its probabilities are off by %s before, %s after.", display.Percent(c[0]), display.Percent(c[1])))
	}
	return out
}

// agreeing names the agreement by what the scale makes of it.
func agreeing(scale analysis.Scale) string {
	if scale == analysis.Amount {
		return "Distance from the final answer"
	}
	return "Gives the final answer"
}

// warnings are those of the pane that shows.
func (s Screen) warnings() []string {
	switch s.pane {
	case members:
		return s.known.members.Warnings
	case remedies:
		var out []string
		for _, why := range s.known.plan.Untold {
			out = append(out, "cannot tell "+why)
		}
		return append(out, s.known.plan.Warnings...)
	}
	return nil
}

// quality is both windows with their counts and the change with its interval.
func (s Screen) quality(before, after analysis.Sum) string {
	text := s.of(before) + " before, " + s.of(after) + " after"
	if before.Known == 0 || after.Known == 0 {
		return text
	}
	measure := s.state.Triage.Measure
	q := analysis.CompareQuality(measure, before, after)
	return text + fmt.Sprintf(", %s (%s)", screen.Step(measure.Scale, q.Delta), interval(measure.Scale, q.Interval))
}

// of is a level and of how many rows.
func (s Screen) of(sum analysis.Sum) string {
	if sum.Known == 0 {
		return "no known rows"
	}
	return string(s.level(sum)) + " of " + string(display.Count(int64(sum.Known)))
}

func (s Screen) level(sum analysis.Sum) display.Text {
	if sum.Known == 0 {
		return "unknown"
	}
	return screen.Level(s.state.Triage.Measure.Scale, sum.Mean())
}
