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

// gap stands between two keys of the bar.
const gap = 2

// Bar is the bindings on one line of exactly w cells, in their order: those to
// keep, then those that work just now, then those that do not, muted (the
// overlay says why), each as far as there is room. One that does not fit is
// left out whole.
func Bar(bindings []Binding, w int, s style.Sheet) string {
	list := pieces(bindings)
	shown, free := make([]bool, len(list)), w+gap
	for _, wanted := range []func(piece) bool{
		func(p piece) bool { return p.keep },
		func(p piece) bool { return p.works },
		func(p piece) bool { return true },
	} {
		for i, p := range list {
			if !shown[i] && wanted(p) && p.width() <= free {
				shown[i], free = true, free-p.width()
			}
		}
	}
	var texts []string
	for i, p := range list {
		if shown[i] {
			texts = append(texts, p.paint(s))
		}
	}
	return s.Fit(strings.Join(texts, strings.Repeat(" ", gap)), w)
}

// piece is a key of the bar, or a pair of keys: "left/right walk".
type piece struct {
	label, does string
	keep, works bool
}

func pieces(bindings []Binding) []piece {
	var list []piece
	for i := 0; i < len(bindings); i++ {
		b := bindings[i]
		p := piece{b.label(), b.Does, b.Keep, b.Reason() == ""}
		if b.Pair != "" && i+1 < len(bindings) {
			i++
			p.label, p.does = b.label()+"/"+bindings[i].label(), b.Pair
		}
		list = append(list, p)
	}
	return list
}

// width is what the piece takes of the bar, with the gap behind it.
func (p piece) width() int { return style.Width(p.label+" "+p.does) + gap }

func (p piece) paint(s style.Sheet) string {
	if !p.works {
		return s.Paint(themes.Muted, p.label+" "+p.does)
	}
	return s.Paint(themes.Title, p.label) + " " + p.does
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
