//go:build unix

package command

import (
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sys/unix"
)

// watch ends the console on a signal or when the terminal is gone, and stops it
// when asked to. A process that was started with HUP ignored gets none, so the
// terminal itself is watched too.
func (g *guard) watch(p *tea.Program) {
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT, syscall.SIGTSTP)
	defer signal.Stop(signals)
	go g.listen()
	for {
		select {
		case <-g.done:
			return
		case s := <-signals:
			if s != syscall.SIGTSTP {
				g.end(ended{s})
				continue
			}
			g.suspend(p)
		}
	}
}

// listenEach is how often the terminal is looked at where no hang-up comes.
const listenEach = time.Second

// listen waits for the terminal's other end to be closed.
func (g *guard) listen() {
	for {
		polled := []unix.PollFd{{Fd: int32(g.in.Fd())}}
		n, err := unix.Poll(polled, int(listenEach/time.Millisecond))
		switch {
		case n > 0 && polled[0].Revents&(unix.POLLHUP|unix.POLLERR|unix.POLLNVAL) != 0:
			g.end(gone{errors.New("hung up")})
			return
		case err != nil && !errors.Is(err, unix.EINTR):
			return
		}
		select {
		case <-g.done:
			return
		default:
		}
	}
}

// stopWithin is how long a stop may take to arrive. In a process group without
// a parent the system ignores it, and the console goes on.
const stopWithin = 200 * time.Millisecond

// suspend gives the terminal back, stops, and takes the terminal again. It stops
// by TTIN: Go keeps its handler of TSTP once that was listened to, and STOP
// would stop even where no shell is left to continue it.
func (g *guard) suspend(p *tea.Program) {
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)
	if err := p.ReleaseTerminal(); err != nil {
		return
	}
	g.wire.drain(drainWithin)
	syscall.Kill(os.Getpid(), syscall.SIGTTIN)
	select {
	case <-continued:
	case <-time.After(stopWithin):
	}
	if err := p.RestoreTerminal(); err != nil {
		g.end(gone{err})
	}
}

// stopJob asks the shell's whole job to stop, as ctrl+z does where the terminal
// is not raw: the parent may be waiting for us.
func stopJob() { syscall.Kill(0, syscall.SIGTSTP) }
