package command

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/swap"
	"andon/ui/display"
)

// swapFlags are those of `andon swap`.
type swapFlags struct {
	question
	out, replayed string
	any           bool
	plan          swap.Plan
}

// mostSwapped is how many rows are replayed unless told otherwise: enough for
// an effect of ten points on either side, and minutes on one machine.
const mostSwapped = 400

func swapCommand(env Env) *cobra.Command {
	var flags swapFlags
	c := &cobra.Command{
		Use:   "swap FILE [-o MANIFEST.jsonl | --import REPLAYED.jsonl]",
		Short: "tell the model from the world: both models on the rows of both windows",
		Long: `The swap test is the experiment that settles whether the model is to blame: the
old and the new model answer the same rows from before and after.

-o writes the manifest, JSON lines: which row, which frame, which model (run is
old or new), drawn evenly over both windows and balanced by slice. Replay each
line where the models run and write it back with its prediction. --import reads
the answers, prints the table and records what it says: the same rows answered
worse by the new model is the model, the old model falling on the after rows is
the world. It overrides weaker evidence. Without either, the last table.`,
		Example: `  andon swap plant.andon -o manifest.jsonl
  andon swap plant.andon --import replayed.jsonl`,
		Args: exactly(1, "an incident file"),
		RunE: func(c *cobra.Command, args []string) error {
			if flags.out != "" && flags.replayed != "" {
				return usage("-o writes the manifest and --import reads its replay: give one of them")
			}
			open := openToRead
			if flags.replayed != "" {
				open = openIncident
			}
			target, err := open(c.Context(), env, args[0])
			if err != nil {
				return err
			}
			defer target.done()
			switch {
			case flags.out != "":
				return target.writeManifest(c.Context(), flags)
			case flags.replayed != "":
				return target.importReplay(c.Context(), flags)
			}
			return target.lastSwap(c.Context(), flags.json)
		},
	}
	flags.flags(c)
	c.Flags().StringVarP(&flags.out, "output", "o", "", "write the manifest to this `FILE`")
	c.Flags().StringVar(&flags.replayed, "import", "", "read the replayed `FILE`")
	c.Flags().IntVar(&flags.plan.Rows, "rows", mostSwapped, "rows to replay at most, over both windows")
	c.Flags().BoolVar(&flags.any, "any", false, "also rows without a sampled frame: their pictures are kept elsewhere, by id or path")
	c.Flags().StringVar(&flags.plan.Old, "old", "", "the `VERSION` from before; the most frequent in that window if not given")
	c.Flags().StringVar(&flags.plan.New, "new", "", "the `VERSION` since; the most frequent in that window if not given")
	return c
}

// swapWindows are the windows asked for, else the incident's.
func (s *session) swapWindows(ctx context.Context, flags swapFlags) (analysis.Triage, analysis.Windows, analysis.Where, error) {
	w, where, err := flags.parse()
	if err != nil {
		return analysis.Triage{}, w, where, err
	}
	t, err := s.triage(ctx, w, nil)
	if w.Zero() {
		w = t.Windows
	}
	return t, w, where, err
}

func (s *session) writeManifest(ctx context.Context, flags swapFlags) error {
	if flags.plan.Rows < 2 {
		return usage("--rows %d: a swap test needs at least one row of each window", flags.plan.Rows)
	}
	t, w, where, err := s.swapWindows(ctx, flags)
	if err != nil {
		return err
	}
	table, err := s.inferences(ctx)
	if err != nil {
		return err
	}
	var frames map[int64]string
	if !flags.any {
		if frames, err = s.framePaths(ctx); err != nil {
			return err
		}
	}
	flags.plan.Windows, flags.plan.Where = w, where
	if guilty := t.Guilty(); guilty != nil {
		flags.plan.Guilty = guilty.Where
	}
	lines, warnings, err := swap.Draw(table, frames, flags.plan)
	if err != nil {
		return input(err)
	}
	if err := replaceFile(flags.out, func(w io.Writer) error { return swap.Write(w, lines) }); err != nil {
		return input(fmt.Errorf("write the manifest %q: %w", flags.out, err))
	}
	fmt.Fprintf(s.env.Out, "%s written to %s: replay each, add its prediction, then\n  andon swap %s --import FILE\n",
		plural(int64(len(lines)), "line"), display.Escape(flags.out), display.Escape(s.file.Path()))
	if rows := len(lines) / 2; len(frames) > 0 && rows < flags.plan.Rows/2 {
		warnings = append(warnings, fmt.Sprintf("only %d labelled rows with a frame could be balanced; --any takes rows whose pictures are kept elsewhere", rows))
	}
	printWarnings(s.env.Out, warnings)
	return nil
}

// framePaths is the path of each row's frame.
func (s *session) framePaths(ctx context.Context) (map[int64]string, error) {
	frames, err := s.file.Frames(ctx)
	if err != nil {
		return nil, input(err)
	}
	paths := map[int64]string{}
	for _, f := range frames {
		if f.Row > 0 {
			paths[f.Row] = f.Path
		}
	}
	return paths, nil
}

// importReplay reads a replay, keeps it, and records what it says.
func (s *session) importReplay(ctx context.Context, flags swapFlags) error {
	_, w, _, err := s.swapWindows(ctx, flags)
	if err != nil {
		return err
	}
	table, err := s.inferences(ctx)
	if err != nil {
		return err
	}
	file, err := os.Open(flags.replayed)
	if err != nil {
		return input(fmt.Errorf("read the replay: %w", err))
	}
	defer file.Close()
	answers, err := swap.ReadReplay(file, table, w)
	if err != nil {
		return input(fmt.Errorf("%q: %w", flags.replayed, err))
	}
	if _, err := swap.Read(answers); err != nil { // before anything is kept
		return input(err)
	}
	number, err := s.file.AddReplay(ctx, answers)
	if err != nil {
		return input(err)
	}
	reading, finding, err := s.readSwap(ctx, number, w)
	if err != nil {
		return err
	}
	after, moved, err := s.keepAnswer(ctx, finding)
	if err != nil {
		return err
	}
	if flags.json {
		return printJSON(s.env.Out, newSwapJSON(number, reading, finding))
	}
	printSwap(s.env.Out, reading)
	fmt.Fprintf(s.env.Out, "recorded as replay %d; %s\n", number, moved)
	printVerdict(s.env.Out, after)
	return nil
}

// lastSwap prints the table of the last replay.
func (s *session) lastSwap(ctx context.Context, asJSON bool) error {
	findings, err := s.file.Findings(ctx)
	if err != nil {
		return input(err)
	}
	for i := len(findings) - 1; i >= 0; i-- {
		var number int64
		if _, err := fmt.Sscanf(findings[i].Query, analysis.SwapQuery+"%d", &number); err != nil {
			continue
		}
		reading, finding, err := s.readSwap(ctx, number, findings[i].Windows)
		if err != nil {
			return err
		}
		if asJSON {
			return printJSON(s.env.Out, newSwapJSON(number, reading, finding))
		}
		printSwap(s.env.Out, reading)
		return nil
	}
	return usage("nothing was replayed yet; andon swap %q -o manifest.jsonl writes what to replay", s.file.Path())
}

func printWarnings(w io.Writer, warnings []string) {
	for i, text := range warnings {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "WARNINGS"), display.Escape(text))
	}
}
