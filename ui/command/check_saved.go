package command

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/saved"
	"andon/ui/display"
	"andon/ui/report"
)

// A closed incident leaves a check behind:
//
//	andon check plant.andon --save gloves             what must hold from now on
//	andon check plant.andon --saved gloves            does it, at the end of the log
//	andon check logs/ --saved gloves --of plant.andon does it in other logs

// savedFlags are those of saved checks.
type savedFlags struct{ save, run, of string }

func (f *savedFlags) flags(c *cobra.Command) {
	c.Flags().StringVar(&f.save, "save", "", "save what broke in this incident as a check of this `NAME`")
	c.Flags().StringVar(&f.run, "saved", "", "run the saved check of this `NAME`")
	c.Flags().StringVar(&f.of, "of", "", "the incident `FILE` that the saved check is in, if it is another one")
}

func (f *savedFlags) asked() bool { return f.save != "" || f.run != "" }

// saveOrRun does what was asked about a saved check. over and end are the
// window that is judged.
func (f *savedFlags) saveOrRun(ctx context.Context, env Env, args, roles []string, over time.Duration, end time.Time, json bool) error {
	if f.save != "" && (f.run != "" || len(args) != 1) {
		return usage("andon check --save wants one incident file and no --saved")
	}
	if f.save != "" {
		target, err := openIncident(ctx, env, args[0])
		if err != nil {
			return err
		}
		defer target.done()
		return target.saveCheck(ctx, strings.TrimSpace(f.save), json)
	}
	target, err := openTarget(ctx, env, args, roles)
	if err != nil {
		return err
	}
	defer target.done()
	check, err := f.find(ctx, env, target.session)
	if err != nil {
		return err
	}
	return target.runSaved(ctx, check, over, end, json)
}

// find reads the check from the file it is in.
func (f *savedFlags) find(ctx context.Context, env Env, s *session) (saved.Check, error) {
	if f.of != "" {
		other, err := openToRead(ctx, env, f.of)
		if err != nil {
			return saved.Check{}, err
		}
		defer other.done()
		s = other.session
	}
	checks, err := s.file.SavedChecks(ctx)
	if err != nil {
		return saved.Check{}, input(err)
	}
	check, err := saved.Find(checks, f.run)
	if err != nil {
		err = usage("--saved: %w", err)
	}
	return check, err
}

// saveCheck keeps what must hold from now on.
func (s *session) saveCheck(ctx context.Context, name string, json bool) error {
	if name == "" {
		return usage("andon check --save: the name is empty")
	}
	t, err := s.triage(ctx, analysis.Windows{}, nil)
	if err != nil {
		return err
	}
	table, err := s.inferences(ctx)
	if err != nil {
		return err
	}
	check, err := saved.Propose(ctx, table, t, nil)
	if err != nil {
		return usage("%w", err)
	}
	check.Name, check.Time, check.Author = name, s.env.Now().UTC(), author(s.env)
	if check, err = s.file.AddSavedCheck(ctx, check); err != nil {
		return input(err)
	}
	if json {
		return printJSON(s.env.Out, newSavedJSON(check, analysis.Window{}, nil))
	}
	for i, b := range check.Bounds {
		fmt.Fprintf(s.env.Out, "%-10s%s (%s)\n", heading(i, "MUST HOLD"), display.Escape(boundText(t.Measure, check.Where, b)), display.Escape(b.Why))
	}
	fmt.Fprintf(s.env.Out, "saved; run it with: andon check FILE --saved %s\n", display.Escape(name))
	return nil
}

// runSaved judges the last stretch of the log, exit code 1 unless all holds.
func (s *session) runSaved(ctx context.Context, check saved.Check, over time.Duration, end time.Time, json bool) error {
	table, err := s.log(ctx)
	if err != nil {
		return err
	}
	if table == nil {
		return input(fmt.Errorf("check %q: it holds no inferences yet", filepath.Base(s.file.Path())))
	}
	w := judged(table.Span(), over, end).After
	results, err := check.Run(ctx, table, w)
	if err != nil {
		return usage("%w", err)
	}
	worst := saved.Worst(results)
	if json {
		err = printJSON(s.env.Out, newSavedJSON(check, w, results))
	} else {
		printSaved(s.env.Out, table.Measure(), check, w, results)
	}
	if err == nil && worst != saved.Holds {
		err = failure{exitFinding, errSilent}
	}
	return err
}

// boundText is a bound as a sentence: "accuracy of line=L2 at least 88.2 %".
func boundText(m analysis.Measure, where analysis.Where, b saved.Bound) string {
	name, number := b.Column, analysis.FormatNumber
	if b.Column == saved.Quality {
		name, number = m.Metric, func(v float64) string { return level(m, v) }
	}
	if len(where) > 0 {
		name += " of " + where.String()
	}
	lo, hi := finiteText(b.Lo, number), finiteText(b.Hi, number)
	switch {
	case lo != "" && hi != "":
		return name + " within " + lo + " to " + hi
	case hi != "":
		return name + " at most " + hi
	}
	return name + " at least " + lo
}

// finiteText is "" for an open side.
func finiteText(v float64, number func(float64) string) string {
	if v-v != 0 {
		return ""
	}
	return number(v)
}

func printSaved(w io.Writer, m analysis.Measure, check saved.Check, window analysis.Window, results []saved.Result) {
	marks := map[saved.State]string{saved.Holds: "✓ holds  ", saved.Broken: "✗ broken ", saved.Unknown: "· unknown"}
	for _, r := range results {
		value := "nothing known"
		if r.State != saved.Unknown {
			value = "is " + analysis.FormatNumber(rounded(r.Value))
			if r.Column == saved.Quality {
				value = "is " + level(m, r.Value)
			}
		}
		fmt.Fprintf(w, "%s %s: %s; %s\n", marks[r.State], display.Escape(boundText(m, check.Where, r.Bound)), value, plural(int64(r.Rows), "row"))
	}
	fmt.Fprintf(w, "%s %s, %s to %s\n", saved.Worst(results), display.Escape(check.Name), stamp(window.From), stamp(window.To))
}

// savedJSON is the answer of `andon check --saved --json`, and of --save, where
// nothing was judged: window and state are null.
type savedJSON struct {
	Schema int               `json:"schema"`
	Check  string            `json:"check"`
	State  *saved.State      `json:"state"`
	Where  map[string]string `json:"where"`
	From   *time.Time        `json:"from"`
	To     *time.Time        `json:"to"`
	Bounds []savedBoundJSON  `json:"bounds"`
}

type savedBoundJSON struct {
	Column *string      `json:"column"` // null is quality itself
	Lo     *float64     `json:"lo"`
	Hi     *float64     `json:"hi"`
	Why    string       `json:"why"`
	Value  *float64     `json:"value"`
	Rows   int          `json:"rows"`
	State  *saved.State `json:"state"`
}

func newSavedJSON(check saved.Check, w analysis.Window, results []saved.Result) savedJSON {
	out := savedJSON{Schema: report.Schema, Check: check.Name, Where: check.Where.Map(), Bounds: []savedBoundJSON{}}
	if results != nil {
		worst, from, to := saved.Worst(results), w.From.UTC(), w.To.UTC()
		out.State, out.From, out.To = &worst, &from, &to
	}
	for i, b := range check.Bounds {
		shaped := savedBoundJSON{Column: optional(b.Column), Lo: finiteNumber(b.Lo), Hi: finiteNumber(b.Hi), Why: b.Why}
		if results != nil {
			shaped.Value, shaped.Rows, shaped.State = finiteNumber(results[i].Value), results[i].Rows, &results[i].State
		}
		out.Bounds = append(out.Bounds, shaped)
	}
	return out
}

// finiteNumber is nil for what JSON cannot hold.
func finiteNumber(v float64) *float64 {
	if v-v != 0 {
		return nil
	}
	return &v
}
