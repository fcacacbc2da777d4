package command

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/claim"
	"andon/analysis/hypothesis"
	"andon/ui/display"
	"andon/ui/report"
)

// hypothesisFlags are those of `andon hypothesis`.
type hypothesisFlags struct {
	add, where, event string
	json              bool
}

func hypothesisCommand(env Env) *cobra.Command {
	var flags hypothesisFlags
	c := &cobra.Command{
		Use:   "hypothesis FILE [MARK proposed|testing|supported|refuted WHY] [--add CAUSE TEXT]",
		Short: "list what may have happened, decide on it, add your own",
		Long: `Lists the hypotheses side by side, the most probable first: a cause, in a slice,
brought about by an event, with what speaks for and against it and what nobody
has tested. Those that Andon reads from the log and your own share the
probability of their cause.

With a hypothesis' mark (the five letters before it), a status and a why it is
moved there; the move is kept with who, when and why, and never changed. --add
keeps one of your own.`,
		Example: `  andon hypothesis plant.andon
  andon hypothesis plant.andon 3fa2c supported "purchasing confirms the new vendor"
  andon hypothesis plant.andon --add floor --where line=L2 "the night shift wears winter gloves"`,
		Args: func(c *cobra.Command, args []string) error {
			adding := c.Flags().Changed("add")
			if adding && len(args) == 2 || !adding && (len(args) == 1 || len(args) == 4) {
				return nil
			}
			return usage("andon hypothesis wants an incident file, and to move one its mark, a status and why; see 'andon hypothesis --help'")
		},
		RunE: func(c *cobra.Command, args []string) error {
			open := openToRead
			if len(args) > 1 {
				open = openIncident
			}
			target, err := open(c.Context(), env, args[0])
			if err != nil {
				return err
			}
			defer target.done()
			switch len(args) {
			case 2:
				return target.addHypothesis(c, flags, args[1])
			case 4:
				return target.moveHypothesis(c, args[1], hypothesis.Status(args[2]), args[3])
			}
			return target.listHypotheses(c, flags.json)
		},
	}
	c.Flags().StringVar(&flags.add, "add", "", "keep a hypothesis of your own: its `CAUSE`, such as floor")
	c.Flags().StringVar(&flags.where, "where", "", "the slice your own is about, such as `'line=L2'`")
	c.Flags().StringVar(&flags.event, "event", "", "the `TITLE` of the logged event that brought it about")
	c.Flags().BoolVar(&flags.json, "json", false, "list as one JSON object and nothing else")
	return c
}

// ownHypothesis is one of a person's own, checked.
func (s *session) ownHypothesis(h hypothesis.Hypothesis) (hypothesis.Hypothesis, error) {
	if !slices.Contains(analysis.Causes, h.Cause) {
		return h, usage("cause %q: it is one of floor, sensor, pipeline, model, labels, traffic, service", h.Cause)
	}
	if strings.TrimSpace(h.Text) == "" {
		return h, usage("the hypothesis is empty: say what may have happened")
	}
	where, err := analysis.ParseWhere(h.Where)
	if err != nil {
		return h, usage("where: %w", err)
	}
	h.Where, h.Own, h.Status = where.String(), true, hypothesis.Proposed
	return h, nil
}

// Propose keeps one of a person's own.
func (s *session) Propose(ctx context.Context, h hypothesis.Hypothesis) (hypothesis.Hypothesis, error) {
	h, err := s.ownHypothesis(h)
	if err != nil {
		return h, err
	}
	return s.Move(ctx, h, hypothesis.Proposed, "her own: "+h.Text)
}

func (s *session) addHypothesis(c *cobra.Command, flags hypothesisFlags, text string) error {
	h, err := s.Propose(c.Context(), hypothesis.Hypothesis{Cause: analysis.Cause(flags.add), Where: flags.where, Event: flags.event, Text: text})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.env.Out, "hypothesis %s proposed\n", h.Mark())
	return nil
}

func (s *session) moveHypothesis(c *cobra.Command, which string, to hypothesis.Status, why string) error {
	_, all, err := s.weighed(c.Context())
	if err != nil {
		return err
	}
	for _, h := range all {
		if h.Mark() != which {
			continue
		}
		moved, err := s.Move(c.Context(), h, to, why)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.env.Out, "%s %s: %s\n", which, moved.Status, display.Escape(h.Text))
		return nil
	}
	return usage("there is no hypothesis %q; andon hypothesis FILE lists them with their marks", which)
}

func (s *session) listHypotheses(c *cobra.Command, asJSON bool) error {
	t, all, err := s.weighed(c.Context())
	if err != nil {
		return err
	}
	controls, err := s.controls(c.Context(), t)
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(s.env.Out, map[string]any{"schema": report.Schema, "hypotheses": report.NewHypotheses(all), "controls": newControls(t, controls)})
	}
	if len(all) == 0 {
		fmt.Fprintln(s.env.Out, "no hypothesis: the log shows no change to explain")
	}
	for _, h := range all {
		printHypothesis(s.env.Out, h)
	}
	printControls(s.env.Out, t, controls)
	return nil
}

// printHypothesis writes one with its evidence and its moves.
func printHypothesis(w io.Writer, h hypothesis.Hypothesis) {
	fmt.Fprintf(w, "%s  %6s  %-9s  %-8s  %s\n", h.Mark(), display.Percent(h.Probability), h.Status, h.Cause, display.Escape(h.Text))
	for _, part := range []struct {
		name  string
		lines []string
	}{{"for", h.For}, {"against", h.Against}, {"untested", h.Untested}} {
		for i, line := range part.lines {
			fmt.Fprintf(w, "       %-9s %s\n", heading(i, part.name), display.Escape(line))
		}
	}
	for i, m := range h.Moves {
		fmt.Fprintf(w, "       %-9s %s %s → %s (%s → %s), %s: %s\n", heading(i, "moves"), stamp(m.Time), m.From, m.To,
			display.Percent(m.Before), display.Percent(m.After), display.Escape(m.Author), display.Escape(m.Reason))
	}
}

// printControls writes the negative controls.
func printControls(w io.Writer, t analysis.Triage, controls []claim.Controlled) {
	for i, c := range controls {
		fmt.Fprintf(w, "%-10s%-8s %s: %s\n", heading(i, "CONTROLS"), c.Held, display.Escape(c.Claim()), display.Escape(c.Result(t.Measure)))
	}
}

// mostListed is how many hypotheses a triage names; andon hypothesis has all.
const mostListed = 4

// printShort writes the hypotheses in a line each.
func printShort(w io.Writer, all []hypothesis.Hypothesis) {
	for i, h := range all[:min(mostListed, len(all))] {
		fmt.Fprintf(w, "%-11s%6s %-9s %s\n", heading(i, "HYPOTHESES"), display.Percent(h.Probability), h.Status, display.Escape(h.Text))
	}
}

// controlJSON is one negative control in JSON.
type controlJSON struct {
	Where  map[string]string `json:"where"`
	Held   claim.Held        `json:"held"`
	Claim  string            `json:"claim"`
	Result string            `json:"result"`
	Query  string            `json:"query"`
}

func newControls(t analysis.Triage, controls []claim.Controlled) []controlJSON {
	out := []controlJSON{}
	for _, c := range controls {
		out = append(out, controlJSON{c.Where.Map(), c.Held, c.Claim(), c.Result(t.Measure), c.Query()})
	}
	return out
}
