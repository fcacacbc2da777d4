package command

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"andon/themes"
	"andon/ui"
	"andon/ui/display"
	"andon/ui/style"
)

// plain is the console as lines, for screen readers, braille displays and
// terminals that can do nothing: no second screen, no cursor, no boxes. A line
// of keys is typed, and what it changed is told.
//
//	4                 the slices, whole
//	down              > line=L3 ...   only what is new
//	/ line=L2         the filter      n gloves look black   a note
//	q
type plain struct {
	model tea.Model
	out   io.Writer
	shown []string
	ended bool
	news  func(context.Context) (bool, error) // whether somebody saved something
}

// The box the screens are drawn in: too narrow for panes side by side, and no
// higher than somebody listens to.
const (
	plainWidth  = 62
	plainHeight = 32
)

// runPlain opens the incident like runConsole and reads keys by the line.
func runPlain(ctx context.Context, env Env, own settings, t target) error {
	file, err := openFor(ctx, env, t)
	if err != nil {
		return err
	}
	defer file.Close()
	session := newSession(file, env)
	asleep, err := t.wake(ctx, session)
	if err != nil {
		return err
	}
	defer asleep()
	if err := session.entitle(ctx, t); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	wait, err := session.loadPlain(ctx, t)
	if err != nil {
		stop()
		return err
	}
	defer wait()
	defer stop()
	mono, err := themes.Load("mono")
	if err != nil {
		return err
	}
	console, err := newConsole(session, manner{settings: own, sheet: style.New(mono, style.Terminal{UTF8: true})})
	if err != nil {
		return usage("settings %q: %w", own.path, err)
	}
	p := &plain{model: console, out: env.Out, news: session.look}
	p.send(tea.WindowSizeMsg{Width: plainWidth, Height: plainHeight})
	p.run(console.Init())
	p.tell()
	p.read(ctx, env.In)
	fmt.Fprintf(env.Out, "incident file: %s\n", display.Escape(file.Path()))
	return nil
}

// loadPlain loads the sources before anything is told, and with -f goes on in
// the background; an empty line then tells what is new. Wait returns once that
// has ended.
func (s *session) loadPlain(ctx context.Context, t target) (wait func(), err error) {
	wait = func() {}
	if len(t.sources) == 0 {
		_, err := s.look(ctx)
		return wait, err
	}
	l := &loader{file: s.file, options: t.options, now: s.env.Now, tell: progressLine(s.env)}
	if t.follow != nil {
		var background sync.WaitGroup
		first := make(chan error, 2)
		background.Go(func() {
			s.followInto(ctx, l, t, func(err error) { first <- err }, func(tea.Msg) {})
		})
		wait, err = background.Wait, <-first
	} else {
		_, err = l.load(ctx, t.sources, t.skipped)
		clearLine(s.env)
	}
	if err == nil {
		_, err = s.look(ctx)
	}
	return wait, err
}

// read takes lines until one quits or there are no more.
func (p *plain) read(ctx context.Context, in io.Reader) {
	lines := bufio.NewScanner(in)
	for !p.ended && ctx.Err() == nil && lines.Scan() {
		if fresh, err := p.news(ctx); err == nil && fresh {
			p.send(ui.Loaded{})
		}
		p.line(strings.TrimRight(lines.Text(), " \r"))
		if !p.ended {
			p.tell()
		}
	}
}

// line is keys parted by spaces, or text where text is asked for.
func (p *plain) line(text string) {
	command, rest, _ := strings.Cut(text, " ")
	switch {
	case p.model.(ui.Model).Typing():
		if text != "esc" {
			p.write(text)
			text = "enter"
		}
		p.press(text)
	case strings.HasPrefix(text, "/"):
		p.press("/")
		p.send(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl}) // the filter before
		p.write(strings.TrimSpace(text[1:]))
		p.press("enter")
	case command == "n" && rest != "":
		p.press("n")
		p.write(rest)
		p.press("enter")
	default:
		for _, key := range strings.Fields(text) {
			p.press(key)
		}
	}
}

// named are the keys that prompts know by their code.
var named = map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace}

// press is one key by its name.
func (p *plain) press(key string) {
	if code, ok := named[key]; ok {
		p.send(tea.KeyPressMsg{Code: code})
		return
	}
	p.send(tea.KeyPressMsg{Text: key})
}

// write types a text.
func (p *plain) write(text string) {
	for _, r := range text {
		p.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// send gives the console a message and carries out what it asks for.
func (p *plain) send(msg tea.Msg) {
	next, cmd := p.model.Update(msg)
	p.model = next
	p.run(cmd)
}

// run waits for a command and for all that follows from it.
func (p *plain) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.QuitMsg:
		p.ended = true
	case tea.BatchMsg:
		for _, c := range msg {
			p.run(c)
		}
	default:
		p.send(msg)
	}
}

// tell prints the screen: whole where another one is shown, else the lines that
// are new.
func (p *plain) tell() {
	lines := spoken(p.model.View().Content)
	same := len(p.shown) > 0 && len(lines) > 0 && p.shown[0] == lines[0]
	for _, line := range lines {
		if !same || !slices.Contains(p.shown, line) {
			fmt.Fprintln(p.out, line)
		}
	}
	fmt.Fprintln(p.out)
	p.shown = lines
}

// spoken is a view as lines to be read aloud: without styles, boxes, plots and
// the gaps they leave.
func spoken(view string) []string {
	drawn := func(r rune) rune {
		if r >= '─' && r <= '▟' {
			return ' '
		}
		return r
	}
	var lines []string
	for line := range strings.Lines(ansi.Strip(view)) {
		words := strings.Fields(strings.Map(drawn, line))
		if text := strings.Join(words, " "); strings.Trim(text, "_ ") != "" {
			lines = append(lines, text)
		}
	}
	return lines
}
