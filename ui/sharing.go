package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
)

// copy puts what is under the cursor into a file and offers it to the
// terminal's clipboard. Terminals do not say whether they took it, so the
// notice promises only the file.
func (m Model) copy() (Model, tea.Cmd) {
	text, saver := words(m.under()), m.config.Saver
	m.notice = "copying ..."
	return m, tea.Batch(tea.SetClipboard(text), func() tea.Msg {
		path, err := saver.Copy(text)
		return saved{text: "copied to " + path + "; also sent to the clipboard, not confirmed", err: err}
	})
}

// words is a pin as text for people: what was seen, of which rows.
func words(p analysis.Pin) string {
	parts := []string{p.Saw}
	if p.Where != "" {
		parts = append(parts, "where "+p.Where)
	}
	return strings.Join(parts, "\n")
}

// report writes the incident report.
func (m Model) report() (Model, tea.Cmd) {
	write := m.config.Report
	m.notice = "writing the report ..."
	return m, func() tea.Msg {
		path, err := write(context.Background())
		return saved{text: "report written to " + path, err: err}
	}
}
