package command

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"andon/analysis"
	"andon/analysis/camera"
	"andon/ui/data"
	"andon/ui/report"
	"andon/ui/screen"
	"andon/ui/timeline"
)

// The session answers the screens' small Readers. Each asks for what it shows;
// none knows that the answers come from a file.

// Load is all that the screens share.
func (s *session) Load(ctx context.Context, w analysis.Windows, where analysis.Where) (screen.State, error) {
	state := screen.State{Path: homely(s.env, s.file.Path()), Where: where, Windows: w, Ready: true}
	began := s.env.Now()
	defer func() { s.took.Store(int64(s.env.Now().Sub(began))) }()
	if s.loading.Load() {
		rows, err := s.file.RowCount(ctx)
		if err != nil || rows == 0 {
			state.Ready = false // nothing to judge yet
			return state, err
		}
	}
	if rows, err := s.file.RowCount(ctx); s.underReview().show() != nil && (err != nil || rows == 0) {
		state.Ready = false
		return s.survey(ctx, state)
	}
	if w.Zero() && len(where) > 0 {
		// A drill-down keeps the incident's windows: the slice is looked at over
		// the spans in which the drop was found.
		whole, err := s.triage(ctx, w, nil)
		if err != nil {
			return state, err
		}
		if whole.Onset != nil {
			w = whole.Windows
		}
	}
	s.mu.Lock()
	s.asked = wish{w, where}
	s.mu.Unlock()
	var err error
	if state, err = s.survey(ctx, state); err != nil {
		return state, err
	}
	if state.Events, err = s.changes(ctx); err != nil {
		return state, err
	}
	if state.Triage, err = s.triage(ctx, w, where); err != nil {
		return state, err
	}
	state.Windows = state.Triage.Windows
	state.Problem, err = s.problem(ctx, state.Triage, state.Findings)
	return state, err
}

// Glance is what the file holds, before any of it is judged: over millions of
// rows the first triage takes seconds, in which sources, notes and the plot of
// quality can be looked at. It does not wait for the rows: the versions that
// only they tell of come with the triage.
func (s *session) Glance(ctx context.Context) (screen.State, error) {
	state, err := s.survey(ctx, screen.State{Path: homely(s.env, s.file.Path())})
	if err == nil {
		state.Events, err = s.file.Events(ctx)
	}
	return state, err
}

// survey fills in what is read without the rows.
func (s *session) survey(ctx context.Context, state screen.State) (screen.State, error) {
	var err error
	if state.Incident, err = s.incident(ctx); err != nil {
		return state, err
	}
	if state.Sources, err = s.file.Sources(ctx); err != nil {
		return state, err
	}
	if state.Findings, err = s.file.Findings(ctx); err != nil {
		return state, err
	}
	state.Pending = s.underReview().show()
	notes, err := s.file.Notes(ctx)
	state.Notes = len(notes)
	return state, err
}

// AddNote commits a note with what was under the cursor.
func (s *session) AddNote(ctx context.Context, text string, pin analysis.Pin) error {
	return s.keepNote(ctx, analysis.Note{Time: s.env.Now().UTC(), Author: author(s.env), Text: text, Pin: pin})
}

// Copy keeps the text in a file as well: no terminal confirms that it took it.
func (s *session) Copy(text string) (string, error) {
	path, err := statePath(s.env, "clip.txt")
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return "", fmt.Errorf("copy to %q: %w", path, err)
	}
	return path, nil
}

// Series is quality (name ""), a column's mean or the disagreement of votes.
func (s *session) Series(ctx context.Context, name string, where analysis.Where, step time.Duration) (analysis.Series, error) {
	if series, ok, err := s.fleetSeries(ctx, name, where, step); ok || err != nil {
		return series, err
	}
	if series, ok, err := s.overview(ctx, name, where, step); ok || err != nil {
		return series, err
	}
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return analysis.Series{Name: name, Step: step}, err
	}
	switch name {
	case "":
		return table.Series(ctx, where, step)
	case timeline.Estimate:
		t, err := s.current(ctx)
		if err != nil {
			return analysis.Series{Name: name, Step: step}, err
		}
		reference := t.Windows.Before
		if reference.Empty() {
			reference = table.Span()
		}
		return table.Expected(ctx, reference, where, step)
	}
	return table.Trend(ctx, name, where, step)
}

// Metrics are the metric series of the file.
func (s *session) Metrics(ctx context.Context) ([]analysis.MetricSeries, error) {
	return s.file.Metrics(ctx)
}

// Frames pairs the frames of both windows within the slice.
func (s *session) Frames(ctx context.Context, w analysis.Windows, where analysis.Where, n int) (camera.Comparison, error) {
	before, after, err := s.sampleFrames(ctx, w, where)
	if err != nil {
		return camera.Comparison{}, err
	}
	return camera.Compare(before, after, n), nil
}

// signals are the triage's, or a comparison of halves where it made none.
func (s *session) signals(ctx context.Context, t analysis.Triage) ([]analysis.Signal, error) {
	if t.Signals != nil || t.Windows.Zero() {
		return t.Signals, nil
	}
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return nil, err
	}
	return analysis.Diff(ctx, table, t.Windows, nil)
}

// Notes are the incident's notes, oldest first.
func (s *session) Notes(ctx context.Context) ([]analysis.Note, error) { return s.file.Notes(ctx) }

// Supersede adds a note that takes the place of an earlier one, pinned where
// that one was.
func (s *session) Supersede(ctx context.Context, note int64, text string) error {
	notes, err := s.file.Notes(ctx)
	if err != nil {
		return err
	}
	next := analysis.Note{Time: s.env.Now().UTC(), Author: author(s.env), Text: text, Supersedes: note}
	for _, n := range notes {
		if n.ID == note {
			next.Pin = n.Pin
		}
	}
	return s.keepNote(ctx, next)
}

// Report is the report as Markdown, for the preview.
func (s *session) Report(ctx context.Context) (string, error) {
	t, err := s.current(ctx)
	if err != nil {
		return "", err
	}
	r, err := s.report(ctx, t)
	if err != nil {
		return "", err
	}
	page := report.NewPage(r)
	page.Basis = report.Basis{} // is for report --check, not for eyes
	var b strings.Builder
	err = report.Markdown(&b, page)
	return b.String(), err
}

// Rerun asks a finding's query again over its own windows; the answer keeps
// the finding's place and has the new claim, result and hash.
func (s *session) Rerun(ctx context.Context, id int64) (analysis.Finding, error) {
	findings, err := s.file.Findings(ctx)
	if err != nil {
		return analysis.Finding{}, err
	}
	for _, f := range findings {
		if f.ID == id {
			again, err := s.again(ctx, f)
			again.ID, again.Outcome = f.ID, f.Outcome
			return again, err
		}
	}
	return analysis.Finding{}, fmt.Errorf("run finding %d again: it is not in the file", id)
}

// Rejects are the rows of a source that could not be used.
func (s *session) Rejects(ctx context.Context, source int64, limit int) ([]analysis.Reject, error) {
	return s.file.Rejects(ctx, source, limit)
}

// Spread counts the records of every source over a window.
func (s *session) Spread(ctx context.Context, w analysis.Window, parts int) (map[int64][]int, error) {
	return s.file.Spread(ctx, w, parts)
}

// Ask answers a question in SQL that only reads.
func (s *session) Ask(ctx context.Context, sql string) (data.Reply, error) {
	reply, err := s.file.Ask(ctx, sql)
	return data.Reply(reply), err
}
