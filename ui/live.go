package ui

import (
	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/analysis/news"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/help"
	"andon/ui/screen"
	"andon/ui/style"
)

// A log that grows while it is looked at changes the numbers in their places,
// never the place of the cursor. What is news stands above every screen, in
// words, until somebody looks:
//
//	all rows, live   ! accuracy 92.3 % → 71.8 % since 8 Mar 06:41 UTC: press !
//	                 └ alert ──────────────────────────────────────┘

// Followed says how far the sources of the console are followed: how many files
// are read, how many rows are not loaded yet, and what cannot be read. Whoever
// follows sends it when it changes; zero once nothing is followed any more.
type Followed struct {
	Files   int
	Behind  int64
	Trouble string
}

func (m Model) followed(f Followed) (Model, tea.Cmd) {
	if f.Trouble != "" && f.Trouble != m.live.Trouble {
		m.notice = "following: " + f.Trouble
	}
	m.live = f
	return m, nil
}

// following is what the trail says of it.
func (m Model) following() string {
	switch {
	case m.live == Followed{}:
		return ""
	case m.live.Behind > 0:
		return ", live, " + string(display.Count(m.live.Behind)) + " behind"
	case m.live.Trouble != "":
		return ", live, trouble"
	}
	return ", live"
}

// alert is news that nobody has looked at yet.
type alert struct {
	text display.Text
	at   screen.ID // where to look
}

// compare raises an alert where an answer's triage says something else than the
// one on screen, of the same windows and filter. What is shown while an import
// runs is of a part of the rows, and so may be what was asked before its end: the
// first answer to a question asked after it is no news, but the beginning.
func (m Model) compare(a answer) Model {
	if m.state.Loading.Active {
		return m
	}
	partial := m.partial
	m.partial = partial && a.number < m.whole
	if partial || !m.state.Ready || !m.asking.shown.same(a.wish) {
		return m
	}
	before, now := m.state.Triage, a.state.Triage
	switch kind := news.Between(before, now); kind {
	case news.Nothing:
	case news.Judged:
		m.alert = alert{"verdict now " + judged(now) + ", was " + judged(before), screen.Triage}
	case news.Ended:
		m.alert = alert{"no change any more in " + display.Escape(now.Measure.Metric), screen.Timeline}
	default:
		m.alert = alert{m.fell(now), screen.Timeline}
	}
	return m
}

// judged is a verdict in two words: "floor, likely".
func judged(t analysis.Triage) display.Text {
	if accused := t.Accused(); accused != "" {
		return display.Escape(string(accused) + ", " + string(t.Verdict.Outcome))
	}
	return display.Escape(string(t.Verdict.Outcome))
}

// fell is the change that the triage is about.
func (m Model) fell(t analysis.Triage) display.Text {
	text := display.Escape(t.Measure.Metric)
	if text == "" {
		text = display.Escape(t.Series.Name)
	}
	if q := t.Quality; q != nil {
		text += " " + screen.Level(t.Measure.Scale, q.Before.Mean()) + " " + display.Text(m.config.Sheet.Glyphs.Right) + " " +
			screen.Level(t.Measure.Scale, q.After.Mean())
	} else {
		text += " changed"
	}
	return text + " since " + m.instant(t.Onset.Onset)
}

// alarm is the alert as the trail has it, "" without one. The key to look stands
// where a cut does not reach it.
func (m Model) alarm(room int) string {
	if m.alert.text == "" {
		return ""
	}
	s := m.config.Sheet
	mark, ask := s.Glyphs.Look+" ", ": press !"
	text := display.Cut(m.alert.text, max(0, room-style.Width(mark)-style.Width(ask)))
	return s.Paint(themes.Bad, mark+string(text)+ask)
}

// look goes to where the news is.
func (m Model) look() (Model, tea.Cmd) {
	at := m.alert.at
	m.alert = alert{}
	return m.goTo(place{screen: at, where: m.here.where})
}

func (m Model) noNews() string { return help.Why(m.alert.text == "", "nothing new") }
