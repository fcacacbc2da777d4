package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"andon/analysis"
)

func notes(t *testing.T, f *File) []analysis.Note {
	t.Helper()
	all, err := f.Notes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestNotesChain(t *testing.T) {
	f := create(t)
	given := []analysis.Note{
		{Time: start, Author: "ana", Text: "gloves are black"},
		{Time: start.Add(time.Nanosecond), Author: "", Text: "\x1b[31m 日本 \xff"},
		{Time: start.In(time.FixedZone("x", 3600)), Text: "replaces", Supersedes: 1, Pin: analysis.Pin{Screen: "diff", Where: "line=L2", Saw: "brightness up",
			Windows: analysis.Windows{Before: analysis.Window{From: start, To: start.Add(time.Hour)}}}},
	}
	for i, n := range given {
		saved, err := f.AddNote(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		if saved.ID != int64(i+1) || saved.Hash == "" {
			t.Errorf("saved as %+v", saved)
		}
	}
	f = reopen(t, f)
	all := notes(t, f)
	if err := VerifyNotes(all); err != nil {
		t.Error(err)
	}
	for i, n := range all {
		if n.Text != given[i].Text || n.Pin != given[i].Pin || !n.Time.Equal(given[i].Time) || n.Supersedes != given[i].Supersedes {
			t.Errorf("note %d reads %+v", i, n)
		}
	}
	if all[2].Prev != all[1].Hash || all[0].Prev != "" {
		t.Error("the notes are not chained")
	}
}

func TestNotesRefuseChange(t *testing.T) {
	f := create(t)
	if _, err := f.AddNote(t.Context(), analysis.Note{Text: "kept"}); err != nil {
		t.Fatal(err)
	}
	for _, change := range []string{"UPDATE note SET text = 'other'", "DELETE FROM note"} {
		if _, err := f.writer.Exec(change); err == nil {
			t.Errorf("%s was taken", change)
		}
	}
}

// TestNotesTampered changes the notes as someone with another tool could.
func TestNotesTampered(t *testing.T) {
	for name, change := range map[string]string{
		"text":   "UPDATE note SET text = text || '!' WHERE id = 2",
		"author": "UPDATE note SET author = 'x' WHERE id = 1",
		"time":   "UPDATE note SET time = '2026-01-01T00:00:00.000Z' WHERE id = 3",
		"pin":    `UPDATE note SET pin = '{"screen":"house"}' WHERE id = 3`,
		"hash":   "UPDATE note SET hash = prev WHERE id = 2",
		"gone":   "DELETE FROM note WHERE id = 2",
		"first":  "DELETE FROM note WHERE id = 1",
		"added":  "INSERT INTO note SELECT 4, time, author, 'new', pin, 0, hash, hash FROM note WHERE id = 3",
	} {
		t.Run(name, func(t *testing.T) {
			f := create(t)
			for _, text := range []string{"one", "two", "three"} {
				if _, err := f.AddNote(t.Context(), analysis.Note{Time: start, Text: text}); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := f.writer.Exec("DROP TRIGGER note_no_update; DROP TRIGGER note_no_delete; " + change); err != nil {
				t.Fatal(err)
			}
			if err := VerifyNotes(notes(t, f)); !errors.Is(err, ErrBroken) {
				t.Errorf("error %v, want ErrBroken", err)
			}
		})
	}
}

// TestNotesCutOff takes the end of the chain away, which no hash shows.
func TestNotesCutOff(t *testing.T) {
	f := create(t)
	for _, text := range []string{"one", "two"} {
		if _, err := f.AddNote(t.Context(), analysis.Note{Time: start, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.writer.Exec("DROP TRIGGER note_no_delete; DELETE FROM note WHERE id = 2"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Notes(t.Context()); !errors.Is(err, ErrBroken) {
		t.Errorf("error %v, want ErrBroken", err)
	}
}

func TestFindings(t *testing.T) {
	f := create(t)
	given := analysis.Finding{Time: start, Step: "gloves", Outcome: analysis.Yes, Claim: "black", Query: "diff", Params: "top 5", Where: "line=L2",
		Windows: analysis.Windows{After: analysis.Window{From: start, To: start.Add(time.Hour)}}, Result: "{}", Hash: "ab"}
	saved, err := f.AddFinding(t.Context(), given)
	if err != nil {
		t.Fatal(err)
	}
	given.ID = 1
	all, err := f.Findings(t.Context())
	if err != nil || saved != given || !slices.Equal(all, []analysis.Finding{given}) {
		t.Errorf("findings %+v, %v", all, err)
	}
}

func TestIncident(t *testing.T) {
	f := create(t)
	given := analysis.Incident{Title: "Gloves", Created: start, Status: "closed", SLO: 0.95}
	if err := f.SetIncident(t.Context(), given); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Incident(t.Context()); got != given || err != nil {
		t.Errorf("incident %+v, %v", got, err)
	}
}
