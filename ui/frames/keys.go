package frames

import (
	tea "charm.land/bubbletea/v2"

	"andon/ui/help"
	"andon/ui/screen"
)

type binding = screen.Binding[Screen]

func (s Screen) bindings() []binding {
	move := func(by func(Screen) int) func(Screen) (screen.Screen, tea.Cmd) {
		return func(s Screen) (screen.Screen, tea.Cmd) { return s.move(by(s)), nil }
	}
	rows := func(sign int) func(Screen) int {
		return func(s Screen) int {
			if s.mode == sheet {
				return sign * s.layout(s.box.Width, s.box.Height).columns
			}
			return sign
		}
	}
	page := func(sign int) func(Screen) int {
		return func(s Screen) int { return sign * s.layout(s.box.Width, s.box.Height).page() }
	}
	all := []binding{
		{Binding: help.Binding{Keys: []string{"enter"}, Does: "pair large", Unless: s.unlessPairs}, Press: Screen.enter},
		{Binding: help.Binding{Keys: []string{"space", "b"}, Label: "space", Does: "blink", Unless: s.unlessPairs}, Press: Screen.blink},
		{Binding: help.Binding{Keys: []string{"f"}, Does: "change slice"}, Press: Screen.nextScope},
		{Binding: help.Binding{Keys: []string{"r"}, Does: "regions", Unless: s.unlessPairs}, Press: toggle(regions)},
		{Binding: help.Binding{Keys: []string{"m"}, Does: "mean pictures", Unless: s.unlessPairs}, Press: toggle(means)},
		{Binding: help.Binding{Keys: []string{"i"}, Does: "terminal's own graphics", Unless: s.unlessPairs}, Press: Screen.graphics},
		{Binding: help.Binding{Keys: []string{"right", "l"}, Label: "right", Does: "next pair", Pair: "pair"}, Press: move(func(Screen) int { return 1 })},
		{Binding: help.Binding{Keys: []string{"left", "h"}, Label: "left", Does: "previous pair"}, Press: move(func(Screen) int { return -1 })},
		{Binding: help.Binding{Keys: []string{"down", "j"}, Label: "down", Does: "row below", Pair: "row"}, Press: move(rows(1))},
		{Binding: help.Binding{Keys: []string{"up", "k"}, Label: "up", Does: "row above"}, Press: move(rows(-1))},
		{Binding: help.Binding{Keys: []string{"pgdown"}, Does: "next page", Pair: "page"}, Press: move(page(1))},
		{Binding: help.Binding{Keys: []string{"pgup"}, Does: "previous page"}, Press: move(page(-1))},
		{Binding: help.Binding{Keys: []string{"t"}, Does: "slice's timeline"}, Press: Screen.openTimeline},
		{Binding: help.Binding{Keys: []string{"ctrl+r"}, Does: "ask again"}, Press: func(s Screen) (screen.Screen, tea.Cmd) { return screen.Again(s.ask(true)) }},
		{Binding: help.Binding{Keys: []string{"esc"}, Does: "back"}, Press: Screen.back},
	}
	return all
}

// Keys are the screen's bindings.
func (s Screen) Keys() []help.Binding {
	return screen.Keys(s.bindings())
}

func (s Screen) unlessPairs() string {
	if len(s.answer.frames.Pairs) == 0 {
		return "no pair of frames to look at"
	}
	return ""
}

// move walks over the pairs, or over the rows of the region table.
func (s Screen) move(by int) Screen {
	if s.mode == regions {
		s.top = max(0, min(len(s.answer.frames.Regions)-1, s.top+by))
		return s
	}
	s.at = max(0, min(len(s.answer.frames.Pairs)-1, s.at+by))
	return s
}

func (s Screen) enter() (screen.Screen, tea.Cmd) {
	s.mode = pair
	return s, nil
}

// graphics shows the pair, or the mean pictures, in the terminal's own graphics.
func (s Screen) graphics() (screen.Screen, tea.Cmd) {
	p, ok := s.current()
	if !ok {
		return s, nil
	}
	show := screen.Show{Left: p.Before.Picture, Right: p.After.Picture, Text: s.pairSentence(p)}
	if f := s.answer.frames; s.mode == means && f.MeanBefore != nil && f.MeanAfter != nil {
		show = screen.Show{Left: f.MeanBefore, Right: f.MeanAfter, Text: "mean before and mean after; " + s.regionSentence()}
	}
	return s, screen.Do(show)
}

// blink shows the other picture of the pair in the same place; from any other
// mode it begins with before.
func (s Screen) blink() (screen.Screen, tea.Cmd) {
	if s.mode == blinkBefore {
		s.mode = blinkAfter
	} else {
		s.mode = blinkBefore
	}
	return s, nil
}

func toggle(m mode) func(Screen) (screen.Screen, tea.Cmd) {
	return func(s Screen) (screen.Screen, tea.Cmd) {
		if s.mode == m {
			s.mode = sheet
		} else {
			s.mode, s.top = m, 0
		}
		return s, nil
	}
}

func (s Screen) nextScope() (screen.Screen, tea.Cmd) {
	s.scope = (s.scope + 1) % len(scopes(s.state))
	return s.ask(false)
}

func (s Screen) openTimeline() (screen.Screen, tea.Cmd) {
	return s, screen.Do(screen.Open{Screen: screen.Timeline, Where: s.where()})
}

// back leaves what is large step by step, then the screen.
func (s Screen) back() (screen.Screen, tea.Cmd) {
	switch s.mode {
	case blinkBefore, blinkAfter:
		s.mode = pair
	case sheet:
		return s, screen.Do(screen.Back{})
	default:
		s.mode = sheet
	}
	return s, nil
}
