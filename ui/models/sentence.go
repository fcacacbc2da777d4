package models

import (
	"fmt"
	"strings"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/screen"
)

// spread says how differently the members fared, which is what the pane is
// for: one that fell alone is to blame, all that fell together are not.
func (s Screen) spread() string {
	all := s.answer.ensemble.Members
	title := fmt.Sprintf("Members: %d", len(all))
	var best, worst analysis.Quality
	var bestName, worstName string
	for _, m := range all {
		if m.Before.Known == 0 || m.After.Known == 0 {
			continue
		}
		q := analysis.CompareQuality(s.state.Triage.Measure, m.Before, m.After)
		if bestName == "" || q.Loss() < best.Loss() {
			best, bestName = q, m.Name
		}
		if worstName == "" || q.Loss() > worst.Loss() {
			worst, worstName = q, m.Name
		}
	}
	if bestName == "" || bestName == worstName {
		return title
	}
	scale := s.state.Triage.Measure.Scale
	return fmt.Sprintf("%s; %s moved %s, %s %s", title, display.Escape(worstName), screen.Step(scale, worst.Delta),
		display.Escape(bestName), screen.Step(scale, best.Delta))
}

// sentence is what the cursor is on, for somebody who does not see the screen.
func (s Screen) sentence() string { return strings.Join(s.sentences(), " ") }

func (s Screen) sentences() []string {
	if s.pane == versions {
		if v, ok := s.version(); ok {
			return s.versionSentences(v)
		}
		return nil
	}
	if m, ok := s.member(); ok {
		return s.memberSentences(m)
	}
	return nil
}

func (s Screen) memberSentences(m analysis.Member) []string {
	scale := s.state.Triage.Measure.Scale
	sentences := []string{
		fmt.Sprintf("%s: %s.", m.Name, s.quality(m.Before, m.After)),
		fmt.Sprintf("%s: %s before, %s after.", agreeing(scale), s.level(m.Agree[0]), s.level(m.Agree[1])),
	}
	for _, other := range m.Apart {
		sentences = append(sentences, fmt.Sprintf("Differs from %s: %s before, %s after.", other.Name, s.level(other.Before), s.level(other.After)))
	}
	return sentences
}

// agreeing names the agreement by what the scale makes of it.
func agreeing(scale analysis.Scale) string {
	if scale == analysis.Amount {
		return "Distance from the final answer"
	}
	return "Gives the final answer"
}

func (s Screen) versionSentences(v analysis.Version) []string {
	sentences := []string{
		fmt.Sprintf("%s: %s of the rows before, %s after.", versionName(v), display.Percent(v.Share[0]), display.Percent(v.Share[1])),
		fmt.Sprintf("Quality: %s.", s.quality(v.Before, v.After)),
	}
	first, last := -1, -1
	for i, b := range v.Traffic.Buckets {
		if b.Rows > 0 {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first >= 0 {
		sentences = append(sentences, fmt.Sprintf("Answered from %s to %s, in steps of %s.", display.Time(v.Traffic.At(first), s.zone),
			display.Time(v.Traffic.At(last+1), s.zone), display.Duration(v.Traffic.Step)))
	}
	return sentences
}

// quality is both windows with their counts and the change with its interval.
func (s Screen) quality(before, after analysis.Sum) string {
	text := fmt.Sprintf("%s of %s before, %s of %s after", s.level(before), display.Count(int64(before.Known)),
		s.level(after), display.Count(int64(after.Known)))
	if before.Known == 0 || after.Known == 0 {
		return text
	}
	measure := s.state.Triage.Measure
	q := analysis.CompareQuality(measure, before, after)
	return text + fmt.Sprintf(", %s (%s)", screen.Step(measure.Scale, q.Delta), interval(measure.Scale, q.Interval))
}

func (s Screen) level(sum analysis.Sum) display.Text {
	if sum.Known == 0 {
		return "unknown"
	}
	return screen.Level(s.state.Triage.Measure.Scale, sum.Mean())
}
