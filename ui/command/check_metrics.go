package command

import (
	"fmt"
	"io"
	"math"
	"strings"

	"andon/analysis"
	"andon/analysis/slo"
)

// metric is one family of Prometheus' text format: its samples stand together
// under one HELP and TYPE.
type metric struct {
	name, help string
	samples    []string
}

// metrics writes the check for node_exporter's textfile collector. What is not
// known has no sample: a missing series is what absent() asks for, and a zero
// would be a lie.
//
// Source: https://prometheus.io/docs/instrumenting/exposition_formats.
func (v checkVerdict) metrics(w io.Writer) error {
	state := &metric{name: "andon_check_out", help: "1 where the objective is out or nothing is known of it."}
	level := &metric{name: "andon_objective_level", help: "Share of good rows, or the mean, over the window that was checked."}
	target := &metric{name: "andon_objective_target", help: "What was promised of it."}
	rows := &metric{name: "andon_objective_rows", help: "Rows of the window by what is known of them."}
	spent := &metric{name: "andon_budget_spent_ratio", help: "Share of the error budget that is spent; 1 is all of it."}
	burn := &metric{name: "andon_burn_rate", help: "How fast the error budget is used up; 1 spends it exactly."}
	for _, s := range v.standings {
		label := func(more ...string) string {
			return labels(append([]string{"objective", s.Objective.String()}, more...))
		}
		state.add(label(), b2f(rank[s.State] >= rank[slo.Unknown]))
		level.add(label(), s.Level)
		if s.Objective.Mean() {
			target.add(label(), s.Objective.Limit)
		} else {
			target.add(label(), s.Objective.Target)
		}
		rows.add(label("known", "realised"), float64(s.Count.Known))
		rows.add(label("known", "estimated"), float64(s.Count.Guessed))
		rows.add(label("known", "unknown"), float64(s.Count.Unknown()))
		for _, b := range s.Budgets {
			spent.add(label("window", b.Name), b.Spent)
		}
		told := map[string]bool{}
		for _, a := range s.Alerts {
			for _, b := range []slo.Burn{a.LongBurn, a.ShortBurn} {
				if name := slo.Length(b.Over); !told[name] {
					told[name] = true
					burn.add(label("window", name), b.Rate)
				}
			}
		}
	}
	newest := &metric{name: "andon_newest_row_timestamp_seconds", help: "Time of the newest row that was counted."}
	if !v.newest.IsZero() {
		newest.add("", float64(v.newest.Unix()))
	}
	checked := &metric{name: "andon_check_timestamp_seconds", help: "When this check ran."}
	checked.add("", float64(v.now.Unix()))
	early := &metric{name: "andon_early_warnings", help: "Warnings of leading indicators in the window that was checked."}
	if v.asked {
		early.add("", float64(len(v.early)))
	}
	for _, m := range []*metric{state, level, target, rows, spent, burn, early, newest, checked} {
		if err := m.write(w); err != nil {
			return err
		}
	}
	return nil
}

// add adds a sample, unless it is not known.
func (m *metric) add(labels string, v float64) {
	if !math.IsNaN(v) {
		m.samples = append(m.samples, m.name+labels+" "+analysis.FormatNumber(v))
	}
}

func (m *metric) write(w io.Writer) error {
	if len(m.samples) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s gauge\n%s\n", m.name, m.help, m.name, strings.Join(m.samples, "\n"))
	return err
}

// labels writes name and value pairs as {a="b",c="d"}, values escaped.
func labels(pairs []string) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, pairs[i]+`="`+escape.Replace(pairs[i+1])+`"`)
	}
	return "{" + strings.Join(out, ",") + "}"
}

func b2f(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
