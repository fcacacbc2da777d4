package ui

import (
	tea "charm.land/bubbletea/v2"

	"andon/analysis"
)

// Draft is a note that is being typed. It is kept at every key, away from the
// terminal, so that a dead link, a kill or a crash loses nothing:
//
//	key ──▶ Keep ──▶ disk             saved or dropped ──▶ Keep of nothing
//	the next console ──▶ n opens the prompt with what was typed
type Draft struct {
	Text string
	Pin  analysis.Pin
}

// Keeper keeps a draft in place of the one before; an empty one drops it.
// Calls may overlap and arrive in any order: the highest number is the latest.
type Keeper func(number int, d Draft) error

// keepDraft keeps what the prompt holds now.
func (m Model) keepDraft(d Draft) (Model, tea.Cmd) {
	keep := m.config.Keep
	m.drafts++
	m.draft, m.typed = Draft{}, d
	if keep == nil {
		return m, nil
	}
	number := m.drafts
	return m, func() tea.Msg {
		if err := keep(number, d); err != nil {
			return saved{err: err}
		}
		return nil
	}
}

// KeepLast keeps what was typed last once more, when the console has ended: of
// the keys before the end some may have been read and not yet kept.
func (m Model) KeepLast() error {
	if m.config.Keep == nil || m.drafts == 0 {
		return nil
	}
	return m.config.Keep(m.drafts, m.typed)
}

// unfinished tells of a draft that an earlier console left.
func (m Model) unfinished() string {
	if m.draft.Text == "" {
		return ""
	}
	return "a note was not finished: n goes on with it"
}
