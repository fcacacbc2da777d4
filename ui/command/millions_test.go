package command

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/importers"
	"andon/store"
	"andon/themes"
	"andon/ui/style"
)

// BenchmarkMillions is the console on a log of 5 M rows, or of ANDON_ROWS: how
// long the first triage takes, each screen the first time, with all its
// questions answered, and a key on it afterwards, update and view. The budgets
// are 200 ms for a screen and 50 ms for a key.
//
//	ANDON_HEAVY=1 go test ./ui/command -run none -bench Millions -benchtime 20x
func BenchmarkMillions(b *testing.B) {
	if os.Getenv("ANDON_HEAVY") == "" {
		b.Skip("skip: needs ANDON_HEAVY=1")
	}
	rows := 5_000_000
	if n, err := strconv.Atoi(os.Getenv("ANDON_ROWS")); err == nil {
		rows = n
	}
	session := millions(b, rows)
	mono, err := themes.Load("mono")
	if err != nil {
		b.Fatal(err)
	}
	console, err := newConsole(session, manner{sheet: style.New(mono, style.Terminal{UTF8: true})})
	if err != nil {
		b.Fatal(err)
	}
	p := &plain{model: console, out: io.Discard, news: session.look}
	p.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	triage := lasting(func() { p.run(console.Init()) })
	b.Run("triage", func(b *testing.B) { b.ReportMetric(triage, "ms/first") })
	for _, s := range []struct{ key, name, move string }{
		{"1", "House", "down"}, {"2", "Timeline", "left"}, {"3", "Diff", "down"}, {"4", "Slices", "down"}, {"5", "Frames", "down"},
		{"6", "Models", "down"}, {"7", "Triage", "down"}, {"8", "Notes", "down"}, {"9", "Data", "down"},
	} {
		shown := lasting(func() { p.press(s.key); p.model.View() })
		b.Run(s.name, func(b *testing.B) {
			for b.Loop() {
				p.press(s.move)
				p.model.View()
			}
			b.ReportMetric(shown, "ms/first") // the loop forgets what was reported before
		})
	}
}

// lasting is how long something takes, in milliseconds.
func lasting(do func()) float64 {
	began := time.Now()
	do()
	return float64(time.Since(began).Milliseconds())
}

// millions is a session on the benchmark's own log.
func millions(b *testing.B, rows int) *session {
	b.Helper()
	dir := b.TempDir()
	generate := exec.Command("go", "run", "testdata/bench/generate.go", "-rows", strconv.Itoa(rows), "-dir", dir)
	generate.Dir = filepath.Join("..", "..")
	if out, err := generate.CombinedOutput(); err != nil {
		b.Fatalf("generate the log: %v: %s", err, out)
	}
	env := Env{Now: time.Now, Getenv: func(string) string { return "" }}
	file, err := store.Create(b.Context(), filepath.Join(dir, "plant.andon"), env.Now())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { file.Close() })
	sources, _, err := importers.Find([]string{filepath.Join(dir, "log.csv")})
	if err != nil {
		b.Fatal(err)
	}
	l := &loader{file: file, now: env.Now}
	if _, err := l.load(b.Context(), sources, nil); err != nil {
		b.Fatal(err)
	}
	return newSession(file, env)
}
