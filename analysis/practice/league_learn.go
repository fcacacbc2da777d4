package practice

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"andon/analysis"
)

// Learned is what training rounds teach about one check: how many rounds of each
// cause were found, in how many of them the check was answered, the sum of the
// answers' strengths, and the chance of a yes that follows.
type Learned struct {
	ID       string
	Rounds   [7]float64
	Answers  [7]float64
	Yes      [7]float64
	Chances  analysis.Chances
	Before   analysis.Chances // the table's own
	Weighing float64          // bits the answer tells about the cause, on average
}

// The chance of a yes under a cause is drawn towards the table's own by this
// many answers, since some causes meet some checks in few rounds.
const ownAnswers = 4

// Learn plays the seeds, reads the ledger of every incident that was found and
// has one cause, and estimates for every check
//
//	P(yes | cause) = (Σ strength + 4·P_table) / (answers + 4)
//
// kept within the table's own limits. The strength of an answer counts as that
// much of a yes. The result is in the order of the table. It returns the first
// error of investigate.
func Learn(ctx context.Context, seeds []int64, investigate Investigator) ([]Learned, error) {
	checks := analysis.Checks()
	learned := make([]Learned, len(checks))
	for i, c := range checks {
		learned[i] = Learned{ID: c.ID, Before: c.Yes}
	}
	ledgers := make([][]analysis.Evidence, len(seeds))
	causes := make([]analysis.Cause, len(seeds))
	errs := make([]error, scorers)
	var wait sync.WaitGroup
	for w := range scorers {
		wait.Go(func() {
			for i := w; i < len(seeds) && errs[w] == nil; i += scorers {
				r := Draw(seeds[i])
				if r.Key.Quiet() || len(r.Key.Causes) != 1 {
					continue
				}
				t, err := investigate(ctx, r.Inquiry())
				ledgers[i], causes[i], errs[w] = t.Ledger, r.Key.Causes[0], err
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	for i, ledger := range ledgers {
		tallyLedger(learned, ledger, slices.Index(analysis.Causes, causes[i]))
	}
	for i := range learned {
		learned[i].estimate()
	}
	return learned, nil
}

// tallyLedger adds one round's answers under the cause of that index.
func tallyLedger(learned []Learned, ledger []analysis.Evidence, cause int) {
	if len(ledger) == 0 || cause < 0 {
		return
	}
	for i := range learned {
		learned[i].Rounds[cause]++
	}
	for _, e := range ledger {
		i := slices.IndexFunc(learned, func(l Learned) bool { return l.ID == e.ID })
		if !e.Tested || i < 0 {
			continue
		}
		learned[i].Answers[cause]++
		learned[i].Yes[cause] += max(0, min(1, e.Yes))
	}
}

func (l *Learned) estimate() {
	for k := range l.Chances {
		p := (l.Yes[k] + float64(ownAnswers*l.Before[k])) / (l.Answers[k] + ownAnswers)
		l.Chances[k] = max(0.03, min(0.97, math.Round(p*100)/100))
	}
	l.Weighing = information(l.Chances)
}

// information is the mutual information, in bits, of a yes and the cause, were
// all causes equally likely.
func information(yes analysis.Chances) float64 {
	entropy := func(p float64) float64 {
		return -float64(p*math.Log2(p)) - float64((1-p)*math.Log2(1-p))
	}
	mean, within := 0.0, 0.0
	for _, p := range yes {
		mean += p / float64(len(yes))
		within += entropy(p) / float64(len(yes))
	}
	return entropy(mean) - within
}

// Chances are what was learned, by check.
func Chances(learned []Learned) map[string]analysis.Chances {
	table := make(map[string]analysis.Chances, len(learned))
	for _, l := range learned {
		table[l.ID] = l.Chances
	}
	return table
}

// Table is what was learned as plain text: the chances per cause, the table's
// own in brackets where they differ by more than 0.1, and below them in how many
// of the rounds the check was answered.
func Table(learned []Learned) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-18s", "P(yes | cause)")
	for _, c := range analysis.Causes {
		fmt.Fprintf(&b, "%12s", c)
	}
	b.WriteString("    bits\n")
	for _, l := range learned {
		fmt.Fprintf(&b, "%-18s", l.ID)
		for k, p := range l.Chances {
			cell := fmt.Sprintf("%.2f", p)
			if math.Abs(p-l.Before[k]) > 0.1 {
				cell = fmt.Sprintf("%.2f (%.2f)", p, l.Before[k])
			}
			fmt.Fprintf(&b, "%12s", cell)
		}
		fmt.Fprintf(&b, "%8.2f\n%-18s", l.Weighing, "")
		for k, n := range l.Answers {
			fmt.Fprintf(&b, "%12s", fmt.Sprintf("%.0f of %.0f", n, l.Rounds[k]))
		}
		b.WriteString("\n")
	}
	return b.String()
}
