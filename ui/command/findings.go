package command

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/claim"
	"andon/ui/display"
	"andon/ui/report"
)

// findingsFlags are those of `andon findings`.
type findingsFlags struct {
	question
	ask, claim      string
	again, controls bool
}

func findingsCommand(env Env) *cobra.Command {
	var flags findingsFlags
	c := &cobra.Command{
		Use:   "findings FILE",
		Short: "list what was found, run it again, keep a finding of your own",
		Long: `Lists the findings: every claim with its query, windows, slice, result and the
hash of it. --again runs each query once more and says same or changed, with
both numbers; exit code 1 where one changed.

--ask keeps a finding of your own: quality, signal COLUMN, control. --controls
keeps the negative controls: the places beside the accused one that should not
have moved.`,
		Example: `  andon findings plant.andon --again
  andon findings plant.andon --ask quality --where 'line=L3' --claim "L3 is fine"
  andon findings plant.andon --controls`,
		Args: exactly(1, "an incident file"),
		RunE: func(c *cobra.Command, args []string) error {
			open := openToRead
			if flags.ask != "" || flags.controls {
				open = openIncident
			}
			target, err := open(c.Context(), env, args[0])
			if err != nil {
				return err
			}
			defer target.done()
			return target.keepFindings(c.Context(), flags)
		},
	}
	flags.flags(c)
	c.Flags().StringVar(&flags.ask, "ask", "", "keep the answer to this `QUERY`: quality, 'signal COLUMN' or control")
	c.Flags().StringVar(&flags.claim, "claim", "", "what you make of it, `TEXT`; kept with the finding")
	c.Flags().BoolVar(&flags.again, "again", false, "run every query again; exit code 1 where a result changed")
	c.Flags().BoolVar(&flags.controls, "controls", false, "keep the negative controls that Andon offers")
	return c
}

func (s *session) keepFindings(ctx context.Context, flags findingsFlags) error {
	if flags.controls {
		if err := s.keepControls(ctx); err != nil {
			return err
		}
	}
	if flags.ask != "" {
		if err := s.askOwn(ctx, flags); err != nil {
			return err
		}
	}
	findings, err := s.file.Findings(ctx)
	if err != nil {
		return input(err)
	}
	list := s.runAgain(ctx, findings, flags.again)
	if flags.json {
		err = printJSON(s.env.Out, map[string]any{"schema": report.Schema, "findings": list})
	} else {
		printFindings(s.env.Out, list)
	}
	if err == nil && slices.ContainsFunc(list, func(f findingJSON) bool { return f.Again != nil && *f.Again != "same" }) {
		err = failure{exitFinding, errSilent}
	}
	return err
}

// keepControls keeps the negative controls that are not kept yet.
func (s *session) keepControls(ctx context.Context) error {
	t, _, err := s.weighed(ctx)
	if err != nil {
		return err
	}
	controls, err := s.controls(ctx, t)
	if err != nil {
		return err
	}
	if len(controls) == 0 {
		return usage("there is no place beside the accused slice to compare with")
	}
	for _, c := range controls {
		if err := s.KeepControl(ctx, c, t); err != nil {
			return err
		}
	}
	return nil
}

// KeepControl keeps a negative control as a finding.
func (s *session) KeepControl(ctx context.Context, c claim.Controlled, t analysis.Triage) error {
	f := analysis.Finding{Time: s.env.Now().UTC(), Query: c.Query(), Where: c.Where.String(), Windows: t.Windows, Claim: c.Claim(), Result: c.Result(t.Measure)}
	f.Hash = evidenceHash(f)
	_, err := s.file.AddFinding(ctx, f)
	return input(err)
}

// askOwn asks a query and keeps its answer with a person's own words.
func (s *session) askOwn(ctx context.Context, flags findingsFlags) error {
	w, where, err := flags.parse()
	if err != nil {
		return err
	}
	f, err := s.claim(ctx, flags.ask, w, where)
	if err != nil {
		return err
	}
	f.Time = s.env.Now().UTC()
	if flags.claim != "" {
		f.Claim = flags.claim + ": " + f.Claim
	}
	_, err = s.file.AddFinding(ctx, f)
	return input(err)
}

// findingJSON is a finding in JSON. Again is same, changed or failed where it
// was run again, and Now what came out then.
type findingJSON struct {
	ID      int64            `json:"id"`
	Time    string           `json:"time"`
	Step    string           `json:"step"`
	Outcome analysis.Outcome `json:"outcome"`
	Claim   string           `json:"claim"`
	Query   string           `json:"query"`
	Params  string           `json:"params"`
	Where   string           `json:"where"`
	Windows *report.Windows  `json:"windows"`
	Result  string           `json:"result"`
	Hash    string           `json:"hash"`
	Again   *string          `json:"again"`
	Now     *string          `json:"now"`
}

// runAgain lists findings, run again where that is asked for and they have a
// query.
func (s *session) runAgain(ctx context.Context, findings []analysis.Finding, again bool) []findingJSON {
	out := []findingJSON{}
	for _, f := range findings {
		j := findingJSON{ID: f.ID, Time: stamp(f.Time), Step: f.Step, Outcome: f.Outcome, Claim: f.Claim, Query: f.Query, Params: f.Params,
			Where: f.Where, Result: f.Result, Hash: f.Hash}
		if !f.Windows.Zero() {
			j.Windows = report.NewWindows(f.Windows)
		}
		if again && f.Query != "" {
			said, now := "same", ""
			result, err := s.again(ctx, f)
			switch now = result.Result; {
			case err != nil:
				said, now = "failed", err.Error()
			case result.Hash != f.Hash:
				said = "changed"
			}
			j.Again, j.Now = &said, &now
		}
		out = append(out, j)
	}
	return out
}

func printFindings(w io.Writer, list []findingJSON) {
	if len(list) == 0 {
		fmt.Fprintln(w, "nothing was found yet; answer a step with: andon answer FILE STEP yes|no")
	}
	for _, f := range list {
		said := f.Claim
		if f.Outcome != "" {
			said = string(f.Outcome) + ": " + said
		}
		fmt.Fprintf(w, "%d  %s  %s\n", f.ID, f.Time, display.Escape(said))
		var parts []string
		for _, part := range []struct{ name, value string }{{"asked", f.Query}, {"with", f.Params}, {"where", f.Where}, {"result", f.Result}} {
			if part.value != "" {
				parts = append(parts, part.name+" "+part.value)
			}
		}
		if len(parts) > 0 {
			fmt.Fprintf(w, "   %s\n", display.Escape(strings.Join(parts, "; ")))
		}
		switch {
		case f.Again == nil:
		case *f.Again == "same":
			fmt.Fprintf(w, "   ✓ same: %s\n", display.Escape(cmp.Or(*f.Now, "unchanged")))
		case *f.Again == "changed":
			fmt.Fprintf(w, "   ✗ changed: was %s, is %s\n", display.Escape(cmp.Or(f.Result, "nothing")), display.Escape(cmp.Or(*f.Now, "nothing")))
		default:
			fmt.Fprintf(w, "   ✗ could not be run again: %s\n", display.Escape(*f.Now))
		}
	}
}
