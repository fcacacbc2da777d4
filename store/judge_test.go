package store

import (
	"fmt"
	"testing"

	"andon/analysis"
)

// TestCorrect is what is right and wrong, by the types of prediction and label.
func TestCorrect(t *testing.T) {
	cases := map[string]struct {
		prediction, label string // type
		rows              [][2]string
		want              string
	}{
		"text":          {"text", "text", [][2]string{{"ok", "ok"}, {"ok", "nok"}, {"", "ok"}, {"ok", ""}}, "10--"},
		"same number":   {"text", "text", [][2]string{{"3", "3.0"}, {"-0", "0"}, {"3", "4"}, {"03a", "3a"}}, "1100"},
		"mixed types":   {"number", "text", [][2]string{{"3", "3"}, {"1", "one"}}, "10"},
		"number labels": {"text", "number", [][2]string{{"3.0", "3"}, {"x", "1"}}, "10"},
		"whole numbers": {"number", "number", [][2]string{{"0", "0"}, {"1", "0"}}, "10"},
		"amounts":       {"number", "number", [][2]string{{"0.5", "0.5"}, {"1", "0"}}, "--"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := create(t)
			head := []string{"time:time", "id:id", "prediction:prediction:" + c.prediction, "label:label:" + c.label}
			var whole, log, late [][]string
			for i, row := range c.rows {
				whole = append(whole, []string{stamp(i), fmt.Sprint("own", i), row[0], row[1]})
				log = append(log, []string{stamp(i), fmt.Sprint("late", i), row[0]})
				late = append(late, []string{fmt.Sprint("late", i), row[1]})
			}
			load(t, f, analysis.Source{Path: "log"}, batch(analysis.InferenceKind, head, whole...))
			load(t, f, analysis.Source{Path: "bare"}, batch(analysis.InferenceKind, head[:3], log...))
			load(t, f, analysis.Source{Path: "late", Kind: analysis.LabelKind}, batch(analysis.LabelKind, []string{"id:id", head[3]}, late...))
			join(t, f)
			sound(t, f)
			got := ask(t, f, "SELECT group_concat(ifnull(correct, '-'), '') FROM inference")
			if got != c.want+c.want {
				t.Errorf("correct is %s, want %s twice", got, c.want)
			}
			f.Close()
		})
	}
}

// TestCorrectBecomesAmount sees whole numbers first and fractions later.
func TestCorrectBecomesAmount(t *testing.T) {
	head := []string{"time:time", "prediction:prediction:number", "label:label:number"}
	f := create(t)
	load(t, f, analysis.Source{Path: "a"}, batch(analysis.InferenceKind, head, []string{stamp(0), "1", "1"}))
	join(t, f)
	if got := ask(t, f, "SELECT correct FROM inference"); got != "1" {
		t.Errorf("correct is %q while numbers are whole", got)
	}
	load(t, f, analysis.Source{Path: "b"}, batch(analysis.InferenceKind, head, []string{stamp(1), "1.5", "1"}))
	join(t, f)
	if got := ask(t, f, "SELECT count(correct) FROM inference"); got != "0" {
		t.Errorf("%s rows are judged where numbers are amounts", got)
	}
	sound(t, f)
	fields, err := f.Fields(t.Context())
	if err != nil || len(fields) != 3 {
		t.Errorf("fields %v, %v", fields, err)
	}
}

// TestCorrectLogged keeps what the log says itself, even against its label.
func TestCorrectLogged(t *testing.T) {
	for _, typ := range []string{"number", "text"} {
		f := create(t)
		head := []string{"time:time", "id:id", "prediction:prediction", "label:label", "correct:correct:" + typ}
		load(t, f, analysis.Source{Path: "a"}, batch(analysis.InferenceKind, head,
			[]string{stamp(0), "a", "x", "y", "1"}, []string{stamp(1), "b", "x", "x", "0"}, []string{stamp(2), "c", "x", "x", ""}))
		if got := ask(t, f, "SELECT group_concat(ifnull(correct, '-'), '') FROM inference"); got != "10-" {
			t.Errorf("%s: correct is %q", typ, got)
		}
		sound(t, f)
	}
}

// TestCorrectLate has feedback that says only right or wrong.
func TestCorrectLate(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log"}, batch(analysis.InferenceKind, []string{"time:time", "id:id", "prediction:prediction"},
		[]string{stamp(0), "a", "x"}, []string{stamp(1), "b", "x"}))
	load(t, f, analysis.Source{Path: "late", Kind: analysis.LabelKind}, batch(analysis.LabelKind, []string{"id:id", "correct:correct"},
		[]string{"a", "1"}, []string{"b", "0"}, []string{"b", "1"}))
	if got := join(t, f); got != (Joined{Labels: 3, Conflicts: 1}) {
		t.Errorf("joined %+v", got)
	}
	if got := ask(t, f, "SELECT group_concat(correct, '') FROM inference"); got != "10" {
		t.Errorf("correct is %q", got)
	}
	sound(t, f)
}
