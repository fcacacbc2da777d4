package command

import (
	"context"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/ui/report"
)

// question are the flags that verbs of analysis share.
type question struct {
	where  string
	before string
	after  string
	json   bool
	live   bool
	roles  []string
}

func (q *question) flags(c *cobra.Command) {
	q.windowFlags(c)
	c.Flags().BoolVar(&q.json, "json", false, "print one JSON object and nothing else")
}

// windowFlags are those that say what is asked, without how it is answered.
func (q *question) windowFlags(c *cobra.Command) {
	c.Flags().StringVar(&q.where, "where", "", "only these rows, such as `'line=L2 confidence<0.5'`")
	c.Flags().StringVar(&q.before, "before", "", "the reference window, `FROM..TO`; proposed if not given")
	c.Flags().StringVar(&q.after, "after", "", "the analysis window, `FROM..TO`; proposed if not given")
	c.Flags().BoolVar(&q.live, "live", false, "ask the fleet behind the file what the file does not hold")
	roleFlag(c, &q.roles)
}

// parse reads windows and filter.
func (q *question) parse() (w analysis.Windows, where analysis.Where, err error) {
	if where, err = analysis.ParseWhere(q.where); err != nil {
		return w, where, usage("--where: %w", err)
	}
	if (q.before == "") != (q.after == "") {
		return w, where, usage("--before and --after go together: give both windows or neither")
	}
	if q.before == "" {
		return w, where, nil
	}
	if w.Before, err = parseWindow(q.before); err != nil {
		return w, where, usage("--before: %w", err)
	}
	if w.After, err = parseWindow(q.after); err != nil {
		return w, where, usage("--after: %w", err)
	}
	return w, where, nil
}

// ask opens the target and investigates it, then hands both to show.
func (q *question) ask(ctx context.Context, env Env, args []string, show func(*session, analysis.Triage) error) error {
	w, where, err := q.parse()
	if err != nil {
		return err
	}
	target, err := openTarget(ctx, env, args, q.roles)
	if err != nil {
		return err
	}
	defer target.done()
	if q.live && target.live == nil {
		stop, err := target.goLive(ctx)
		if err != nil {
			return err
		}
		defer stop()
	}
	t, err := target.triage(ctx, w, where)
	if err != nil {
		return err
	}
	return show(target.session, t)
}

func triageCommand(env Env) *cobra.Command {
	var q question
	var explain bool
	c := &cobra.Command{
		Use:   "triage FILE | SRC...",
		Short: "say when quality changed, where, and what is to blame",
		Long: `Finds the change, compares the window before with the window after, and prints
onset, windows, account of the drop, slices, signals, events, verdict and the
next tests. Exits with 0 whatever it finds.`,
		Example: "  andon triage plant.andon\n  andon triage logs/ --json",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			return q.ask(c.Context(), env, args, func(s *session, t analysis.Triage) error {
				p, err := s.problem(c.Context(), t, nil)
				if err != nil {
					return err
				}
				if q.json {
					return printJSON(env.Out, triageJSON{report.NewTriage(t), report.NewHypotheses(p.Hypotheses), newControls(t, p.Controls)})
				}
				printTriage(env.Out, t, explain)
				printShort(env.Out, p.Hypotheses)
				printControls(env.Out, t, p.Controls)
				if explain {
					return printQueries(c.Context(), env.Out, s)
				}
				return nil
			})
		},
	}
	q.flags(c)
	c.Flags().BoolVar(&explain, "explain", false, "print the whole ledger: every piece of evidence and its weight")
	return c
}

// triageJSON is the contract of a triage with what may have happened and what
// should not have moved.
type triageJSON struct {
	report.Triage
	Hypotheses []report.Hypothesis `json:"hypotheses"`
	Controls   []controlJSON       `json:"controls"`
}
