//go:build unix

package command_test

import (
	"bytes"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// ownSession makes the pseudo-terminal the program's own.
var ownSession = &syscall.SysProcAttr{Setsid: true, Setctty: true}

// endWithin is what an ending may take, whatever the link does.
const endWithin = 2 * time.Second

// console opens the gloves and types the beginning of a note.
func console(t *testing.T, command ...string) *line {
	t.Helper()
	l := dialCommand(t, nil, append(command, binary(t), incident(t))...).listen()
	l.await(`verdict floor`)
	l.settle()
	l.press("n")
	l.await(`pinned to`)
	l.press("gloves look bla")
	l.await(`bla`)
	awaitDraft(l, "gloves look bla")
	return l
}

// A signal ends the console, the terminal is as it was and what was typed is on
// disk; the next console offers it.
func TestSignals(t *testing.T) {
	for _, tt := range []struct {
		signal syscall.Signal
		code   int
	}{{syscall.SIGHUP, 129}, {syscall.SIGTERM, 143}, {syscall.SIGINT, 130}} {
		t.Run(tt.signal.String(), func(t *testing.T) {
			t.Parallel()
			l := dial(t, nil, incident(t)).listen()
			l.await(`verdict floor`)
			if l.modes() == l.before {
				t.Fatal("the console left the terminal's modes alone: nothing was tested")
			}
			l.press("n")
			l.await(`pinned to`)
			l.press("gloves look bla")
			l.await(`bla`)
			l.cmd.Process.Signal(tt.signal)
			if code := l.ends(endWithin); code != tt.code {
				t.Errorf("ended with %d, want %d", code, tt.code)
			}
			if l.modes() != l.before {
				t.Errorf("the terminal's modes are %s, were %s", l.modes(), l.before)
			}
			said := l.settle()
			if !bytes.Contains(said, []byte("\x1b[?1049l")) || !bytes.Contains(said, []byte("\x1b[?25h")) {
				t.Errorf("the last bytes give back neither screen nor cursor: %q", said)
			}
			if !strings.Contains(l.drafts(), "gloves look bla") {
				t.Errorf("the draft is lost; kept is %q", l.drafts())
			}
		})
	}
}

// A link that takes nothing any more delays the end of the console, but not for
// long, and what was typed blind is kept.
func TestStalledLink(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			l := dial(t, nil, incident(t)) // and nobody listens
			awaitRaw(l)
			l.press("n", "typed blind")
			for i := range 40 { // more than the line holds
				l.resize(80+i%2*40, 24+i%3*10)
				l.press("x")
			}
			awaitDraft(l, "typed blind")
			l.cmd.Process.Signal(sig)
			l.ends(endWithin)
			if l.modes() != l.before {
				t.Errorf("the terminal's modes are %s, were %s", l.modes(), l.before)
			}
		})
	}
}

// awaitRaw waits until the console has taken the terminal.
func awaitRaw(l *line) {
	l.t.Helper()
	for limit := time.Now().Add(patience); l.modes() == l.before; {
		if time.Now().After(limit) {
			l.t.Fatal("the console does not start")
		}
		time.Sleep(lookEach)
	}
}

// awaitDraft waits until a text is on disk.
func awaitDraft(l *line, text string) {
	l.t.Helper()
	for limit := time.Now().Add(patience); !strings.Contains(l.drafts(), text); {
		if time.Now().After(limit) {
			l.t.Fatalf("the draft is %q, want %q in it", l.drafts(), text)
		}
		time.Sleep(lookEach)
	}
}

// A link that is cut ends the console, even where the hang-up is ignored.
func TestHangUp(t *testing.T) {
	for name, command := range map[string][]string{
		"cut": nil, "cut with HUP ignored": {"sh", "-c", `trap "" HUP; exec "$@"`, "sh"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := console(t, command...)
			l.tty.Close()
			l.master.Close()
			l.ends(endWithin)
			if !strings.Contains(l.drafts(), "gloves look bla") {
				t.Errorf("the draft is lost; kept is %q", l.drafts())
			}
		})
	}
}

// A draft is offered by the next console and gone once it is saved.
func TestDraftIsOfferedAgain(t *testing.T) {
	t.Parallel()
	path := incident(t)
	l := dial(t, nil, path).listen()
	l.await(`verdict floor`)
	l.press("n")
	l.await(`pinned to`)
	l.press("gloves look bla")
	awaitDraft(l, "gloves look bla") // a kill may come before the last key is read
	l.cmd.Process.Kill()             // no signal that anyone could see to
	l.ends(endWithin)
	next := dialCommand(t, []string{"HOME=" + l.home}, binary(t), path).listen()
	next.await(`a note was not finished`)
	next.await(`verdict floor`)
	next.press("n")
	next.await(`gloves look bla`)
	next.press("ck\r")
	next.await(`note saved`)
	next.press("q")
	if code := next.ends(endWithin); code != 0 {
		t.Errorf("q ended with %d", code)
	}
	notes, err := exec.Command(binary(t), "notes", path).CombinedOutput()
	if err != nil || !strings.Contains(string(notes), "gloves look black") {
		t.Errorf("the notes are %s (%v)", notes, err)
	}
	if l.drafts() != "" {
		t.Errorf("the saved note left its draft: %s", l.drafts())
	}
}

// The console stops like any job, by its key and by the signal, and goes on.
func TestStopAndContinue(t *testing.T) {
	x := newTerminal(t, 80, 24, t.TempDir())
	x.enter("andon " + incident(t))
	x.await(`verdict floor`)
	x.press("C-z")
	x.await(`(?i)stopped`, `^ready\$ *$`)
	x.enter("fg")
	x.await(`\[1 House\]`, `verdict floor`)
	x.whole()
	x.press("4")
	x.await(`\[4 Slices\]`)
	x.tmux("run-shell", "-b", `kill -TSTP $(ps -o pid= --ppid #{pane_pid})`)
	x.await(`(?i)stopped`, `^ready\$ *$`)
	x.enter("fg")
	x.await(`\[4 Slices\]`)
	x.press("q")
	x.await(`incident file:`)
}
