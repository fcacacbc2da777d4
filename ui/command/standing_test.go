package command

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"andon/analysis"
	"andon/importers"
	"andon/store"
)

// growing is a log that is written on while a session reads it: three lines of
// a plant, of which L2 fails where the level says so.
type growing struct {
	t    *testing.T
	path string
	rows int
}

func (g *growing) write(rows int, right float64) {
	g.t.Helper()
	var text bytes.Buffer
	random := rand.New(rand.NewPCG(7, uint64(g.rows)))
	if g.rows == 0 {
		text.WriteString("time,id,line,prediction,label\n")
	}
	for range rows {
		at := time.Date(2026, 3, 1, 0, 0, 30*g.rows, 0, time.UTC)
		said := "ok"
		if random.Float64() > right {
			said = "scratch"
		}
		fmt.Fprintf(&text, "%s,%d,L%d,%s,ok\n", at.Format(time.RFC3339), g.rows, g.rows%3+1, said)
		g.rows++
	}
	file, err := os.OpenFile(g.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		g.t.Fatal(err)
	}
	_, err = file.Write(text.Bytes())
	if err := errors.Join(err, file.Close()); err != nil {
		g.t.Fatal(err)
	}
}

// load brings the session what was written.
func (g *growing) load(s *session) {
	g.t.Helper()
	sources, _, err := importers.Find([]string{g.path})
	if err != nil {
		g.t.Fatal(err)
	}
	l := &loader{file: s.file, now: s.env.Now}
	if _, err := l.load(g.t.Context(), sources, nil); err != nil {
		g.t.Fatal(err)
	}
	if fresh, err := s.look(g.t.Context()); err != nil || !fresh {
		g.t.Fatalf("the session does not see what was loaded: %v, %v", fresh, err)
	}
}

func grow(t *testing.T) (*growing, *session) {
	t.Helper()
	dir := t.TempDir()
	clock := time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)
	env := Env{Now: func() time.Time { return clock }, Getenv: func(string) string { return "" }}
	file, err := store.Create(t.Context(), filepath.Join(dir, "plant.andon"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return &growing{t: t, path: filepath.Join(dir, "log.csv")}, newSession(file, env)
}

// A triage stands while the rows that come keep the level, and is made again
// once they leave it, or are many.
func TestStanding(t *testing.T) {
	for _, test := range []struct {
		name  string
		rows  int
		right float64
		again bool
	}{
		{"a few more of the same", 300, 0.94, false},
		{"a tenth more", 700, 0.94, true},
		{"a few, mostly wrong", 100, 0.4, true},
	} {
		log, s := grow(t)
		log.write(6000, 0.94)
		log.load(s)
		first, err := s.triage(t.Context(), analysis.Windows{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		log.write(test.rows, test.right)
		log.load(s)
		next, err := s.triage(t.Context(), analysis.Windows{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if again := next.Series.Total().Rows != first.Series.Total().Rows; again != test.again {
			t.Errorf("%s: asked again %v, want %v", test.name, again, test.again)
		}
		series, err := s.Series(t.Context(), "", nil, time.Hour)
		if err != nil || series.Total().Rows != log.rows {
			t.Errorf("%s: the plot has %d rows of %d, %v", test.name, series.Total().Rows, log.rows, err)
		}
	}
}

// What was judged while sources were loading is judged again when all are in,
// though the rows are the same: their frames may have come last.
func TestStandingOfPartOfALoad(t *testing.T) {
	log, s := grow(t)
	log.write(6000, 0.94)
	log.load(s)
	asked := fmt.Sprint(wish{}, 0)
	for _, step := range []struct {
		name    string
		loading bool
		kept    bool
	}{
		{"first", true, false}, {"still loading", true, true}, {"all in", false, false}, {"later", false, true},
	} {
		s.loading.Store(step.loading)
		held := s.triages[asked]
		held.triage.Warnings = []string{"kept"}
		s.triages[asked] = held
		now, err := s.triage(t.Context(), analysis.Windows{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if kept := slices.Contains(now.Warnings, "kept"); kept != step.kept {
			t.Errorf("%s: the triage is kept %v, want %v", step.name, kept, step.kept)
		}
	}
}

// Who asks about the windows of a triage is answered by that triage, not by
// another over the same spans.
func TestJudged(t *testing.T) {
	log, s := grow(t)
	log.write(6000, 0.94)
	log.write(1500, 0.5)
	log.load(s)
	proposed, err := s.triage(t.Context(), analysis.Windows{}, nil)
	if err != nil || proposed.Windows.Zero() {
		t.Fatalf("windows %v, %v", proposed.Windows, err)
	}
	if _, err := s.Versions(t.Context(), proposed.Windows, nil); err != nil || len(s.triages) != 1 {
		t.Errorf("versions: %d triages, %v", len(s.triages), err)
	}
	if _, err := s.Remedies(t.Context(), proposed.Windows, nil); err != nil || len(s.triages) != 1 {
		t.Errorf("remedies: %d triages, %v", len(s.triages), err)
	}
	moved := proposed.Windows
	moved.After.From = moved.After.From.Add(10 * time.Minute)
	if _, err := s.Versions(t.Context(), moved, nil); err != nil || len(s.triages) != 2 {
		t.Errorf("windows moved by hand: %d triages, %v", len(s.triages), err)
	}
}

// What others write is seen; what nobody wrote is not.
func TestLook(t *testing.T) {
	log, s := grow(t)
	log.write(100, 0.9)
	log.load(s)
	before, err := s.log(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if fresh, err := s.look(t.Context()); fresh || err != nil {
		t.Errorf("nothing happened and it is news: %v, %v", fresh, err)
	}
	other, err := store.Open(t.Context(), s.file.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.AddNote(t.Context(), analysis.Note{Time: s.env.Now(), Text: "black gloves"}); err != nil {
		t.Fatal(err)
	}
	if fresh, err := s.look(t.Context()); !fresh || err != nil {
		t.Errorf("a note of another process is not seen: %v, %v", fresh, err)
	}
	if after, err := s.log(t.Context()); after != before || err != nil {
		t.Errorf("a note cost the rows anew: %v", err)
	}
}
