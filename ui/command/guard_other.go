//go:build !unix

package command

import (
	"os"
	"os/signal"

	tea "charm.land/bubbletea/v2"
)

// watch ends the console on the one signal there is.
func (g *guard) watch(*tea.Program) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	defer signal.Stop(signals)
	select {
	case <-g.done:
	case s := <-signals:
		g.end(ended{s})
	}
}

// stopJob does nothing: jobs are not stopped here.
func stopJob() {}
