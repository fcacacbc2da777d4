package data

import (
	"errors"
	"strings"
	"testing"

	"andon/ui/screen"
	"andon/ui/uitest"
)

// A role is changed in three keys, and the columns are asked for anew.
func TestChangeRole(t *testing.T) {
	r := plant()
	p := play(t, r, state(), uitest.Mono(t), 80, 21).Press("tab", "r", "home", "enter")
	if got, want := strings.Join(r.asked, ", "), "inventory, rejects 1, line as prediction, inventory"; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
	if len(p.Actions) != 2 || p.Actions[0] != (screen.Refresh{}) || p.Actions[1] != (screen.Notify{Text: "line is now prediction"}) {
		t.Errorf("it asks the root for %v", p.Actions)
	}
	if p.Screen.Typing() {
		t.Error("the list is still open")
	}
}

// The list opens on the role as it is, and leaves it with esc.
func TestLeaveRole(t *testing.T) {
	r := plant()
	p := play(t, r, state(), uitest.Mono(t), 80, 21).Press("tab", "r")
	if view := p.Screen.View(80, 21); !strings.Contains(view, "Role of line, now dimension") || !strings.Contains(view, "> dimension ") {
		t.Errorf("the list shows\n%s", view)
	}
	p.Press("esc")
	if p.Screen.Typing() || len(r.asked) != 2 {
		t.Errorf("esc asked %v", r.asked)
	}
}

// A change that the file refuses is told, and changes nothing.
func TestRefusedRole(t *testing.T) {
	r := plant()
	p := play(t, r, state(), uitest.Mono(t), 80, 21).Press("tab", "r")
	r.err = errors.New("every row needs a time")
	p.Press("enter")
	if len(p.Actions) != 1 || p.Actions[0] != (screen.Notify{Text: "every row needs a time"}) {
		t.Errorf("it asks the root for %v", p.Actions)
	}
	if p = p.Press("tab", "tab", "r"); p.Screen.Typing() {
		t.Error("a list of roles is open, with no column under the cursor")
	}
}
