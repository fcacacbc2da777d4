package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/help"
	"andon/ui/prompt"
	"andon/ui/style"
)

// noting is the prompt of the n key. It stands below the screen, so that what
// the note is about stays in sight:
//
//	note, pinned to: line=L2 holds 93.0 % before, 5.1 % after
//	> gloves look black since the morning shift▌
type noting struct {
	line prompt.Line
	pin  analysis.Pin
}

// saved is the end of a note, a copy or a report: what to tell, and the note, if
// it was one.
type saved struct {
	text string
	err  error
	note *noting
}

// note opens the prompt, pinned to what is under the cursor, or with the note
// that was not finished.
func (m Model) note() (Model, tea.Cmd) {
	n := noting{line: prompt.NewLine("note", "what did you see, do or decide?"), pin: m.under()}
	if m.draft.Text != "" {
		n.line, n.pin = n.line.With(m.draft.Text), m.draft.Pin
	}
	m.over = n
	return m, nil
}

// under is what the cursor is on; without a screen it is the filter and the
// windows alone.
func (m Model) under() analysis.Pin {
	if s := m.focused(); s != nil {
		return s.Under()
	}
	return analysis.Pin{Where: m.state.Where.String(), Windows: m.state.Windows}
}

func (n noting) update(msg tea.Msg) (overlay, step) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, func(m Model) (Model, tea.Cmd) { return m.keepDraft(Draft{}) }
		case "enter":
			if strings.TrimSpace(n.line.Value()) == "" {
				return n, nil
			}
			return nil, n.keep
		}
	}
	before := n.line.Value()
	n.line = n.line.Update(msg)
	if n.line.Value() == before {
		return n, nil
	}
	return n, func(m Model) (Model, tea.Cmd) { return m.keepDraft(Draft{n.line.Value(), n.pin}) }
}

// keep saves the note. "saved" is said only once the saver has it.
func (n noting) keep(m Model) (Model, tea.Cmd) {
	saver := m.config.Saver
	m.notice = "saving the note ..."
	return m, func() tea.Msg {
		err := saver.AddNote(context.Background(), n.line.Value(), n.pin)
		return saved{text: "note saved", err: err, note: &n}
	}
}

// saved says how it ended. A note that is safe needs its draft no longer; one
// that could not be kept comes back into its prompt, so that nothing typed is
// lost.
func (m Model) saved(s saved) (Model, tea.Cmd) {
	m.notice = s.text
	if s.err != nil {
		m.notice = s.err.Error()
		if s.note != nil && m.over == nil {
			m.over = *s.note
		}
		return m, nil
	}
	if s.note == nil {
		return m, nil
	}
	m, asked := m.reload()
	m, dropped := m.keepDraft(Draft{})
	return m, tea.Batch(asked, dropped)
}

func (n noting) view(box size, s style.Sheet) string {
	about := "pinned to this view"
	if n.pin.Saw != "" {
		about = "pinned to: " + string(display.Escape(n.pin.Saw))
	}
	rule := strings.Repeat(s.Glyphs.Horizontal, max(0, box.width))
	return s.Fill(s.Paint(themes.Border, rule)+"\n"+s.Paint(themes.Muted, s.Fit(about, box.width))+"\n"+
		n.line.View(box.width, s), box.width, box.height)
}

func (n noting) rows() int { return 3 }

func (n noting) keys() []help.Binding {
	return []help.Binding{
		{Keys: []string{"enter"}, Does: "save"},
		{Keys: []string{"esc"}, Does: "drop"},
	}
}
