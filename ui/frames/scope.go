package frames

import (
	"slices"

	"andon/analysis"
	"andon/ui/screen"
)

// scope is a set of rows that frames may come from.
type scope struct {
	name  string
	where analysis.Where
}

// scopes are the choices of the f key, the first being shown at once: the
// filter if one is set, else the slice that explains the drop, else all rows.
func scopes(state screen.State) []scope {
	var all []scope
	if len(state.Where) > 0 {
		all = append(all, scope{"filter", state.Where})
	}
	if slice := state.Triage.Guilty(); slice != nil {
		all = append(all, scope{"guilty slice", slices.Concat(state.Where, slice.Where)})
	}
	return append(all, scope{"all rows", analysis.Where{}})
}

// where is the slice in force.
func (s Screen) where() analysis.Where { return scopes(s.state)[s.scope].where }
