//go:build unix

package command_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// line is a pseudo-terminal with the program at its far end. Unlike tmux it
// shows the bytes as they were sent, and can stop taking them or hang up.
//
//	press ──▶ pty ──▶ andon
//	raw   ◀── pty ◀──
type line struct {
	t      *testing.T
	master *os.File
	tty    *os.File // kept open here, so that its modes can be read at the end
	cmd    *exec.Cmd
	home   string
	before string // the terminal's modes
	ended  chan error

	mu   sync.Mutex
	raw  []byte
	mark int
	came chan struct{}
}

// calm is how long nothing must come before an answer counts as whole: longer
// than the pause after which the explaining panes follow.
const calm = 450 * time.Millisecond

// frameGap is how long nothing must come before a frame counts as whole: less
// than that pause.
const frameGap = 120 * time.Millisecond

// dial starts the program in a terminal of 80x24 cells with 256 colours. More
// variables come after, and win.
func dial(t *testing.T, more []string, args ...string) *line {
	t.Helper()
	return dialCommand(t, more, append([]string{binary(t)}, args...)...)
}

func dialCommand(t *testing.T, more []string, args ...string) *line {
	t.Helper()
	l := &line{t: t, home: t.TempDir(), ended: make(chan error, 1), came: make(chan struct{}, 1)}
	l.cmd = exec.Command(args[0], args[1:]...)
	l.cmd.Dir = l.home
	l.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + l.home, "TERM=xterm-256color", "LANG=C.UTF-8", "TZ=UTC"}, more...)
	var err error
	if l.master, l.tty, err = pty.Open(); err != nil {
		t.Skip("skip: needs a pty: " + err.Error())
	}
	l.master = pollable(t, l.master)
	l.resize(80, 24)
	l.before = l.modes()
	l.cmd.Stdin, l.cmd.Stdout, l.cmd.Stderr = l.tty, l.tty, l.tty
	l.cmd.SysProcAttr = ownSession
	if err := l.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { l.ended <- l.cmd.Wait() }()
	t.Cleanup(func() {
		l.cmd.Process.Kill()
		l.master.Close()
		l.tty.Close()
	})
	return l
}

// listen collects what comes, until the line is closed.
func (l *line) listen() *line {
	go func() {
		chunk := make([]byte, 64<<10)
		for {
			n, err := l.master.Read(chunk)
			l.mu.Lock()
			l.raw = append(l.raw, chunk[:n]...)
			l.mu.Unlock()
			select {
			case l.came <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	return l
}

// pollable is the same terminal in a file that Close closes even while it is
// read.
func pollable(t *testing.T, master *os.File) *os.File {
	t.Helper()
	fd, err := unix.Dup(int(master.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	unix.CloseOnExec(fd)
	unix.SetNonblock(fd, true)
	master.Close()
	return os.NewFile(uintptr(fd), "pty")
}

func (l *line) resize(w, h int) {
	l.t.Helper()
	if err := pty.Setsize(l.tty, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		l.t.Fatal(err)
	}
}

// since is what came since the last call of settle.
func (l *line) since() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Clone(l.raw[l.mark:])
}

// all is everything that came.
func (l *line) all() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Clone(l.raw)
}

// await waits until the text that came since the last settle matches.
func (l *line) await(pattern string) {
	l.t.Helper()
	wanted, limit := regexp.MustCompile(pattern), time.After(patience)
	for !wanted.MatchString(ansi.Strip(string(l.since()))) {
		select {
		case <-l.came:
		case err := <-l.ended:
			l.t.Fatalf("waiting for %q the program ended (%v) and said %q", pattern, err, l.all())
		case <-limit:
			l.t.Fatalf("no %q in %q", pattern, ansi.Strip(string(l.since())))
		}
	}
}

// settle waits until nothing comes any more and returns what came since the
// last settle.
func (l *line) settle() []byte {
	l.t.Helper()
	for {
		select {
		case <-l.came:
		case <-time.After(calm):
			l.mu.Lock()
			defer l.mu.Unlock()
			came := bytes.Clone(l.raw[l.mark:])
			l.mark = len(l.raw)
			return came
		}
	}
}

// frame waits until the frame under way has come, and no longer: it returns
// what came since the last settle without the panes that follow later.
func (l *line) frame() []byte {
	l.t.Helper()
	for {
		select {
		case <-l.came:
		case <-time.After(frameGap):
			return l.since()
		}
	}
}

// echo waits for the answer to a key, which may be none, and returns it.
func (l *line) echo() []byte {
	l.t.Helper()
	select {
	case <-l.came:
	case <-time.After(calm):
	}
	return l.frame()
}

// press types keys as a terminal sends them.
func (l *line) press(keys ...string) {
	l.t.Helper()
	for _, k := range keys {
		if _, err := l.master.WriteString(k); err != nil {
			l.t.Fatal(err)
		}
	}
}

// ends waits for the program to end within a time and returns its exit code.
func (l *line) ends(within time.Duration) int {
	l.t.Helper()
	select {
	case err := <-l.ended:
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			l.t.Fatal(err)
		}
		return l.cmd.ProcessState.ExitCode()
	case <-time.After(within):
		l.t.Fatalf("the program runs on %s after it should have ended", within)
	}
	return 0
}

// modes are the terminal's own settings.
func (l *line) modes() string {
	l.t.Helper()
	state, err := term.GetState(l.tty.Fd())
	if err != nil {
		l.t.Fatal(err)
	}
	return fmt.Sprintf("%+v", *state)
}

// drafts are the notes that lie unfinished in the state directory.
func (l *line) drafts() string {
	text := ""
	filepath.WalkDir(l.home, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), "draft-") {
			content, _ := os.ReadFile(path)
			text += string(content)
		}
		return nil
	})
	return text
}

// incident imports the gloves once and copies the file for a test.
func incident(t *testing.T) string {
	t.Helper()
	imported.once.Do(func() {
		imported.path = filepath.Join(filepath.Dir(binary(t)), "gloves.andon")
		said, err := exec.Command(binary(t), "import", "-o", imported.path, filepath.Join(projectRoot(), "testdata", "gloves")).CombinedOutput()
		if err != nil {
			imported.err = fmt.Errorf("import the gloves: %w: %s", err, said)
		}
	})
	if imported.err != nil {
		t.Fatal(imported.err)
	}
	content, err := os.ReadFile(imported.path)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "gloves.andon")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var imported struct {
	once sync.Once
	path string
	err  error
}
