package importers

import (
	"fmt"
	"maps"

	"go.yaml.in/yaml/v3"

	"andon/analysis"
)

// SayKind is the mapping with another kind, and without the roles that were
// said of the kind before. A nil mapping says nothing so far.
func (m *Mapping) SayKind(kind analysis.Kind) (*Mapping, error) {
	next := m.copy()
	next.Kind = kind
	for path, f := range next.Fields {
		f.Role = ""
		next.Fields[path] = f
	}
	return next.written()
}

// SayRole is the mapping in which a field, by its path, has a role ("drop"
// leaves it out). A role that names its column is taken from the field that had
// it by this mapping.
func (m *Mapping) SayRole(path string, role analysis.Role) (*Mapping, error) {
	next := m.copy()
	for other, f := range next.Fields {
		if analysis.Role(f.Role) == role && role.Named() && f.Role != dropped {
			f.Role = ""
			next.Fields[other] = f
		}
	}
	f := next.Fields[path]
	f.Role = string(role)
	next.Fields[path] = f
	return next.written()
}

// Said is the mapping by which the source is read again as it was recognised:
// that of the options, with what their Roles say in it by the fields' paths. It
// is nil where nobody said anything.
func (r Recognition) Said(o Options) (*Mapping, error) {
	if len(o.Roles) == 0 || r.plan == nil {
		return o.Mapping, nil
	}
	m := o.Mapping.copy()
	for name, role := range o.Roles {
		if at := fieldNamed(name, r.plan.surveys); at >= 0 {
			f := m.Fields[r.plan.surveys[at].path]
			f.Role = string(role)
			m.Fields[r.plan.surveys[at].path] = f
		}
	}
	return m.written()
}

func (m *Mapping) copy() *Mapping {
	next := Mapping{}
	if m != nil {
		next = *m
	}
	next.Fields = maps.Clone(next.Fields)
	if next.Fields == nil {
		next.Fields = map[string]MappedField{}
	}
	return &next
}

// written is the mapping with its text, as the ledger keeps it.
func (m *Mapping) written() (*Mapping, error) {
	maps.DeleteFunc(m.Fields, func(_ string, f MappedField) bool { return f == MappedField{} })
	text, err := yaml.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("write the mapping: %w", err)
	}
	m.Text = string(text)
	return m, m.check()
}
