package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/screen"
)

// asking is the root's question for the shared state.
//
//	Move ──┐                     ┌─▶ still wanted?  show it
//	Filter ┼─▶ wish ─▶ one ─▶ answer
//	Loaded ┘        in flight    └─▶ another wish meanwhile?  ask that
//
// At most one question is in flight, so that holding a key that moves a window
// edge does not queue a hundred triages: a newer wish cancels the question
// under way and is asked when that has returned.
type asking struct {
	wish   wish // what is wanted now
	shown  wish // what the state on screen answers
	number int  // of the question in flight, or the last one
	flying bool
	again  bool
	cancel context.CancelFunc
}

// wish is what the shared state is asked for; zero windows are the proposed.
type wish struct {
	windows analysis.Windows
	where   analysis.Where
}

// same compares instants, not clocks: equal windows in two zones are the same.
func (w wish) same(o wish) bool {
	equal := func(a, b analysis.Window) bool { return a.From.Equal(b.From) && a.To.Equal(b.To) }
	return equal(w.windows.Before, o.windows.Before) && equal(w.windows.After, o.windows.After) &&
		w.where.String() == o.where.String()
}

// answer is what the Reader said to the question of that number.
type answer struct {
	number int
	wish   wish
	state  screen.State
	err    error
}

// ask puts the question that is wished for in flight.
func (a asking) ask(r Reader) (asking, tea.Cmd) {
	ctx, cancel := context.WithCancel(context.Background())
	if a.cancel != nil {
		a.cancel()
	}
	a.number++
	a.flying, a.again, a.cancel = true, false, cancel
	number, wish := a.number, a.wish
	return a, func() tea.Msg {
		state, err := r.Load(ctx, wish.windows, wish.where)
		return answer{number, wish, state, err}
	}
}

// want asks for the state of that wish, at once or as soon as the question in
// flight has returned.
func (m Model) want(w wish) (Model, tea.Cmd) {
	changed := !m.asking.wish.same(w)
	m.asking.wish = w
	m.state.Where = w.where
	if !w.windows.Zero() {
		m.state.Windows = w.windows
	}
	m.state.Stale = m.state.Stale || changed
	if m.asking.flying {
		m.asking.again = true
		if changed {
			m.asking.cancel()
		}
		return m, nil
	}
	var asked tea.Cmd
	m.asking, asked = m.asking.ask(m.config.Reader)
	return m, asked
}

// reload asks for the same state again, because the file has changed.
func (m Model) reload() (Model, tea.Cmd) { return m.want(m.asking.wish) }

// accept takes the answer if it is still wanted, and asks again if something
// was wished for in the meantime.
func (m Model) accept(a answer) (Model, tea.Cmd) {
	if a.number != m.asking.number {
		return m, nil
	}
	m.asking.cancel()
	m.asking.flying = false
	var entered, asked tea.Cmd
	if m.asking.wish.same(a.wish) {
		if a.err != nil {
			m = m.refuse(a)
		} else {
			m = m.compare(a).take(a).bare(m)
		}
		m, entered = m.enter()
	}
	if m.asking.again {
		m.asking, asked = m.asking.ask(m.config.Reader)
	}
	m, pause := m.pause()
	return m, tea.Batch(entered, asked, pause)
}

// take makes the answer what the screens share. How far an import has come is
// the root's own knowledge, newer than any answer.
func (m Model) take(a answer) Model {
	loading := m.state.Loading
	m.state, m.asking.shown = a.state, a.wish
	m.state.Loading, m.state.Where, m.state.Stale = loading, a.wish.where, false
	m.state.Column = m.here.column
	m.state.Windows = a.wish.windows
	if m.state.Windows.Zero() {
		m.state.Windows = m.state.Triage.Windows
	}
	return m
}

// glance is the shared state before its first triage.
type glance struct {
	state screen.State
	err   error
}

// glanced shows it until the first answer comes, which also says what is wrong
// with a file that cannot be read.
func (m Model) glanced(g glance) (Model, tea.Cmd) {
	if g.err != nil || m.state.Ready || m.state.Err != nil {
		return m, nil
	}
	loading, stale := m.state.Loading, m.state.Stale
	m.state = g.state
	m.state.Loading, m.state.Stale = loading, stale
	m.state.Where, m.state.Column = m.here.where, m.here.column
	return m.enter()
}

// refuse goes back to the filter and windows last shown and says why the new
// wish failed; with nothing shown yet, the error is the state.
func (m Model) refuse(a answer) Model {
	if !m.state.Ready {
		m = m.take(a)
		m.state.Ready, m.state.Err = false, a.err
		return m
	}
	m.state.Stale = false
	m.notice = a.err.Error()
	m.asking.wish = m.asking.shown
	m.state.Where, m.here.where = m.asking.shown.where, m.asking.shown.where
	m.state.Windows = m.asking.shown.windows
	if m.state.Windows.Zero() {
		m.state.Windows = m.state.Triage.Windows
	}
	return m
}
