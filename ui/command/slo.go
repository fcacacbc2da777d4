package command

import (
	"context"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/impact"
	"andon/analysis/slo"
	"andon/ui/display"
	"andon/ui/report"
	"andon/ui/screen"
)

func sloCommand(env Env) *cobra.Command {
	var q question
	var texts []string
	var at, set, by string
	c := &cobra.Command{
		Use:   "slo FILE | SRC...",
		Short: "tell how objectives stand: error budget, burn rates, what a drop costs",
		Long: `Counts good and bad rows up to the end of the log, and says for each objective
what of its error budget is spent over shift, day, week and 28 days, how fast
it burns, when it is gone, and which pairs of windows alert. Rows with a label,
rows with an estimate and rows of which nothing is known are kept apart.

Without --slo, objectives of the settings and of the incident are taken; without
any, the one that the window before would just have met is proposed. --where
picks a model, a plant or any other rows; --by tells each value of a column
beside all rows.`,
		Example: "  andon slo plant.andon\n  andon slo plant.andon --slo 'accuracy>=95% where line=L2' --slo 'latency_ms<=200 for 99%' --json\n  andon slo plant.andon --where model=seating --by plant",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			if set != "" {
				return setObjective(c, env, args, set)
			}
			asked, err := parseObjectives(texts)
			if err != nil {
				return usage("--slo: %w", err)
			}
			end, err := parseInstant(at)
			if err != nil {
				return usage("--at: %w", err)
			}
			return q.ask(c.Context(), env, args, func(s *session, t analysis.Triage) error {
				where, err := analysis.ParseWhere(q.where)
				if err != nil {
					return err
				}
				standings, err := s.standingsAsked(c.Context(), asked, t, where, by, end)
				if err != nil {
					return err
				}
				i, err := s.impact(c.Context(), t, where)
				if err != nil {
					return err
				}
				if q.json {
					return printJSON(env.Out, newSLOAnswer(standings, i, s.own.Impact.Currency))
				}
				printSLO(env.Out, standings)
				printImpact(env.Out, i, s.own.Impact.Currency)
				return nil
			})
		},
	}
	q.flags(c)
	c.Flags().StringArrayVar(&texts, "slo", nil, "an `OBJECTIVE`, such as 'accuracy>=95% where line=L2' or 'latency_ms<=200 for 99%'; may be given again")
	c.Flags().StringVar(&by, "by", "", "also stand for each value of a `COLUMN`, such as plant or model")
	c.Flags().StringVar(&at, "at", "", "stand at this `TIME` instead of at the end of the log")
	c.Flags().StringVar(&set, "set", "", "keep this `SHARE` of right answers in the incident file as its objective, such as 95%; 0 forgets it")
	return c
}

// standingsAsked is how the objectives stand at the end among the rows of where,
// and among each value of the column by; one that does not fit the log is an
// error.
func (s *session) standingsAsked(ctx context.Context, asked []slo.Objective, t analysis.Triage, where analysis.Where, by string, end time.Time) ([]slo.Standing, error) {
	objectives, err := s.objectives(ctx, asked, t)
	if err != nil {
		return nil, err
	}
	if objectives, err = s.narrowed(ctx, objectives, where, by); err != nil {
		return nil, err
	}
	ledgers, err := s.ledgers(ctx, objectives, t, end)
	if err != nil {
		return nil, err
	}
	var standings []slo.Standing
	for _, l := range ledgers {
		standings = append(standings, l.Stand(standsOver))
	}
	return standings, nil
}

// parseInstant reads a time, or none from "".
func parseInstant(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return parseTime(text)
}

// setObjective writes the incident's own objective.
func setObjective(c *cobra.Command, env Env, args []string, text string) error {
	target := 0.0
	if text != "0" {
		o, err := slo.Parse(slo.Quality + ">=" + text)
		if err != nil {
			return usage("--set: %w", err)
		}
		target = o.Target
	}
	if len(args) != 1 || !isDatabase(args[0]) {
		return usage("--set wants one incident file to keep the objective in; import the logs first: andon import -o FILE SRC")
	}
	opened, err := openIncident(c.Context(), env, args[0])
	if err != nil {
		return err
	}
	defer opened.done()
	incident, err := opened.file.Incident(c.Context())
	if err != nil {
		return err
	}
	incident.SLO = target
	if err := opened.file.SetIncident(c.Context(), incident); err != nil {
		return err
	}
	if target == 0 {
		fmt.Fprintln(env.Out, "the incident has no objective of its own now")
		return nil
	}
	fmt.Fprintf(env.Out, "the incident's objective is %s right answers\n", display.Percent(target))
	return nil
}

func printSLO(w io.Writer, standings []slo.Standing) {
	if len(standings) == 0 {
		fmt.Fprintln(w, "OBJECTIVE none set, and nothing to propose one from: no row before has a known quality")
	}
	for _, s := range standings {
		proposed := ""
		if s.Objective.Proposed {
			proposed = ", proposed: what the window before would just have met"
		}
		fmt.Fprintf(w, "OBJECTIVE %s%s\n", display.Escape(s.Objective.String()), proposed)
		fmt.Fprintf(w, "%-10s%s over %s to %s: %s\n", stateWord(s.State), standsAt(s), slo.Length(s.Over), stamp(s.End), display.Escape(s.Why))
		fmt.Fprintf(w, "ROWS      %s: %s with a label, %s estimated, %s unknown\n", thousands(int64(s.Count.Rows)), thousands(int64(s.Count.Known)),
			thousands(int64(s.Count.Guessed)), thousands(int64(s.Count.Unknown())))
		for i, b := range s.Budgets {
			fmt.Fprintf(w, "%-10s%s\n", heading(i, "BUDGET"), budgetLine(b))
		}
		for i, a := range s.Alerts {
			fmt.Fprintf(w, "%-10s%s\n", heading(i, "BURN"), alertLine(a))
		}
		for i, warning := range s.Warnings {
			fmt.Fprintf(w, "%-10s%s\n", heading(i, "WARNINGS"), display.Escape(warning))
		}
	}
}

func stateWord(s slo.State) string {
	return map[slo.State]string{slo.OK: "OK", slo.Low: "LOW", slo.Out: "OUT", slo.Unknown: "UNKNOWN"}[s]
}

// standsAt is the level with its interval, on its own scale.
func standsAt(s slo.Standing) string {
	if math.IsNaN(s.Level) {
		return "not known"
	}
	scale := analysis.Proportion
	if s.Objective.Mean() {
		scale = analysis.Amount
	}
	return fmt.Sprintf("%s (95 %%: %s to %s)", screen.Level(scale, s.Level), screen.Level(scale, s.Interval.Lo), screen.Level(scale, s.Interval.Hi))
}

func budgetLine(b slo.Budget) string {
	if b.Rows == 0 {
		return fmt.Sprintf("%-8s no rows", b.Name)
	}
	text := fmt.Sprintf("%-8s %5s spent", b.Name, spent(b.Spent))
	if b.Best != b.Worst {
		text += fmt.Sprintf(" (%s to %s)", spent(b.Best), spent(b.Worst))
	}
	text += fmt.Sprintf(" of %s bad rows: %s realised", display.Number(math.Round(10*b.Allowed)/10), thousands(int64(math.Round(b.Bad()))))
	if b.Guessed > 0 {
		text += fmt.Sprintf(", %s estimated", thousands(int64(math.Round(b.ExpectedBad()))))
		if !b.Trusted {
			text += " (not counted)"
		}
	}
	if b.Covered < 1 {
		text += fmt.Sprintf("; the log covers %.0f %%", 100*b.Covered)
	}
	return text + "; " + lasts(b)
}

// spent is a share of a budget, whole percents: what is far overspent needs no
// digits.
func spent(share float64) string {
	if math.IsNaN(share) {
		return "?"
	}
	return thousands(int64(math.Round(100*share))) + " %"
}

// lasts says when a budget is gone.
func lasts(b slo.Budget) string {
	switch {
	case math.IsNaN(b.Exhausted):
		return "nobody knows how long it lasts: nothing is known of the last " + slo.Length(b.Recent.Over)
	case b.Exhausted == 0:
		return "gone"
	case b.Recent.Rate <= 1:
		return fmt.Sprintf("lasts at the burn of %.1fx", b.Recent.Rate)
	}
	return fmt.Sprintf("gone in %s at the burn of %.1fx", slo.Length(time.Duration(b.Exhausted*float64(time.Hour))), b.Recent.Rate)
}

func alertLine(a slo.Alert) string {
	state := "silent"
	switch {
	case a.Fires && a.Page:
		state = "ALERTS, call somebody"
	case a.Fires:
		state = "ALERTS, look today"
	case !a.Reachable:
		state = "out of reach"
	}
	return fmt.Sprintf("%5s over %s and %s over %s, alerts from %gx (%s): %s", rate(a.LongBurn.Rate), slo.Length(a.Long), rate(a.ShortBurn.Rate),
		slo.Length(a.Short), a.Factor, a.Spends, state)
}

func rate(v float64) string {
	if math.IsNaN(v) {
		return "?"
	}
	return fmt.Sprintf("%.1fx", v)
}

func printImpact(w io.Writer, i impact.Impact, currency string) {
	for k, p := range i.Parts {
		text := fmt.Sprintf("%s, %s an hour", report.Excess(p), display.Number(math.Round(10*math.Abs(p.Excess)/i.Hours)/10))
		if p.Rate > 0 {
			text += fmt.Sprintf(", %s at %s", display.Escape(report.Money(p.Money(), currency)), display.Escape(report.Money(p.Rate, currency)))
		}
		fmt.Fprintf(w, "%-10s%s\n", heading(k, "IMPACT"), text)
	}
	if total, hourly, ok := i.Money(); ok {
		fmt.Fprintf(w, "%-10s%s in %s, %s an hour\n", "COST", display.Escape(report.Money(total, currency)), slo.Length(time.Duration(i.Hours*float64(time.Hour))), display.Escape(report.Money(hourly, currency)))
	}
	for k, warning := range i.Warnings {
		fmt.Fprintf(w, "%-10s%s\n", heading(k, "WARNINGS"), display.Escape(warning))
	}
}
