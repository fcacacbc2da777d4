package importers

import (
	"bytes"
	"fmt"
	"slices"

	"andon/analysis"
)

// shape makes batches of one kind from records.
type shape interface {
	// add takes a record, or says why it cannot be used.
	add(rec *record) (why string)
	// rows counts what was added since the last take.
	rows() int
	// take ends the batch: its columns and rows.
	take() ([]analysis.Column, int)
	// warnings are what was lost or bent since the reading began.
	warnings() []string
}

// shape starts a reading of the plan.
func (p *plan) shape() shape {
	switch {
	case p.kind == analysis.EventKind:
		return newEventShape(p)
	case p.wide:
		return newWideShape(p)
	}
	return newRowShape(p)
}

// column is a target being filled. Values that are not of its type go to a
// text column beside it, name_text, that appears with the first of them: a
// state a historian writes between numbers ("Bad Input") is worth seeing.
type column struct {
	target
	builder *analysis.Builder
	beside  *column
	misfits int64
	left    int64
}

func newColumn(t target) *column {
	return &column{target: t, builder: analysis.NewBuilder(t.Field)}
}

// table is a growing set of columns of one length: new ones begin with nulls.
type table struct {
	columns []*column
	n       int
}

// open adds a column.
func (t *table) open(target target) *column {
	c := newColumn(target)
	c.builder.Pad(t.n)
	t.columns = append(t.columns, c)
	return c
}

// put appends a value to a column of the row being filled; null values are
// left to end.
func (t *table) put(c *column, v cell) outcome {
	result := c.put(&c.target, c.builder, v)
	switch result {
	case misfit:
		c.misfits++
		if c.beside == nil {
			f := analysis.Field{Name: c.Name + "_text", Path: c.Path, Role: analysis.RoleText}
			c.beside = t.open(target{Field: f, put: putText})
		}
		putText(&c.beside.target, c.beside.builder, v)
	case left:
		c.left++
	}
	return result
}

// end ends the row: what was not filled is null.
func (t *table) end() {
	t.n++
	for _, c := range t.columns {
		if c.builder.Len() < t.n {
			c.builder.Null()
		}
	}
}

func (t *table) rows() int { return t.n }

// take hands the columns over and starts again.
func (t *table) take() ([]analysis.Column, int) {
	columns := make([]analysis.Column, len(t.columns))
	for i, c := range t.columns {
		columns[i] = c.builder.Column()
		c.builder.Reset()
	}
	n := t.n
	t.n = 0
	return columns, n
}

func (t *table) warnings() []string {
	var list []string
	for _, c := range t.columns {
		if c.misfits > 0 {
			list = append(list, fmt.Sprintf("%s: %d values are not a %s; they are kept as text in %s_text",
				c.Name, c.misfits, c.Type, c.Name))
		}
		if c.left > 0 {
			list = append(list, fmt.Sprintf("%s: %d lists were left out", c.Name, c.left))
		}
	}
	return list
}

// rowShape makes one row of each record: inferences, labels, and metrics whose
// name and value have a column each.
type rowShape struct {
	table
	plan   *plan
	bySlot []*column
	namer  *namer
	time   *column   // must hold a time, if not nil
	needed []*column // must not be null
	slots  map[*column]int
}

func newRowShape(p *plan) *rowShape {
	s := &rowShape{plan: p, namer: p.namer(), slots: map[*column]int{}, bySlot: make([]*column, len(p.targets))}
	order := make([]int, 0, len(p.targets))
	for slot, t := range p.targets {
		if t.put != nil {
			order = append(order, slot)
			s.namer.take(t.Name, t.Path)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(p.targets[a].Role) - rank(p.targets[b].Role) })
	for _, slot := range order {
		c := s.open(p.targets[slot])
		s.bySlot[slot], s.slots[c] = c, slot
		switch {
		case c.Role == analysis.RoleTime:
			s.time = c
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
		if ns, why = s.time.time(rec.at(s.slots[s.time])); why != "" {
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
		c := s.column(rec, slot)
		if c == nil || c == s.time {
			continue
		}
		s.put(c, rec.cells[slot])
	}
	s.end()
	return ""
}

// column is the column of a slot, a new one for a field's first value.
func (s *rowShape) column(rec *record, slot int) *column {
	for len(s.bySlot) <= slot {
		s.bySlot = append(s.bySlot, nil)
	}
	if c := s.bySlot[slot]; c != nil {
		return c
	}
	if len(s.columns) >= maxFields {
		return nil
	}
	survey := newSurvey(rec.paths[slot])
	survey.add(rec.cells[slot])
	if survey.count == 0 {
		return nil
	}
	s.bySlot[slot] = s.open(s.late(survey))
	return s.bySlot[slot]
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
		t.Name = analysis.VotePrefix + voteMember(one)
		s.namer.take(t.Name, t.Path)
	case role.Named():
		t.Name = string(role)
		s.namer.take(t.Name, t.Path)
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
