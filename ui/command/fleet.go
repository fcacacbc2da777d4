package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"andon/analysis"
	"andon/store"
	"andon/store/clickhouse"
	"andon/ui/timeline"
)

// Behind an incident file there may be a fleet's table, of which the file holds
// a sample and every answer that was asked for:
//
//	question ──▶ held? ──yes──▶ the cluster's answer, offline
//	              │no
//	              ├─ --live ──▶ asked now, and held from then on
//	              └─ else ────▶ the sample's answer, which says so
//
// An incident file never makes Andon connect to anything by itself: it may come
// from somebody else.

// fleetLog is the fleet's table with the rows that stand for it.
type fleetLog struct {
	*clickhouse.Log
	sample *analysis.Table
}

// Sample are the rows that were copied evenly.
func (l fleetLog) Sample() *analysis.Table { return l.sample }

// answers keeps what the fleet said in the incident file. One that cannot be
// written is asked all the same, and what is said is forgotten.
type answers struct{ *store.File }

// Remember keeps a result if it can.
func (a answers) Remember(ctx context.Context, query string, result []byte, read int64, took time.Duration, at time.Time) error {
	if a.ReadOnly() {
		return nil
	}
	return a.File.Remember(ctx, query, result, read, took, at)
}

// about is the fleet's table behind the file, ok false where there is none.
func (s *session) about(ctx context.Context) (about clickhouse.About, ok bool, err error) {
	text, err := s.file.Fleet(ctx)
	if err != nil || text == "" {
		return about, false, err
	}
	if err := json.Unmarshal([]byte(text), &about); err != nil {
		return about, false, fmt.Errorf("read which fleet is behind %q: %w; import again into another file", s.file.Path(), err)
	}
	return about, true, nil
}

// fleet is the log as the cluster answers it, over the rows of where; nil where
// the file holds its whole log.
func (s *session) fleet(ctx context.Context, where analysis.Where) (*clickhouse.Log, error) {
	about, ok, err := s.about(ctx)
	if err != nil || !ok {
		return nil, err
	}
	key := where.String()
	s.mu.Lock()
	known := s.fleets[key]
	s.mu.Unlock()
	if known != nil {
		return known, nil
	}
	log, err := clickhouse.NewLog(ctx, &clickhouse.Fleet{About: about, Memory: answers{s.file}, Server: s.live}, where)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fleets == nil {
		s.fleets = map[string]*clickhouse.Log{}
	}
	s.fleets[key] = log
	return log, nil
}

// evenly leaves those rows of a sampled file that stand for all: the wrong ones
// that were copied besides are to be looked at, not counted.
func (s *session) evenly(ctx context.Context, table *analysis.Table) (*analysis.Table, error) {
	fields, err := s.file.Fields(ctx)
	if err != nil || !slices.ContainsFunc(fields, func(f analysis.Field) bool { return f.Name == clickhouse.Sampled }) {
		return table, err
	}
	about, _, err := s.about(ctx) // a copy for others has none
	if err != nil {
		return nil, err
	}
	names := []string{clickhouse.Sampled}
	for _, f := range table.Fields() {
		names = append(names, f.Name)
	}
	columns, err := s.file.Columns(ctx, names...)
	if err != nil {
		return nil, err
	}
	whole, err := analysis.NewTable(columns)
	if err != nil {
		return nil, err
	}
	even, err := whole.Only(analysis.Where{analysis.Is(clickhouse.Sampled, clickhouse.Evenly)})
	if err != nil {
		return nil, err
	}
	return even.StandsFor(about.Rows), nil
}

// answer investigates: with the fleet where there is one and it was or may be
// asked, with the rows at hand otherwise.
func (s *session) answer(ctx context.Context, q analysis.Inquiry, where analysis.Where) (analysis.Triage, error) {
	log, err := s.fleet(ctx, where)
	if err == nil && log == nil {
		return analysis.Investigate(ctx, q)
	}
	if err == nil {
		sampled := q
		sampled.Log = log
		if table, isTable := q.Log.(*analysis.Table); isTable {
			sampled.Log = fleetLog{log, table}
		}
		var t analysis.Triage
		if t, err = analysis.Investigate(ctx, sampled); err == nil {
			t.Warnings = append(t.Warnings, log.Notes()...)
			says, err := s.sampled(ctx)
			for _, text := range says {
				t.Warnings = append(t.Warnings, "members, versions, estimates, remedies and frames are "+text)
			}
			return t, err
		}
	}
	if !errors.Is(err, clickhouse.ErrNotAsked) {
		return analysis.Triage{}, err
	}
	about, _, err := s.about(ctx)
	if err != nil {
		return analysis.Triage{}, err
	}
	t, err := analysis.Investigate(ctx, q)
	t.Warnings = append(t.Warnings, fmt.Sprintf("the fleet was never asked this, so %s sampled evenly from %s answer; --live asks it",
		plural(about.Sampled, "row"), thousands(about.Rows)))
	if about.Partial != "" {
		t.Warnings = append(t.Warnings, about.Partial)
	}
	return t, err
}

// fleetSeries is a plotted series as the fleet has it; ok is false where the
// rows at hand must answer.
func (s *session) fleetSeries(ctx context.Context, name string, where analysis.Where, step time.Duration) (series analysis.Series, ok bool, err error) {
	if name == timeline.Estimate {
		return series, false, nil
	}
	log, err := s.fleet(ctx, nil)
	if err == nil && log == nil {
		return series, false, nil
	}
	if err == nil && name == "" {
		series, err = log.Series(ctx, where, step)
	} else if err == nil {
		series, err = log.Trend(ctx, name, where, step)
	}
	if errors.Is(err, clickhouse.ErrNotAsked) {
		return series, false, nil
	}
	return series, err == nil, err
}
