package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"andon/ui/screen"
)

// The verdict does not wait for what the house shows beside it, and neither
// does the next key:
//
//	ask ──▶ triage ──▶ shown ···▶ rested ──▶ furnish ──▶ objectives, impact,
//	                                                     estimates, health
//
// furnished is the state with them, to the question of that number.
type furnished struct {
	number int
	state  screen.State
	err    error
}

// bare marks the answer just taken as lacking them. Until they come, those of
// the same question before it stay; of another one they would be wrong, and so
// would those of a part of the logs once all are in.
func (m Model) bare(before Model) Model {
	if m.config.Furnish == nil || !m.state.Ready {
		return m
	}
	m.unfurnished, m.state.Bare = true, true
	whole := before.partial && !m.partial
	if before.state.Ready && before.asking.shown.same(m.asking.shown) && !whole {
		m.state.Business, m.state.Expected, m.state.Bare = before.state.Business, before.state.Expected, before.state.Bare
	}
	return m
}

// furnish asks for them, unless a newer question is in flight.
func (m Model) furnish() (Model, tea.Cmd) {
	if !m.unfurnished || m.asking.flying {
		return m, nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.unfurnished, m.asking.cancel = false, cancel
	number, state, furnish := m.asking.number, m.state, m.config.Furnish
	return m, func() tea.Msg {
		state, err := furnish(ctx, state)
		return furnished{number, state, err}
	}
}

// furnished takes them, unless another question was asked meanwhile.
func (m Model) furnished(f furnished) (Model, tea.Cmd) {
	if f.number != m.asking.number {
		return m, nil
	}
	m.asking.cancel()
	m.state.Bare = false
	if f.err != nil {
		m.notice = f.err.Error()
	} else {
		m.state.Business, m.state.Expected = f.state.Business, f.state.Expected
	}
	return m.enter()
}
