package command

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	tea "charm.land/bubbletea/v2"
)

// caught is the console with a net under it: a panic in Update, View or a
// command ends it like a signal does, with the terminal restored and a report
// on disk. Bubble Tea's own net prints the panic's text as it is, and that may
// quote a log.
type caught struct {
	tea.Model
	guard *guard
}

// Init, Update and View are the console's.
func (c caught) Init() tea.Cmd { return c.guard.under(c.Model.Init()) }

func (c caught) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = c
	defer c.guard.net()
	m, cmd := c.Model.Update(msg)
	return caught{m, c.guard}, c.guard.under(cmd)
}

func (c caught) View() tea.View {
	defer c.guard.net()
	return c.Model.View()
}

// under is a command with the net under it, and under those it batches.
func (g *guard) under(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer g.net()
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i, c := range batch {
				batch[i] = g.under(c)
			}
		}
		return msg
	}
}

// net catches a panic; every goroutine of the console begins with it.
func (g *guard) net() {
	if r := recover(); r != nil {
		g.end(crash{value: r, stack: debug.Stack()})
	}
}

// crash is a panic as the reason of an end.
type crash struct {
	value any
	stack []byte
}

// Error names a panic of the runtime; any other may quote a log and is told by
// its type alone.
func (c crash) Error() string {
	if err, ok := c.value.(runtime.Error); ok {
		return "internal error: " + err.Error()
	}
	return fmt.Sprintf("internal error (%T)", c.value)
}

// report writes the crash to the state directory and says where.
func (c crash) report(env Env) error {
	path, err := statePath(env, "crash-"+env.Now().UTC().Format("20060102-150405")+".txt")
	if err == nil {
		text := fmt.Sprintf("andon %s, %s\n%v\n\n%s", env.Version, env.Now().UTC().Format(time.RFC3339), c, c.stack)
		err = os.WriteFile(path, []byte(text), 0o600)
	}
	if err != nil {
		return failure{exitInternal, fmt.Errorf("%w; the incident file is whole. The report could not be kept: %v", c, err)}
	}
	return failure{exitInternal, fmt.Errorf("%w; the incident file is whole. What happened is in %s, without any row of the log", c, path)}
}
