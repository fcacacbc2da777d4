package command_test

import (
	"os/exec"
	"strings"
	"testing"
)

// From logs to a closed incident by keys alone, with nothing but the screen to
// go by: open the record, answer with a reason, see the hypothesis supported,
// add one's own and refute it, keep the control, close.
func TestJourneyToAClosedIncident(t *testing.T) {
	t.Parallel()
	dir := plantDir(t, "gloves")
	x := newTerminal(t, 80, 24, dir)
	x.enter("cd " + dir + " && andon gloves")
	x.await(`Cause floor, likely`)

	x.press("8")
	x.await(`\[8 Notes\]`, `i +incident record`)
	x.press("i")
	x.await(`no incident is on record yet`, `o +open another`)
	x.press("o")
	x.await(`what is wrong, in a few words`)
	x.enter("Black gloves on L2")
	x.await(`1 of 1  Black gloves on L2, major, open`, `Five whys`, `line=L2 got worse`)
	x.press("f")
	x.await(`owner=ines, severity=critical`)
	x.enter("owner=ines")
	x.await(`^owner +ines`)

	x.press("7")
	x.await(`\[7 Triage\]`, `Do the after frames|At the station: photograph`)
	x.press("a")
	x.await(`Y N because`)
	x.press("Y")
	x.await(`why yes`)
	x.enter("every hand is black")
	x.await(`recorded floor\.\w+`, `Checklist: 1[0-9] of`)
	x.press("h")
	x.await(`Hypotheses: \d+, `, `control held +negative control line=L1`, `! testing +floor +material event`)
	x.press("s")
	x.await(`y supported`)
	x.press("y")
	x.await(`what shows it\?`)
	x.enter("purchasing: Handgard since Sunday")
	x.await(`✓ supported floor +material event`)
	x.press("o")
	x.await(`my own`)
	x.enter("floor shift=night: winter gloves")
	x.await(`proposed +floor +winter gloves`)
	x.press("c")
	x.await(`negative controls kept as findings`)

	x.press("8")
	x.await(`\[8 Notes\]`, `1 of 1  Black gloves`, `hypothesis, supported: purchasing`)
	x.press("t")
	x.await(`c closed`)
	x.press("c")
	x.await(`why closed`)
	x.enter("gray gloves are back, samples are labelled")
	x.await(`1 of 1  Black gloves on L2, major, closed`, `to resolve`)
	x.whole()
	x.press("q")
	x.await(`^incident file: `, shellWaits)

	// What the keys did is in the file, for whoever has only commands.
	file := only(t, dir+"/*.andon")
	for verb, want := range map[string]string{
		"incident":   "status: open → closed, ines: gray gloves are back, samples are labelled",
		"hypothesis": "purchasing: Handgard since Sunday",
		"notes":      "every hand is black",
		"findings":   "negative control line=L1 did not fall",
	} {
		out, err := exec.Command(binary(t), verb, file).CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("andon %s does not tell %q: %v\n%s", verb, want, err, out)
		}
	}
}
