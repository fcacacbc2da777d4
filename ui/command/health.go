package command

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/warning"
	"andon/ui/display"
	"andon/ui/report"
)

func healthCommand(env Env) *cobra.Command {
	var asJSON bool
	var at, filter string
	var roles []string
	c := &cobra.Command{
		Use:   "health FILE | SRC...",
		Short: "a line for each room of the house, and what gives early warning",
		Long: `Says for each room how the last week of the log went: objectives, what the model
makes of its inputs, the verdict, the service, the data. What leads a drop is
watched against bands learned from the log's own days: confidence,
disagreement, latency, failures, rows, gaps, and the inputs, in all rows and
slice by slice. Moved inputs alone are no warning as long as the model does not
mind them. The first four days are only learned from.`,
		Example: "  andon health plant.andon\n  andon health plant.andon --where 'model=seating plant=Graz'\n  andon health plant.andon --at 2026-03-08T00:00:00Z --json",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			end, err := parseInstant(at)
			if err != nil {
				return usage("--at: %w", err)
			}
			where, err := analysis.ParseWhere(filter)
			if err != nil {
				return usage("--where: %w", err)
			}
			opened, err := openTarget(c.Context(), env, args, roles)
			if err != nil {
				return err
			}
			defer opened.done()
			lines, watched, err := opened.health(c.Context(), end, where)
			if err != nil {
				return err
			}
			if err := opened.tellSampled(c.Context(), env.Err); err != nil {
				return err
			}
			if asJSON {
				return printJSON(env.Out, newHealthAnswer(lines, watched))
			}
			printHealth(env.Out, lines, watched)
			return nil
		},
	}
	c.Flags().StringVar(&filter, "where", "", "only these rows, such as `'model=seating plant=Graz'`")
	c.Flags().StringVar(&at, "at", "", "look back from this `TIME` instead of from the end of the log")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object and nothing else")
	roleFlag(c, &roles)
	return c
}

// health is the line of each room, and all warnings of the rows of where, up to
// end.
func (s *session) health(ctx context.Context, end time.Time, where analysis.Where) ([]warning.Line, warning.Report, error) {
	t, err := s.triage(ctx, analysis.Windows{}, where)
	if err != nil {
		return nil, warning.Report{}, err
	}
	watched, err := s.watchedIn(ctx, end, where)
	if err != nil {
		return nil, watched, err
	}
	objectives, err := s.objectives(ctx, nil, t)
	if err != nil {
		return nil, watched, err
	}
	if objectives, err = s.narrowed(ctx, objectives, where, ""); err != nil {
		return nil, watched, err
	}
	standings, err := s.standings(ctx, objectives, t, end)
	return warning.Health(watched, standings, t), watched, err
}

// watchedIn is what the rows of where gave warning of, by bands of their own.
func (s *session) watchedIn(ctx context.Context, end time.Time, where analysis.Where) (warning.Report, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil || len(where) == 0 {
		return s.watched(ctx, end)
	}
	if table, err = table.Only(where); err != nil {
		return warning.Report{}, fmt.Errorf("watch the rows of %s: %w", where, err)
	}
	return warning.Watch(ctx, table, end)
}

// healthAnswer is the JSON of `andon health --json`. README has the schema.
type healthAnswer struct {
	Schema   int             `json:"schema"`
	Rooms    []healthRoom    `json:"rooms"`
	Watched  *healthWindow   `json:"watched"` // null where the log is too short
	Bands    int             `json:"bands"`
	Warnings []healthWarning `json:"warnings"`
	Notes    []string        `json:"notes"`
}

type healthRoom struct {
	Room  warning.Room  `json:"room"`
	State warning.State `json:"state"`
	Text  string        `json:"text"`
}

type healthWindow struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type healthWarning struct {
	Raised string        `json:"raised"`
	Grave  bool          `json:"grave"`
	Alarms []healthAlarm `json:"alarms"`
}

type healthAlarm struct {
	Indicator string            `json:"indicator"`
	Room      warning.Room      `json:"room"`
	Where     map[string]string `json:"where"`
	From      string            `json:"from"`
	Raised    string            `json:"raised"`
	Direction string            `json:"direction"`
	Usual     float64           `json:"usual"`
	Now       float64           `json:"now"`
	Effect    float64           `json:"effect"`
	Score     float64           `json:"score"`
}

func newHealthAnswer(lines []warning.Line, r warning.Report) healthAnswer {
	a := healthAnswer{Schema: report.Schema, Notes: append([]string{}, r.Notes...)}
	for _, l := range lines {
		a.Rooms = append(a.Rooms, healthRoom{l.Room, l.State, l.Text})
	}
	if !r.Watched.Empty() {
		a.Watched = &healthWindow{rfc(r.Watched.From), rfc(r.Watched.To)}
	}
	for _, n := range r.Tracks {
		a.Bands += n
	}
	a.Warnings = newHealthWarnings(r.Warnings)
	return a
}

func newHealthWarnings(warnings []warning.Warning) []healthWarning {
	all := []healthWarning{}
	for _, w := range warnings {
		h := healthWarning{Raised: rfc(w.Raised), Grave: w.Grave}
		for _, m := range w.Alarms {
			direction := "down"
			if m.Up {
				direction = "up"
			}
			h.Alarms = append(h.Alarms, healthAlarm{m.Indicator.Name, m.Indicator.Room, m.Where.Map(), rfc(m.From), rfc(m.Raised), direction, m.Usual, m.Now, m.Effect, m.Score})
		}
		all = append(all, h)
	}
	return all
}

func rfc(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// mostAlarms is how many alarms of a warning are printed.
const mostAlarms = 3

func printHealth(w io.Writer, lines []warning.Line, r warning.Report) {
	for _, l := range lines {
		fmt.Fprintf(w, "%-10s%-8s %s\n", strings.ToUpper(string(l.Room)), l.State, display.Escape(l.Text))
	}
	for _, m := range r.Warnings {
		name := "moved"
		if m.Grave {
			name = "WARNING"
		}
		for i, a := range m.Alarms[:min(mostAlarms, len(m.Alarms))] {
			if i == 0 {
				fmt.Fprintf(w, "%-10s%s: ", name, stamp(m.Raised))
			} else {
				fmt.Fprintf(w, "%-29s", "")
			}
			fmt.Fprintln(w, display.Escape(a.String()))
		}
		if more := len(m.Alarms) - mostAlarms; more > 0 {
			fmt.Fprintf(w, "%-29sand %d more\n", "", more)
		}
	}
	for _, note := range r.Notes {
		fmt.Fprintf(w, "%-10s%s\n", "NOTE", display.Escape(note))
	}
}
