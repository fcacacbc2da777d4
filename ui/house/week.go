package house

import (
	"strings"

	"andon/analysis/warning"
	"andon/ui/display"
)

// health is the last week of every room in a line, what needs a look first.
func (s Screen) health() topic {
	t := topic{name: "last week"}
	for _, wanted := range []warning.State{warning.Bad, warning.Look, warning.OK, warning.NoData} {
		for _, l := range s.state.Business.Health {
			if l.State == wanted {
				t.lines = append(t.lines, display.Text(strings.ToUpper(string(l.Room)))+" "+display.Text(l.State)+": "+display.Escape(l.Text))
			}
		}
	}
	return t
}
