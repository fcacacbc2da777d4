package timeline

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/help"
	"andon/ui/screen"
)

type binding = screen.Binding[Screen]

func (s Screen) bindings() []binding {
	bind := func(keys, label, does string, unless func() string, do func(Screen) Screen) binding {
		return binding{Binding: help.Binding{Keys: strings.Fields(keys), Label: label, Does: does, Unless: unless}, Press: func(s Screen) (screen.Screen, tea.Cmd) { return do(s).ask() }}
	}
	walk := func(n int) func(Screen) Screen { return func(s Screen) Screen { return s.walk(n) } }
	half := func(n time.Duration) func(Screen) Screen {
		return func(s Screen) Screen { return s.pan(n * s.view.Duration() / 2) }
	}
	zoom := func(in bool) func(Screen) Screen { return func(s Screen) Screen { return s.zoom(in) } }
	pair := func(b binding, what string) binding {
		b.Pair = what
		return b
	}
	keys := []binding{
		pair(bind("left h", "left", "bucket before", s.nothing, walk(-1)), "walk"),
		bind("right l", "right", "next bucket", s.nothing, walk(1)),
		pair(bind("+ = z", "+", "zoom in", s.nothing, zoom(true)), "zoom"),
		bind("- Z", "-", "zoom out", s.nothing, zoom(false)),
		bind("0", "", "whole span", s.nothing, Screen.all),
	}
	for _, e := range []edge{beforeFrom, beforeTo, afterFrom, afterTo} {
		keys = append(keys, binding{Binding: help.Binding{Keys: []string{string(e)}, Does: e.does(), Unless: s.nothing, Pair: e.moves()}, Press: func(s Screen) (screen.Screen, tea.Cmd) { return s.move(e) }})
	}
	return append(keys,
		bind("o", "", "to the onset", s.noOnset, func(s Screen) Screen { return s.seek(s.state.Triage.Onset.Onset) }),
		pair(bind("e", "", "next event", s.noEvents, func(s Screen) Screen { return s.jump(1) }), "event"),
		bind("E", "", "event before", s.noEvents, func(s Screen) Screen { return s.jump(-1) }),
		bind("c", "", "compare the rest", s.noFilter, func(s Screen) Screen { s.versus = !s.versus; return s }),
		binding{Binding: help.Binding{Keys: []string{"p"}, Does: "keep to compare", Unless: s.nothing}, Press: Screen.keep},
		bind("v", "", "estimate, too", s.noQuality, func(s Screen) Screen { s.guess = !s.guess; return s }),
		pair(bind("shift+left H", "H", "pan left", s.unzoomed, half(-1)), "pan"),
		bind("shift+right L", "L", "pan right", s.unzoomed, half(1)),
		pair(bind("home g", "g", "to the start", s.nothing, func(s Screen) Screen { return s.seek(s.span().From) }), "ends"),
		bind("end G", "G", "to the end", s.nothing, func(s Screen) Screen { return s.seek(s.span().To) }),
	)
}

// does is what the edge's key does, in three words.
func (e edge) does() string {
	return map[edge]string{beforeFrom: "before starts here", beforeTo: "before ends here",
		afterFrom: "after starts here", afterTo: "after ends here"}[e]
}

// moves is what the two edges of a window do together, said of the first.
func (e edge) moves() string {
	return map[edge]string{beforeFrom: "set before", afterFrom: "set after"}[e]
}

// Keys are the timeline's bindings.
func (s Screen) Keys() []help.Binding {
	return screen.Keys(s.bindings())
}

// move puts an edge at the bucket under the cursor and shows the numbers of
// the moved windows at once, before the root has asked again.
func (s Screen) move(e edge) (screen.Screen, tea.Cmd) {
	main := s.main
	i := main.Index(s.cursor)
	windows, ok := put(s.state.Windows, e, main.At(i), main.At(i+1))
	if !ok {
		return s, screen.Do(screen.Notify{Text: "that edge would leave a window empty"})
	}
	s.state.Windows, s.held = windows, e
	return s, screen.Do(screen.Move{Windows: windows})
}

// jump puts the cursor on the next event in a direction, if there is one.
func (s Screen) jump(by int) Screen {
	events := slices.Clone(s.state.Events)
	slices.SortStableFunc(events, func(a, b analysis.Event) int { return by * a.Time.Compare(b.Time) })
	for _, e := range events {
		if e.Time.Compare(s.cursor) == by {
			return s.seek(e.Time)
		}
	}
	return s
}

func (s Screen) nothing() string { return help.Why(s.span().Empty(), "no data") }

func (s Screen) unzoomed() string {
	return help.Why(s.view == s.span(), "all of it is on screen; + zooms in")
}

func (s Screen) noOnset() string { return help.Why(s.state.Triage.Onset == nil, "no change") }

func (s Screen) noEvents() string { return help.Why(len(s.state.Events) == 0, "no events") }

func (s Screen) noQuality() string {
	return help.Why(s.state.Triage.Measure.Metric == "" || s.state.Triage.Measure.Scale != analysis.Proportion, "no share of right answers")
}

func (s Screen) noFilter() string {
	return help.Why(len(s.state.Where) == 0, "no filter")
}
