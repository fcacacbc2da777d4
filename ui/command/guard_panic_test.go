package command

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// faulty panics where it is told to, with a text that quotes a log.
type faulty struct{ where string }

const ofTheLog = "index row \x1b[31m secret"

func (f faulty) at(where string) {
	if f.where == where {
		panic(ofTheLog)
	}
}

func (f faulty) command() tea.Msg { f.at("command"); return nil }

func (f faulty) Init() tea.Cmd { return nil }

func (f faulty) Update(tea.Msg) (tea.Model, tea.Cmd) {
	f.at("update")
	return f, tea.Batch(f.command, f.command)
}

func (f faulty) View() tea.View { f.at("view"); return tea.View{} }

// A panic anywhere ends the console like a signal, and tells nothing of the
// log.
func TestPanicIsCaught(t *testing.T) {
	for _, where := range []string{"update", "view", "command", "goroutine"} {
		t.Run(where, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			g := &guard{cancel: cancel, done: make(chan struct{}), exit: func(int) {}}
			defer g.release()
			console := caught{faulty{where}, g}
			next, cmd := console.Update(nil)
			if cmd != nil {
				for _, c := range cmd().(tea.BatchMsg) {
					c()
				}
			}
			next.View()
			func() {
				defer g.net()
				faulty{where}.at("goroutine")
			}()
			var c crash
			if !errors.As(g.why(), &c) || ctx.Err() == nil {
				t.Fatalf("the console goes on; the cause is %v", g.why())
			}
			dir := t.TempDir()
			err := c.report(Env{Now: time.Now, Getenv: func(name string) string {
				return map[string]string{"XDG_STATE_HOME": dir}[name]
			}})
			files, _ := filepath.Glob(filepath.Join(dir, "andon", "crash-*.txt"))
			if len(files) != 1 || !strings.Contains(err.Error(), files[0]) {
				t.Fatalf("the report lies in %v, the error says %v", files, err)
			}
			text, _ := os.ReadFile(files[0])
			if strings.Contains(string(text)+err.Error(), "secret") || !strings.Contains(string(text), "guard_panic_test.go") {
				t.Errorf("the report quotes the log, or does not say where it happened:\n%s", text)
			}
		})
	}
}
