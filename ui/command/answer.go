package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/ui/display"
	"andon/ui/report"
)

// The checklist without the console: what is open, and an answer to one of it.

// answerJSON is the JSON of `andon answer FILE --json`.
type answerJSON struct {
	Schema int        `json:"schema"`
	Steps  []stepJSON `json:"steps"`
}

type stepJSON struct {
	Step     string            `json:"step"`
	Playbook string            `json:"playbook"`
	Room     string            `json:"room"`
	Category string            `json:"category"`
	Kind     string            `json:"kind"`
	Question string            `json:"question"`
	Why      string            `json:"why"`
	Yes      string            `json:"yes"`
	No       string            `json:"no"`
	Minutes  float64           `json:"minutes"`
	Decisive bool              `json:"decisive"`
	Settles  []analysis.Cause  `json:"settles"`
	Chance   analysis.Chances  `json:"chance"`
	Outcome  *analysis.Outcome `json:"outcome"`
	Claim    string            `json:"claim"`
	Log      *string           `json:"log"`
}

func answerCommand(env Env) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "answer FILE [STEP yes|no|unclear|skipped [WHY]]",
		Short: "list the checklist, or answer one of its steps",
		Long: `Lists the steps of the checklist: what to ask next first, then what the log has
told by itself, and what people answered. With a step and an outcome it keeps
the answer as a finding, with what you say why; unclear and skipped need a why.

Every answer moves the causes. How far, and which hypotheses moved with them,
is put on record as a note and as moves with their reason.`,
		Example: `  andon answer plant.andon
  andon answer plant.andon floor.material yes "purchasing: new vendor since Sunday"
  andon answer plant.andon sensor.lens skipped "nobody on site at night"`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 1 || len(args) == 3 || len(args) == 4 {
				return nil
			}
			return usage("andon answer wants an incident file, or file, step, outcome and why; got %s; see 'andon answer --help'", plural(int64(len(args)), "argument"))
		},
		RunE: func(c *cobra.Command, args []string) error {
			open := openIncident
			if len(args) == 1 {
				open = openToRead
			}
			target, err := open(c.Context(), env, args[0])
			if err != nil {
				return err
			}
			defer target.done()
			if len(args) == 1 {
				return target.listSteps(c, asJSON)
			}
			return target.giveAnswer(c, args[1], analysis.Outcome(args[2]), strings.TrimSpace(strings.Join(args[3:], " ")))
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "list as one JSON object and nothing else")
	return c
}

// giveAnswer keeps an answer and says how the causes moved.
func (s *session) giveAnswer(c *cobra.Command, id string, outcome analysis.Outcome, why string) error {
	ctx := c.Context()
	step, known := analysis.FindStep(id, s.steps...)
	switch {
	case !known:
		return usage("there is no step %q; andon answer FILE lists them", id)
	case !slices.Contains([]analysis.Outcome{analysis.Yes, analysis.No, analysis.Unclear, analysis.Skipped}, outcome):
		return usage("outcome %q: it is one of yes, no, unclear, skipped", outcome)
	case why == "" && (outcome == analysis.Unclear || outcome == analysis.Skipped):
		return usage("say why it is %s: what was missing helps whoever comes next", outcome)
	}
	t, err := s.untouched(ctx, wish{})
	if err != nil {
		return err
	}
	f := analysis.Finding{Windows: t.Windows}
	if step.Check != "" || step.Query != "" {
		if f, err = s.check(ctx, id, wish{}); err != nil {
			return err
		}
	}
	f.Step, f.Outcome, f.Claim = id, outcome, analysis.Said(step, why)
	after, moved, err := s.keepAnswer(ctx, f)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.env.Out, "recorded %s: %s\n%s\n", id, outcome, moved)
	printVerdict(s.env.Out, after)
	return nil
}

// listSteps prints the checklist as it stands.
func (s *session) listSteps(c *cobra.Command, asJSON bool) error {
	t, _, err := s.weighed(c.Context())
	if err != nil {
		return err
	}
	findings, err := s.file.Findings(c.Context())
	if err != nil {
		return input(err)
	}
	steps := slices.Concat(analysis.Checklist(), s.steps)
	if asJSON {
		return printJSON(s.env.Out, newAnswerJSON(steps, t, findings))
	}
	printSteps(s.env.Out, steps, t, findings)
	return nil
}

func newAnswerJSON(steps []analysis.Step, t analysis.Triage, findings []analysis.Finding) answerJSON {
	a := answerJSON{Schema: report.Schema, Steps: []stepJSON{}}
	for _, s := range steps {
		one := stepJSON{Step: s.ID, Playbook: s.Playbook, Room: s.Room, Category: s.Category, Kind: s.Kind, Question: s.Question,
			Why: s.Why, Yes: s.IfYes, No: s.IfNo, Minutes: s.Minutes, Decisive: s.Decisive, Settles: append([]analysis.Cause{}, s.Settles...), Chance: s.Yes}
		if f, ok := analysis.Latest(findings, s.ID); ok {
			one.Outcome, one.Claim = &f.Outcome, f.Claim
		}
		if e, ok := told(t, s); ok {
			one.Log = &e.Saw
		}
		a.Steps = append(a.Steps, one)
	}
	return a
}

// told is what the log says to a step by itself.
func told(t analysis.Triage, s analysis.Step) (analysis.Evidence, bool) {
	for _, e := range t.Ledger {
		if s.Check != "" && e.ID == s.Check && e.Tested {
			return e, true
		}
	}
	return analysis.Evidence{}, false
}

// printSteps writes what is open in the order to ask it, then what is known.
func printSteps(w io.Writer, steps []analysis.Step, t analysis.Triage, findings []analysis.Finding) {
	for i, n := range t.Next {
		fmt.Fprintf(w, "%-10s%-20s %s (%.0f min, %.2f bit, separates %s)\n", heading(i, "OPEN"), display.Escape(n.Step), display.Escape(n.Title),
			n.Minutes, n.Information, causeList(n.Settles))
	}
	line := 0
	for _, s := range steps {
		if e, ok := told(t, s); ok {
			fmt.Fprintf(w, "%-10s%-20s %s\n", heading(line, "LOG"), display.Escape(s.ID), display.Escape(e.Saw))
			line++
		}
	}
	line = 0
	for _, s := range steps {
		if f, ok := analysis.Latest(findings, s.ID); ok {
			fmt.Fprintf(w, "%-10s%-20s %s: %s\n", heading(line, "ANSWERED"), display.Escape(s.ID), f.Outcome, display.Escape(f.Claim))
			line++
		}
	}
}

// causeList is at most three causes, the first that a test separates.
func causeList(causes []analysis.Cause) string {
	var names []string
	for _, c := range causes[:min(3, len(causes))] {
		names = append(names, string(c))
	}
	return strings.Join(names, ", ")
}

// printVerdict writes the verdict in two lines.
func printVerdict(w io.Writer, t analysis.Triage) {
	fmt.Fprintf(w, "VERDICT   %s", t.Verdict.Outcome)
	if len(t.Causes) > 0 {
		fmt.Fprintf(w, ": %s (%s)", t.Verdict.Cause, display.Percent(t.Verdict.Probability))
	}
	fmt.Fprintf(w, "\n          %s\n", display.Escape(t.Verdict.Why))
}
