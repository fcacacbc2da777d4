package command_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// pressed is a log of a press in which a tester's pass or fail is taken for the
// answer, and the model's class for a dimension. From the third day on the
// class is wrong in two of five rows.
func pressed() []byte {
	var text bytes.Buffer
	text.WriteString("ts,serial,station,verdict,klass,truth,score\n")
	random := rand.New(rand.NewPCG(5, 6))
	classes := []string{"ok", "nok", "scratch"}
	for n := range 3000 {
		truth, wrong := classes[random.IntN(3)], 0.05
		if n > 2000 {
			wrong = 0.4
		}
		class := truth
		if random.Float64() < wrong {
			class = classes[random.IntN(3)]
		}
		fmt.Fprintf(&text, "%s,s%d,S%d,%s,%s,%s,%.3f\n", time.Date(2026, 3, 1, 0, 0, 90*n, 0, time.UTC).Format(time.RFC3339),
			n, n%3, []string{"pass", "fail"}[random.IntN(2)], class, truth, random.Float64())
	}
	return text.Bytes()
}

// Put a role right that was guessed wrong: nothing is ever right, the Data
// screen says why, three keys give the role to the column that has it, and the
// drop is there to be seen; the file says who did it.
func TestJourneyRoles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "press.csv"), pressed(), 0o600); err != nil {
		t.Fatal(err)
	}
	x := travel(t, dir)
	x.open("press.csv", dir)
	x.await(`accuracy 0\.0 %|No change\.`)
	x.press("9")
	x.await(`\[9 Data\]`, `klass +dimension`, `prediction +prediction`, `id +id`)
	x.press("Tab", "End", "Up")
	x.await(`^> klass`)
	x.press("r")
	x.await(`Role of klass, now dimension`)
	x.press("Home", "Enter")
	x.await(`klass is now prediction .*`, `verdict +dimension`)
	x.press("1")
	x.await(`accuracy 9\d\.\d % → \d\d\.\d %`, `since 3 Mar`)
	x.press("8")
	x.await(`\[8 Notes\]`, `klass is now prediction`)
	x.press("q")
	x.await(shellWaits)
	x.arrived()
	file := only(t, filepath.Join(dir, "press-*.andon"))
	if out, err := exec.Command(binary(t), "notes", "--verify", file).CombinedOutput(); err != nil || !strings.Contains(string(out), "1 ") {
		t.Errorf("andon notes --verify: %v: %s", err, out)
	}
}
