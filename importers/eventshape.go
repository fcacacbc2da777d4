package importers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"andon/analysis"
)

// eventShape makes change events: time, end, kind, title, detail and the scope
// as one JSON object of column=value. Keys inside "scope" are the scope; where
// a file has none, every key without a role is.
type eventShape struct {
	table
	plan   *plan
	slots  map[analysis.Role]int
	own    map[analysis.Role]*column
	scoped bool
	keys   map[int]string // slot → scope column; "" for what is no scope
	odd    map[string]bool
}

func newEventShape(p *plan) *eventShape {
	s := &eventShape{plan: p, slots: map[analysis.Role]int{}, own: map[analysis.Role]*column{}, keys: map[int]string{}, odd: map[string]bool{}}
	for _, r := range []analysis.Role{analysis.RoleTime, analysis.RoleEnd, analysis.RoleKind, analysis.RoleTitle, analysis.RoleDetail, analysis.RoleScope} {
		t := target{Field: analysis.Field{Name: string(r), Path: string(r), Role: r}, put: putText}
		if r == analysis.RoleTime || r == analysis.RoleEnd {
			t.Type, t.put = analysis.Time, putTime
		}
		s.slots[r] = -1
		for slot, have := range p.targets {
			if have.put != nil && have.Role == r {
				s.slots[r] = slot
				t.Path, t.layout, t.zone = have.Path, have.layout, have.zone
			}
		}
		s.own[r] = s.open(t)
	}
	for _, path := range p.paths {
		s.scoped = s.scoped || inScope(path)
	}
	return s
}

func inScope(path string) bool {
	first, _, _ := strings.Cut(path, ".")
	return fold(first) == "scope"
}

func (s *eventShape) add(rec *record) string {
	ns, why := s.own[analysis.RoleTime].time(rec.at(s.slots[analysis.RoleTime]))
	if why != "" {
		return why
	}
	s.own[analysis.RoleTime].builder.Time(ns)
	scope, rest := s.scope(rec)
	for r, c := range s.own {
		v := rec.at(s.slots[r])
		switch {
		case r == analysis.RoleTime || v.kind == noCell:
		case r == analysis.RoleKind:
			rest = append(rest, s.kind(c, v)...)
		case r != analysis.RoleDetail && r != analysis.RoleScope:
			s.put(c, v)
		}
	}
	if own := cellText(rec.at(s.slots[analysis.RoleDetail])); own != "" {
		rest = slices.Insert(rest, 0, own)
	}
	if len(rest) > 0 {
		detail := strings.Join(rest, "; ")
		s.own[analysis.RoleDetail].builder.TextBytes(cut([]byte(detail)))
	}
	if len(scope) > 0 {
		text, err := json.Marshal(scope)
		if err == nil {
			s.own[analysis.RoleScope].builder.TextBytes(cut(text))
		}
	}
	s.end()
	return ""
}

// kind appends the event's kind. One that Andon does not know is "other" and
// its own word goes to the detail.
func (s *eventShape) kind(c *column, v cell) (detail []string) {
	text := cellText(v)
	if text == "" {
		return nil
	}
	kind, known := eventKind(text)
	c.builder.Text(kind)
	if !known {
		s.odd[text] = true
		return []string{"kind=" + text}
	}
	return nil
}

// scope collects column=value, and as text what is neither scope nor a role.
func (s *eventShape) scope(rec *record) (scope map[string]string, rest []string) {
	scope = map[string]string{}
	for _, slot := range rec.set {
		if s.role(slot) {
			continue
		}
		text := cellText(rec.cells[slot])
		if text == "" {
			continue
		}
		path := rec.paths[slot]
		switch {
		case strings.EqualFold(path, "scope"):
			maps.Copy(scope, parseScope(text))
		case inScope(path), !s.scoped && !isEventKey(path):
			scope[suffix(path, 1)] = text
		default:
			rest = append(rest, path+"="+text)
		}
	}
	slices.Sort(rest)
	return scope, rest
}

func (s *eventShape) role(slot int) bool {
	for _, have := range s.slots {
		if have == slot {
			return true
		}
	}
	return false
}

// isEventKey reports whether a field names the event itself, so that it cannot
// be a column of the inferences.
func isEventKey(path string) bool {
	switch strings.Join(foldPath(path), "_") {
	case "id", "uuid", "event_id", "author", "user", "url", "link":
		return true
	}
	return false
}

// parseScope reads a scope given as text: a JSON object, or column=value pairs
// separated by spaces, commas or semicolons.
func parseScope(text string) map[string]string {
	scope := map[string]string{}
	rec := &record{}
	if p := (&jsonText{b: []byte(text), rec: rec}); strings.HasPrefix(text, "{") && p.object(&node{slot: unnumbered}, 1) == nil {
		for _, slot := range rec.set {
			if v := cellText(rec.cells[slot]); v != "" {
				scope[suffix(rec.paths[slot], 1)] = v
			}
		}
		return scope
	}
	for pair := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
		if key, value, ok := strings.Cut(pair, "="); ok && key != "" && value != "" {
			scope[suffix(key, 1)] = value
		}
	}
	return scope
}

// cellText is a value as text, "" for none.
func cellText(c cell) string {
	switch c.kind {
	case trueCell, falseCell:
		return boolText(c)
	}
	text := bytes.TrimSpace(c.text)
	if isNull(text) {
		return ""
	}
	return string(text)
}

func (s *eventShape) warnings() []string {
	if len(s.odd) == 0 {
		return nil
	}
	odd := slices.Sorted(maps.Keys(s.odd))
	return []string{fmt.Sprintf("kinds of event that Andon does not know are kept as other: %.200s", strings.Join(odd, ", "))}
}

// eventWords are other people's words for the kinds of change.
var eventWords = map[string]string{
	"deployment": "deploy", "release": "deploy", "rollout": "deploy", "rollback": "deploy", "model": "deploy", "model_deploy": "deploy",
	"configuration": "config", "setting": "config", "settings": "config", "threshold": "config", "config_change": "config",
	"preprocess": "pipeline", "preprocessing": "pipeline", "schema": "pipeline",
	"supply": "material", "supplier": "material", "consumable": "material", "vendor": "material", "product": "material",
	"cleaning": "maintenance", "repair": "maintenance", "service": "maintenance", "calibration": "maintenance",
	"staff": "staffing", "operator": "staffing", "crew": "staffing", "shift": "staffing",
	"production": "schedule", "traffic": "schedule", "plan": "schedule",
	"camera": "sensor", "lens": "sensor", "light": "sensor", "lighting": "sensor",
	"labels": "label", "labeling": "label", "labelling": "label", "annotation": "label",
	"konfiguration": "config", "wartung": "maintenance", "reparatur": "maintenance", "lieferant": "material", "schicht": "staffing", "kamera": "sensor", "licht": "sensor",
	"infrastructure": "infra", "network": "infra", "host": "infra", "hardware": "infra",
}

// eventKind is the kind a word means: itself, a synonym's, or "other".
func eventKind(word string) (kind string, known bool) {
	word = fold(word)
	if slices.Contains(analysis.EventKinds, word) {
		return word, true
	}
	if kind, ok := eventWords[word]; ok {
		return kind, true
	}
	return "other", false
}
