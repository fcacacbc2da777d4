package notes

import (
	"context"
	"maps"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/screen"
)

// Incident is what this screen needs of the incident file.
type Incident interface {
	Reader
	Writer
	Keeper
}

// Reader answers with the record. Notes come in the order they were written;
// Report is the whole report as Markdown; Rerun asks a finding's query again
// and returns what came out now, with its hash.
type Reader interface {
	Notes(ctx context.Context) ([]analysis.Note, error)
	Report(ctx context.Context) (string, error)
	Rerun(ctx context.Context, finding int64) (analysis.Finding, error)
}

// Writer adds a note that takes the place of an earlier one; it returns once
// that is safe.
type Writer interface {
	Supersede(ctx context.Context, note int64, text string) error
}

// wanted is which question was asked.
type wanted int

const (
	notesAsked wanted = iota
	reportAsked
)

// answer is what the Reader said to the question of that number.
type answer struct {
	wanted wanted
	number int
	notes  []analysis.Note
	report string
	err    error
}

// ask puts a question. Notes and report are numbered alike, but one never
// makes the other late.
func (s Screen) ask(w wanted) (screen.Screen, tea.Cmd) {
	s.asked++
	a := answer{wanted: w, number: s.asked}
	if w == reportAsked {
		s.report = answer{}
	}
	incident := s.incident
	return s, func() tea.Msg {
		if w == reportAsked {
			a.report, a.err = incident.Report(context.Background())
		} else {
			a.notes, a.err = incident.Notes(context.Background())
		}
		return a
	}
}

// accept takes an answer unless a later one to the same question is known.
func (s Screen) accept(a answer) Screen {
	if a.wanted == reportAsked {
		if a.number > s.report.number {
			s.report, s.scroll = a, 0
		}
		return s
	}
	if a.number > s.notes.number {
		first := s.notes.number == 0
		s.notes = a
		s = s.list()
		if first {
			s.table = s.table.Home() // until now there were only findings to stand on
		}
	}
	return s
}

// rerun is a finding asked again: what came out now.
type rerun struct {
	finding int64
	number  int
	done    bool
	now     analysis.Finding
	err     error
}

// runAgain asks the query of the finding under the cursor again.
func (s Screen) runAgain() (screen.Screen, tea.Cmd) {
	e, _ := s.current()
	s.asked++
	r := rerun{finding: e.id(), number: s.asked}
	s = s.remember(r)
	incident := s.incident
	return s, func() tea.Msg {
		r.now, r.err = incident.Rerun(context.Background(), r.finding)
		r.done = true
		return r
	}
}

// reran takes the answer that is awaited and drops any other.
func (s Screen) reran(r rerun) Screen {
	if s.reruns[r.finding].number != r.number {
		return s
	}
	return s.remember(r)
}

func (s Screen) remember(r rerun) Screen {
	next := maps.Clone(s.reruns)
	if next == nil {
		next = map[int64]rerun{}
	}
	next[r.finding] = r
	s.reruns = next
	return s
}
