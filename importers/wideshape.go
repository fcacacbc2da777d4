package importers

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"andon/analysis"
)

// wideShape makes metrics of a table with a time and one column a metric:
//
//	timestamp,temp,flow         time  name  value
//	06:00,71.2,3.1       ──▶    06:00 temp  71.2
//	                            06:00 flow  3.1
//
// Text columns are the labels of all series of their row.
type wideShape struct {
	table
	plan   *plan
	time   int // slot
	clock  target
	labels map[int]*column
	series map[int]target
	names  *namer // of series
	namer  *namer // of labels
	when   *column
	name   *column
	value  *column
	lost   map[string]int64
}

func newWideShape(p *plan) *wideShape {
	s := &wideShape{plan: p, labels: map[int]*column{}, series: map[int]target{}, lost: map[string]int64{}, names: newNamer(nil, nil), namer: p.namer()}
	own := func(r analysis.Role, t analysis.Type, path string) *column {
		return s.open(target{Field: analysis.Field{Name: string(r), Path: path, Role: r, Type: t}})
	}
	s.time = slices.IndexFunc(p.targets, func(t target) bool { return t.put != nil && t.Role == analysis.RoleTime })
	s.clock = p.targets[s.time]
	s.when = own(analysis.RoleTime, analysis.Time, s.clock.Path)
	s.name = own(analysis.RoleName, analysis.Text, "")
	s.value = own(analysis.RoleValue, analysis.Number, "")
	for slot, t := range p.targets {
		switch {
		case t.put == nil || slot == s.time:
		case t.Role == analysis.RoleValue:
			s.series[slot] = t
			s.names.claim(t.Name, t.Path)
		default:
			s.labels[slot] = s.open(t)
			s.namer.claim(t.Name, t.Path)
		}
	}
	return s
}

func (s *wideShape) add(rec *record) string {
	ns, why := s.clock.time(rec.at(s.time))
	if why != "" {
		return why
	}
	values := 0
	for _, slot := range rec.set {
		t, ok := s.metric(rec, slot)
		if !ok {
			continue
		}
		switch t.put(&t, s.value.builder, rec.cells[slot]) {
		case misfit:
			s.lost[t.Name]++
			continue
		case null, left:
			continue
		}
		values++
		s.when.builder.Time(ns)
		s.name.builder.Text(t.Name)
		for slot, c := range s.labels {
			if v := rec.at(slot); v.kind != noCell {
				s.put(c, v)
			}
		}
		s.end()
	}
	if values == 0 {
		return "no number in the row"
	}
	return ""
}

// metric is the series of a slot; a field that first has a value midway is one
// if that value is a number, and a label otherwise.
func (s *wideShape) metric(rec *record, slot int) (target, bool) {
	if t, ok := s.series[slot]; ok || slot == s.time || s.labels[slot] != nil {
		return t, ok
	}
	survey := newSurvey(rec.paths[slot])
	survey.add(rec.cells[slot])
	if survey.count == 0 {
		return target{}, false
	}
	t := targetFor(survey, s.plan.roleOfRest(survey))
	if t.Role != analysis.RoleValue {
		t.Name = s.namer.name(survey.path, 1)
		s.labels[slot] = s.open(t)
		return target{}, false
	}
	t.Name = s.names.name(survey.path, 1)
	s.series[slot] = t
	return t, true
}

func (s *wideShape) warnings() []string {
	list := s.table.warnings()
	for _, name := range slices.Sorted(maps.Keys(s.lost)) {
		list = append(list, fmt.Sprintf("%s: %d values are not numbers and were left out", name, s.lost[name]))
	}
	return list
}

// seriesName names the metric of a table that has only one and calls it
// "value": after the file, without its extensions.
func seriesName(file string) string {
	name := path.Base(strings.ReplaceAll(file, "\\", "/"))
	for _, ext := range []string{".gz", ".zst"} {
		name = strings.TrimSuffix(name, ext)
	}
	return strings.TrimSuffix(name, path.Ext(name))
}

// anonymous are the names a metric's column has when it says nothing.
var anonymous = set("value val values reading v y measurement")
