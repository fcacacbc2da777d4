package command

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/report"
)

// Two answers to "what now?": the quickest way to be sure of the cause, and the
// quickest way to have the line run again.

// nextAnswer is the JSON of `andon next --json`.
type nextAnswer struct {
	Schema  int          `json:"schema"`
	Sure    []nextTest   `json:"sure"`
	Fast    []nextTest   `json:"fast"`
	Repairs []nextRepair `json:"repairs"`
	Minutes *float64     `json:"minutes"`
}

type nextTest struct {
	Test        string           `json:"test"`
	Step        string           `json:"step"`
	Settles     []analysis.Cause `json:"settles"`
	Minutes     float64          `json:"minutes"`
	Information float64          `json:"information"`
	Saves       float64          `json:"saves"`
}

type nextRepair struct {
	Cause       analysis.Cause `json:"cause"`
	Probability float64        `json:"probability"`
	Minutes     float64        `json:"minutes"`
	Do          string         `json:"do"`
	Source      string         `json:"source"`
}

func nextCommand(env Env) *cobra.Command {
	var q question
	c := &cobra.Command{
		Use:   "next FILE | SRC...",
		Short: "say what to test next, or what to repair at once",
		Long: `Lists the open checks in two orders. To be sure: by what their answer is expected
to tell of the cause, per minute. To act fast: those that are expected to save
more minutes of repair than they take; after them the repairs, the likeliest and
quickest first. Minutes of repair are judgement, and JSON says so.`,
		Example: "  andon next plant.andon\n  andon next plant.andon --json",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			return q.ask(c.Context(), env, args, func(s *session, t analysis.Triage) error {
				if q.json {
					return printJSON(env.Out, newNextAnswer(t, s.steps))
				}
				printNext(env.Out, t, s.steps)
				return nil
			})
		},
	}
	q.flags(c)
	return c
}

func newNextAnswer(t analysis.Triage, own []analysis.Step) nextAnswer {
	plan := t.Plan(own...)
	a := nextAnswer{Schema: report.Schema, Sure: newNextTests(t.Next), Fast: newNextTests(plan.Tests), Repairs: []nextRepair{}}
	for _, r := range plan.Repairs {
		a.Repairs = append(a.Repairs, nextRepair(r))
	}
	if len(plan.Repairs) > 0 {
		a.Minutes = &plan.Minutes
	}
	return a
}

func newNextTests(tests []analysis.Test) []nextTest {
	out := []nextTest{}
	for _, t := range tests {
		out = append(out, nextTest{t.Title, t.Step, t.Settles, t.Minutes, t.Information, t.Saves})
	}
	return out
}

// mostNext is how many tests and repairs a person is shown of each order.
const mostNext = 5

// leastRepair is the probability below which a repair is not worth a line.
const leastRepair = .005

func printNext(w io.Writer, t analysis.Triage, own []analysis.Step) {
	plan := t.Plan(own...)
	if len(plan.Repairs) == 0 {
		fmt.Fprintf(w, "NEXT      nothing: %s\n", display.Escape(t.Verdict.Why))
		return
	}
	for i, n := range t.Next[:min(mostNext, len(t.Next))] {
		fmt.Fprintf(w, "%-10s%s (%.0f min, %.2f bit, separates %s)\n", heading(i, "BE SURE"), display.Escape(n.Title), n.Minutes, n.Information, causeList(n.Settles))
	}
	for i, n := range plan.Tests[:min(mostNext, len(plan.Tests))] {
		fmt.Fprintf(w, "%-10s%s (%.0f min, saves %.0f, separates %s)\n", heading(i, "ACT FAST"), display.Escape(n.Title), n.Minutes, n.Saves, causeList(n.Settles))
	}
	if len(plan.Tests) == 0 {
		fmt.Fprintln(w, "ACT FAST  no test is worth its time: repair at once")
	}
	for i, r := range plan.Repairs[:min(mostNext, len(plan.Repairs))] {
		if i > 0 && r.Probability < leastRepair {
			break
		}
		fmt.Fprintf(w, "%-10s%-9s %s, %.0f min: %s\n", heading(i, "REPAIR"), r.Cause, display.Percent(r.Probability), r.Minutes, display.Escape(r.Do))
	}
	fmt.Fprintf(w, "%-10srepairing in this order without a test takes %.0f min on average\n", "", plan.Minutes)
}
