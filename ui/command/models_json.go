package command

import (
	"math"
	"time"

	"andon/analysis"
	"andon/analysis/ensemble"
	"andon/ui/report"
)

// modelsAnswer is the JSON of `andon models --json`. Every key is always there:
// what is not known is null, an empty list is []. Shares are from 0 to 1; where
// the metric is mae, levels are distances and lower is better.
type modelsAnswer struct {
	Schema       int             `json:"schema"`
	Metric       string          `json:"metric"`
	Windows      *report.Windows `json:"windows"`
	Members      []jsonMember    `json:"members"`
	Pairs        []jsonPair      `json:"pairs"`
	EqualVote    sides           `json:"equal_vote_gives_answer"`
	Disagreement jsonSeries      `json:"disagreement"`
	Dissent      []jsonDissent   `json:"disagreement_by_slice"`
	Versions     []jsonVersion   `json:"versions"`    // in the order of their first rows
	Comparisons  []jsonCompared  `json:"comparisons"` // each version against the one before, or --compare
	Rollouts     []jsonRollout   `json:"rollouts"`    // those in stages
	Grids        []jsonGrid      `json:"versions_by_slice"`
	Units        []jsonUnit      `json:"units"` // models and plants, [] for one of each
	Stages       []jsonStage     `json:"stages"`
	Warnings     []string        `json:"warnings"`
}

// level is a mean with its 95 % interval and the rows it rests on; null where
// no row is known.
type jsonLevel struct {
	Mean     *float64    `json:"mean"`
	Interval [2]*float64 `json:"interval"`
	Known    int         `json:"known"`
	Rows     int         `json:"rows"`
}

type sides struct {
	Before jsonLevel `json:"before"`
	After  jsonLevel `json:"after"`
}

type jsonChange struct {
	Delta    *float64    `json:"delta"`
	Interval [2]*float64 `json:"interval"`
}

type jsonMember struct {
	Name        string         `json:"name"`
	State       ensemble.State `json:"state"`
	Quality     sides          `json:"quality"`
	Change      jsonChange     `json:"change"`
	Agrees      sides          `json:"gives_answer"`
	Value       sides          `json:"value"`
	Calibration [2]*float64    `json:"calibration_error"`
	Apart       jsonChange     `json:"against_others"`
	Strayed     jsonChange     `json:"strayed"`
	Since       *jsonSince     `json:"since"`
}

type jsonSince struct {
	Time     time.Time    `json:"time"`
	Interval [2]time.Time `json:"interval"`
}

type jsonPair struct {
	A         string     `json:"a"`
	B         string     `json:"b"`
	Differ    sides      `json:"differ"`
	BothWrong sides      `json:"both_wrong"`
	Over      jsonSeries `json:"differ_over_time"`
}

type jsonSeries struct {
	Step   float64     `json:"step_seconds"`
	Points []jsonPoint `json:"points"`
}

type jsonPoint struct {
	Time  time.Time `json:"time"`
	Share *float64  `json:"share"`
	Rows  int       `json:"rows"`
}

// jsonStage is one stage of a chain; name is "the final answer" for what came
// after the last.
type jsonStage struct {
	Name   string     `json:"name"`
	Column string     `json:"column"`
	Gate   bool       `json:"gate"`
	Blamed sides      `json:"blamed"`
	Change jsonChange `json:"change"`
	Share  *float64   `json:"share_of_change"`
	Right  sides      `json:"right_when_reached_unspoilt"`
}

type jsonDissent struct {
	Where  map[string]string `json:"where"`
	Differ sides             `json:"differ"`
	Change jsonChange        `json:"change"`
	Share  *float64          `json:"share_of_growth"`
}

func newModelsAnswer(t analysis.Triage, m answerers) modelsAnswer {
	r := m.members
	measure := t.Measure
	a := modelsAnswer{Schema: report.Schema, Metric: measure.Metric, Windows: report.NewWindows(t.Windows), Members: []jsonMember{}, Pairs: []jsonPair{},
		EqualVote: newSides(measure.Scale, r.Equal[0], r.Equal[1]), Disagreement: newJSONSeries(r.Disagreement), Dissent: []jsonDissent{}, Warnings: append([]string{}, r.Warnings...)}
	for i, one := range r.Members {
		a.Members = append(a.Members, newJSONMember(measure, one, r.Standings[i]))
	}
	for _, p := range r.Pairs {
		a.Pairs = append(a.Pairs, jsonPair{r.Members[p.A].Name, r.Members[p.B].Name,
			newSides(measure.Scale, p.Differ[0], p.Differ[1]), newSides(analysis.Proportion, p.Wrong[0], p.Wrong[1]), newJSONSeries(p.Over)})
	}
	for _, d := range r.Slices {
		a.Dissent = append(a.Dissent, jsonDissent{analysis.Where{d.Where}.Map(), newSides(analysis.Proportion, d.Before, d.After),
			newJSONChange(d.Delta, d.Interval), finite(d.Share)})
	}
	a.addVersions(measure, m)
	return a
}

func newJSONMember(m analysis.Measure, one analysis.Member, s ensemble.Standing) jsonMember {
	out := jsonMember{Name: one.Name, State: s.State, Quality: newSides(m.Scale, one.Before, one.After),
		Change: compared(m, one.Before, one.After), Agrees: newSides(m.Scale, one.Agree[0], one.Agree[1]),
		Value: newSides(analysis.Amount, s.Value[0], s.Value[1]), Calibration: [2]*float64{finite(s.Calibration[0]), finite(s.Calibration[1])},
		Apart: newJSONChange(s.Apart.Delta, s.Apart.Interval), Strayed: newJSONChange(s.Strayed.Delta, s.Strayed.Interval)}
	if c := s.Since; c != nil {
		out.Since = &jsonSince{c.Onset, [2]time.Time{c.Earliest, c.Latest}}
	}
	return out
}

func newSides(scale analysis.Scale, before, after analysis.Sum) sides {
	return sides{newLevel(scale, before), newLevel(scale, after)}
}

func newLevel(scale analysis.Scale, s analysis.Sum) jsonLevel {
	l := jsonLevel{Known: s.Known, Rows: s.Rows}
	if s.Known > 0 {
		i := analysis.MeanInterval(scale, s)
		l.Mean, l.Interval = finite(s.Mean()), [2]*float64{finite(i.Lo), finite(i.Hi)}
	}
	return l
}

func newJSONChange(delta float64, i analysis.Interval) jsonChange {
	return jsonChange{finite(delta), [2]*float64{finite(i.Lo), finite(i.Hi)}}
}

// compared is the change from before to after, null where one is unknown.
func compared(m analysis.Measure, before, after analysis.Sum) jsonChange {
	if before.Known == 0 || after.Known == 0 {
		return jsonChange{}
	}
	q := analysis.CompareQuality(m, before, after)
	return newJSONChange(q.Delta, q.Interval)
}

func newJSONSeries(s analysis.Series) jsonSeries {
	out := jsonSeries{Step: s.Step.Seconds(), Points: []jsonPoint{}}
	for i, b := range s.Buckets {
		if b.Rows == 0 {
			continue
		}
		share := math.NaN()
		if b.Known > 0 {
			share = b.Mean()
		}
		out.Points = append(out.Points, jsonPoint{s.At(i), finite(share), b.Rows})
	}
	return out
}
