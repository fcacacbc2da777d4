package help

import (
	"strings"

	"andon/themes"
	"andon/ui/style"
)

// Group is a list of bindings with a heading: a screen's, or the global ones.
type Group struct {
	Title    string
	Bindings []Binding
}

// Bar is the bindings on one line of exactly w cells, most useful first; one
// that does not fit is left out whole. A disabled one is muted; the overlay
// says why.
func Bar(bindings []Binding, w int, s style.Sheet) string {
	var b strings.Builder
	used := 0
	for _, k := range bindings {
		text := k.label() + " " + k.Does
		width := style.Width(text) + 2
		if used+width-2 > w {
			continue
		}
		if used > 0 {
			b.WriteString("  ")
		}
		if k.Reason() != "" {
			b.WriteString(s.Paint(themes.Muted, text))
		} else {
			b.WriteString(s.Paint(themes.Title, k.label()) + " " + k.Does)
		}
		used += width
	}
	return s.Fit(b.String(), w)
}

// label is how the key is written.
func (b Binding) label() string {
	if b.Label != "" || len(b.Keys) == 0 {
		return b.Label
	}
	return b.Keys[0]
}

// Reason is why the key does nothing just now, "" when it works.
func (b Binding) Reason() string {
	if b.Unless == nil {
		return ""
	}
	return b.Unless()
}
