package importers

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // zones by name also where the machine has no database of them

	"go.yaml.in/yaml/v3"

	"andon/analysis"
)

// Mapping is what a person says about one source, as YAML: [Source.Draft]
// writes a first one, people edit it, [ReadMapping] reads it back.
//
//	kind: inference
//	time: {zone: Europe/Berlin}
//	nulls: ["-200", "Bad Input"]
//	lines: "p=(?P<confidence>[\\d.]+)"  # text by an expression, see mappedlines.go
//	rows: outputs                     # a list whose items are the rows
//	skip: ["verdict=", "line=TEST"]
//	fields:
//	  "Datum": {role: time}
//	  "score": {role: confidence, scale: 0.01}
//	  "debug": {role: drop}
//	frames: {path: "{camera}/{time}.jpg", began: "2026-03-07T06:28:00"}
//
// Fields go by the path that the draft writes. What is left out stays as
// Andon would guess it.
type Mapping struct {
	Kind   analysis.Kind          `yaml:"kind,omitempty"`
	Time   MappedTime             `yaml:"time,omitempty"`
	Nulls  []string               `yaml:"nulls,omitempty"`
	Lines  string                 `yaml:"lines,omitempty"`
	Rows   string                 `yaml:"rows,omitempty"`
	Skip   []string               `yaml:"skip,omitempty"`
	Fields map[string]MappedField `yaml:"fields,omitempty"`
	Frames MappedFrames           `yaml:"frames,omitempty"`

	Text string `yaml:"-"` // as it was read
}

// MappedFrames says what the paths of images and videos tell, such as
// "{camera}/{time}.jpg", see template, and when a video began.
type MappedFrames struct {
	Path  string `yaml:"path,omitempty"`
	Began string `yaml:"began,omitempty"`
}

// MappedTime says how times without a zone are meant, or that there are none
// and the order of the rows stands for them.
type MappedTime struct {
	Zone  string `yaml:"zone,omitempty"`
	Order bool   `yaml:"order,omitempty"`
}

// MappedField is one field: its role ("drop" leaves it out), its type where
// the guess is wrong (text or number), and what a number is multiplied by.
type MappedField struct {
	Role  string  `yaml:"role,omitempty"`
	Type  string  `yaml:"type,omitempty"`
	Scale float64 `yaml:"scale,omitempty"`
	Unit  string  `yaml:"unit,omitempty"`
}

// MappedBy is the ledger's warning that names the mapping file, so that a
// source that has grown is read on as it was begun.
const MappedBy = "read by the mapping %q"

// dropped is the role of a field that is left out.
const dropped = "drop"

// ReadMapping reads a mapping file and refuses what it does not know, since a
// misspelled key would be a wish that nobody hears.
func ReadMapping(r io.Reader) (*Mapping, error) {
	text, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return nil, err
	}
	m := &Mapping{Text: string(text)}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(m); err != nil && err != io.EOF {
		return nil, fmt.Errorf("not a mapping: %w", err)
	}
	return m, m.check()
}

func (m *Mapping) check() error {
	if _, known := kindRules[m.Kind]; m.Kind != "" && !known {
		return fmt.Errorf("kind: %q is none of inference, label, metric, event", m.Kind)
	}
	if _, err := time.LoadLocation(m.Time.Zone); err != nil {
		return fmt.Errorf("time.zone: %q is not a time zone such as Europe/Berlin", m.Time.Zone)
	}
	if _, err := newPattern(m.Lines); err != nil {
		return err
	}
	if _, err := newTemplate(m.Frames.Path); err != nil {
		return err
	}
	if m.Frames.Began != "" {
		if _, err := beginning(m.Frames.Began, nil); err != nil {
			return err
		}
	}
	for _, path := range slices.Sorted(maps.Keys(m.Fields)) {
		f := m.Fields[path]
		if _, known := settable[analysis.Role(f.Role)]; f.Role != "" && f.Role != dropped && !known {
			return fmt.Errorf("fields: %q has the role %q; roles are %s, drop", path, f.Role, strings.Join(roleNames(), ", "))
		}
		if f.Type != "" && f.Type != "text" && f.Type != "number" {
			return fmt.Errorf("fields: %q has the type %q; types are text, number", path, f.Type)
		}
	}
	for _, rule := range m.Skip {
		if !strings.Contains(rule, "=") {
			return fmt.Errorf("skip: %q: write a rule as FIELD=VALUE", rule)
		}
	}
	return nil
}

// roles are what a person said of fields, those of the mapping included;
// those that are not there are passed over, since one mapping may serve files
// of several days.
func (o Options) roles(surveys []*survey) map[string]analysis.Role {
	if o.Mapping == nil {
		return o.Roles
	}
	all := map[string]analysis.Role{}
	for _, s := range surveys {
		if f := o.Mapping.Fields[s.path]; f.Role != "" && f.Role != dropped {
			all[s.path] = analysis.Role(f.Role)
		}
	}
	maps.Copy(all, o.Roles)
	return all
}

// adjust changes a target as the mapping says.
func (m *Mapping) adjust(t *target, s *survey) {
	if m == nil || t.put == nil {
		return
	}
	f := m.Fields[s.path]
	switch {
	case f.Type == "text" && t.Type == analysis.Number:
		t.Type, t.put = analysis.Text, putText
	case f.Type == "number" && t.Type == analysis.Text:
		t.number(s)
	}
	if f.Scale != 0 && t.Type == analysis.Number {
		t.factor = f.Scale
	}
	if f.Unit != "" {
		t.Unit = f.Unit
	}
}

// zone is the zone of a column's times where they carry none, or nil.
func (m *Mapping) zone(t *target) *time.Location {
	if m == nil || m.Time.Zone == "" || t.Type != analysis.Time || t.layout.Zone {
		return nil
	}
	zone, err := time.LoadLocation(m.Time.Zone)
	if err != nil {
		return nil // it was checked when the mapping was read
	}
	return zone
}

// over puts what the mapping says about records behind a dialect's decoder.
func (m *Mapping) over(d dialect, o origin) dialect {
	if m == nil {
		return d
	}
	if m.Rows != "" {
		d = &enclosed{d, m.fanOut(), o}
	}
	if len(m.Nulls)+len(m.Skip) > 0 || m.drops() {
		d = mapped{d, m}
	}
	if m.Time.Order {
		d = inOrder{dialect: d}
	}
	return d
}

func (m *Mapping) drops() bool {
	for _, f := range m.Fields {
		if f.Role == dropped {
			return true
		}
	}
	return false
}

// fanOut is the envelope of records whose rows are the items of a list; what
// stands beside the list goes with each.
func (m *Mapping) fanOut() *envelope {
	keys := strings.Split(m.Rows, ".")
	return &envelope{layout: layout{name: "mapped"}, kind: m.Kind, open: each(func(v *value, out *fan) string {
		list := v.get(keys...)
		if !list.is(listCell) {
			return rejectf("no list at %.60q", m.Rows)
		}
		for i := range list.kids {
			r := out.next()
			r.without("", v, list)
			r.value(m.Rows, &list.kids[i])
		}
		return ""
	})}
}

// without puts an object but for one value in it.
func (r *row) without(path string, v, but *value) {
	for i, key := range v.keys {
		kid := &v.kids[i]
		if path != "" {
			key = path + "." + key
		}
		switch {
		case kid == but:
		case kid.kind == objectCell:
			r.without(key, kid, but)
		default:
			r.value(key, kid)
		}
	}
}

// mapped is a dialect whose records a mapping thins out.
type mapped struct {
	dialect
	mapping *Mapping
}

func (d mapped) decoder(w *window) decoder {
	nulls := map[string]bool{}
	for _, n := range d.mapping.Nulls {
		nulls[n] = true
	}
	return &mappedDecoder{decoder: d.dialect.decoder(w), mapping: d.mapping, nulls: nulls}
}

type mappedDecoder struct {
	decoder
	mapping *Mapping
	nulls   map[string]bool
	drop    []bool // by slot
	skipped int
}

func (d *mappedDecoder) inner() decoder { return d.decoder }

func (d *mappedDecoder) next(rec *record) error {
	for {
		if err := d.decoder.next(rec); err != nil {
			return err
		}
		if d.skips(rec) {
			d.skipped++
			continue
		}
		for slot := len(d.drop); slot < len(rec.paths); slot++ {
			d.drop = append(d.drop, d.mapping.Fields[rec.paths[slot]].Role == dropped)
		}
		for _, slot := range rec.set {
			if d.drop[slot] || d.nulls[string(bytes.TrimSpace(rec.cells[slot].text))] {
				rec.cells[slot] = cell{}
			}
		}
		return nil
	}
}

// skips reports whether a rule passes the record over.
func (d *mappedDecoder) skips(rec *record) bool {
	for _, rule := range d.mapping.Skip {
		field, want, _ := strings.Cut(rule, "=")
		slot, known := rec.slots[strings.TrimSpace(field)]
		if have := ""; known {
			have = cellText(rec.at(slot))
			if have == strings.TrimSpace(want) {
				return true
			}
		}
	}
	return false
}

func (d *mappedDecoder) notes() []string {
	if d.skipped == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d records were passed over by the mapping's skip rules", d.skipped)}
}
