package data

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/ui/style"
	"andon/ui/uitest"
)

// Ask answers every question with two lines of a plant, but those that are
// misspelt.
func (r *reader) Ask(_ context.Context, sql string) (Reply, error) {
	r.asked = append(r.asked, sql)
	if at := strings.Index(sql, "FORM"); at >= 0 {
		return Reply{}, faulty{at}
	}
	text := func(s string) *string { return &s }
	return Reply{Columns: []string{"line", "avg(correct)", "comment"}, Rows: [][]*string{
		{text("L1"), text("0.931"), nil}, {text("L2"), text("0.051"), text("\x1b]52;c;aGk=\a black gloves")},
	}, More: strings.Contains(sql, "id")}, nil
}

type faulty struct{ at int }

func (f faulty) Error() string { return fmt.Sprintf("%q cannot stand here", "FORM") }
func (f faulty) Spot() int     { return f.at }

const question = "SELECT line, avg(correct), comment FROM inference GROUP BY line"

func TestSQLGoldens(t *testing.T) {
	for name, keys := range map[string][]string{
		"sql": {"a"}, "sql-reply": {"a", question, "enter", "down"}, "sql-fault": {"a", "SELECT line FORM inference", "enter"},
		"sql-columns": {"a", "SELECT id", "enter", "right"},
	} {
		uitest.Goldens(t, name, uitest.Boxes, func(sheet style.Sheet, w, h int) *uitest.Player {
			return play(t, plant(), state(), sheet, w, h).Press(keys...)
		}, uitest.Text, uitest.ASCII)
	}
}

// A question is asked by enter, its reply has the keys, and esc goes back step
// by step.
func TestSQLFocus(t *testing.T) {
	p := play(t, plant(), state(), uitest.Mono(t), 80, 21).Press("a", "SELECT 1")
	if !p.Screen.Typing() {
		t.Fatal("a does not open the question")
	}
	p.Press("enter")
	if p.Screen.Typing() || !strings.Contains(p.Screen.View(80, 21), "2 rows") {
		t.Fatalf("enter did not ask:\n%s", p.Screen.View(80, 21))
	}
	if saw := p.Press("j").Screen.Under().Saw; !strings.HasPrefix(saw, "SELECT 1 gave line=L2, avg(correct)=0.051, comment=") {
		t.Errorf("a note here would be pinned to %q", saw)
	}
	p.Press("a")
	if !p.Screen.Typing() {
		t.Error("a does not open the question again")
	}
	p.Press("esc")
	if p.Screen.Typing() || !p.Screen.(Screen).sql.open {
		t.Error("esc does not go back to the reply")
	}
	p.Press("esc")
	if p.Screen.(Screen).sql.open || !strings.Contains(p.Screen.View(80, 21), "Sources") {
		t.Error("esc does not leave the reply")
	}
}

// The cursor goes to the fault, and what was typed stays.
func TestSQLFault(t *testing.T) {
	p := play(t, plant(), state(), uitest.Mono(t), 80, 21).Press("a", "SELECT 'ä' FORM x", "enter")
	q := p.Screen.(Screen).sql
	if !q.typing || q.line.Value() != "SELECT 'ä' FORM x" || q.line.Position() != 11 {
		t.Errorf("typing %v, the cursor at %d of %q, want at FORM", q.typing, q.line.Position(), q.line.Value())
	}
	if view := style.Plain(p.Screen.View(80, 21)); !strings.Contains(view, strings.Repeat(" ", 17)+"^ \"FORM\" cannot stand here") {
		t.Errorf("the fault is not pointed at:\n%s", view)
	}
}

func TestSQLHistory(t *testing.T) {
	p := play(t, plant(), state(), uitest.Mono(t), 80, 21).Press("a", "SELECT 1", "enter", "a", "up")
	for i, test := range []struct{ key, want string }{{"up", "SELECT 1"}, {"down", ""}, {"down", ""}, {"up", "SELECT 1"}} {
		if got := p.Press(test.key).Screen.(Screen).sql.line.Value(); got != test.want {
			t.Errorf("press %d (%s): %q, want %q", i, test.key, got, test.want)
		}
	}
}

// A question that takes too long is given up by esc: its context ends, and its
// reply is dropped when it comes.
func TestSQLGivenUp(t *testing.T) {
	waits := &waiting{reader: plant()}
	s, _ := New(waits, uitest.Mono(t), time.UTC).Enter(state())
	press := func(names ...string) (cmd tea.Cmd) {
		for _, k := range uitest.Keys(names...) {
			s, cmd = s.Update(k)
		}
		return cmd
	}
	cmd := press("a", "SELECT 1", "enter")
	if view := s.View(80, 21); !strings.Contains(view, "asking ... esc gives up") {
		t.Errorf("nobody says that it is being asked:\n%s", view)
	}
	press("esc")
	late := cmd()
	s, _ = s.Update(late)
	if q := s.(Screen).sql; !errors.Is(q.err, errGivenUp) || len(q.reply.Columns) > 0 || !q.typing {
		t.Errorf("what was given up is shown: %+v", q.err)
	}
	if got := late.(replied).err; !errors.Is(got, context.Canceled) {
		t.Errorf("the question was not cancelled: %v", got)
	}
}

type waiting struct{ *reader }

func (w *waiting) Ask(ctx context.Context, _ string) (Reply, error) {
	<-ctx.Done()
	return Reply{}, ctx.Err()
}
