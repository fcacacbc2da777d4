package command

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"andon/analysis"
	"andon/analysis/impact"
	"andon/analysis/slo"
	"andon/ui/screen"
)

// Which objectives are in force? The first that are there:
//
//	--slo on the command line ─▶ objectives in the settings and the incident's
//	own ─▶ the one that the window before would just have met, marked proposed

// stake is what the settings say of money and people.
type stake struct {
	Missed   float64  `toml:"missed"`
	Stop     float64  `toml:"stop"`
	Minute   float64  `toml:"review"`
	Minutes  float64  `toml:"review_minutes"`
	Below    float64  `toml:"review_below"`
	Good     []string `toml:"good"`
	Currency string   `toml:"currency"`
}

// String tells the prices that are set.
func (i stake) String() string {
	var set []string
	for _, p := range []struct {
		name string
		v    float64
	}{{"missed", i.Missed}, {"stop", i.Stop}, {"review", i.Minute}} {
		if p.v > 0 {
			set = append(set, fmt.Sprintf("%s %g", p.name, p.v))
		}
	}
	return strings.Join(set, ", ")
}

// rates are what things cost; cost is the settings' price of a wrong answer.
func (s settings) rates() impact.Rates {
	i := s.Impact
	return impact.Rates{Wrong: s.Cost, Missed: i.Missed, Stop: i.Stop, Minute: i.Minute, Minutes: i.Minutes, Below: i.Below, Good: i.Good}
}

// validStake refuses objectives and prices that cannot be.
func (s settings) validStake() error {
	if _, err := parseObjectives(s.Objectives); err != nil {
		return usage("settings %q: %w", s.path, err)
	}
	i := s.Impact
	if min(i.Missed, i.Stop, i.Minute, i.Minutes, i.Below) < 0 {
		return usage("settings %q: [impact]: write rates and minutes as 0 or more", s.path)
	}
	return nil
}

func parseObjectives(texts []string) ([]slo.Objective, error) {
	var all []slo.Objective
	for _, text := range texts {
		o, err := slo.Parse(text)
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}

// objectives are those in force; the incident's own is always of quality in
// all rows, and stands first.
func (s *session) objectives(ctx context.Context, asked []slo.Objective, t analysis.Triage) ([]slo.Objective, error) {
	if len(asked) > 0 {
		return asked, nil
	}
	own, err := parseObjectives(s.own.Objectives)
	if err != nil {
		return nil, err
	}
	incident, err := s.incident(ctx)
	if err != nil {
		return nil, err
	}
	if incident.SLO > 0 && t.Measure.Scale == analysis.Proportion && t.Measure.Metric != "" {
		o := slo.Objective{Metric: t.Measure.Metric, Least: true, Limit: math.NaN(), Target: incident.SLO}
		return append([]slo.Objective{o}, own...), nil
	}
	if _, ok := slo.For(ofQuality(own), t.Measure.Metric, nil); !ok {
		if o, ok := slo.Propose(t); ok {
			return append([]slo.Objective{o}, own...), nil
		}
	}
	return own, nil
}

// mostTold is how many values of a column are told one by one.
const mostTold = 40

// narrowed are the objectives over the rows of where, and after each the same
// for every value of a column, such as plant or model; "" is no column.
func (s *session) narrowed(ctx context.Context, objectives []slo.Objective, where analysis.Where, by string) ([]slo.Objective, error) {
	values := []analysis.Where{nil}
	if by != "" {
		table, err := s.log(ctx)
		if err != nil {
			return nil, err
		}
		if table == nil || table.Column(by) == nil {
			return nil, usage("--by %q: the log has no such column; andon map lists those of its sources", by)
		}
		c := table.Column(by)
		if c.Type != analysis.Text || len(c.Dict) > mostTold {
			return nil, usage("--by %q: wanted is a column of at most %d names, such as plant, line or model", by, mostTold)
		}
		for _, value := range slices.Sorted(slices.Values(c.Dict)) {
			values = append(values, analysis.Where{analysis.Is(by, value)})
		}
	}
	var all []slo.Objective
	for _, o := range objectives {
		for _, value := range values {
			one := o
			one.Where = slices.Concat(where, o.Where, value)
			all = append(all, one)
		}
	}
	return all, nil
}

// ofQuality wraps objectives for a look at what they are about.
func ofQuality(objectives []slo.Objective) []slo.Standing {
	all := make([]slo.Standing, len(objectives))
	for i, o := range objectives {
		all[i].Objective = o
	}
	return all
}

// ledgers reads the account of each objective up to an instant, or to the end
// of the log.
func (s *session) ledgers(ctx context.Context, objectives []slo.Objective, t analysis.Triage, end time.Time) ([]slo.Ledger, error) {
	table, err := s.log(ctx)
	if err != nil {
		return nil, err
	}
	scope := slo.Scope{End: end, Reference: t.Windows.Before}
	switch {
	case table == nil:
	case t.Windows.Zero():
		scope.Reference = table.Span()
	default:
		e, err := s.estimate(ctx, table, t.Windows, nil)
		if err != nil {
			return nil, err
		}
		scope.Trusted = e.Trusted
	}
	var all []slo.Ledger
	for _, o := range objectives {
		l, err := s.ledger(ctx, table, o, scope)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

// ledger is the account of one objective: of the rows, or where they do not know
// its metric, of the metric series of that name.
func (s *session) ledger(ctx context.Context, table *analysis.Table, o slo.Objective, scope slo.Scope) (slo.Ledger, error) {
	unknown := fmt.Errorf("objective %q: the file holds no inferences, and no metric of that name that keeps to a limit", o)
	if table != nil {
		l, err := s.account(ctx, table, o, scope)
		if err == nil || ctx.Err() != nil {
			return l, err
		}
		unknown = err
	}
	metrics, err := s.file.Metrics(ctx)
	if err != nil {
		return slo.Ledger{}, err
	}
	l, ok, err := slo.ReadMetric(metrics, o, scope)
	if err == nil && !ok {
		err = unknown
	}
	if err != nil {
		return l, usage("%w", err)
	}
	return l, nil
}

// standings is how the objectives stand. One that does not fit this log is no
// reason to show nothing: it is left out, and andon slo says why.
func (s *session) standings(ctx context.Context, objectives []slo.Objective, t analysis.Triage, end time.Time) ([]slo.Standing, error) {
	var all []slo.Standing
	for _, o := range objectives {
		ledgers, err := s.ledgers(ctx, []slo.Objective{o}, t, end)
		if err != nil && exitCode(err) != exitUsage {
			return nil, err
		}
		for _, l := range ledgers {
			all = append(all, l.Stand(standsOver))
		}
	}
	return all, nil
}

// business is what the roof of the house shows.
func (s *session) business(ctx context.Context, t analysis.Triage) (b screen.Business, err error) {
	b.Currency = s.own.Impact.Currency
	objectives, err := s.objectives(ctx, nil, t)
	if err != nil {
		return b, err
	}
	if b.Objectives, err = s.standings(ctx, objectives, t, time.Time{}); err != nil {
		return b, err
	}
	b.Impact, err = s.impact(ctx, t, nil)
	return b, err
}

// standsOver is the window that says how an objective stands.
const standsOver = 24 * time.Hour

// impact is what the drop costs over the rows of where by the settings' rates;
// nothing without windows.
func (s *session) impact(ctx context.Context, t analysis.Triage, where analysis.Where) (impact.Impact, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil || t.Quality == nil {
		return impact.Impact{}, err
	}
	i, err := impact.Of(ctx, table, t.Windows, where, s.own.rates())
	if err != nil {
		return i, fmt.Errorf("add up the impact: %w", err)
	}
	return s.onAll(ctx, i, t.Windows, where)
}
