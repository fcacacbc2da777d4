package command

import (
	"context"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/camera"
	"andon/ui/display"
	"andon/ui/report"
)

// framesAnswer is the JSON of `andon frames --json`: which frames were set
// beside each other, and by how much each cell of the picture changed colour.
type framesAnswer struct {
	Schema   int               `json:"schema"`
	Windows  *report.Windows   `json:"windows"`
	Where    map[string]string `json:"where"`
	Before   int               `json:"before"`
	After    int               `json:"after"`
	Regions  []regionAnswer    `json:"regions"`
	Pairs    []pairAnswer      `json:"pairs"`
	Warnings []string          `json:"warnings"`
}

type regionAnswer struct {
	Row    int      `json:"row"`
	Column int      `json:"column"`
	Before string   `json:"before"`
	After  string   `json:"after"`
	Delta  *float64 `json:"delta"`
	Noise  *float64 `json:"noise"`
	Beyond bool     `json:"beyond_chance"`
}

type pairAnswer struct {
	Before   frameAnswer `json:"before"`
	After    frameAnswer `json:"after"`
	SameView bool        `json:"same_view"`
	Distance *float64    `json:"distance"`
}

type frameAnswer struct {
	Time       string `json:"time"`
	Path       string `json:"path"`
	View       string `json:"view"`
	Prediction string `json:"prediction"`
	Label      string `json:"label"`
}

// framesCommand says what changed in the pictures. Without a filter it looks at
// the slice that explains the drop, as the console does.
func framesCommand(env Env) *cobra.Command {
	var q question
	most := 8
	c := &cobra.Command{
		Use:   "frames FILE | SRC...",
		Short: "compare the pictures before and after",
		Long: `Frames sets frames from after the onset beside the ones from before that are
most like them, and compares the mean colour of each of 16 cells. Without
--where it looks at the slice that explains the drop.`,
		Example: "  andon frames plant.andon --where line=L2",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			return q.ask(c.Context(), env, args, func(s *session, t analysis.Triage) error {
				where, err := analysis.ParseWhere(q.where)
				if err != nil {
					return usage("--where: %w", err)
				}
				if err := s.tellSampled(c.Context(), env.Err); err != nil {
					return err
				}
				return showFrames(c.Context(), env, s, t, where, most, q.json)
			})
		},
	}
	q.flags(c)
	c.Flags().IntVar(&most, "pairs", most, "how many pairs to name")
	return c
}

func showFrames(ctx context.Context, env Env, s *session, t analysis.Triage, where analysis.Where, most int, asJSON bool) error {
	if guilty := t.Guilty(); guilty != nil && len(where) == 0 {
		where = guilty.Where
	}
	if t.Windows.Zero() && !asJSON {
		fmt.Fprintln(env.Out, "no change was found, so there are no two windows to compare; give both with --before and --after")
		return nil
	}
	var pairs camera.Comparison
	if !t.Windows.Zero() {
		var err error
		if pairs, err = s.Frames(ctx, t.Windows, where, max(0, most)); err != nil {
			return err
		}
	}
	if asJSON {
		return printJSON(env.Out, newFramesAnswer(t, where, pairs))
	}
	printFrames(env.Out, where, pairs)
	return nil
}

func newFramesAnswer(t analysis.Triage, where analysis.Where, f camera.Comparison) framesAnswer {
	a := framesAnswer{Schema: report.Schema, Windows: report.NewWindows(t.Windows), Where: where.Map(), Before: f.Before, After: f.After,
		Regions: []regionAnswer{}, Pairs: []pairAnswer{}, Warnings: append([]string{}, f.Warnings...)}
	for _, r := range f.Regions {
		a.Regions = append(a.Regions, regionAnswer{r.Row + 1, r.Col + 1, hexColour(r.Before), hexColour(r.After),
			finite(r.Delta), finite(r.Noise), r.Beyond()})
	}
	for _, p := range f.Pairs {
		a.Pairs = append(a.Pairs, pairAnswer{newFrameAnswer(p.Before), newFrameAnswer(p.After), p.SameView, finite(p.Distance)})
	}
	return a
}

func newFrameAnswer(s camera.Sample) frameAnswer {
	return frameAnswer{s.Frame.Time.UTC().Format(time.RFC3339), s.Frame.Path, s.View(), s.Prediction, s.Label}
}

// hexColour is a colour as #rrggbb.
func hexColour(c camera.Colour) string {
	part := func(v float64) int { return int(math.Round(max(0, min(255, v)))) }
	return fmt.Sprintf("#%02x%02x%02x", part(c.R), part(c.G), part(c.B))
}

// printFrames tells the regions that changed, largest first, and the pairs.
func printFrames(w io.Writer, where analysis.Where, f camera.Comparison) {
	rows := "all rows"
	if len(where) > 0 {
		rows = where.String()
	}
	fmt.Fprintf(w, "FRAMES    %s: %s before, %s after\n", display.Escape(rows), display.Count(int64(f.Before)), display.Count(int64(f.After)))
	beyond := 0
	for _, r := range f.Regions {
		if r.Beyond() {
			beyond++
		}
	}
	if len(f.Regions) > 0 {
		fmt.Fprintf(w, "REGIONS   %d of %d cells changed colour beyond chance\n", beyond, len(f.Regions))
	}
	for _, r := range f.Regions[:min(5, len(f.Regions))] {
		mark := " "
		if r.Beyond() {
			mark = "*"
		}
		fmt.Fprintf(w, "          %s row %d, column %d: %s (%s) to %s (%s), difference %.1f\n", mark, r.Row+1, r.Col+1,
			r.Before.Name(), hexColour(r.Before), r.After.Name(), hexColour(r.After), r.Delta)
	}
	for i, p := range f.Pairs {
		fmt.Fprintf(w, "%-10s%s beside %s\n", heading(i, "PAIRS"), frameWords(p.After), frameWords(p.Before))
	}
	for i, text := range f.Warnings {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "WARNINGS"), display.Escape(text))
	}
}

// frameWords is a frame as one reads it: its file, when, and what was said.
func frameWords(s camera.Sample) display.Text {
	text := s.Frame.Path
	if text == "" {
		text = fmt.Sprintf("frame %d", s.Frame.ID)
	}
	text += " (" + stamp(s.Frame.Time)
	if s.Prediction != "" {
		text += ", said " + s.Prediction
	}
	if s.Label != "" {
		text += ", was " + s.Label
	}
	return display.Escape(text + ")")
}
