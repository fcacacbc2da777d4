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
	"andon/analysis/incident"
	"andon/analysis/rootcause"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/style"
	"andon/ui/uitest"
)

// folder answers with what it holds and keeps what is written.
type folder struct {
	notes  []analysis.Note
	report string
	now    analysis.Finding
	wrong  error
	asked  int
	kept   []string
}

func (i *folder) Notes(context.Context) ([]analysis.Note, error) {
	i.asked++
	return i.notes, i.wrong
}

func (i *folder) Report(context.Context) (string, error) { return i.report, i.wrong }

func (i *folder) Rerun(context.Context, int64) (analysis.Finding, error) { return i.now, i.wrong }

func (i *folder) Supersede(_ context.Context, note int64, text string) error {
	i.kept = append(i.kept, fmt.Sprintf("%d: %s", note, text))
	return i.wrong
}

func (i *folder) OpenIncident(_ context.Context, title string) error {
	i.kept = append(i.kept, "open "+title)
	return i.wrong
}

func (i *folder) Alike(_ context.Context, id int64) ([]incident.Likeness, []string, error) {
	past := incident.Past{File: "old.andon", Record: incident.Record{Title: "White gloves on L7", Status: incident.Closed}}
	return []incident.Likeness{{Past: past, Score: .8, Why: []string{"the cause was floor, too"}}}, []string{"torn.andon is left out"}, i.wrong
}

func (i *folder) ChangeIncident(_ context.Context, id int64, set []string, to incident.Status, because string) error {
	i.kept = append(i.kept, fmt.Sprintf("%d: %v %s, %s", id, set, to, because))
	return i.wrong
}

func at(minutes int) time.Time { return screentest.Onset.Add(time.Duration(minutes) * time.Minute) }

func record() *folder {
	pin := analysis.Pin{Screen: "frames", Where: "line=L2", Windows: screentest.Windows,
		Saw: "frame 2026-03-06T06:31:00Z of cam-07: answered \"ok\", wrong"}
	return &folder{
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

// onRecord is the state with an incident on record, its whys and its fishbone.
func onRecord() screen.State {
	s := state()
	r := incident.New("Black gloves on L2", at(30))
	r.ID, r.Onset, r.Owner, r.People, r.Severity = 1, at(0), "ines", []string{"ines", "tom"}, "critical"
	stable, _ := r.To(incident.Stable, at(60))
	stable.Moves = []incident.Move{{Time: at(60), Author: "ines", Field: "status", From: "open", To: "stable", Reason: "L2 is checked by hand"}}
	s.Problem.Incidents = []incident.Record{stable, {ID: 2, Title: "Old lens", Severity: "minor", Status: incident.Closed}}
	s.Problem.Whys = []rootcause.Why{{Question: "Why did accuracy fall?", Answer: "line=L2 got worse", Evidence: "it carries 98 % of the drop"},
		{Question: "Why there?", Evidence: "the ledger holds nothing that speaks for a cause"}}
	s.Problem.Fishbone = []rootcause.Bone{{Category: "man", Open: 2}, {Category: "material", Open: 1, Items: []rootcause.Item{
		{Text: "yes: new gloves", State: rootcause.Found, By: "people"}, {Text: "the same parts", State: rootcause.Cleared, By: "log"}}}}
	s.Problem.Handover = incident.Handover{Conditions: []string{"stable, critical"}, Actions: []string{"yes: new gloves"}, Needs: []string{"look at frames (3 min)"}}
	return s
}

func play(t testing.TB, i *folder, state screen.State, sheet style.Sheet, w, h int) *uitest.Player {
	t.Helper()
	return uitest.Play(t, New(i, sheet, time.UTC), state, w, h)
}

func TestGoldens(t *testing.T) {
	bare := screentest.Empty()
	unread := record()
	unread.wrong = errors.New("read notes: page 7 is damaged; run andon doctor gloves.andon")
	for _, test := range []struct {
		name     string
		incident *folder
		state    screen.State
		keys     []string
	}{
		{"list", record(), state(), nil},
		{"superseded", record(), state(), []string{"end"}},
		{"reading", record(), state(), []string{"end", "up", "enter"}},
		{"changed", record(), state(), []string{"down", "down", "r"}},
		{"preview", record(), state(), []string{"p", "down"}},
		{"editing", record(), state(), []string{"e", " and the line lead"}},
		{"record", record(), onRecord(), []string{"i"}},
		{"record-down", record(), onRecord(), []string{"i", "end"}},
		{"record-why", record(), onRecord(), []string{"i", "t", "c", "gray gloves are back"}},
		{"record-alike", record(), onRecord(), []string{"i", "l"}},
		{"record-none", record(), state(), []string{"i"}},
		{"empty", &folder{}, bare, nil},
		{"unread", unread, state(), nil},
		{"failed", record(), screentest.Failed(), nil},
	} {
		uitest.Goldens(t, test.name, uitest.Boxes[:3], func(sheet style.Sheet, w, h int) *uitest.Player {
			return play(t, test.incident, test.state, sheet, w, h).Press(test.keys...)
		}, uitest.Text, uitest.ASCII)
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

func TestTheRecordIsKept(t *testing.T) {
	for _, test := range []struct {
		keys []string
		want string
	}{
		{[]string{"i", "t", "c", "enter", "gray gloves are back", "enter"}, "1: [] closed, gray gloves are back"},
		{[]string{"i", "f", "owner=tom", "enter"}, "1: [owner=tom] , "},
		{[]string{"i", "o", "Second look", "enter"}, "open Second look"},
		{[]string{"i", "tab", "t", "o", "it is back", "enter"}, "2: [] open, it is back"},
	} {
		i := record()
		p := play(t, i, onRecord(), uitest.Mono(t), 80, 21).Press(test.keys...)
		if len(i.kept) != 1 || i.kept[0] != test.want {
			t.Errorf("%v kept %q, want %q", test.keys, i.kept, test.want)
		}
		if len(p.Actions) != 2 || p.Actions[0] != (screen.Refresh{}) || p.Screen.Typing() {
			t.Errorf("%v asked for %v", test.keys, p.Actions)
		}
	}
	for _, keys := range [][]string{{"i", "t", "esc"}, {"i", "t", "x"}, {"i", "t", "s", "enter"}, {"i", "f", "owner=x", "esc"}} {
		i := record()
		play(t, i, onRecord(), uitest.Mono(t), 80, 21).Press(keys...)
		if len(i.kept) != 0 {
			t.Errorf("%v kept %q", keys, i.kept)
		}
	}
	i := record()
	if saw := play(t, i, onRecord(), uitest.Mono(t), 80, 21).Press("i").Screen.Under().Saw; !strings.Contains(saw, "critical, stable") || !strings.Contains(saw, "needs: look at frames") {
		t.Errorf("what is copied for the next shift: %q", saw)
	}
	if got := play(t, i, state(), uitest.Mono(t), 80, 21).Press("i", "t").Actions; len(got) != 1 || len(i.kept) != 0 {
		t.Errorf("without an incident t does %v", got)
	}
	i.wrong = errors.New("no countermeasure was verified")
	p := play(t, i, onRecord(), uitest.Mono(t), 80, 21).Press("i", "t", "c", "done", "enter")
	if view := p.Screen.View(80, 21); !strings.Contains(view, "not kept: no countermeasure was verified") || len(p.Actions) != 0 {
		t.Errorf("nothing says that it was not kept:\n%s", view)
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

// A finding run twice shows what the second run gave, whichever comes last.
func TestLateRerunsAreDropped(t *testing.T) {
	i := record()
	p := play(t, i, state(), uitest.Mono(t), 80, 21).Press("down", "down")
	s, first := p.Screen.(Screen).runAgain()
	i.now.Result = "0.9 %"
	s, second := s.(Screen).runAgain()
	late := first()
	i.now.Result = "0.4 %"
	s, _ = s.Update(second())
	s, _ = s.Update(late)
	if view := s.View(80, 21); !strings.Contains(view, "is 0.4 %") {
		t.Errorf("an earlier run took the place of a later one:\n%s", view)
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
	hostile.Problem = onRecord().Problem
	r := &hostile.Problem.Incidents[0]
	r.Title, r.Owner, r.People, r.Moves[0].Reason = evil, evil, []string{evil}, evil
	hostile.Problem.Whys[0].Answer, hostile.Problem.Fishbone[1].Items[0].Text, hostile.Problem.Handover.Needs[0] = evil, evil, evil
	for _, keys := range [][]string{nil, {"enter"}, {"p"}, {"e", evil}, {"end", "r"}, {"end", "enter"}, {"i"}, {"i", "end"}, {"i", "f", evil}} {
		view := play(t, i, hostile, uitest.Mono(t), 80, 21).Press(keys...).Screen.View(80, 21)
		uitest.Exact(t, view, 80, 21)
	}
}

func TestViewFillsAnyBox(t *testing.T) {
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Mono(t)}
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(0, 210).Draw(r, "w"), rapid.IntRange(0, 60).Draw(r, "h")
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"enter", "p", "e", "r", "down", "end", "pgdown", "esc", "s", "i", "t", "f", "l", "tab"}), 0, 6).Draw(r, "keys")
		p := play(t, record(), rapid.SampledFrom([]screen.State{state(), onRecord()}).Draw(r, "state"), rapid.SampledFrom(sheets).Draw(r, "sheet"), w, h).Press(keys...)
		uitest.Exact(t, p.Screen.View(w, h), w, h)
	})
}
