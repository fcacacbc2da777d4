//go:build unix

package command_test

import (
	"fmt"
	"path/filepath"
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
	path := incident(t)
	l := dialCommand(t, nil, "sh", "-c", `cd "$1" && exec "$2" gloves.andon`, "sh", filepath.Dir(path), binary(t)).listen()
	l.await(`verdict floor`)
	first := len(l.frame())
	report := fmt.Sprintf("first paint %d, with what can wait %d", first, len(l.settle()))
	over := func(what string, got, budget int) {
		report += fmt.Sprintf("; %s %d", what, got)
		if got > budget {
			t.Errorf("%s takes %d bytes, the budget is %d", what, got, budget)
		}
	}
	over("first", first, firstBudget)
	for _, s := range []struct{ screen, name, move string }{
		{"2", "Timeline", "l"}, {"3", "Diff", "j"}, {"4", "Slices", "j"}, {"6", "Models", "j"},
		{"7", "Triage", "j"}, {"9", "Data", "j"}, {"1", "House", "j"},
	} {
		l.press(s.screen)
		l.await(s.name + `\]`)
		shown := len(l.settle())
		report += fmt.Sprintf("; %s shown %d", s.name, shown)
		for i := range 2 {
			l.press(s.move)
			over(fmt.Sprintf("%s key %d", s.name, i+1), len(l.echo()), keyBudget)
			l.settle()
		}
	}
	l.press("3")
	l.settle()
	l.press(strings.Repeat("j", 12))
	l.settle()
	l.press("j")
	over("scroll", len(l.echo()), scrollBudget)
	l.settle()
	if idle := l.settle(); len(idle) > 0 {
		t.Errorf("idle it sends %q", idle)
	}
	t.Log(report)
}
