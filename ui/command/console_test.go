package command_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// station is a screen of the console and what must stand on it once the gloves
// are loaded, at any size from 80x24 on.
type station struct {
	key  string
	name string
	want []string
}

var stations = []station{
	{"1", "House", []string{`Cause floor, likely`, `since 8 Mar 0[67]:\d\d UTC`, `verdict floor`, `slices line=L2`, `sources 5`}},
	{"2", "Timeline", []string{`accuracy`, `before -*─*`, `saturation|contrast|brightness`, `2026-03-08 06:38  material .*Gloves for L2`}},
	{"3", "Diff", []string{`columns moved beyond chance`, `saturation +number`, `share of rows`}},
	{"4", "Slices", []string{`beyond chance`, `^> line=L2 `, `the rest`}},
	{"5", "Frames", []string{`line=L2 \(guilty slice\)`, `pair 1/`, `\d+ of 16 cells changed beyond chance`}},
	{"6", "Models", []string{`Members`, `Versions`, `shape`}},
	{"7", "Triage", []string{`likely: floor`, `floor .* 9\d %`, `Checklist: \d+ of \d\d answered`}},
	{"8", "Notes", []string{`practice: gloves`, `nothing written yet`}},
	{"9", "Data", []string{`Sources: 5`, `inference\.jsonl\.gz .* 3\d,\d{3} `, `Columns: \d\d`, `confidence `}},
}

// awaitHouse starts the console and waits for the verdict.
func (x *terminal) awaitHouse() {
	x.t.Helper()
	x.enter("andon practice gloves")
	x.await(stations[0].want...)
}

// walk visits every screen by its key and looks at what is on it.
func (x *terminal) walk() {
	x.t.Helper()
	for _, s := range stations {
		x.press(s.key)
		x.await(append(s.want, `\[`+s.key+` `+s.name+`\]`)...)
		x.whole()
	}
}

// help opens the list of keys over the screen, and closes it.
func (x *terminal) help() {
	x.t.Helper()
	x.press("?")
	x.await(`Keys`, `Everywhere`, `any other key closes`)
	x.whole()
	x.press("Escape")
	x.await(`\? help`)
}

// leave quits and wants the shell back as it was.
func (x *terminal) leave() {
	x.t.Helper()
	x.press("q")
	x.await(`^incident file: `, shellWaits)
	if state := strings.TrimSpace(x.tmux("display-message", "-p", "-t", "s", "#{alternate_on} #{cursor_flag}")); state != "0 1" {
		x.t.Errorf("after q: alternate screen and cursor are %q, want 0 1", state)
	}
	x.enter("echo still $((40 + 2)) here")
	x.await(`^still 42 here$`, shellWaits)
}

// TestConsole is an incident worked on in a terminal, from the first sight of
// the verdict to a note, an answered check and a report.
func TestConsole(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	x := newTerminal(t, 80, 24, state)
	x.awaitHouse()
	x.walk()
	x.help()
	drill(x)
	takeNote(x)
	answer(x)
	writeReport(x)
	squeeze(x)
	x.leave()
	afterwards(t, state)
}

// drill goes from a slice to its timeline and its diff, and back.
func drill(x *terminal) {
	x.t.Helper()
	x.press("4")
	x.await(`\[4 Slices\]`, `^> line=L2 `)
	x.press("Enter")
	x.await(`\[2 Timeline\]`, `^all rows . line=L2`, `accuracy`, `after 4\d\.\d %`)
	x.whole()
	x.press("Escape")
	x.await(`\[4 Slices\]`, `^all rows `, `^> line=L2 `)
	x.press("d")
	x.await(`\[3 Diff\]`, `^all rows . line=L2`, `columns moved beyond chance`)
	x.whole()
	x.press("Escape")
	x.await(`\[4 Slices\]`, `^> line=L2 `)
}

const remark = "black gloves on L2, asked purchasing"

// takeNote writes a note pinned to a slice and finds it among the notes.
func takeNote(x *terminal) {
	x.t.Helper()
	x.press("n")
	x.await(`pinned to: .*L2`, `note`)
	x.enter(remark)
	x.await(`note saved`)
	x.press("8")
	x.await(`\[8 Notes\]`, remark)
	x.whole()
}

// answer gives the first check of the list an outcome, which becomes a finding.
func answer(x *terminal) {
	x.t.Helper()
	x.press("7")
	x.await(`\[7 Triage\]`, `Checklist: \d+ of \d\d answered`)
	x.press("a")
	x.await(`y yes`)
	x.press("y")
	x.await(`recorded`, `Checklist: \d+ of \d\d answered`)
	x.press("8")
	x.await(`\[8 Notes\]`, `yes`, remark)
	x.whole()
}

// writeReport writes the page beside the incident file.
func writeReport(x *terminal) {
	x.t.Helper()
	x.press("R")
	x.await(`report written to `)
}

// squeeze makes the terminal small, too small, and large again.
func squeeze(x *terminal) {
	x.t.Helper()
	x.press("1")
	x.await(`\[1 House\]`)
	for _, size := range [][2]int{{60, 15}, {40, 10}, {120, 40}} {
		x.resize(size[0], size[1])
		x.await(`\[1 House\]`, `floor`, fmt.Sprintf(`\A(?:.*\n){%d}.*\S`, size[1]-1)) // drawn down to the new last row
		x.whole()
		for _, s := range stations {
			x.press(s.key)
			x.await(`\[` + s.key + ` ` + s.name + `\]`)
			x.whole()
		}
		x.press("1")
		x.await(`\[1 House\]`) // a key that comes behind the size is one at a screen too small
	}
	x.resize(30, 8)
	x.await(`too small: 30x8, need 40x10`)
	x.resize(80, 24)
	x.await(stations[0].want...)
	x.whole()
}

// afterwards looks at what the visit left behind.
func afterwards(t *testing.T, state string) {
	t.Helper()
	incident := only(t, filepath.Join(state, "andon", "practice", "gloves-*.andon"))
	page, err := os.ReadFile(strings.TrimSuffix(incident, ".andon") + ".html")
	if err != nil || !strings.Contains(string(page), remark) {
		t.Errorf("the report does not hold the note: %v", err)
	}
	out, err := exec.Command(binary(t), "notes", incident).CombinedOutput()
	if err != nil || !strings.Contains(string(out), remark) || !strings.Contains(string(out), "  on ") {
		t.Errorf("andon notes: %v: %s", err, out)
	}
	if log, _ := filepath.Glob(incident + "-[ws]*"); len(log) > 0 {
		t.Errorf("a copy of the closed file alone would lack what is in %v", log)
	}
}

// only is the one file that matches a pattern.
func only(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %v, %v", pattern, found, err)
	}
	return found[0]
}

// TestConsoleOnLogs opens logs in place of an incident file: the file is made
// where the user stands, and named when she leaves.
func TestConsoleOnLogs(t *testing.T) {
	t.Parallel()
	x := newTerminal(t, 80, 24, t.TempDir())
	x.enter("andon " + filepath.Join(projectRoot(), "testdata", "quiet"))
	x.await(`\[1 House\]`, `quiet-20\d\d-\d\d-\d\d\.andon`, `[Nn]o change`)
	x.whole()
	x.press("4")
	x.await(`\[4 Slices\]`)
	x.whole()
	x.leave()
	only(t, filepath.Join(x.dir, "quiet-*.andon"))
	x.enter("andon notes quiet-*.andon")
	x.await(`^no notes yet`)
}

// TestConsoleSizes walks all screens in terminals of other sizes and abilities.
func TestConsoleSizes(t *testing.T) {
	for _, c := range []struct {
		name  string
		w, h  int
		env   []string
		heavy bool
		holds func(t *testing.T, x *terminal)
	}{
		{name: "large", w: 200, h: 50},
		{name: "plain", w: 80, h: 24, env: []string{"NO_COLOR=1", "LANG=C"}, holds: plainText},
		{name: "wall", w: 250, h: 80, heavy: true},
		{name: "two hundred, plain", w: 200, h: 50, env: []string{"NO_COLOR=1", "LANG=C"}, heavy: true, holds: plainText},
		{name: "vt220", w: 132, h: 24, env: []string{"TERM=vt220"}, heavy: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.heavy && !heavy() {
				t.Skip("skip: needs ANDON_HEAVY=1")
			}
			x := newTerminal(t, c.w, c.h, t.TempDir(), c.env...)
			x.awaitHouse()
			x.walk()
			x.help()
			if c.holds != nil {
				c.holds(t, x)
			}
			x.leave()
		})
	}
}

// colour is an SGR sequence that sets a colour.
var colour = regexp.MustCompile(`\x1b\[[0-9;]*\b(3[0-8]|4[0-8]|9[0-7]|10[0-7])\b[0-9;]*m`)

// plainText holds that no screen has a colour or a letter beyond ASCII.
func plainText(t *testing.T, x *terminal) {
	for _, s := range stations {
		x.press(s.key)
		x.await(`\[` + s.key + ` ` + s.name + `\]`)
		text := x.tmux("capture-pane", "-p", "-e", "-t", "s")
		if found := colour.FindString(text); found != "" {
			t.Errorf("%s is coloured by %q despite NO_COLOR", s.name, found)
		}
		for i, r := range text {
			if r > '~' {
				t.Errorf("%s holds %q despite LANG=C: %q", s.name, r, text[max(0, i-20):min(len(text), i+20)])
				break
			}
		}
	}
}
