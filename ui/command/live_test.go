package command_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// plantRows are rows of a log of three lines, one every thirty seconds, of which
// one in twelve is answered wrong, and of line L2 most where it fails.
func plantRows(from, to int, fails bool) []byte {
	var text bytes.Buffer
	if from == 0 {
		text.WriteString("time,id,line,prediction,label\n")
	}
	for n := from; n < to; n++ {
		at := time.Date(2026, 3, 1, 0, 0, 30*n, 0, time.UTC)
		said := "ok"
		if n*7919%12 == 0 || fails && n%3 == 1 && n%10 != 1 {
			said = "scratch"
		}
		fmt.Fprintf(&text, "%s,%d,L%d,%s,ok\n", at.Format(time.RFC3339), n, n%3+1, said)
	}
	return text.Bytes()
}

// TestFollowedConsole looks at a log that is being written: its plot advances,
// a colleague's note appears, and a change is told on the screen in use.
func TestFollowedConsole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := filepath.Join(dir, "plant.csv")
	add := func(from, to int, fails bool) {
		file, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if _, err := file.Write(plantRows(from, to, fails)); err != nil {
			t.Fatal(err)
		}
	}
	add(0, 20_000, false)
	x := newTerminal(t, 80, 24, dir)
	x.enter("cd " + dir + " && andon -f plant.csv")
	x.await(`all rows, live`, `No change`, `1, 20,000 rows`)
	add(20_000, 20_300, false)
	x.await(`1, 20,300 rows`)
	x.press("8")
	x.await(`\[8 Notes\]`)
	path := only(t, filepath.Join(dir, "plant-*.andon"))
	if out, err := exec.Command(binary(t), "note", path, "gloves look black").CombinedOutput(); err != nil {
		t.Fatalf("andon note: %v: %s", err, out)
	}
	x.await(`gloves look black`)
	add(20_300, 20_900, true)
	x.await(`\[8 Notes\]`, `! accuracy .* since .*: press !`)
	x.whole()
	x.press("!")
	x.await(`\[2 Timeline\]`, `after \d\d\.\d %`)
	x.leave()
}
