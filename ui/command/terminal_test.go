package command_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// terminal is a shell in a tmux of the test's own: a socket, a home and a state
// directory that nobody else uses. The test types, and waits for what should
// come to stand on the screen; it never waits for a time to pass.
//
//	press, enter ──▶ tmux ──▶ sh ──▶ andon
//	await ◀── capture-pane, again and again until the patterns match
type terminal struct {
	t   *testing.T
	dir string
	env []string
	w   int
	h   int
}

const (
	prompt   = "ready$"
	patience = 20 * time.Second // for a loaded machine; a match ends the wait at once
	lookEach = 20 * time.Millisecond
)

// shellWaits matches a screen whose last text is the shell's prompt.
var shellWaits = `^` + regexp.QuoteMeta(prompt) + `\s*\z`

// newTerminal starts a shell in a pane of w x h cells. State is where programs
// keep their state; more are further variables of the environment.
func newTerminal(t *testing.T, w, h int, state string, more ...string) *terminal {
	t.Helper()
	needs(t, "tmux")
	dir, err := os.MkdirTemp("", "andon-tmux-") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	x := &terminal{t: t, dir: dir, w: w, h: h, env: append([]string{
		"PATH=" + filepath.Dir(binary(t)) + ":" + os.Getenv("PATH"), "HOME=" + dir, "XDG_STATE_HOME=" + state,
		"TMUX_TMPDIR=" + dir, "TZ=UTC", "USER=ines", "LANG=C.UTF-8", "ENV=" + filepath.Join(dir, "profile")}, more...)}
	t.Cleanup(func() {
		x.tmux("kill-server")
		os.RemoveAll(dir)
	})
	x.write("profile", "PS1='"+prompt+" '\n")
	settings := x.write("tmux.conf", "set -g status off\nset -g escape-time 0\nset -g default-terminal tmux-256color\n")
	x.tmux("-f", settings, "new-session", "-d", "-s", "s", "-x", strconv.Itoa(w), "-y", strconv.Itoa(h), "-c", dir, "exec sh")
	x.await(shellWaits)
	return x
}

// write makes a file in the terminal's own directory.
func (x *terminal) write(name, text string) string {
	x.t.Helper()
	path := filepath.Join(x.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		x.t.Fatal(err)
	}
	return path
}

// tmux runs one command on the private server.
func (x *terminal) tmux(args ...string) string {
	x.t.Helper()
	c := exec.Command("tmux", append([]string{"-L", "andon"}, args...)...)
	c.Env = x.env
	out, err := c.CombinedOutput()
	if err != nil {
		x.t.Fatalf("tmux %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// press sends keys by tmux's names.
func (x *terminal) press(keys ...string) {
	x.t.Helper()
	x.tmux(append([]string{"send-keys", "-t", "s"}, keys...)...)
}

// enter types a text and the enter key.
func (x *terminal) enter(text string) {
	x.t.Helper()
	x.tmux("send-keys", "-t", "s", "-l", text)
	x.press("Enter")
}

// resize gives the pane another size.
func (x *terminal) resize(w, h int) {
	x.t.Helper()
	x.w, x.h = w, h
	x.tmux("resize-window", "-t", "s", "-x", strconv.Itoa(w), "-y", strconv.Itoa(h))
}

// screen is the text of the pane, a line a row.
func (x *terminal) screen() string {
	x.t.Helper()
	return x.tmux("capture-pane", "-p", "-t", "s")
}

// await waits until every pattern matches the screen, and returns it.
func (x *terminal) await(patterns ...string) string {
	x.t.Helper()
	var wanted []*regexp.Regexp
	for _, p := range patterns {
		wanted = append(wanted, regexp.MustCompile("(?m)"+p))
	}
	look := time.NewTicker(lookEach)
	defer look.Stop()
	for end := time.After(patience); ; {
		text := x.screen()
		missing := ""
		for _, w := range wanted {
			if !w.MatchString(text) {
				missing = w.String()
			}
		}
		if missing == "" {
			return text
		}
		select {
		case <-look.C:
		case <-end:
			x.t.Fatalf("%dx%d: after %s there is no match for %s on\n%s", x.w, x.h, patience, missing, text)
		}
	}
}

// whole waits until the console fills the pane and no more: its first row is
// the tabs, its last the keys, and no line ran over into the next. It returns
// the screen. A frame may come in parts; one that stays so is a fault.
func (x *terminal) whole() string {
	x.t.Helper()
	look := time.NewTicker(lookEach)
	defer look.Stop()
	for end := time.After(patience); ; {
		text, fault := x.fault()
		if fault == "" {
			return text
		}
		select {
		case <-look.C:
		case <-end:
			x.t.Fatalf("%dx%d: %s:\n%s", x.w, x.h, fault, text)
		}
	}
}

// fault is what is wrong with the pane, "" for nothing.
func (x *terminal) fault() (text, fault string) {
	x.t.Helper()
	text = x.screen()
	rows := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	joined := strings.Count(x.tmux("capture-pane", "-p", "-J", "-t", "s"), "\n")
	switch last := rows[len(rows)-1]; {
	case !strings.Contains(rows[0], "1") || !strings.Contains(rows[0], "[") || !strings.Contains(rows[0], "9"):
		return text, "the first row is no row of tabs"
	case len(rows) != x.h || strings.TrimSpace(last) == "":
		return text, fmt.Sprintf("%d rows, the last is %q", len(rows), last)
	case joined != len(rows):
		return text, fmt.Sprintf("%d of %d rows run over into the next", len(rows)-joined, len(rows))
	}
	return text, ""
}

// needs skips a test for want of a program.
func needs(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skip("skip: needs " + program)
	}
}

// built is the program as go build makes it, once for all tests.
var built struct {
	once sync.Once
	dir  string
	err  error
	said []byte
}

// binary is the path of the built program.
func binary(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "andon-bin-"); built.err != nil {
			return
		}
		c := exec.Command("go", "build", "-buildvcs=false", "-o", filepath.Join(built.dir, "andon"), ".")
		c.Dir = projectRoot()
		built.said, built.err = c.CombinedOutput()
	})
	if built.err != nil {
		t.Fatalf("go build: %v: %s", built.err, built.said)
	}
	return filepath.Join(built.dir, "andon")
}

// tidy removes the built program when all tests are done.
type tidy struct{ *testing.M }

func (m tidy) Run() int {
	code := m.M.Run()
	if built.dir != "" {
		os.RemoveAll(built.dir)
	}
	return code
}
