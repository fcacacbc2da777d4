package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/importers"
	"andon/store"
	"andon/ui"
	"andon/ui/data"
	"andon/ui/diff"
	"andon/ui/display"
	"andon/ui/frames"
	"andon/ui/house"
	"andon/ui/models"
	"andon/ui/notes"
	"andon/ui/screen"
	"andon/ui/slices"
	"andon/ui/style"
	"andon/ui/timeline"
	"andon/ui/triage"
)

// consoleFlags makes the bare command open the console.
func consoleFlags(root *cobra.Command, env Env) {
	var look looks
	var roles []string
	var follow, live, review bool
	look.flags(root)
	roleFlag(root, &roles)
	root.Flags().BoolVarP(&follow, "follow", "f", false, "keep loading the sources as they grow or rotate, while the console is open")
	root.Flags().BoolVar(&review, "review", false, "show how the sources are understood, to change roles, before they are loaded")
	root.Flags().BoolVar(&live, "live", false, "ask the fleet behind the file what the file does not hold")
	root.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			c.Help()
			return usage("give an incident file or log sources, or begin with: andon practice gloves")
		}
		options, err := parseRoles(roles)
		if err != nil {
			return err
		}
		choose := consoleTarget
		if fleets, _ := splitFleets(args); len(fleets) > 0 {
			choose = fleetTarget(c.Context())
		}
		t, err := choose(env, args, options)
		if err != nil {
			return misspelt(root, args[0], err)
		}
		if live && t.live == nil {
			t.live = heldFleet
		}
		if t.review = review; review && (len(t.sources) == 0 || follow || look.plain) {
			return usage("--review wants sources in the console; with -f or --plain, look with andon import --dry-run, and load with --role or --map")
		}
		if follow {
			if t, err = t.following(args); err != nil {
				return err
			}
		}
		return runConsole(c.Context(), env, look, t)
	}
}

// misspelt is err, or where a lone word is no file, what verb it may have meant.
func misspelt(root *cobra.Command, word string, err error) error {
	if !errors.Is(err, importers.ErrMissing) || strings.ContainsAny(word, "./\\") {
		return err
	}
	near := root.SuggestionsFor(word)
	if len(near) == 0 {
		return input(fmt.Errorf("%s: no such file, directory or verb; 'andon --help' lists the verbs", word))
	}
	return input(fmt.Errorf("%s: no such file, directory or verb; did you mean andon %s?", word, strings.Join(near, " or andon ")))
}

// target is what the console opens: the incident file, and the sources to load
// into it while it is already in use.
type target struct {
	path    string
	title   string
	sources []importers.Source
	skipped []importers.Skip
	options importers.Options
	follow  []string // what to go on loading, as it was named; nil to load once
	review  bool     // wait until somebody has looked at how the sources are understood
	live    waker    // lets the console ask the fleet; nil: offline
}

func consoleTarget(env Env, args []string, options importers.Options) (target, error) {
	if len(args) == 1 && isDatabase(args[0]) {
		return target{path: args[0]}, nil
	}
	if len(args) == 1 && filepath.Ext(args[0]) == ".andon" {
		return target{}, input(fmt.Errorf("open %q: it is no incident file; give its sources instead", args[0]))
	}
	sources, skipped, err := find(args, env.Now())
	if err != nil {
		return target{}, err
	}
	path, err := incidentPath(env, sources)
	return target{path: path, sources: sources, skipped: skipped, options: options}, err
}

// runConsole opens the incident file and shows it; sources load meanwhile.
func runConsole(ctx context.Context, env Env, look looks, t target) error {
	own, err := loadSettings(env)
	if err != nil {
		return err
	}
	if look.plain {
		return runPlain(ctx, env, own, t)
	}
	if err := interactive(env); err != nil {
		return err
	}
	look = look.under(own)
	if look.pictures != "" && protocols[look.pictures] == nil {
		return usage("--pictures %q: write sixel or kitty", look.pictures)
	}
	sheet, profile, err := look.sheet(env, own)
	if err != nil {
		return err
	}
	_, absent := os.Stat(t.path)
	file, err := openFor(ctx, env, t)
	if err != nil {
		return err
	}
	defer file.Close()
	session := newSession(file, env)
	session.sparing = true
	asleep, err := t.wake(ctx, session)
	if err != nil {
		return err
	}
	defer asleep()
	if err := session.entitle(ctx, t); err != nil {
		return err
	}
	return session.draw(ctx, manner{settings: own, sheet: sheet, pace: look.pace()}, profile, look.pictures, t, absent != nil)
}

// draw shows the console until the user leaves; meanwhile the target's sources
// load and the file, which this run may have made, is watched.
func (s *session) draw(ctx context.Context, m manner, profile colorprofile.Profile, pictures string, t target, made bool) error {
	guard, ctx := newGuard(ctx, s.env.In.(*os.File), s.env.Out.(*os.File))
	defer guard.release()
	loading, stop := context.WithCancel(ctx)
	defer stop()
	m.stop, m.show = stop, exhibit(pictures, guard.wire)
	console, err := newConsole(s, m)
	if err != nil {
		return usage("settings %q: %w", m.settings.path, err)
	}
	program := tea.NewProgram(caught{console, guard}, tea.WithContext(ctx),
		tea.WithColorProfile(profile), tea.WithInput(s.env.In), tea.WithOutput(guard.wire), tea.WithFPS(m.pace.frames),
		tea.WithoutSignalHandler())
	s.loading.Store(len(t.sources) > 0 && !t.review)
	if _, err := s.look(ctx); err != nil {
		return input(err)
	}
	var background sync.WaitGroup
	for _, work := range []func(){
		func() { s.loadInto(loading, t, m.pace.progress, program.Send) },
		func() { s.watch(ctx, program.Send) },
	} {
		background.Go(func() {
			defer guard.net()
			work()
		})
	}
	err = guard.run(program)
	guard.cancel()
	background.Wait()
	if made && s.leftUnloaded(context.WithoutCancel(ctx)) {
		fmt.Fprintln(s.env.Out, "nothing was loaded")
	} else {
		fmt.Fprintf(s.env.Out, "incident file: %s\n", display.Escape(s.file.Path()))
	}
	var c crash
	if errors.As(err, &c) {
		return c.report(s.env)
	}
	return err
}

// interactive refuses where there is no terminal to draw on, and names the
// verbs that need none.
func interactive(env Env) error {
	if isTerminal(env.In) && isTerminal(env.Out) && env.Getenv("TERM") != "dumb" && env.Getenv("TERM") != "" {
		return nil
	}
	return usage("the console needs a terminal; without one use andon triage, diff, slices, report or notes")
}

// openFor opens an existing file as it is, read-only if it must be, or makes
// the file the sources go into.
func openFor(ctx context.Context, env Env, t target) (*store.File, error) {
	if t.sources != nil {
		return openOrCreate(ctx, t.path, env.Now())
	}
	return openFile(ctx, env, t.path)
}

// entitle gives an incident that the console makes for a practice its title.
func (s *session) entitle(ctx context.Context, t target) error {
	if t.title == "" || s.file.ReadOnly() {
		return nil
	}
	incident, err := s.file.Incident(ctx)
	if err != nil || incident.Title == t.title {
		return err
	}
	incident.Title = t.title
	return s.file.SetIncident(ctx, incident)
}

// errStopped is what a person who stops an import is told.
var errStopped = errors.New("what was committed is kept; andon import of the same sources goes on with it")

// loadInto loads the sources and tells the console how far it has come.
func (s *session) loadInto(ctx context.Context, t target, each time.Duration, send func(tea.Msg)) {
	if len(t.sources) == 0 {
		return
	}
	last := time.Time{}
	l := &loader{file: s.file, options: t.options, now: s.env.Now, tell: func(p screen.Loading) {
		if now := s.env.Now(); now.Sub(last) >= each {
			last = now
			send(ui.Progress{Loading: p})
		}
	}}
	loaded := func(err error) {
		if errors.Is(err, context.Canceled) {
			err = errStopped
		}
		s.loading.Store(false)
		s.forget()
		send(ui.Progress{})
		send(ui.Loaded{Err: err})
	}
	if t.review {
		own, err := s.reviewed(ctx, t, send)
		if err != nil {
			return // the console was left
		}
		l.own = own
		s.loading.Store(true)
	}
	send(ui.Progress{Loading: screen.Loading{Active: true, Source: t.sources[0].Path}}) // its hash may take a second
	if t.follow != nil {
		s.followInto(ctx, l, t, loaded, send)
		return
	}
	_, err := l.load(ctx, t.sources, t.skipped)
	loaded(err)
}

// manner is how the console is shown.
type manner struct {
	settings
	sheet style.Sheet
	pace  pace
	stop  func() // ends loading; nil where nothing loads
	show  func(screen.Show) tea.Cmd
}

// newConsole wires the screens to the session. Without a place for drafts it
// does without; keys it cannot have are an error.
func newConsole(s *session, m manner) (ui.Model, error) {
	zone, err := m.location()
	if err != nil {
		return ui.Model{}, err
	}
	var keep ui.Keeper
	var left ui.Draft
	if drafts, err := draftOf(s.env, s.file.Path()); err == nil {
		keep, left = drafts.keep, drafts.left()
	}
	sheet := m.sheet
	console := ui.New(ui.Config{
		Screens: []screen.Screen{
			house.New(sheet, zone), timeline.New(s, sheet, zone), diff.New(sheet, zone), slices.New(sheet, zone),
			frames.New(s, sheet, zone), models.New(s, sheet, zone), triage.New(s, sheet, zone),
			notes.New(s, sheet, zone), data.New(s, sheet, zone),
		},
		Reader: s, Saver: s, Sheet: sheet, Zone: zone, Keep: keep, Draft: left, Suspend: stopJob, Rest: m.pace.rest, Terms: s.terms,
		Glance: s.Glance, Furnish: s.Furnish, Stop: m.stop, Show: m.show,
		Report: func(ctx context.Context) (string, error) { return s.saveReport(ctx) },
	})
	return console.Rebound(m.Keys)
}

// saveReport writes the report beside the incident file.
func (s *session) saveReport(ctx context.Context) (string, error) {
	t, err := s.triage(ctx, analysis.Windows{}, nil)
	if err != nil {
		return "", err
	}
	r, err := s.report(ctx, t)
	if err != nil {
		return "", err
	}
	path := s.file.Path()
	path = path[:len(path)-len(filepath.Ext(path))] + ".html"
	write, err := reportWriter(path)
	if err != nil {
		return "", err
	}
	if err := replaceFile(path, func(w io.Writer) error { return write(w, r) }); err != nil {
		return "", fmt.Errorf("write the report %q: %w", path, err)
	}
	return path, nil
}
