package importers

import (
	"errors"
	"fmt"
	"strings"

	"andon/analysis"
)

// guess is one reading of a source: its kind, what its fields mean in it, and
// how sure that is.
type guess struct {
	kind       analysis.Kind
	roles      []analysis.Role // by slot, "" for the rest
	confidence float64
}

// has reports whether a field has the role.
func (g guess) has(r analysis.Role) bool { return slotOf(g.roles, r) >= 0 }

// guessKind decides what the records are. The question is asked from the most
// telling evidence down: an answer of a model, a change with a title, a truth
// for an id, a series with a name, numbers over time.
func guessKind(surveys []*survey, said []analysis.Role) (guess, error) {
	g := guess{kind: analysis.InferenceKind, roles: assign(inferenceRules, surveys, said)}
	g.part(surveys)
	g.result(surveys)
	votes := false
	for _, s := range surveys {
		votes = votes || voteMember(s) != ""
	}
	answered := g.has(analysis.RolePrediction) || g.has(analysis.RoleConfidence) || votes
	if answered {
		return g.timed(surveys, 0.95)
	}
	if e := (guess{kind: analysis.EventKind, roles: assign(eventRules, surveys, said)}); e.isEvent(surveys) {
		return e.timed(surveys, 0.95)
	}
	judged := g.has(analysis.RoleLabel) || g.has(analysis.RoleCorrect)
	if g.has(analysis.RoleID) && judged && (g.has(analysis.RoleLabel) || !g.has(analysis.RoleTime)) {
		return g.asLabel(), nil
	}
	if judged {
		return g.timed(surveys, 0.9)
	}
	if m := (guess{kind: analysis.MetricKind, roles: assign(metricRules, surveys, said)}); m.has(analysis.RoleName) && m.has(analysis.RoleValue) {
		return m.timed(surveys, 0.95)
	}
	served := g.has(analysis.RoleLatency) || g.has(analysis.RoleStatus) || g.has(analysis.RoleFrame) || g.has(analysis.RoleModel)
	if at := onlyTruth(surveys, g); at >= 0 {
		g.roles[at] = analysis.RoleLabel
		return g.asLabel(), nil
	}
	if served && (g.has(analysis.RoleID) || g.has(analysis.RoleFrame)) {
		return g.timed(surveys, 0.8)
	}
	return guessMetric(surveys, said)
}

// onlyTruth is the column beside an id in a table of nothing else, if it holds
// a few values again and again: a file of targets whose name says nothing.
func onlyTruth(surveys []*survey, g guess) int {
	id := slotOf(g.roles, analysis.RoleID)
	if len(surveys) != 2 || id < 0 || g.has(analysis.RoleTime) {
		return -1
	}
	if s := surveys[1-id]; s.count >= 20 && len(s.distinct) <= 20 && s.share() <= 0.1 && s.lists == 0 {
		return 1 - id
	}
	return -1
}

// asLabel makes late labels of the guess: their time is when the truth came.
func (g guess) asLabel() guess {
	g.kind, g.confidence = analysis.LabelKind, 0.95
	if at := slotOf(g.roles, analysis.RoleTime); at >= 0 {
		g.roles[at] = ""
		if !g.has(analysis.RoleLabelTime) {
			g.roles[at] = analysis.RoleLabelTime
		}
	}
	return g
}

// guessMetric reads every numeric column over time as a metric of its own.
func guessMetric(surveys []*survey, said []analysis.Role) (guess, error) {
	m := guess{kind: analysis.MetricKind, roles: assign(metricRules[:1], surveys, said)}
	m, err := m.timed(surveys, 0.85)
	if err != nil {
		return m, err
	}
	for i, s := range surveys {
		if m.roles[i] == "" && isSeries(s) {
			return m, nil
		}
	}
	return m, fmt.Errorf("%w: times but no prediction, label, number or event title among %s; name one: --role prediction=COLUMN",
		ErrUnrecognised, listFields(surveys))
}

// settings are the dimensions that a machine is set to: a number of one beside
// readings is a series that steps, not a label of theirs.
var settings = set("recipe tool lamp light lens")

// isSeries reports whether a column is a metric in a wide table.
func isSeries(s *survey) bool {
	last := s.words[len(s.words)-1]
	if !s.isNumber() || isDimensionName(s.words) && !settings[last] || match(s.words, idNames) > 0 {
		return false
	}
	return !(strings.HasSuffix(last, "_at") || strings.HasSuffix(last, "time")) || !s.isTime()
}

// isEvent reports whether the guess is of change events: titles with a kind,
// half of them kinds that Andon knows unless the names leave no doubt.
func (g guess) isEvent(surveys []*survey) bool {
	kind, title := slotOf(g.roles, analysis.RoleKind), slotOf(g.roles, analysis.RoleTitle)
	if kind < 0 || title < 0 {
		return false
	}
	known, all := 0, 0
	for v, n := range surveys[kind].distinct {
		all += n
		if _, ok := eventKind(v); ok {
			known += n
		}
	}
	last := surveys[title].words[len(surveys[title].words)-1]
	return 2*known >= all || last == "title" || last == "summary"
}

// timed completes a guess that needs a time: found by name, said by a person,
// the only column that holds times, or time since the beginning.
func (g guess) timed(surveys []*survey, confidence float64) (guess, error) {
	g.confidence = confidence
	if at := slotOf(g.roles, analysis.RoleTime); at >= 0 && surveys[at].count > 0 {
		return g, nil
	} else if at >= 0 {
		g.roles[at] = "" // a known layout's, but nothing stands in it
	}
	if at := onlyTime(surveys, g.roles); at >= 0 {
		g.roles[at] = analysis.RoleTime
		g.confidence -= 0.05
		return g, nil
	}
	if at := serialTime(surveys, g.roles); at >= 0 {
		g.roles[at] = analysis.RoleTime
		g.confidence -= 0.05
		return g, nil
	}
	if at := elapsedTime(surveys, g.roles); at >= 0 {
		g.roles[at] = analysis.RoleTime
		g.confidence -= 0.1
		return g, nil
	}
	if s := namedTime(surveys); s != nil {
		return g, fmt.Errorf("%w: %q is named like one, but its values, such as %s, cannot be read as times between 2000 and 2100; "+
			"write them like 2026-03-07T06:28:00Z, or name another: --role time=COLUMN", errNoTime, s.path, example(s))
	}
	return g, fmt.Errorf("%w among %s; name the one that says when: --role time=COLUMN", errNoTime, listFields(surveys))
}

// namedTime is the field named most like a time whose values are none, or nil.
func namedTime(surveys []*survey) *survey {
	var found *survey
	best := 0.0
	for _, s := range surveys {
		if score := match(s.words, timeNames); score > best && s.texts+s.bare > 0 && !s.isTime() {
			best, found = score, s
		}
	}
	return found
}

// errNoTime says that nothing in the records says when.
var errNoTime = errors.New("no time column found")

// onlyTime is the one unclaimed column written as dates, or -1.
func onlyTime(surveys []*survey, roles []analysis.Role) int {
	found := -1
	for i, s := range surveys {
		if roles[i] != "" || s.isNumber() || !s.isTime() {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// listFields names up to twenty fields for an error's reader.
func listFields(surveys []*survey) string {
	var names []string
	for i, s := range surveys {
		if i == 20 {
			names = append(names, fmt.Sprintf("and %d more", len(surveys)-i))
			break
		}
		names = append(names, s.path)
	}
	return strings.Join(names, ", ")
}
