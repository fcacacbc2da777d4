package store

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
)

// pressed is a log in which the answer was taken for a dimension, and a
// station's own verdict for the answer.
func pressed() *analysis.Batch {
	b := batch(analysis.InferenceKind, []string{"time:time", "id:id", "klass:dimension", "verdict:prediction", "label:label", "score:feature"},
		[]string{stamp(0), "a", "ok", "pass", "ok", "0.9"},
		[]string{stamp(1), "b", "ok", "pass", "nok", "0.8"},
		[]string{stamp(2), "c", "nok", "fail", "nok", "0.25"},
		[]string{stamp(3), "d", "nok", "fail", "", "0.5"})
	for i := range b.Columns {
		b.Columns[i].Path = "r." + b.Columns[i].Name
	}
	return b
}

func pressedSource(path string) analysis.Source {
	var fields []analysis.Field
	for _, c := range pressed().Columns {
		fields = append(fields, c.Field)
	}
	return analysis.Source{Path: path, Kind: analysis.InferenceKind, Fields: fields}
}

func recast(t rapid.TB, f *File, wishes ...Recast) analysis.Note {
	t.Helper()
	note, err := f.Recast(context.Background(), "ana", start, wishes...)
	if err != nil {
		t.Fatal(err)
	}
	return note
}

const verdicts = `SELECT group_concat(ifnull(correct, '-'), '') FROM inference`

// TestRecast gives the role prediction to another column: who had it steps
// down, right and wrong follow, and giving it back undoes all.
func TestRecast(t *testing.T) {
	f := create(t)
	load(t, f, pressedSource("log"), pressed())
	if got := ask(t, f, verdicts); got != "000-" {
		t.Fatalf("pass and fail are judged %q", got)
	}
	note := recast(t, f, Recast{"klass", analysis.RolePrediction})
	if want := "roles: klass is now prediction (was dimension); prediction is now dimension (was prediction), called verdict"; note.Text != want || note.Author != "ana" {
		t.Errorf("note %q of %q, want %q", note.Text, note.Author, want)
	}
	if got := ask(t, f, verdicts); got != "101-" {
		t.Errorf("klass is judged %q", got)
	}
	if got := ask(t, f, "SELECT prediction, verdict FROM inference WHERE id = 'c'"); got != "nok|fail" {
		t.Errorf("the row reads %q", got)
	}
	sound(t, f)
	f = reopen(t, f)
	recast(t, f, Recast{"verdict", analysis.RolePrediction})
	if got := ask(t, f, "SELECT prediction, klass FROM inference WHERE id = 'c'"); got != "fail|nok" {
		t.Errorf("undone, the row reads %q", got)
	}
	if got := ask(t, f, verdicts); got != "000-" {
		t.Errorf("undone, it is judged %q", got)
	}
	sound(t, f)
	notes, err := f.Notes(t.Context())
	if err != nil || len(notes) != 2 || VerifyNotes(notes) != nil {
		t.Errorf("notes %v, %v", notes, err)
	}
}

// TestRecastHolds loads on after a recast, by the same load that began before
// it and by another: their fields come under the new roles.
func TestRecastHolds(t *testing.T) {
	f := create(t)
	running, err := f.Load(t.Context(), pressedSource("followed"))
	if err != nil {
		t.Fatal(err)
	}
	first := pressed()
	first.Offset = 10
	if err := errors.Join(running.Append(t.Context(), first), running.Flush(t.Context())); err != nil {
		t.Fatal(err)
	}
	other, err := Open(t.Context(), f.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	recast(t, other, Recast{"klass", analysis.RolePrediction})
	more := pressed()
	more.Offset = 20
	if err := running.Append(t.Context(), more); err != nil {
		t.Fatal(err)
	}
	if _, err := running.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	next := load(t, f, pressedSource("next day"), pressed())
	if got := ask(t, f, verdicts); got != "101-101-101-" {
		t.Errorf("judged %q", got)
	}
	if got := ask(t, f, "SELECT count(*) FROM inference WHERE prediction IN ('ok', 'nok') AND verdict IN ('pass', 'fail')"); got != "12" {
		t.Errorf("%s of 12 rows have the new roles", got)
	}
	for _, field := range next.Fields {
		if field.Path == "r.klass" && (field.Role != analysis.RolePrediction || field.Name != "prediction") {
			t.Errorf("the ledger has %+v", field)
		}
	}
	sound(t, f)
}

// TestRecastID joins late labels by the id that a person names, and by the old
// one again when it is given back.
func TestRecastID(t *testing.T) {
	f := create(t)
	log := batch(analysis.InferenceKind, []string{"time:time", "id:id", "serial:text", "prediction:prediction"},
		[]string{stamp(0), "1", "a", "ok"}, []string{stamp(1), "2", "b", "ok"}, []string{stamp(2), "3", "c", "2.0"})
	src := analysis.Source{Path: "log", Kind: analysis.InferenceKind}
	for i := range log.Columns {
		log.Columns[i].Path = log.Columns[i].Name
		src.Fields = append(src.Fields, log.Columns[i].Field)
	}
	load(t, f, src, log)
	load(t, f, analysis.Source{Path: "feedback", Kind: analysis.LabelKind}, feedback())
	if j := join(t, f); j.Labels != 0 || j.Unjoined != 7 {
		t.Fatalf("joined %+v", j)
	}
	recast(t, f, Recast{"serial", analysis.RoleID})
	const rows = "SELECT id, ifnull(label, '-'), ifnull(correct, '-') FROM inference"
	if got := ask(t, f, rows); got != "a|ok|1\nb|ok|1\nc|2|1" {
		t.Errorf("by serial: %q", got)
	}
	if j := join(t, f); j.Labels != 5 || j.Unjoined != 2 || j.Conflicts != 1 {
		t.Errorf("joined %+v", j)
	}
	sound(t, f)
	recast(t, f, Recast{"id_2", analysis.RoleID})
	if got := ask(t, f, rows); got != "1|-|-\n2|-|-\n3|-|-" {
		t.Errorf("by the counter: %q", got)
	}
	sound(t, f)
}

// TestRecastTypes turns numbers into a dimension and back without a loss.
func TestRecastTypes(t *testing.T) {
	f := create(t)
	load(t, f, pressedSource("log"), pressed())
	before := ask(t, f, "SELECT group_concat(score), group_concat(typeof(score)) FROM inference")
	recast(t, f, Recast{"score", analysis.RoleDimension})
	if got := ask(t, f, "SELECT typeof(score) FROM inference LIMIT 1"); got != "text" {
		t.Errorf("a dimension is %s", got)
	}
	sound(t, f)
	recast(t, f, Recast{"score", analysis.RoleConfidence})
	sound(t, f)
	recast(t, f, Recast{"confidence", analysis.RoleFeature})
	if got := ask(t, f, "SELECT group_concat(score), group_concat(typeof(score)) FROM inference"); got != before {
		t.Errorf("there and back: %q, was %q", got, before)
	}
	sound(t, f)
}

func TestRecastRefuses(t *testing.T) {
	f := create(t)
	load(t, f, pressedSource("log"), pressed())
	for _, c := range []struct {
		column string
		role   analysis.Role
		why    string
	}{
		{"nothing", analysis.RoleID, "columns are time, id"},
		{"time", analysis.RoleText, "every row needs a time"},
		{"klass", analysis.RoleTime, "--role time=r.klass"},
		{"klass", analysis.RoleFeature, "read as text"},
		{"klass", analysis.RoleScope, "no role of inferences"},
		{"correct", analysis.RoleFeature, "worked its values out"},
	} {
		_, err := f.Recast(t.Context(), "ana", time.Now(), Recast{c.column, c.role})
		if !errors.Is(err, ErrRole) || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s as %s: %v, want %q", c.column, c.role, err, c.why)
		}
	}
	sound(t, f)
	if note := recast(t, f, Recast{"klass", analysis.RoleDimension}); note.ID != 0 {
		t.Errorf("what is so already left the note %q", note.Text)
	}
}

// TestRecastAnyway gives roles at random, one after another: every field keeps
// its values, every change is in the chain, and the file is sound.
func TestRecastAnyway(t *testing.T) {
	roles := []analysis.Role{analysis.RolePrediction, analysis.RoleLabel, analysis.RoleDimension, analysis.RoleText, analysis.RoleStatus, analysis.RoleModel,
		analysis.RoleID, analysis.RoleVote, analysis.RoleFeature, analysis.RoleConfidence, analysis.RoleFrame, analysis.RoleCorrect}
	f := create(t)
	load(t, f, pressedSource("log"), pressed())
	want := map[string]string{"r.id": "a,b,c,d", "r.klass": "ok,ok,nok,nok", "r.verdict": "pass,pass,fail,fail", "r.label": "ok,nok,nok", "r.score": "0.9,0.8,0.25,0.5"}
	changes := 0
	rapid.Check(t, func(r *rapid.T) {
		fields, err := f.Fields(t.Context())
		if err != nil {
			r.Fatal(err)
		}
		wish := Recast{rapid.SampledFrom(fields).Draw(r, "column").Name, rapid.SampledFrom(roles).Draw(r, "role")}
		note, err := f.Recast(t.Context(), "ana", start, wish)
		switch {
		case err != nil && !errors.Is(err, ErrRole):
			r.Fatalf("%v: %v", wish, err)
		case note.ID > 0:
			changes++
		}
		if fields, err = f.Fields(t.Context()); err != nil {
			r.Fatal(err)
		}
		left := maps.Clone(want)
		for _, field := range fields {
			if values, ok := left[field.Path]; ok && values == ask(r, f, "SELECT group_concat("+quote(field.Name)+") FROM inference") {
				delete(left, field.Path)
			}
		}
		if len(left) > 0 {
			r.Fatalf("after %v (%v) these have other values or are gone: %v of %v", wish, err, left, fields)
		}
	})
	sound(t, f)
	notes, err := f.Notes(t.Context())
	if err != nil || len(notes) != changes || changes < 10 || VerifyNotes(notes) != nil {
		t.Fatalf("%d notes of %d changes: %v", len(notes), changes, err)
	}
}
