package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"andon/analysis"
	"andon/ui/diff"
	"andon/ui/house"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/slices"
	"andon/ui/style"
	"andon/ui/timeline"
	"andon/ui/uitest"
)

// player feeds keys to the console as a terminal would and runs every command
// at once, so that a test is a line of keys and what to see.
type player struct {
	t     testing.TB
	model Model
	plant *plant
	quit  bool
}

// play opens the console on the gloves incident in a terminal of w x h cells.
func play(t testing.TB, sheet style.Sheet, w, h int) *player {
	t.Helper()
	p := &player{t: t, plant: &plant{state: screentest.Gloves()}}
	p.model = New(Config{
		Screens: []screen.Screen{
			slices.New(sheet, time.UTC), house.New(sheet, time.UTC),
			timeline.New(p.plant, sheet, time.UTC), diff.New(sheet, time.UTC),
		},
		Reader: p.plant, Saver: p.plant, Sheet: sheet,
		Report: func(context.Context) (string, error) { return "gloves.html", nil },
	})
	p.run(p.model.Init())
	p.send(tea.WindowSizeMsg{Width: w, Height: h})
	return p
}

func (p *player) send(msg tea.Msg) {
	next, cmd := p.model.Update(msg)
	p.model = next.(Model)
	p.run(cmd)
}

func (p *player) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.QuitMsg:
		p.quit = true
	case tea.BatchMsg:
		for _, c := range msg {
			p.run(c)
		}
	default:
		p.send(msg)
	}
}

// press presses keys by name; see uitest.Keys.
func (p *player) press(names ...string) *player {
	for _, k := range uitest.Keys(names...) {
		p.send(k)
	}
	return p
}

// text is the screen without styles.
func (p *player) text() string { return ansi.Strip(p.model.View().Content) }

// sees asserts that the screen shows all of these.
func (p *player) sees(want ...string) *player {
	p.t.Helper()
	for _, w := range want {
		if !strings.Contains(p.text(), w) {
			p.t.Errorf("the screen does not show %q:\n%s", w, p.text())
		}
	}
	return p
}

// plant is the file behind the console: it answers every filter with the same
// triage, and remembers what was asked and saved.
type plant struct {
	state  screen.State
	err    error
	asked  []string
	moved  analysis.Windows
	notes  []analysis.Note
	refuse error
	copied string
}

func (p *plant) Load(_ context.Context, w analysis.Windows, where analysis.Where) (screen.State, error) {
	p.asked = append(p.asked, where.String())
	p.moved = w
	state := p.state
	state.Notes += len(p.notes)
	return state, p.err
}

func (p *plant) AddNote(_ context.Context, text string, pin analysis.Pin) error {
	if p.refuse != nil {
		return p.refuse
	}
	p.notes = append(p.notes, analysis.Note{Text: text, Pin: pin})
	return nil
}

func (p *plant) Copy(text string) (string, error) {
	p.copied = text
	return "clip.txt", nil
}

func (p *plant) Series(_ context.Context, name string, _ analysis.Where, step time.Duration) (analysis.Series, error) {
	s := screentest.Series(step)
	s.Name = "accuracy"
	if name != "" {
		s.Name, s.Scale = name, analysis.Amount
	}
	return s, nil
}

func (p *plant) Metrics(context.Context) ([]analysis.MetricSeries, error) { return nil, nil }
