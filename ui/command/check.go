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
	"andon/analysis/slo"
)

// checking is what andon check was asked.
//
//	objectives ─▶ ledgers ─▶ how each stands over the window, or on what is new
//	                                     │
//	                        exit 0 or 1, a line each, JSON, metrics
type checking struct {
	texts    []string
	over     string
	at       string
	by       string
	since    string
	fresh    time.Duration
	textfile string
	early    bool
	json     bool
	roles    []string
	saved    savedFlags
}

func checkCommand(env Env) *cobra.Command {
	var k checking
	c := &cobra.Command{
		Use:   "check FILE | SRC...",
		Short: "exit with 1 when quality is out: for cron and CI",
		Long: `Judges objectives at the end of the log, prints a line for each, and exits with 1
when one is out (missed beyond chance, or a pair of windows alerts) or when
nothing is known: missing telemetry is not health. What is missed by no more
than chance explains is LOW and exits with 0.

Without --slo, objectives of the settings and of the incident are taken; without
any, the one that the window before would just have met is proposed.

--save NAME makes a check of the incident in the file: what broke then (quality of
the slice, the inputs that moved there) must hold. --saved NAME runs it.`,
		Example: `  andon check plant.andon --slo 'accuracy>=95% where line=L2'
  andon check plant.andon --slo 'accuracy>=95%' --since last --textfile /var/lib/node_exporter/andon.prom
  andon check logs/ --slo 'accuracy>=90%' --over 7d --json`,
		Args: atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			return k.run(c.Context(), env, args)
		},
	}
	c.Flags().StringArrayVar(&k.texts, "slo", nil, "an `OBJECTIVE`, such as 'accuracy>=95% where line=L2' or 'latency_ms<=200 for 99%'; may be given again")
	c.Flags().StringVar(&k.by, "by", "", "also judge each value of a `COLUMN`, such as plant or model")
	c.Flags().StringVar(&k.over, "over", "day", "judge this much of the log: shift, day, week or a `TIME` such as 90m, 12h, 7d")
	c.Flags().StringVar(&k.at, "at", "", "stand at this `TIME` instead of at the end of the log")
	c.Flags().StringVar(&k.since, "since", "", "`last`: judge what has been learned since the last check of these objectives, late labels included")
	c.Flags().DurationVar(&k.fresh, "fresh", 0, "also out when the newest row is older than this `TIME`, such as 2h")
	c.Flags().BoolVar(&k.early, "early", false, "also out when a leading indicator gave warning in the window that is judged (andon health)")
	c.Flags().StringVar(&k.textfile, "textfile", "", "also write the numbers as Prometheus metrics to this `FILE`, whole or not at all")
	c.Flags().BoolVar(&k.json, "json", false, "print one JSON object and nothing else")
	k.saved.flags(c)
	roleFlag(c, &k.roles)
	return c
}

func (k *checking) run(ctx context.Context, env Env, args []string) error {
	asked, over, end, err := k.parse()
	if err != nil {
		return err
	}
	if k.saved.asked() {
		return k.saved.saveOrRun(ctx, env, args, k.roles, over, end, k.json)
	}
	opened, err := openTarget(ctx, env, args, k.roles)
	if err != nil {
		return err
	}
	defer opened.done()
	ledgers, err := opened.checked(ctx, asked, k.by, over, end)
	if err != nil {
		return err
	}
	standings, err := k.stand(env, args, ledgers, over)
	if err != nil {
		return err
	}
	tellOrigins(env.Err, ledgers)
	v := newCheckVerdict(standings, env.Now(), k.fresh)
	if k.early {
		watched, err := opened.watched(ctx, end)
		if err != nil {
			return err
		}
		v.warn(watched, over)
	}
	if k.textfile != "" {
		if err := replaceFile(k.textfile, func(w io.Writer) error { return v.metrics(w) }); err != nil {
			return input(fmt.Errorf("write the metrics %q: %w; choose another place with --textfile", k.textfile, err))
		}
	}
	if err := v.tell(env, k.json); err != nil {
		return err
	}
	if v.code() != exitOK {
		return failure{exitFinding, errSilent}
	}
	return nil
}

// parse reads the flags.
func (k *checking) parse() (asked []slo.Objective, over time.Duration, end time.Time, err error) {
	if asked, err = parseObjectives(k.texts); err != nil {
		return nil, 0, end, usage("--slo: %w", err)
	}
	if over, err = parseSpan(k.over); err != nil {
		return nil, 0, end, usage("--over: %w", err)
	}
	if end, err = parseInstant(k.at); err != nil {
		return nil, 0, end, usage("--at: %w", err)
	}
	if k.since != "" && k.since != "last" {
		return nil, 0, end, usage("--since %q: only last is known; --over says how much of the log to judge", k.since)
	}
	return asked, over, end, nil
}

// parseSpan reads the name of a span, or a length such as 90m, 12h or 7d.
func parseSpan(text string) (time.Duration, error) {
	for _, s := range slo.Spans {
		if text == s.Name {
			return s.Long, nil
		}
	}
	var days float64
	d, err := time.ParseDuration(text)
	if number, ok := strings.CutSuffix(text, "d"); ok {
		if _, err = fmt.Sscanf(number, "%g", &days); err == nil {
			d = time.Duration(days * float64(24*time.Hour))
		}
	}
	if err != nil || d < time.Minute || d > slo.Reach {
		return 0, fmt.Errorf("%q: write it as shift, day, week, 90m, 12h or 7d; a minute at least, 28 days at most", text)
	}
	return d, nil
}

// checked is the account of each objective. With objectives given, no triage is
// asked for: what the model's sureness is worth is learned from the labelled
// rows before the window that is judged. by is a column whose values are judged
// one by one, too.
func (s *session) checked(ctx context.Context, asked []slo.Objective, by string, over time.Duration, end time.Time) ([]slo.Ledger, error) {
	table, err := s.log(ctx)
	if err != nil {
		return nil, err
	}
	if table == nil && len(asked) == 0 {
		return nil, input(fmt.Errorf("check %q: it holds no inferences yet; give --slo for a metric of its own", filepath.Base(s.file.Path())))
	}
	var t analysis.Triage
	if len(asked) == 0 {
		if t, err = s.triage(ctx, analysis.Windows{}, nil); err != nil {
			return nil, err
		}
		if asked, err = s.objectives(ctx, nil, t); err != nil {
			return nil, err
		}
		if len(asked) == 0 {
			return nil, usage("nothing to check: no objective is set, and nothing is known to propose one from; give --slo 'accuracy>=95%%'")
		}
	}
	if asked, err = s.narrowed(ctx, asked, nil, by); err != nil {
		return nil, err
	}
	if t.Windows.Zero() && table != nil {
		t.Windows = judged(table.Span(), over, end)
	}
	return s.ledgers(ctx, asked, t, end)
}

// judged are the window that is checked and all the log before it.
func judged(span analysis.Window, over time.Duration, end time.Time) analysis.Windows {
	if end.IsZero() || end.After(span.To) {
		end = span.To
	}
	from := end.Add(-over)
	return analysis.Windows{Before: analysis.Window{From: span.From, To: from}, After: analysis.Window{From: from, To: end}}
}

// stand judges each ledger over the window, or on what is new since the last
// check, and keeps what is known now for the next.
func (k *checking) stand(env Env, args []string, ledgers []slo.Ledger, over time.Duration) ([]slo.Standing, error) {
	var marks lastCheck
	if k.since != "" {
		var err error
		if marks, err = readLastCheck(env, args); err != nil {
			return nil, err
		}
	}
	var standings []slo.Standing
	for _, l := range ledgers {
		key := l.Objective.String()
		if l.Objective.Proposed {
			key = strings.TrimSpace("proposed " + l.Objective.Where.String()) // its level moves with the log
		}
		s, ok := l.News(marks.Marks[key])
		if k.since == "" || !ok {
			s = l.Stand(over)
		}
		standings = append(standings, s)
		if k.since != "" {
			marks.Marks[key] = l.Mark(s.State)
		}
	}
	if k.since == "" {
		return standings, nil
	}
	return standings, marks.write()
}
