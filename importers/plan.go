package importers

import (
	"fmt"
	"strings"

	"andon/analysis"
)

// plan is a recognition ready to be carried out: the dialect to read records
// in and the columns they become. It is not changed by reading.
type plan struct {
	dialect dialect
	kind    analysis.Kind
	paths   []string // of the sampled fields, by slot
	targets []target // by slot; Name "" for a field without a value so far
	wide    bool     // one metric a numeric column
	known   []analysis.Field
	layout  *layout
	surveys []*survey // of the sampled fields, by slot
}

// makePlan turns a guess into columns, and says what it had to assume.
func makePlan(g guess, surveys []*survey, o Options, d dialect, l *layout) (*plan, []string) {
	p := &plan{surveys: surveys, dialect: d, layout: l, kind: g.kind, known: o.Known, targets: make([]target, len(surveys))}
	p.wide = g.kind == analysis.MetricKind && !g.has(analysis.RoleValue)
	var warnings []string
	for i, s := range surveys {
		p.paths = append(p.paths, s.path)
		role := g.roles[i]
		if role == "" {
			role = p.roleOfRest(s)
		}
		if s.count == 0 && !keepsEmpty(role) {
			continue
		}
		if g.kind == analysis.MetricKind && role == analysis.RoleDimension && isSerial(s) {
			warnings = append(warnings, s.path+": nearly every row has another value, so it labels no series and is left out")
			continue
		}
		t := targetFor(s, role)
		t.zone = o.Mapping.zone(&t)
		warnings = append(warnings, t.assume(s)...)
		o.Mapping.adjust(&t, s)
		p.targets[i] = t
	}
	p.nameTargets(surveys)
	if question := askTwins(g, surveys); question != "" {
		warnings = append(warnings, question)
	}
	return p, warnings
}

// roleOfRest is the role of a field no rule claimed, for the kind of record.
func (p *plan) roleOfRest(s *survey) analysis.Role {
	switch {
	case p.kind == analysis.InferenceKind && voteMember(s) != "":
		return analysis.RoleVote
	case p.wide && isSeries(s):
		return analysis.RoleValue
	case p.kind == analysis.MetricKind:
		return analysis.RoleDimension
	}
	return restRole(s)
}

// isSerial reports whether a column is another one in nearly every row.
func isSerial(s *survey) bool { return s.count >= 50 && s.share() > 0.5 }

// keepsEmpty reports whether a column is promised before its first value: the
// labels of a fresh log are still to come.
func keepsEmpty(r analysis.Role) bool {
	switch r {
	case analysis.RolePrediction, analysis.RoleLabel, analysis.RoleCorrect, analysis.RoleLabelTime, analysis.RoleReviewer, analysis.RoleEnd:
		return true
	}
	return false
}

// assume settles units and placeholders of a column and says so.
func (t *target) assume(s *survey) []string {
	var said []string
	say := func(format string, args ...any) {
		said = append(said, fmt.Sprintf("%s: ", s.path)+fmt.Sprintf(format, args...))
	}
	switch t.Role {
	case analysis.RoleTime, analysis.RoleLabelTime:
		switch {
		case strings.HasPrefix(t.layout.Name, "elapsed"):
			say(anchored)
		case !t.layout.Zone && !t.layout.Zero() && t.zone == nil:
			say("the times carry no zone; taken as UTC")
		}
		if t.layout.Note != "" {
			say("%s", t.layout.Note)
		}
	case analysis.RoleID:
		if isPart(s) {
			say("is another value in each row, so labels and frames join by it")
		}
	case analysis.RoleConfidence:
		if s.max > 1 {
			t.factor = 0.01
			say("goes up to %s, so it is read as percent", analysis.FormatNumber(s.max))
		}
		if isPlaceholder(s) {
			t.noZero = true
			say("is 0 wherever it is not known; 0 is read as missing")
		}
	case analysis.RoleLatency:
		name := s.words[len(s.words)-1]
		unit := name[strings.LastIndexByte(name, '_')+1:]
		factor, ok := units[unit]
		if !ok {
			factor = 1
			say("has no unit in its name; read as milliseconds")
		}
		t.factor, t.Unit = factor, "ms"
	}
	return said
}

// isPlaceholder recognises a confidence that nothing computed: always 0, or 0
// with a rare 1. A real one has more than two values.
func isPlaceholder(s *survey) bool {
	return s.count > 0 && s.min == 0 && (s.max == 0 || len(s.distinct) == 2 && s.max == 1)
}

// nameTargets gives the columns their names.
func (p *plan) nameTargets(surveys []*survey) {
	n := p.namer()
	series := newNamer(nil, nil) // metrics' names are values, not columns
	var paths []string
	var slots []int
	for i := range p.targets {
		t := &p.targets[i]
		switch {
		case t.put == nil:
		case t.Role == analysis.RoleVote:
			t.Name = n.claim(analysis.VotePrefix+voteMember(surveys[i]), t.Path)
		case p.wide && t.Role == analysis.RoleValue:
			t.Name = series.name(t.Path, 1)
		case t.Role.Named():
			t.Name = n.claim(string(t.Role), t.Path)
		case p.layout != nil && p.layout.columns[t.Path] != "":
			t.Name = n.claim(p.layout.columns[t.Path], t.Path)
		default:
			paths, slots = append(paths, t.Path), append(slots, i)
		}
	}
	for i, name := range n.names(paths) {
		p.targets[slots[i]].Name = name
	}
}

// namer starts the naming of columns for the kind of record.
func (p *plan) namer() *namer {
	switch p.kind {
	case analysis.MetricKind, analysis.EventKind:
		return newNamer(nil, set("time name value end kind title detail scope"))
	}
	return newNamer(p.known, reserved)
}

// fields are the columns the batches begin with.
func (p *plan) fields() []analysis.Field {
	columns, _ := p.shape().take()
	list := make([]analysis.Field, len(columns))
	for i, c := range columns {
		list[i] = c.Field
	}
	return list
}

// nameSeries calls the only metric of a table after the file where its column
// is just called value.
func (p *plan) nameSeries(file string) {
	only := -1
	for i, t := range p.targets {
		if t.put == nil || t.Role != analysis.RoleValue {
			continue
		}
		if only >= 0 {
			return
		}
		only = i
	}
	if only >= 0 && anonymous[fold(p.targets[only].Name)] {
		p.targets[only].Name = seriesName(file)
	}
}
