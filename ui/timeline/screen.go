// Package timeline is quality over time with everything that could explain it
// on the same axis.
//
//	06 Mar 06:00  accuracy 63.9 % [60, 68]  140 known of 702 rows    readout.go
//	100 % ┤─────────╮░░        goal
//	 60 % ┤         ╰────                                             chart.go
//	       [─ before ─] {after}
//	              c▲ ◆
//	volume ▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅                                          strand.go
//	c  material  gloves from new vendor                               event.go
//	before 92.8 % of 3,740   after 63.9 % of 2,020   -28.9 pt         edge.go
//
// The cursor is an instant, not a column, so that it stays where it is when
// the width, the zoom or the data change.
package timeline

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

// Screen is the timeline: what is asked for, what was answered, and which
// part of it is looked at.
type Screen struct {
	reader  Reader
	sheet   style.Sheet
	zone    *time.Location
	state   screen.State
	asked   question
	answers answers
	main    analysis.Series // drawn large; see settle
	view    analysis.Window // the part of the span that is drawn
	cursor  time.Time
	held    edge // the window edge moved last
	versus  bool // draw the rows beyond the filter too
	kept    kept // a slice to draw beside whichever is looked at
	guess   bool // draw estimated quality too
	width   int
}

// New returns the timeline; times are shown in zone.
func New(reader Reader, sheet style.Sheet, zone *time.Location) Screen {
	return Screen{reader: reader, sheet: sheet, zone: zone, width: 80}
}

// ID is screen.Timeline.
func (s Screen) ID() screen.ID { return screen.Timeline }

// Enter takes the state and asks for what it does not know of it.
func (s Screen) Enter(state screen.State) (screen.Screen, tea.Cmd) {
	s.state = state
	return s.settle().ask()
}

// settle follows what is known: it chooses the large series, and shows the
// whole span, or its end, if that is what was shown before the span grew.
func (s Screen) settle() Screen {
	before := s.span()
	whole := s.view.Empty() || s.view == before
	s.main = s.choose()
	span := s.span()
	switch {
	case span.Empty():
	case whole:
		s.view = span
		if s.cursor.IsZero() {
			s.cursor = s.start()
		}
	case s.view.To.Equal(before.To):
		return s.advance(span.To.Sub(before.To))
	}
	return s
}

// advance moves the end of a log that grows into view, unless that would take
// the cursor out of it.
func (s Screen) advance(by time.Duration) Screen {
	if by <= 0 || s.cursor.Before(s.view.From.Add(by)) {
		return s
	}
	return s.pan(by)
}

// start is where the cursor is first: on the onset, else on the last bucket.
func (s Screen) start() time.Time {
	if onset := s.state.Triage.Onset; onset != nil {
		return onset.Onset
	}
	return s.span().To.Add(-1)
}

// span is the time the log covers, as far as any answer tells.
func (s Screen) span() analysis.Window {
	if len(s.main.Buckets) == 0 {
		return analysis.Window{}
	}
	return analysis.Window{From: s.main.Start, To: s.main.At(len(s.main.Buckets))}
}

// Update takes answers, the size and keys.
func (s Screen) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.width = msg.Width
		return s.ask()
	case answered:
		return s.take(msg)
	case tea.KeyPressMsg:
		if next, cmd, done := screen.Press(s.bindings(), msg.String(), s); done {
			return next, cmd
		}
	}
	return s, nil
}

// Typing is false: the timeline has no prompt.
func (s Screen) Typing() bool { return false }

// Under is the bucket under the cursor, in words.
func (s Screen) Under() analysis.Pin {
	return analysis.Pin{Screen: string(screen.Timeline), Where: s.state.Where.String(),
		Windows: s.state.Windows, Saw: string(s.readout())}
}

// cancelled is a question's way to be given up; the zero one does nothing.
type cancelled context.CancelFunc

func (c cancelled) now() {
	if c != nil {
		c()
	}
}

// name is what a series is called on screen.
func name(series analysis.Series) display.Text {
	if series.Name == "" {
		return "quality"
	}
	return display.Escape(series.Name)
}
