package command

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"andon/analysis"
	"andon/analysis/camera"
	"andon/store"
	"andon/store/clickhouse"
)

// session is one open incident file and what it has answered so far.
//
//	segments ──once──▶ table ─┬▶ triage per (windows, filter), remembered
//	           an edition     └▶ series, members, frames, on demand
//
// Rows that come later make a new edition of the table (news.go); a triage may
// stand longer than the edition it was made from (standing.go). It is safe for
// use by several goroutines: the console asks from commands.
type session struct {
	file *store.File
	env  Env
	own  settings

	steps   []analysis.Step // of the user's own playbooks
	refused error           // why there are none

	sparing bool // keep to the console's memory

	review *review // of the sources, before they are loaded; nil: none

	live *clickhouse.Server // may be asked what the file does not hold; nil: offline

	mu      sync.Mutex
	table   *analysis.Table
	fleets  map[string]*clickhouse.Log // by filter
	edition int
	seen    store.Version // of the file, at the last look
	triages map[string]standing
	frames  map[string]*samples
	asked   wish // what the console shows now
	outlook outlook
	rescued string // the file that took the place of one that was removed, or ""
	loading atomic.Bool
	took    atomic.Int64 // nanoseconds that the last answer to the console cost
}

// wish is a question: windows (zero: proposed) and filter.
type wish struct {
	windows analysis.Windows
	where   analysis.Where
}

func newSession(file *store.File, env Env) *session {
	own, _ := loadSettings(env) // the console and andon config refuse bad ones; a verb does without
	books, refused := ownPlaybooks(env)
	return &session{file: file, env: env, own: own, steps: analysis.StepsOf(books...), refused: refused, triages: map[string]standing{}, frames: map[string]*samples{}}
}

// forget drops the rows and what was made of them. Triages are kept until it is
// known whether they still stand.
func (s *session) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.table = nil
	s.edition++
	clear(s.frames)
}

// log is the inferences as a table, nil where there are none.
func (s *session) log(ctx context.Context) (*analysis.Table, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.table != nil {
		return s.table, nil
	}
	rows, err := s.file.RowCount(ctx)
	if err != nil || rows == 0 {
		return nil, err
	}
	s.budget(rows)
	table, err := s.file.Table(ctx)
	if err == nil {
		s.table, err = s.evenly(ctx, table)
	}
	return s.table, err
}

// inferences is the log, or an error where it has none.
func (s *session) inferences(ctx context.Context) (*analysis.Table, error) {
	table, err := s.log(ctx)
	if err == nil && table == nil {
		err = input(fmt.Errorf("read the log of %q: it holds no inferences; import one first", filepath.Base(s.file.Path())))
	}
	return table, err
}

// current is the triage that the console shows now.
func (s *session) current(ctx context.Context) (analysis.Triage, error) {
	s.mu.Lock()
	asked := s.asked
	s.mu.Unlock()
	return s.triage(ctx, asked.windows, asked.where)
}

// triage is what the log says, weighed with all that people found, and with more
// findings than the file holds.
func (s *session) triage(ctx context.Context, w analysis.Windows, where analysis.Where, more ...analysis.Finding) (analysis.Triage, error) {
	findings, err := s.file.Findings(ctx)
	if err != nil {
		return analysis.Triage{}, err
	}
	t, err := s.untouched(ctx, wish{w, where})
	if err != nil {
		return t, err
	}
	caveats, err := s.caveats(ctx)
	if err != nil {
		return t, err
	}
	t.Warnings = slices.Concat(caveats, t.Warnings)
	if s.refused != nil {
		t.Warnings = append(t.Warnings, "your own playbooks are left out: "+strings.ReplaceAll(s.refused.Error(), "\n", "; "))
	}
	return t.Weighed(s.steps, append(findings, more...)), nil
}

// judged is the triage of windows and a filter: the one that proposed the
// windows, where they are of one, rather than another over the same spans.
func (s *session) judged(ctx context.Context, w analysis.Windows, where analysis.Where) (analysis.Triage, error) {
	s.mu.Lock()
	for _, held := range s.triages {
		if held.asked.windows.Zero() && held.triage.Windows == w && slices.Equal(held.asked.where, where) {
			w = analysis.Windows{}
			break
		}
	}
	s.mu.Unlock()
	return s.triage(ctx, w, where)
}

// untouched investigates the incident by its log alone: once per windows, filter
// and events, and again once the rows have left what the answer rests on.
func (s *session) untouched(ctx context.Context, asked wish) (analysis.Triage, error) {
	events, err := s.file.Events(ctx)
	if err != nil {
		return analysis.Triage{}, err
	}
	key := fmt.Sprint(asked, len(events))
	s.mu.Lock()
	held, edition := s.triages[key], s.edition
	s.mu.Unlock()
	partial := s.loading.Load()
	stands, level, err := s.stands(ctx, held, asked.where, edition)
	if err != nil {
		return analysis.Triage{}, err
	}
	if !stands {
		inquiry, err := s.inquiry(ctx, asked.windows, asked.where)
		if err != nil {
			return analysis.Triage{}, err
		}
		held.triage, err = s.answer(ctx, inquiry, asked.where)
		if err != nil {
			return analysis.Triage{}, err
		}
		held.level, held.partial = level, partial
		if table, err := s.log(ctx); err == nil && table != nil {
			held.fields = fieldsOf(table)
		}
	}
	held.asked, held.edition, held.made = asked, edition, true
	s.mu.Lock()
	s.triages[key] = held
	s.mu.Unlock()
	return held.triage, nil
}

// inquiry puts the question together. A filter leaves only its rows to the
// analysis, so that every count and warning is about them.
func (s *session) inquiry(ctx context.Context, w analysis.Windows, where analysis.Where) (q analysis.Inquiry, err error) {
	q.Windows = w
	q.Frames = func(ctx context.Context, w analysis.Windows, slice analysis.Where) (before, after []camera.Sample, err error) {
		return s.sampleFrames(ctx, w, slices.Concat(where, slice))
	}
	table, err := s.log(ctx)
	if err != nil {
		return q, err
	}
	if table != nil {
		only, err := table.Only(where)
		if err != nil {
			return q, usage("%w", err)
		}
		if only.Rows() == 0 {
			return q, usage("no row matches %q; andon diff and the Data screen list columns and values", where)
		}
		q.Log = only
	}
	if q.Metrics, err = s.file.Metrics(ctx); err != nil {
		return q, err
	}
	if q.Events, err = s.file.Events(ctx); err != nil {
		return q, err
	}
	q.Events = append(q.Events, analysis.StepEvents(q.Metrics)...)
	if table != nil {
		q.Events = append(q.Events, analysis.VersionEvents(table, q.Events)...)
	}
	return q, nil
}

// parseWindow reads "FROM..TO", each side a time in RFC 3339 or a day.
func parseWindow(text string) (analysis.Window, error) {
	from, to, ok := cutRange(text)
	if !ok {
		return analysis.Window{}, fmt.Errorf("window %q: write it as FROM..TO, such as 2026-03-01..2026-03-07T06:00:00Z", text)
	}
	var w analysis.Window
	var err error
	if w.From, err = parseTime(from); err != nil {
		return w, err
	}
	if w.To, err = parseTime(to); err != nil {
		return w, err
	}
	if w.Empty() {
		return w, fmt.Errorf("window %q ends before it begins", text)
	}
	return w, nil
}

func cutRange(text string) (from, to string, ok bool) {
	for i := range len(text) - 1 {
		if text[i:i+2] == ".." {
			return text[:i], text[i+2:], true
		}
	}
	return "", "", false
}

// timeLayouts are what a person writes for a time; without a zone it is UTC.
var timeLayouts = []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly}

func parseTime(text string) (time.Time, error) {
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("time %q: write it as 2026-03-07T06:20:00Z or 2026-03-07", text)
}
