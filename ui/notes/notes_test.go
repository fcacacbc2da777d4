package notes

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/style"
	"andon/ui/uitest"
)

// incident answers with what it holds and keeps what is written.
type incident struct {
	notes  []analysis.Note
	report string
	now    analysis.Finding
	wrong  error
	asked  int
	kept   []string
}

func (i *incident) Notes(context.Context) ([]analysis.Note, error) {
	i.asked++
	return i.notes, i.wrong
}

func (i *incident) Report(context.Context) (string, error) { return i.report, i.wrong }

func (i *incident) Rerun(context.Context, int64) (analysis.Finding, error) { return i.now, i.wrong }

func (i *incident) Supersede(_ context.Context, note int64, text string) error {
	i.kept = append(i.kept, fmt.Sprintf("%d: %s", note, text))
	return i.wrong
}

func at(minutes int) time.Time { return screentest.Onset.Add(time.Duration(minutes) * time.Minute) }

func record() *incident {
	pin := analysis.Pin{Screen: "frames", Where: "line=L2", Windows: screentest.Windows,
		Saw: "frame 2026-03-06T06:31:00Z of cam-07: answered \"ok\", wrong"}
	return &incident{
		notes: []analysis.Note{
			{ID: 1, Time: at(20), Author: "anna", Text: "gloves look dark", Pin: pin},
			{ID: 2, Time: at(31), Author: "anna", Text: "gloves are black since the morning shift\nvendor changed, see the box at the line", Pin: pin, Supersedes: 1},
			{ID: 3, Time: at(55), Author: "ben", Text: "asked purchasing"},
		},
		report: "# Black gloves on line L2\n\n## Background\n\n" + strings.Repeat("Quality fell on line L2 when the gloves turned black. ", 12) + "\n\n| window | accuracy |\n|---|---|\n| before | 92.8 % |\n| after | 63.9 % |\n",
		now:    analysis.Finding{Result: "0.3 %", Hash: "ffff"},
	}
}

func state() screen.State {
	s := screentest.Gloves()
	s.Findings = []analysis.Finding{
		{ID: 1, Time: at(40), Step: "data.complete", Outcome: analysis.No, Claim: "Did rows or values go missing at the onset?",
			Query: "check data.missing", Windows: screentest.Windows, Result: "0.2 %", Hash: "ab12cd34ef56ab78"},
		{ID: 2, Time: at(42), Step: "floor.frames", Outcome: analysis.Yes, Claim: "Do the after frames show something that no before frame shows?"},
	}
	return s
}

func play(t testing.TB, i *incident, state screen.State, sheet style.Sheet, w, h int) *uitest.Player {
	t.Helper()
	return uitest.Play(t, New(i, sheet, time.UTC), state, w, h)
}

var boxes = [][2]int{{40, 9}, {80, 21}, {120, 37}}

func TestGoldens(t *testing.T) {
	bare := screentest.Empty()
	unread := record()
	unread.wrong = errors.New("read notes: page 7 is damaged; run andon doctor gloves.andon")
	for _, test := range []struct {
		name     string
		incident *incident
		state    screen.State
		keys     []string
	}{
		{"list", record(), state(), nil},
		{"superseded", record(), state(), []string{"end"}},
		{"reading", record(), state(), []string{"end", "up", "enter"}},
		{"changed", record(), state(), []string{"down", "down", "r"}},
		{"preview", record(), state(), []string{"p", "down"}},
		{"editing", record(), state(), []string{"e", " and the line lead"}},
		{"empty", &incident{}, bare, nil},
		{"unread", unread, state(), nil},
		{"failed", record(), screentest.Failed(), nil},
	} {
		for _, box := range boxes {
			w, h := box[0], box[1]
			for suffix, sheet := range map[string]style.Sheet{"": uitest.Truecolour(t), "-ascii": uitest.Mono(t)} {
				p := play(t, test.incident, test.state, sheet, w, h).Press(test.keys...)
				uitest.Golden(t, fmt.Sprintf("%s-%dx%d%s", test.name, w, h, suffix), p.Screen.View(w, h), w, h)
			}
		}
	}
}

func TestMergeIsNewestFirst(t *testing.T) {
	var got []string
	for _, e := range merge(record().notes, state().Findings) {
		got = append(got, fmt.Sprintf("%s %d", e.kind(), e.id()))
	}
	if want := "note 3, step 2, step 1, note 2, note 1"; strings.Join(got, ", ") != want {
		t.Errorf("the record is %v, want %s", got, want)
	}
}

func TestSupersede(t *testing.T) {
	i := record()
	p := play(t, i, state(), uitest.Mono(t), 80, 21).Press("e", ", no answer yet")
	if !p.Screen.Typing() {
		t.Fatal("letters go to the note while it is written")
	}
	p.Press("ctrl+s")
	if len(i.kept) != 1 || i.kept[0] != "3: asked purchasing, no answer yet" {
		t.Errorf("kept %q", i.kept)
	}
	if p.Screen.Typing() || len(p.Actions) != 1 || p.Actions[0] != (screen.Refresh{}) {
		t.Errorf("after keeping: typing %v, actions %v", p.Screen.Typing(), p.Actions)
	}
}

func TestANoteThatCouldNotBeKeptStaysOpen(t *testing.T) {
	i := record()
	p := play(t, i, state(), uitest.Mono(t), 80, 21).Press("e", "!")
	i.wrong = errors.New("write note: disk full")
	view := p.Press("ctrl+s").Screen.View(80, 21)
	if !p.Screen.Typing() || !strings.Contains(view, "asked purchasing!") || !strings.Contains(view, "not kept: write note: disk full") {
		t.Errorf("the text or the reason is lost:\n%s", view)
	}
}

func TestNothingIsSupersededByAccident(t *testing.T) {
	for _, keys := range [][]string{{"e", "ctrl+s"}, {"e", "more", "esc"}, {"end", "e", "x", "ctrl+s"}, {"down", "e", "x", "ctrl+s"}} {
		i := record()
		play(t, i, state(), uitest.Mono(t), 80, 21).Press(keys...)
		if len(i.kept) > 0 {
			t.Errorf("%v kept %q", keys, i.kept)
		}
	}
}

func TestRunAgainSaysSameOrChanged(t *testing.T) {
	for _, test := range []struct{ hash, want string }{
		{"ab12cd34ef56ab78", "same: 0.3 %"}, {"ffff", "changed: was 0.2 %, is 0.3 %"},
	} {
		i := record()
		i.now.Hash = test.hash
		view := play(t, i, state(), uitest.Mono(t), 80, 21).Press("down", "down", "r").Screen.View(80, 21)
		if !strings.Contains(view, test.want) {
			t.Errorf("hash %s: view lacks %q:\n%s", test.hash, test.want, view)
		}
	}
	got := play(t, record(), state(), uitest.Mono(t), 80, 21).Press("r").Actions
	if len(got) != 1 {
		t.Errorf("r on a note says nothing: %v", got)
	}
}

func TestLateAnswersAreDropped(t *testing.T) {
	s, first := New(record(), uitest.Mono(t), time.UTC).Enter(state())
	later := answer{number: 99, notes: []analysis.Note{{ID: 9, Text: "the newest"}}}
	s, _ = s.Update(later)
	s, _ = s.Update(first())
	if !strings.Contains(s.View(80, 21), "the newest") {
		t.Error("an answer to an earlier question took the place of a later one")
	}
}

func TestNotesAreAskedOnlyWhenThereAreOthers(t *testing.T) {
	i := record()
	p := play(t, i, state(), uitest.Mono(t), 80, 21)
	p.Enter(state())
	more := state()
	more.Notes++
	p.Enter(more)
	if i.asked != 2 {
		t.Errorf("asked %d times, want 2: at first and when a note was added", i.asked)
	}
}

func TestHostileText(t *testing.T) {
	const evil = "\x1b[31mred\x1b]52;c;aGk=\a\rOK \u202etxt\u009b2J"
	i := record()
	for n := range i.notes {
		i.notes[n].Text, i.notes[n].Author, i.notes[n].Pin.Saw = evil, evil, evil
	}
	i.report, i.now.Result = evil, evil
	hostile := screentest.Hostile()
	hostile.Findings = []analysis.Finding{{ID: 1, Claim: evil, Query: evil, Where: evil, Result: evil, Hash: evil}}
	for _, keys := range [][]string{nil, {"enter"}, {"p"}, {"e", evil}, {"end", "r"}, {"end", "enter"}} {
		view := play(t, i, hostile, uitest.Mono(t), 80, 21).Press(keys...).Screen.View(80, 21)
		if strings.ContainsAny(style.Plain(view), "\x1b\r\a\u009b\u202e") || strings.Contains(view, "\x1b]") {
			t.Errorf("after %v a control reaches the terminal: %q", keys, view)
		}
		uitest.Exact(t, view, 80, 21)
	}
}

func TestViewFillsAnyBox(t *testing.T) {
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Mono(t)}
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(0, 210).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h")
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"enter", "p", "e", "r", "down", "end", "pgdown", "esc", "s"}), 0, 6).Draw(r, "keys")
		p := play(t, record(), state(), rapid.SampledFrom(sheets).Draw(r, "sheet"), w, h).Press(keys...)
		uitest.Exact(t, p.Screen.View(w, h), w, h)
	})
}
