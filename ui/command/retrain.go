package command

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/retrain"
	"andon/ui/display"
)

type retrainFlags struct {
	question
	out    string
	budget int
}

func retrainCommand(env Env) *cobra.Command {
	var flags retrainFlags
	c := &cobra.Command{
		Use:   "retrain FILE -o manifest.jsonl|manifest.json",
		Short: "choose what to label and retrain on",
		Long: `Writes a manifest of rows with their frames, within a budget, each with its
reason: inputs of the guilty slice that were never seen before, the guilty
slice's known inputs, unseen inputs elsewhere, and rows of the window before, so
that the new model does not forget the old case. Within each group rows are as
different as can be and no picture comes twice; every fifth is held out to prove
the new model on.

manifest.jsonl is one JSON object a row. manifest.json is COCO, with the boxes
that were predicted, where the log has boxes: [x, y, width, height] in one
column, or left, top, width and height.`,
		Example: "  andon retrain plant.andon -o manifest.jsonl --budget 300",
		Args:    exactly(1, "an incident file"),
		RunE: func(c *cobra.Command, args []string) error {
			ext := strings.ToLower(filepath.Ext(flags.out))
			if ext != ".jsonl" && ext != ".json" {
				return usage("andon retrain wants the manifest's name: -o manifest.jsonl, or -o manifest.json for COCO")
			}
			if flags.budget < 1 {
				return usage("--budget %d: give at least 1 row", flags.budget)
			}
			if err := manifestTarget(flags.out); err != nil {
				return err
			}
			return flags.ask(c.Context(), env, args, func(s *session, t analysis.Triage) error {
				return s.retrain(c.Context(), flags, t, ext)
			})
		},
	}
	flags.flags(c)
	c.Flags().StringVarP(&flags.out, "output", "o", "", "the manifest `FILE`; its ending says the format")
	c.Flags().IntVar(&flags.budget, "budget", 200, "how many `ROWS` can be labelled")
	return c
}

// manifestTarget refuses to write over an incident.
func manifestTarget(path string) error {
	if isDatabase(path) {
		return input(fmt.Errorf("andon retrain -o %q: this is a database, perhaps the incident itself; choose another name", path))
	}
	return nil
}

func (s *session) retrain(ctx context.Context, flags retrainFlags, t analysis.Triage, ext string) error {
	table, err := s.log(ctx)
	if err != nil {
		return err
	}
	if table == nil || t.Windows.Zero() || (t.Verdict.Cause == analysis.None && flags.before == "") {
		return usage("andon retrain: nothing changed in this file, so there is nothing new to learn; give --before and --after to choose between two windows")
	}
	ask := retrain.Ask{Windows: t.Windows, Budget: flags.budget}
	if ask.Where, err = analysis.ParseWhere(flags.where); err != nil {
		return usage("--where: %w", err)
	}
	if guilty := t.Guilty(); guilty != nil {
		ask.Guilty = guilty.Where
	}
	pictures, err := s.pictures(ctx)
	if err != nil {
		return err
	}
	ask.Picture = pictures.of
	choice, err := retrain.Choose(ctx, table, ask)
	if err != nil {
		return usage("%w", err)
	}
	says, err := s.sampled(ctx)
	if err != nil {
		return err
	}
	choice.Warnings = append(choice.Warnings, says...)
	entries, err := s.entries(ctx, choice, ask, pictures)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { return writeLines(w, entries) }
	if ext == ".json" {
		boxes, err := s.boxes(ctx)
		if err != nil {
			return err
		}
		write = func(w io.Writer) error { return printJSON(w, newCOCO(entries, boxes, s.env.Now())) }
	}
	if err := replaceFile(flags.out, write); err != nil {
		return input(fmt.Errorf("write the manifest %q: %w; choose another place with -o", flags.out, err))
	}
	if flags.json {
		return printJSON(s.env.Out, newChoiceJSON(flags.out, choice, ask))
	}
	printChoice(s.env.Out, flags.out, choice, ask)
	return nil
}

// reasonOf says the reason of a group in words.
func reasonOf(r retrain.Reason, guilty analysis.Where) string {
	where := "all rows"
	if len(guilty) > 0 {
		where = guilty.String()
	}
	switch r {
	case retrain.Unseen:
		return "after, " + where + ": inputs like nothing before"
	case retrain.Guilty:
		return "after, " + where + ": inputs as before"
	case retrain.Elsewhere:
		return "after, other rows: inputs like nothing before"
	}
	return "before: what must not be forgotten"
}

// printChoice tells what was chosen, and from what.
func printChoice(w io.Writer, path string, c retrain.Choice, ask retrain.Ask) {
	rows, held, unlabelled := tally(c)
	for i, r := range retrain.Reasons {
		fmt.Fprintf(w, "%-10s%s of %s  %s\n", heading(i, "ROWS"), thousands(int64(rows[r])), thousands(int64(c.Pool[r])), display.Escape(reasonOf(r, ask.Guilty)))
	}
	fmt.Fprintf(w, "SETS      %d to train on, %d held out to prove the new model\n", len(c.Picks)-held, held)
	fmt.Fprintf(w, "LABELS    %d to make, %d there already\n", unlabelled, len(c.Picks)-unlabelled)
	fmt.Fprintf(w, "APART     by %s; %s passed over, their picture or inputs were chosen already\n", display.Escape(listed(first(c.Inputs, 6))), plural(int64(c.Duplicates), "row"))
	for i, warning := range c.Warnings {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "WARNINGS"), display.Escape(warning))
	}
	fmt.Fprintf(w, "written to %s\n", display.Escape(path))
}

// first is at most n names and how many more there are.
func first(names []string, n int) []string {
	if len(names) <= n {
		return names
	}
	return append(slices.Clone(names[:n]), fmt.Sprintf("%d more", len(names)-n))
}

// tally counts the rows by reason, those held out and those without a label.
func tally(c retrain.Choice) (rows map[retrain.Reason]int, held, unlabelled int) {
	rows = map[retrain.Reason]int{}
	for _, p := range c.Picks {
		rows[p.Reason]++
		if p.HeldOut {
			held++
		}
		if !p.Labelled {
			unlabelled++
		}
	}
	return rows, held, unlabelled
}
