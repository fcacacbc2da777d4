package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"andon/analysis"
	"andon/analysis/impact"
	"andon/analysis/slo"
	"andon/store/clickhouse"
	"andon/ui/display"
)

// Members, versions, estimates, remedies and frames need rows, of which the file
// of a fleet holds a sample:
//
//	triage, diff, slices, plots, objectives   ◀── sums by the cluster
//	costs                                     ◀── shares of the sample, on all rows
//	all else                                  ◀── the sample, and says so
//
// A share of the sample is that of the fleet within chance; a count is not.

// sampled says from how many rows an answer is told; nothing where the file
// holds all there are.
func (s *session) sampled(ctx context.Context) ([]string, error) {
	about, ok, err := s.about(ctx)
	if err != nil || !ok || about.Sampled == 0 || about.Sampled >= about.Rows {
		return nil, err
	}
	return []string{fmt.Sprintf("told from %s sampled evenly from the fleet's %s: shares hold within chance, counts are the sample's, of which one row stands for %.3g",
		plural(about.Sampled, "row"), thousands(about.Rows), float64(about.Rows)/float64(about.Sampled))}, nil
}

// account is that of an objective of inferences: from all rows by the fleet,
// where it was or may be asked, and else from those at hand.
func (s *session) account(ctx context.Context, table *analysis.Table, o slo.Objective, scope slo.Scope) (slo.Ledger, error) {
	log, err := s.fleet(ctx, nil)
	if err == nil && log != nil {
		var l slo.Ledger
		if l, err = log.Ledger(ctx, o, scope); err == nil {
			return l, nil
		}
	}
	if err != nil && !errors.Is(err, clickhouse.ErrNotAsked) {
		return slo.Ledger{}, err
	}
	l, err := slo.Read(ctx, table, o, scope)
	if err != nil {
		return l, err
	}
	l.Warnings, err = s.sampled(ctx)
	return l, err
}

// tellOrigins writes what the accounts are told from, each sentence once.
func tellOrigins(w io.Writer, ledgers []slo.Ledger) {
	var said []string
	for _, l := range ledgers {
		for _, text := range l.Warnings {
			if !slices.Contains(said, text) {
				said = append(said, text)
				fmt.Fprintln(w, "note: "+display.Escape(text))
			}
		}
	}
}

// onAll puts an impact that was told from a sample on all rows after, which the
// fleet counted; where it never did, on as many as the sample stands for.
func (s *session) onAll(ctx context.Context, i impact.Impact, w analysis.Windows, where analysis.Where) (impact.Impact, error) {
	about, ok, err := s.about(ctx)
	if err != nil || !ok || about.Sampled == 0 || about.Sampled >= about.Rows {
		return i, err
	}
	rows := int(math.Round(float64(i.Rows) * float64(about.Rows) / float64(about.Sampled)))
	log, err := s.fleet(ctx, where)
	if err == nil {
		var counted analysis.Leaves
		if counted, err = log.Leaves(ctx, nil, nil, w); err == nil && len(counted.Cells) > 0 {
			rows = counted.Cells[0].After.Rows
		}
	}
	if err != nil && !errors.Is(err, clickhouse.ErrNotAsked) {
		return i, err
	}
	told := i.Rows
	i = i.Over(rows)
	i.Warnings = append(i.Warnings, fmt.Sprintf("the shares are told from %s after, sampled evenly, and put on all %s", plural(int64(told), "row"), thousands(int64(rows))))
	return i, nil
}

// tellSampled writes it where there is no answer for it to travel with.
func (s *session) tellSampled(ctx context.Context, w io.Writer) error {
	says, err := s.sampled(ctx)
	for _, text := range says {
		fmt.Fprintln(w, "note: "+display.Escape(text))
	}
	return err
}
