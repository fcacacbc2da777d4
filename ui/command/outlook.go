package command

import (
	"context"
	"fmt"
	"sync"
	"time"

	"andon/analysis"
	"andon/analysis/warning"
	"andon/ui/screen"
)

// outlook is what is remembered of the rows as they are now: the house, the
// objectives and the labels all ask for the same estimates.
//
//	triage ─┬▶ objectives, impact ─┐
//	        ├▶ early warning       ├▶ house       all at once, each row set once
//	        └▶ estimates, needs ───┘
type outlook struct {
	sync.Mutex
	of        *analysis.Table
	watched   *warning.Report
	estimates map[string]analysis.Estimate
}

// about forgets what was remembered of other rows.
func (o *outlook) about(t *analysis.Table) {
	if o.of != t {
		o.of, o.watched, o.estimates = t, nil, map[string]analysis.Estimate{}
	}
}

// watched is the early warning of the log; a file of metrics alone has none. Up
// to the end of the log it is remembered.
func (s *session) watched(ctx context.Context, end time.Time) (warning.Report, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return warning.Report{Notes: []string{"the file holds no inferences to watch"}}, err
	}
	s.outlook.Lock()
	s.outlook.about(table)
	known := s.outlook.watched
	s.outlook.Unlock()
	if known != nil && end.IsZero() {
		return *known, nil
	}
	r, err := warning.Watch(ctx, table, end)
	if err != nil {
		return r, fmt.Errorf("watch the leading indicators: %w", err)
	}
	if end.IsZero() {
		s.outlook.Lock()
		s.outlook.about(table)
		s.outlook.watched = &r
		s.outlook.Unlock()
	}
	return r, nil
}

// estimate is quality without labels between two windows, remembered.
func (s *session) estimate(ctx context.Context, table *analysis.Table, w analysis.Windows, where analysis.Where) (analysis.Estimate, error) {
	key := fmt.Sprint(w, where)
	s.outlook.Lock()
	s.outlook.about(table)
	e, known := s.outlook.estimates[key]
	s.outlook.Unlock()
	if known {
		return e, nil
	}
	e, err := table.Estimate(ctx, w.Before, w.After, where)
	if err != nil {
		return e, err
	}
	says, err := s.sampled(ctx)
	if err != nil {
		return e, err
	}
	e.Warnings = append(e.Warnings, says...)
	s.outlook.Lock()
	defer s.outlook.Unlock()
	s.outlook.about(table)
	s.outlook.estimates[key] = e
	return e, nil
}

// Furnish fills in what the house shows besides the triage.
func (s *session) Furnish(ctx context.Context, state screen.State) (screen.State, error) {
	began := s.env.Now()
	defer func() { s.took.Add(int64(s.env.Now().Sub(began))) }()
	var watched warning.Report
	var errs [3]error
	var together sync.WaitGroup
	together.Go(func() { state.Business, errs[0] = s.business(ctx, state.Triage) })
	together.Go(func() { state.Expected, errs[1] = s.expected(ctx, state.Triage, state.Where) })
	together.Go(func() { watched, errs[2] = s.watched(ctx, time.Time{}) })
	together.Wait()
	for _, err := range errs {
		if err != nil {
			return state, err
		}
	}
	state.Business.Health = warning.Health(watched, state.Business.Objectives, state.Triage)
	return state, nil
}
