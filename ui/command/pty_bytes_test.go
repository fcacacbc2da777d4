//go:build unix

package command_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What the console sends over a line, at 80x24 with 256 colours. The budgets
// are of the design; frames are pictures and have none.
const (
	firstBudget  = 2500
	keyBudget    = 250
	scrollBudget = 700
)

// TestBytes measures the console through a pseudo-terminal: the first paint,
// one move of the cursor on every screen while the key is held down, a table
// that scrolls by a row, and nothing while nobody touches it.
func TestBytes(t *testing.T) {
	t.Parallel()
	l, first := firstPaint(t)
	report := fmt.Sprintf("first paint %d, with what can wait %d", first, len(l.settle()))
	if first > firstBudget {
		t.Errorf("the first paint takes %d bytes, the budget is %d", first, firstBudget)
	}
	for _, s := range []struct{ screen, name, move string }{
		{"2", "Timeline", "l"}, {"3", "Diff", "j"}, {"4", "Slices", "j"}, {"6", "Models", "j"},
		{"7", "Triage", "j"}, {"9", "Data", "j"}, {"1", "House", "j"},
	} {
		l.press(s.screen)
		l.await(s.name + `\]`)
		shown := len(l.settle())
		echo := l.median(s.move)
		report += fmt.Sprintf("; %s shown %d, key %d", s.name, shown, echo)
		if echo > keyBudget {
			t.Errorf("a key on %s takes %d bytes, the budget is %d", s.name, echo, keyBudget)
		}
	}
	l.press("3")
	l.settle()
	l.press(strings.Repeat("j", 12))
	l.settle()
	scroll := l.median("j")
	report += fmt.Sprintf("; scroll %d", scroll)
	if scroll > scrollBudget {
		t.Errorf("a scrolled row takes %d bytes, the budget is %d", scroll, scrollBudget)
	}
	if idle := l.settle(); len(idle) > 0 {
		t.Errorf("idle it sends %q", idle)
	}
	t.Log(report)
}

// firstPaint is the console with its first paint. On a loaded machine what can
// wait may come in the same breath, which only adds bytes: then it is begun
// again.
func firstPaint(t *testing.T) (l *line, least int) {
	t.Helper()
	path := incident(t)
	for range 3 {
		l = dialCommand(t, nil, "sh", "-c", `cd "$1" && exec "$2" gloves.andon`, "sh", filepath.Dir(path), binary(t)).listen()
		l.await(`verdict floor`)
		if least = len(l.frame()); least <= firstBudget {
			return l, least
		}
		l.press("q")
		l.ends(patience)
	}
	return l, least
}

// median is the bytes of three presses of a key, the one in the middle, for the
// same reason.
func (l *line) median(key string) int {
	l.t.Helper()
	var echoes []int
	for range 3 {
		l.press(key)
		echoes = append(echoes, len(l.echo()))
		l.settle()
	}
	slices.Sort(echoes)
	return echoes[1]
}
