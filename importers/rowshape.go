package importers

import (
	"bytes"
	"fmt"
	"slices"

	"andon/analysis"
)

// rowShape makes one row of each record: inferences, labels, and metrics whose
// name and value have a column each.
type rowShape struct {
	table
	plan   *plan
	bySlot []*column
	namer  *namer
	time   *column   // must hold a time, if not nil
	timeAt int       // its slot
	needed []*column // must not be null
	slots  map[*column]int
}

func newRowShape(p *plan) *rowShape {
	s := &rowShape{plan: p, namer: p.namer(), slots: map[*column]int{}, bySlot: make([]*column, len(p.targets))}
	order := make([]int, 0, len(p.targets))
	for slot, t := range p.targets {
		if t.put != nil {
			order = append(order, slot)
			s.namer.claim(t.Name, t.Path)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(p.targets[a].Role) - rank(p.targets[b].Role) })
	for _, slot := range order {
		c := s.open(p.targets[slot])
		s.bySlot[slot], s.slots[c] = c, slot
		switch {
		case c.Role == analysis.RoleTime:
			s.time, s.timeAt = c, slot
		case c.Role == analysis.RoleValue, p.kind == analysis.LabelKind && c.Role == analysis.RoleID, c.Role == analysis.RoleName:
			s.needed = append(s.needed, c)
		}
	}
	return s
}

// rank puts a row's own columns before those of its surroundings, so that the
// table in the file reads from left to right.
func rank(r analysis.Role) int {
	order := []analysis.Role{analysis.RoleTime, analysis.RoleName, analysis.RoleValue, analysis.RoleID, analysis.RolePrediction, analysis.RoleConfidence,
		analysis.RoleLabel, analysis.RoleCorrect, analysis.RoleLabelTime, analysis.RoleReviewer, analysis.RoleVote,
		analysis.RoleModel, analysis.RoleVersion, analysis.RoleStatus, analysis.RoleLatency, analysis.RoleDimension}
	if i := slices.Index(order, r); i >= 0 {
		return i
	}
	return len(order)
}

func (s *rowShape) add(rec *record) string {
	var ns int64
	if s.time != nil {
		var why string
		if ns, why = s.time.time(rec.at(s.timeAt)); why != "" {
			return why
		}
	}
	for _, c := range s.needed {
		if why := c.missing(rec.at(s.slots[c])); why != "" {
			return why
		}
	}
	if s.unlabelled(rec) {
		return "no label"
	}
	if s.time != nil {
		s.time.builder.Time(ns)
	}
	for _, slot := range rec.set {
		if slot >= len(s.bySlot) || s.bySlot[slot] == nil {
			s.openFor(rec, slot)
		}
		if c := s.bySlot[slot]; c != nil && c != s.time {
			s.put(c, rec.cells[slot])
		}
	}
	s.end()
	return ""
}

// openFor gives a slot a column with its field's first value.
func (s *rowShape) openFor(rec *record, slot int) {
	for len(s.bySlot) <= slot {
		s.bySlot = append(s.bySlot, nil)
	}
	if len(s.columns) >= maxFields {
		return
	}
	survey := newSurvey(rec.paths[slot])
	survey.add(rec.cells[slot])
	if survey.count > 0 {
		s.bySlot[slot] = s.open(s.late(survey))
	}
}

// late is the column of a field met midway. One value says little: numbers are
// numbers, and a role is taken only if the name is certain and nobody has it.
func (s *rowShape) late(one *survey) target {
	role := analysis.Role("")
	if s.plan.kind == analysis.InferenceKind || s.plan.kind == analysis.LabelKind {
		role = assign(inferenceRules[3:], []*survey{one}, make([]analysis.Role, 1))[0]
	}
	for _, c := range s.columns {
		if c.Role == role {
			role = ""
		}
	}
	if role == "" {
		role = s.plan.roleOfRest(one)
	}
	t := targetFor(one, role)
	t.assume(one)
	switch {
	case role == analysis.RoleVote:
		t.Name = s.namer.claim(analysis.VotePrefix+voteMember(one), t.Path)
	case role.Named():
		t.Name = s.namer.claim(string(role), t.Path)
	default:
		t.Name = s.namer.names([]string{one.path})[0]
	}
	return t
}

// missing says why a needed value is not there.
func (c *column) missing(v cell) string {
	if v.kind == trueCell || v.kind == falseCell {
		return ""
	}
	text := bytes.TrimSpace(v.text)
	if v.kind == noCell || isNull(text) {
		return "no " + string(c.Role)
	}
	if c.Type == analysis.Number {
		if _, ok := parseNumber(text, c.comma); !ok {
			return fmt.Sprintf("the %s %.40q is not a number", c.Role, text)
		}
	}
	return ""
}

// unlabelled reports whether a late label says nothing.
func (s *rowShape) unlabelled(rec *record) bool {
	if s.plan.kind != analysis.LabelKind {
		return false
	}
	for c, slot := range s.slots {
		if v := rec.at(slot); v.kind != noCell && (c.Role == analysis.RoleLabel || c.Role == analysis.RoleCorrect) &&
			(v.kind == trueCell || v.kind == falseCell || !isNoClass(bytes.TrimSpace(v.text))) {
			return false
		}
	}
	return true
}
