package house

import (
	"andon/analysis"
	"andon/ui/screen"
)

// fields are the columns of a role that any source has, by name.
func fields(s screen.State, r analysis.Role) map[string]bool {
	names := map[string]bool{}
	for _, src := range s.Sources {
		for _, f := range src.Fields {
			if f.Role == r {
				names[f.Name] = true
			}
		}
	}
	return names
}

func has(s screen.State, r analysis.Role) bool { return len(fields(s, r)) > 0 }

// changed reports whether a column of the role differs between the windows.
func changed(s screen.State, r analysis.Role) bool {
	names := fields(s, r)
	for _, sig := range s.Triage.Signals {
		if sig.Changed && names[sig.Column] {
			return true
		}
	}
	return false
}
