package analysis

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// Who answered, and when did that change?
//
//	members   vote_a  agrees with the answer  ████████▅▅▅▅   same rows, one
//	          vote_b                          ████████▂▂▂▂   line each
//	versions  4.1     share of traffic        ██████
//	          4.2                                   ██████   one takes over

// Ensemble is everybody who answered in both windows. Agreement is each
// member's agreement with the final answer over time, in the order of Members.
type Ensemble struct {
	Members   []Member
	Agreement []Series
	Versions  []Version
	Warnings  []string
}

// Version is one value of the version column: its quality in both windows, its
// share of each window's rows, and its rows over time.
type Version struct {
	Where   Condition
	Before  Sum
	After   Sum
	Share   [2]float64
	Traffic Series
}

// mostVersions bounds what is followed over time; each costs a pass.
const mostVersions = 12

// ensembleBuckets is about how many buckets a small plot over time needs.
const ensembleBuckets = 48

// Ensemble compares members and versions over the rows of where. A log with
// neither votes nor a version column gives an empty Ensemble and a warning.
// Cost: one pass per pair of members and one per version.
func (t *Table) Ensemble(ctx context.Context, w Windows, where Where) (Ensemble, error) {
	var e Ensemble
	var err error
	if e.Members, err = t.Members(ctx, w, where); err != nil {
		return e, err
	}
	step := coarse(t.Span())
	if e.Agreement, err = t.Agreement(ctx, where, step); err != nil {
		return e, err
	}
	if e.Versions, err = Versions(ctx, t, w, where, step); err != nil {
		return e, err
	}
	if len(e.Members) == 0 {
		e.Warnings = append(e.Warnings, "no column is a vote: a member's answers can be told by naming its column vote_<member>")
	}
	if len(e.Versions) == 0 {
		e.Warnings = append(e.Warnings, "no column is a model version: a release cannot be told from a change of inputs")
	}
	return e, nil
}

// coarse is the finest of Steps that cuts a span into at most ensembleBuckets.
func coarse(span Window) time.Duration {
	for _, step := range Steps {
		if span.Duration() <= ensembleBuckets*step {
			return step
		}
	}
	return span.Duration()/ensembleBuckets + 1
}

// Agreement is how often each member gave the final answer, over time in the
// buckets of Series, in the order of Members. On the Amount scale it is the
// mean distance from the answer, and lower is better. Cost: one pass a member.
func (t *Table) Agreement(ctx context.Context, where Where, step time.Duration) ([]Series, error) {
	panel := t.Panel()
	var all []Series
	for _, ballot := range panel.Members {
		s, err := t.Over(ctx, where, step, func(i int) float64 { return panel.Judge(ballot.Said[i], panel.Answer[i]) })
		if err != nil {
			return nil, fmt.Errorf("agreement of %s: %w", ballot.Name, err)
		}
		if s.Name, s.LowerBetter = ballot.Columns[0], panel.Amounts; !panel.Amounts {
			s.Scale = Proportion
		}
		all = append(all, s)
	}
	return all, nil
}

// Versions are the values of the first column with the role model_version,
// those with most rows first and at most mostVersions; missing versions count
// like a value. nil where no column has the role.
func Versions(ctx context.Context, log Log, w Windows, where Where, step time.Duration) ([]Version, error) {
	fields := log.Fields()
	at := slices.IndexFunc(fields, func(f Field) bool { return f.Role == RoleVersion })
	if at < 0 {
		return nil, nil
	}
	leaves, err := log.Leaves(ctx, []Dimension{{Column: fields[at].Name}}, where, w)
	if err != nil {
		return nil, fmt.Errorf("compare versions: %w", err)
	}
	var before, after Sum
	versions := make([]Version, 0, len(leaves.Cells))
	for _, c := range leaves.Cells {
		before, after = before.Add(c.Before), after.Add(c.After)
		versions = append(versions, Version{Where: leaves.Values[0][c.Key[0]], Before: c.Before, After: c.After})
	}
	slices.SortStableFunc(versions, func(a, b Version) int {
		return cmp.Compare(b.Before.Rows+b.After.Rows, a.Before.Rows+a.After.Rows)
	})
	versions = versions[:min(mostVersions, len(versions))]
	for i := range versions {
		v := &versions[i]
		v.Share = [2]float64{v.Before.shareOf(before), v.After.shareOf(after)}
		if v.Traffic, err = log.Series(ctx, slices.Concat(where, Where{v.Where}), step); err != nil {
			return nil, fmt.Errorf("traffic of %s: %w", v.Where, err)
		}
	}
	return versions, nil
}

// shareOf is the share of the rows of whole, 0 where there are none.
func (s Sum) shareOf(whole Sum) float64 { return float64(s.Rows) / float64(max(1, whole.Rows)) }
