package practice

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"andon/analysis"
)

// Result is a league season: a mark for every round.
type Result struct {
	Marks []Mark
	Took  time.Duration
}

// Where a round is fair: enough labels and enough of a drop that a person
// expects an answer.
const (
	fairLabels = 0.045 // 5 %, less what chance and late labels take off
	fairDrop   = 0.05
	visible    = 5.0 // standard errors that the labelled rows make of the drop
)

// Fair reports whether labels and drop are at least 5 %, on a log of classes.
func (m Mark) Fair() bool {
	return !m.Key.Quiet() && !m.Key.Confounded && m.Key.Labelled >= fairLabels && m.Key.Drop >= fairDrop
}

// Visible reports whether the labelled rows alone show the drop.
func (m Mark) Visible() bool { return m.Fair() && m.Key.Standout >= visible }

// Incident reports whether something got worse and only one thing could have
// done it.
func (m Mark) Incident() bool { return !m.Key.Quiet() && !m.Key.Confounded }

// Rate is a share with the number it was taken from.
type Rate struct{ Right, Of int }

// Share is Right / Of, or 0.
func (r Rate) Share() float64 { return float64(r.Right) / max(1, float64(r.Of)) }

func (r Rate) String() string {
	if r.Of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f of %d", r.Share(), r.Of)
}

// Rate counts the marks of some rounds; unjudged ones do not count.
func (r Result) Rate(of func(Mark) bool, is func(Mark) Judged) Rate {
	var out Rate
	for _, m := range r.Marks {
		if !of(m) {
			continue
		}
		switch is(m) {
		case Right:
			out.Right++
			out.Of++
		case Wrong:
			out.Of++
		}
	}
	return out
}

// What a mark is asked for.
func causeOf(m Mark) Judged      { return m.Cause }
func sliceOf(m Mark) Judged      { return m.Slice }
func onsetOf(m Mark) Judged      { return m.Onset }
func guessCauseOf(m Mark) Judged { return m.GuessCause }
func guessSliceOf(m Mark) Judged { return m.GuessSlice }

// Cause, Slice and Onset are the shares right on fair rounds.
func (r Result) Cause() Rate { return r.Rate(Mark.Fair, causeOf) }
func (r Result) Slice() Rate { return r.Rate(Mark.Fair, sliceOf) }
func (r Result) Onset() Rate { return r.Rate(Mark.Fair, onsetOf) }

// Baseline is the hurried person's share of causes on fair rounds.
func (r Result) Baseline() Rate { return r.Rate(Mark.Fair, guessCauseOf) }

// FalseIncidents are the quiet weeks in which a change was reported.
func (r Result) FalseIncidents() Rate {
	return r.Rate(func(m Mark) bool { return m.Key.Quiet() && m.Key.Kind == "quiet week" }, func(m Mark) Judged { return judged(m.Found) })
}

// Confounded are the rounds nobody could tell: right is inconclusive, or the
// true cause.
func (r Result) Confounded() Rate {
	return r.Rate(func(m Mark) bool { return m.Key.Confounded }, causeOf)
}

// Overconfident are the incidents with a likely or confirmed verdict that is
// wrong.
func (r Result) Overconfident() Rate {
	return r.Rate(func(m Mark) bool {
		return m.Found && (m.Verdict.Outcome == analysis.Likely || m.Verdict.Outcome == analysis.Confirmed)
	}, func(m Mark) Judged { return judged(m.Cause == Wrong) })
}

// Unlabelled are the incidents with a drop of at least 5 points in a log
// without any label: right is to have found them.
func (r Result) Unlabelled() Rate {
	return r.Rate(func(m Mark) bool { return m.Incident() && m.Key.Labelled == 0 && m.Key.Drop >= fairDrop },
		func(m Mark) Judged { return judged(m.Found) })
}

// Scapegoats are the incidents in which no release went out or changed its
// ways, and the model is called likely all the same.
func (r Result) Scapegoats() Rate {
	return r.Rate(func(m Mark) bool { return m.Incident() && !slices.Contains(m.Key.Causes, analysis.Model) },
		func(m Mark) Judged {
			return judged(m.Verdict.Cause == analysis.Model && m.Verdict.Outcome != analysis.Inconclusive)
		})
}

// Inconclusive are the fair rounds left open.
func (r Result) Inconclusive() Rate {
	return r.Rate(Mark.Fair, func(m Mark) Judged { return judged(m.Verdict.Outcome == analysis.Inconclusive) })
}

// ECE is the expected calibration error of the stated probabilities over ten
// bins, Σ n·|mean stated - share right| / Σ n, over the rounds of which one
// thing is true. Source: Naeini et al., AAAI 2015.
func (r Result) ECE() float64 {
	total := 0.0
	off := 0.0
	for _, b := range r.Reliability() {
		total += float64(b.N)
		off += math.Abs(b.Stated-b.Right) * float64(b.N)
	}
	return off / max(1, total)
}

// Reliable is a bin of stated probabilities: how many, their mean, and the
// share that was right.
type Reliable struct {
	N             int
	Stated, Right float64
}

// Reliability are ten bins of stated probability from 0 to 1.
func (r Result) Reliability() [10]Reliable {
	var bins [10]Reliable
	for _, m := range r.Marks {
		if m.Key.Confounded {
			continue
		}
		b := &bins[max(0, min(9, int(m.Verdict.Probability*10)))]
		b.N++
		b.Stated += m.Verdict.Probability
		if m.Cause == Right {
			b.Right++
		}
	}
	for i := range bins {
		bins[i].Stated /= max(1, float64(bins[i].N))
		bins[i].Right /= max(1, float64(bins[i].N))
	}
	return bins
}

// Line is the season in one line, as a test prints it.
func (r Result) Line() string {
	return fmt.Sprintf("score: league cause=%.3f slice=%.3f onset=%.3f quiet=%.3f ece=%.3f baseline=%.3f confounded=%.3f scapegoats=%.3f unlabelled=%.3f n=%d fair=%d",
		r.Cause().Share(), r.Slice().Share(), r.Onset().Share(), r.FalseIncidents().Share(), r.ECE(),
		r.Baseline().Share(), r.Confounded().Share(), r.Scapegoats().Share(), r.Unlabelled().Share(), len(r.Marks), r.Cause().Of)
}

// String is the season as a page of plain text.
func (r Result) String() string {
	var b strings.Builder
	r.head(&b)
	r.byGroup(&b, "kind", func(m Mark) string { return m.Kind })
	r.byGroup(&b, "style", func(m Mark) string { return m.Style })
	r.confusion(&b)
	r.calibration(&b)
	return b.String()
}

func (r Result) head(b *strings.Builder) {
	var rows int
	var draw, ask time.Duration
	for _, m := range r.Marks {
		rows, draw, ask = rows+m.Rows, draw+m.Draw, ask+m.Ask
	}
	fmt.Fprintf(b, "%d rounds, %d rows, %.1f s (%.1f s to draw, %.1f s to investigate)\n\n", len(r.Marks), rows, r.Took.Seconds(), draw.Seconds(), ask.Seconds())
	fmt.Fprintf(b, "%-26s %-16s %-16s %-16s\n", "", "fair", "visible", "all incidents")
	for _, row := range []struct {
		name string
		is   func(Mark) Judged
	}{
		{"cause right", causeOf}, {"  baseline", guessCauseOf}, {"slice right", sliceOf}, {"  baseline", guessSliceOf}, {"onset right", onsetOf},
		{"found at all", func(m Mark) Judged { return judged(m.Found) }},
	} {
		fmt.Fprintf(b, "%-26s %-16s %-16s %-16s\n", row.name, r.Rate(Mark.Fair, row.is), r.Rate(Mark.Visible, row.is), r.Rate(Mark.Incident, row.is))
	}
	fmt.Fprintf(b, "fair: labels and drop ≥ 5 %%; visible: and the drop is ≥ %.0f standard errors of the labelled rows\n\n", visible)
	fmt.Fprintf(b, "false incidents, quiet     %s\n", r.FalseIncidents())
	fmt.Fprintf(b, "confounded, right          %s\n", r.Confounded())
	fmt.Fprintf(b, "inconclusive, fair         %s\n", r.Inconclusive())
	fmt.Fprintf(b, "likely but wrong           %s\n", r.Overconfident())
	fmt.Fprintf(b, "model untouched, blamed    %s\n", r.Scapegoats())
	fmt.Fprintf(b, "no labels, found           %s\n", r.Unlabelled())
	fmt.Fprintf(b, "calibration error (ECE)    %.3f\n\n", r.ECE())
}

func (r Result) byGroup(b *strings.Builder, name string, of func(Mark) string) {
	var groups []string
	for _, m := range r.Marks {
		if !slices.Contains(groups, of(m)) {
			groups = append(groups, of(m))
		}
	}
	fmt.Fprintf(b, "%-26s %5s %5s  %-16s %-16s %-16s %-16s\n", name, "n", "found", "cause, fair", "slice, fair", "onset, fair", "baseline, fair")
	for _, g := range groups {
		in := func(m Mark) bool { return of(m) == g }
		fair := func(m Mark) bool { return in(m) && (m.Fair() || m.Key.Quiet() || m.Key.Confounded) }
		found := r.Rate(in, func(m Mark) Judged { return judged(m.Found) })
		fmt.Fprintf(b, "%-26s %5d %5d  %-16s %-16s %-16s %-16s\n", g, found.Of, found.Right, r.Rate(fair, causeOf), r.Rate(fair, sliceOf), r.Rate(fair, onsetOf), r.Rate(fair, guessCauseOf))
	}
	b.WriteString("\n")
}

// confusion is the true cause against the verdict's, over fair rounds, quiet
// weeks and confounded ones.
func (r Result) confusion(b *strings.Builder) {
	answers := append(slices.Clone(analysis.Causes), analysis.None)
	fmt.Fprintf(b, "%-18s", "true \\ verdict")
	for _, a := range answers {
		fmt.Fprintf(b, "%9s", a)
	}
	b.WriteString("   open\n")
	for _, truth := range answers {
		counts := map[analysis.Cause]int{}
		open := 0
		for _, m := range r.Marks {
			if m.Key.Causes[0] != truth || !m.Fair() && !m.Key.Quiet() && !m.Key.Confounded {
				continue
			}
			counts[m.Verdict.Cause]++
			if m.Verdict.Outcome == analysis.Inconclusive {
				open++
			}
		}
		fmt.Fprintf(b, "%-18s", truth)
		for _, a := range answers {
			fmt.Fprintf(b, "%9d", counts[a])
		}
		fmt.Fprintf(b, "%7d\n", open)
	}
	b.WriteString("\n")
}

func (r Result) calibration(b *strings.Builder) {
	fmt.Fprintf(b, "%-12s %6s %8s %8s\n", "stated", "n", "mean", "right")
	for i, bin := range r.Reliability() {
		if bin.N > 0 {
			fmt.Fprintf(b, "%.1f - %.1f    %6d %8.3f %8.3f\n", float64(i)/10, float64(i+1)/10, bin.N, bin.Stated, bin.Right)
		}
	}
}
