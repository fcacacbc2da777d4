package command

import (
	"context"
	"slices"

	"andon/analysis"
	"andon/analysis/ensemble"
	"andon/analysis/fleet"
	"andon/analysis/stage"
	"andon/analysis/version"
	"andon/analysis/whatif"
)

// What the Models screen and `andon models` ask of a session.

// Members judges the members of the ensemble.
func (s *session) Members(ctx context.Context, w analysis.Windows, where analysis.Where) (ensemble.Report, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return ensemble.Report{}, err
	}
	r, err := ensemble.Study(ctx, table, w, where)
	if err != nil {
		return r, err
	}
	says, err := s.sampled(ctx)
	r.Warnings = append(r.Warnings, says...)
	return r, err
}

// Versions follows the versions; slices of them are by the columns of the
// guilty slice.
func (s *session) Versions(ctx context.Context, w analysis.Windows, where analysis.Where) (version.Report, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return version.Report{}, err
	}
	t, err := s.judged(ctx, w, where)
	if err != nil {
		return version.Report{}, err
	}
	var by []string
	if guilty := t.Guilty(); guilty != nil {
		for _, c := range guilty.Where {
			by = append(by, c.Column)
		}
	}
	events, err := s.file.Events(ctx)
	if err != nil {
		return version.Report{}, err
	}
	return version.Study(ctx, table, w, where, by, events)
}

// Units tells models and plants apart.
func (s *session) Units(ctx context.Context, w analysis.Windows, where analysis.Where) ([]fleet.Unit, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return nil, err
	}
	return fleet.Units(ctx, table, fleet.Columns(table), w, where)
}

// Stages blames the stages of a chain, where the log has them.
func (s *session) Stages(ctx context.Context, w analysis.Windows, where analysis.Where) ([]stage.Stage, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return nil, err
	}
	return stage.Blame(ctx, table, w, where)
}

// Compare puts two values of a column on the same traffic, over the whole log.
func (s *session) Compare(ctx context.Context, column, a, b string, where analysis.Where) (version.Comparison, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return version.Comparison{}, err
	}
	return version.Compare(ctx, table, column, a, b, table.Span(), where)
}

// Remedies ranks what could be done about the guilty slice.
func (s *session) Remedies(ctx context.Context, w analysis.Windows, where analysis.Where) (whatif.Plan, error) {
	t, err := s.judged(ctx, w, where)
	if err != nil {
		return whatif.Plan{}, err
	}
	return s.explore(ctx, t, whatif.Question{Windows: w, Where: where})
}

// changes are the events on record and the versions that the log itself shows to
// have come, in the order of their times.
func (s *session) changes(ctx context.Context) ([]analysis.Event, error) {
	events, err := s.file.Events(ctx)
	if err != nil {
		return nil, err
	}
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return events, err
	}
	events = append(events, analysis.VersionEvents(table, events)...)
	slices.SortStableFunc(events, func(a, b analysis.Event) int { return a.Time.Compare(b.Time) })
	return events, nil
}
