package incident

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/analysis/hypothesis"
)

var start = time.Date(2026, 3, 7, 6, 0, 0, 0, time.UTC)

func TestStatuses(t *testing.T) {
	r := New("gloves", start)
	r.Onset = start.Add(-2 * time.Hour)
	step := func(to Status, after time.Duration) {
		t.Helper()
		var err error
		if r, err = r.To(to, start.Add(after)); err != nil {
			t.Fatal(err)
		}
	}
	step(Stable, time.Hour)
	step(Closed, 3*time.Hour)
	want := []Span{{"to detect", 2 * time.Hour}, {"to mitigate", time.Hour}, {"to resolve", 3 * time.Hour}}
	if !slices.Equal(r.Spans(), want) {
		t.Errorf("spans %v, want %v", r.Spans(), want)
	}
	step(Open, 4*time.Hour)
	if !r.Resolved.IsZero() || !r.Mitigated.IsZero() {
		t.Errorf("reopened, yet resolved at %v", r.Resolved)
	}
	step(Closed, 5*time.Hour)
	if r.Mitigated != r.Resolved {
		t.Error("closed at once: it was mitigated then, too")
	}
	for _, to := range []Status{Closed, "asleep"} {
		if _, err := r.To(to, start); err == nil {
			t.Errorf("went from closed to %q", to)
		}
	}
}

func at(text string) (time.Time, error) { return time.Parse(time.RFC3339, text) }

// Every field comes back as it was set, and leaves one move.
func TestSetAndGet(t *testing.T) {
	values := map[string]string{"title": "new", "severity": "critical", "owner": "ines", "onset": "2026-03-07T05:00:00Z",
		"detected": "2026-03-07T06:10:00Z", "mitigated": "2026-03-07T07:00:00Z", "resolved": "2026-03-07T08:00:00Z",
		"people": "ines, tom", "links": "https://tickets/1", "tags": "gloves, L2"}
	for _, field := range Fields {
		r := New("old", start)
		next, err := r.Set(field, values[field], at)
		if err != nil || next.Get(field) != values[field] {
			t.Errorf("%s: %q, %v", field, next.Get(field), err)
		}
		moves := Moves(r, next)
		if len(moves) != 1 || moves[0].Field != field || moves[0].To != values[field] {
			t.Errorf("%s: moves %+v", field, moves)
		}
	}
	for field, value := range map[string]string{"title": " ", "severity": "awful", "onset": "yesterday", "mood": "bad"} {
		if _, err := New("x", start).Set(field, value, at); err == nil {
			t.Errorf("%s = %q is taken", field, value)
		}
	}
	if r, err := (Record{Onset: start}).Set("onset", "", at); err != nil || !r.Onset.IsZero() {
		t.Errorf("an emptied time is %v, %v", r.Onset, err)
	}
	if _, err := New("x", start).Set("onset", "x", func(string) (time.Time, error) { return time.Time{}, errors.New("no") }); err == nil {
		t.Error("a time that cannot be read is taken")
	}
}

func TestCurrent(t *testing.T) {
	all := []Record{{ID: 1, Status: Open}, {ID: 2, Status: Closed}, {ID: 3, Status: Stable}}
	if r, ok := Current(all); !ok || r.ID != 1 {
		t.Errorf("worked on is %d", r.ID)
	}
	if r, _ := Current(all[1:]); r.ID != 3 {
		t.Errorf("without an open one it is %d", r.ID)
	}
	if _, ok := Current(nil); ok {
		t.Error("none is worked on")
	}
}

// Oracle: the formula by hand.
func TestAlike(t *testing.T) {
	now := Record{Cause: "floor", Where: "line=L2", Signals: []string{"brightness", "hue"}}
	past := []Past{
		{File: "a", Record: Record{Cause: "floor", Where: "line=L7", Signals: []string{"hue", "blur"}}},        // .5 + .3/3 + .2
		{File: "b", Record: Record{Cause: "model", Where: "version=4", Signals: []string{"confidence"}}},       // 0
		{File: "c", Record: Record{Cause: "sensor", Where: "line=L2", Signals: []string{"brightness", "hue"}}}, // .3 + .2
		{File: "d", Record: Record{Cause: "floor", Where: "no (filter", Signals: nil}},                         // .5
	}
	found := Alike(now, past)
	var files []string
	for _, l := range found {
		files = append(files, l.Past.File)
	}
	if strings.Join(files, "") != "acd" || math.Abs(found[0].Score-.8) > 1e-12 || math.Abs(found[1].Score-.5) > 1e-12 {
		t.Fatalf("alike are %v of %+v", files, found)
	}
	if !strings.Contains(found[0].Sentence(), "hue moved") || !strings.Contains(found[0].Sentence(), "one line") {
		t.Errorf("it says %q", found[0].Sentence())
	}
	if Alike(Record{}, past) != nil {
		t.Error("an incident that nobody has looked into is like others")
	}
}

func TestAlikeIsSymmetricAndBounded(t *testing.T) {
	record := func(t *rapid.T, name string) Record {
		return Record{Cause: rapid.SampledFrom([]string{"", "floor", "model"}).Draw(t, name), Where: rapid.SampledFrom([]string{"", "line=L1", "line=L1 shift=a"}).Draw(t, name),
			Signals: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 3, rapid.ID).Draw(t, name)}
	}
	score := func(a, b Record) float64 {
		if found := Alike(a, []Past{{Record: b}}); len(found) == 1 {
			return found[0].Score
		}
		return 0
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := record(t, "a"), record(t, "b")
		if x, y := score(a, b), score(b, a); math.Abs(x-y) > 1e-12 || x < 0 || x > 1+1e-12 {
			t.Fatalf("%v one way, %v the other", x, y)
		}
	})
}

func TestSeen(t *testing.T) {
	triage := analysis.Triage{Verdict: analysis.Verdict{Cause: analysis.Floor}, Onset: &analysis.Change{Onset: start},
		Slices:  []analysis.SliceScore{{Where: analysis.Where{analysis.Is("line", "L2")}, Accepted: true}},
		Signals: []analysis.Signal{{Column: "hue", Changed: true}, {Column: "line"}}}
	r := New("x", start).Seen(triage)
	if r.Cause != "floor" || r.Where != "line=L2" || !slices.Equal(r.Signals, []string{"hue"}) || !r.Onset.Equal(start) {
		t.Errorf("seen %+v", r)
	}
	if again := r.Seen(analysis.Triage{Verdict: analysis.Verdict{Cause: analysis.None}}); again.Cause != "floor" {
		t.Error("a triage without a change forgets the cause")
	}
}

func TestHandOver(t *testing.T) {
	triage := analysis.Triage{Verdict: analysis.Verdict{Cause: analysis.Floor, Outcome: analysis.Likely, Probability: .9, Why: "gloves"},
		Causes: []analysis.CauseScore{{Cause: analysis.Floor, Probability: .9}}, Quality: &analysis.Quality{Metric: "accuracy", Before: analysis.Sum{Known: 10, Good: 9}, After: analysis.Sum{Known: 10, Good: 5}},
		Next: []analysis.Test{{Title: "look at frames", Minutes: 3}}}
	findings := []analysis.Finding{{Step: "sensor.lens", Outcome: analysis.No, Claim: "the lens is clean"}}
	open := []hypothesis.Hypothesis{{Text: "new gloves", Status: hypothesis.Testing}, {Text: "old news", Status: hypothesis.Refuted}}
	r := New("gloves", start)
	r.Moves = []Move{{Field: "status", To: "stable", Reason: "L2 is checked by hand"}}
	h := HandOver(r, triage, findings, open)
	text := strings.Join(slices.Concat(h.Conditions, h.Actions, h.Needs), "\n")
	for _, want := range []string{"open, major", "accuracy 50.0 %, was 90.0 %", "cause floor, likely (90 %)", "no: the lens is clean",
		"stable, because L2 is checked by hand", "look at frames (3 min)", "decide: new gloves", "an owner"} {
		if !strings.Contains(text, want) {
			t.Errorf("the handover lacks %q:\n%s", want, text)
		}
	}
	triage.Verdict.Outcome, triage.Verdict.Why, triage.Causes = analysis.Inconclusive, "no labels", nil
	if text := strings.Join(HandOver(r, triage, nil, nil).Conditions, "\n"); !strings.Contains(text, "inconclusive: no labels") || strings.Contains(text, "floor") {
		t.Errorf("nothing was weighed, and the handover says:\n%s", text)
	}
	if strings.Contains(text, "old news") {
		t.Error("the handover asks to decide what is refuted")
	}
}
