package command_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// The five journeys, each as somebody makes it who has only the screen and ?
// to go by. Keys are counted: who is on the phone with the line has no patience
// for more than forty.

// traveller is a terminal whose keys are counted.
type traveller struct {
	*terminal
	keys int
}

func travel(t *testing.T, state string) *traveller {
	t.Helper()
	return &traveller{terminal: newTerminal(t, 80, 24, state)}
}

func (x *traveller) press(keys ...string) {
	x.t.Helper()
	x.keys += len(keys)
	x.terminal.press(keys...)
}

// open opens what the plant logged, in a directory of the test's own.
func (x *traveller) open(what, dir string) {
	x.t.Helper()
	x.terminal.enter("cd " + dir + " && andon " + what)
}

// most is how many keys a journey may take.
const most = 40

func (x *traveller) arrived() {
	x.t.Helper()
	if x.keys > most {
		x.t.Errorf("the journey took %d keys, %d are too many", x.keys, most)
	}
	x.t.Logf("%d keys", x.keys)
}

// plantDir is a directory with one of the bundled incidents in it.
func plantDir(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join(projectRoot(), "testdata", name))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Find the gloves, and write and share a report: help, the verdict, the frames,
// the answer, a note, the page.
func TestJourneyGloves(t *testing.T) {
	t.Parallel()
	dir := plantDir(t, "gloves")
	x := travel(t, dir)
	x.open("gloves", dir)
	x.await(`Cause floor, likely`, `slices line=L2`, `next test`)
	x.press("?")
	x.await(`enter +open the door`, `R +write report`)
	x.press("Escape")
	x.await(`\? help`)
	x.press("Enter")
	x.await(`\[7 Triage\]`, `Checklist: `)
	x.press("5")
	x.await(`\[5 Frames\]`, `line=L2`, `(dark )?gray`, `✗ changed`)
	x.press("Enter")
	x.await(`Before`, `After`, `as unlike before as an ordinary frame`)
	x.press("Space")
	x.await(`AFTER|BEFORE`)
	x.press("Escape", "Escape", "7")
	x.await(`\[7 Triage\]`)
	x.press("a")
	x.await(`y yes`)
	x.press("y")
	x.await(`recorded`)
	x.press("n")
	x.await(`note`)
	x.enter(remark)
	x.await(`note saved`)
	x.press("R")
	x.await(`report written to .*\.html`)
	x.press("q")
	x.await(`^incident file: `, shellWaits)
	x.arrived()
	page, err := os.ReadFile(only(t, filepath.Join(dir, "gloves-*.html")))
	if err != nil || !bytes.Contains(page, []byte(remark)) || !bytes.Contains(page, []byte("line=L2")) {
		t.Errorf("the report lacks the note or the slice: %v", err)
	}
	for _, outside := range []string{"src=\"http", "href=\"http", "<script"} {
		if bytes.Contains(page, []byte(outside)) {
			t.Errorf("the page that is sent holds %q", outside)
		}
	}
}

// Clear a quiet week: nothing changed, seen on three screens, said in a note.
func TestJourneyQuiet(t *testing.T) {
	t.Parallel()
	dir := plantDir(t, "quiet")
	x := travel(t, dir)
	x.open("quiet", dir)
	x.await(`No change\.`, `verdict no change`, `rejects none`)
	x.press("2")
	x.await(`\[2 Timeline\]`, `\+?-?\d\.\d pt`, `volume`)
	x.press("7")
	x.await(`\[7 Triage\]`, `no change`)
	x.press("n")
	x.enter("week 12 is clear")
	x.await(`note saved`)
	x.press("q")
	x.await(shellWaits)
	x.arrived()
	file := only(t, filepath.Join(dir, "quiet-*.andon"))
	if out, err := exec.Command(binary(t), "notes", file).CombinedOutput(); err != nil || !strings.Contains(string(out), "week 12 is clear") {
		t.Errorf("andon notes: %v: %s", err, out)
	}
}

// canaried is a log of eight days in which release 2.0 answers a third of the
// rows of all lines from the sixth day on, and is wrong in half of them.
func canaried() []byte {
	var text bytes.Buffer
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 16_000 {
		at := time.Date(2026, 3, 1, 0, 0, 43*n, 0, time.UTC)
		version, wrong := "1.4", 0.06
		if n > 10_500 && random.IntN(3) == 0 {
			version, wrong = "2.0", 0.5
		}
		said := "ok"
		if random.Float64() < wrong {
			said = "scratch"
		}
		fmt.Fprintf(&text, `{"time":%q,"id":"%d","line":"L%d","camera":"C%d","model_version":%q,"prediction":%q,"label":"ok","confidence":%.3f,"brightness":%.1f}`+"\n",
			at.Format(time.RFC3339), n, n%3+1, n%7+1, version, said, 0.8+0.2*random.Float64(), 120+8*random.NormFloat64())
	}
	return text.Bytes()
}

// Blame a release: the model leads, the slice is the version, and its timeline
// stands beside that of the rest.
func TestJourneyRelease(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "canary.jsonl"), canaried(), 0o600); err != nil {
		t.Fatal(err)
	}
	x := travel(t, dir)
	x.open("canary.jsonl", dir)
	x.await(`model leads|Cause model`, `slices model_version`, `model_version 1\.4 . 2\.0`)
	x.press("6")
	x.await(`\[6 Models\]`, `Versions`, `2\.0 +0 . \d+ %`)
	x.press("4")
	x.await(`\[4 Slices\]`, `^> model_version=2\.0`)
	x.press("Enter")
	x.await(`\[2 Timeline\]`, `all rows . model_version=2\.0`)
	x.press("c")
	x.await(`model_version=2\.0 .* the rest`)
	x.press("n")
	x.enter("roll 2.0 back")
	x.await(`note saved`)
	x.press("R")
	x.await(`report written to `)
	x.press("q")
	x.await(shellWaits)
	x.arrived()
}

// Review someone else's file: what they wrote, whether a finding still comes
// out the same, a note of one's own, and the chain of notes unbroken.
func TestJourneyReview(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	theirs := filepath.Join(dir, "theirs.andon")
	content, err := os.ReadFile(incident(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(theirs, content, 0o600); err != nil {
		t.Fatal(err)
	}
	andon := func(args ...string) string {
		t.Helper()
		out, err := exec.Command(binary(t), args...).CombinedOutput()
		if err != nil {
			t.Fatalf("andon %s: %v: %s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	andon("note", theirs, "Ana: gloves came with lot HG-2291")
	x := travel(t, dir)
	x.open("theirs.andon", dir)
	x.await(`Cause floor, likely`, `notes 1 written`)
	x.press("8")
	x.await(`\[8 Notes\]`, `Ana: gloves came with lot`)
	x.press("p")
	x.await(`^# `)
	x.press("Escape")
	x.press("4")
	x.await(`\[4 Slices\]`, `^> line=L2`)
	x.press("/")
	x.terminal.enter("line=L2 shift~/n/")
	x.keys++
	x.await(`all rows . line=L2 . shift~/n/`)
	x.press("x")
	x.await(`^all rows  `)
	x.press("n")
	x.enter("reviewed: agreed")
	x.await(`note saved`)
	x.press("q")
	x.await(shellWaits)
	x.arrived()
	if said := andon("notes", "--verify", theirs); !regexp.MustCompile(`2 `).MatchString(said) {
		t.Errorf("andon notes --verify: %s", said)
	}
}
