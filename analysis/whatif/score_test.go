package whatif_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"andon/analysis"
	"andon/analysis/ensemble"
	"andon/analysis/practice"
	"andon/analysis/whatif"
)

// What exploring reached when this was written, less a little.
const (
	leastRecovered = .80 // of what an oracle recovers by weights
	leastFound     = .80 // of the rounds name the member that broke, alone
	leastDrop      = .01 // below, there is nothing to recover
)

// windowsOf are the windows before and after the onset of a round.
func windowsOf(r practice.MemberRound) analysis.Windows {
	span := r.Log.Span()
	return analysis.Windows{Before: analysis.Window{From: span.From, To: r.Key.Onset}, After: analysis.Window{From: r.Key.Onset, To: span.To}}
}

// TestScoreWhatif plays incidents with a bad member. The oracle tries every
// weight of the simplex on the very rows that are judged, which nobody can do
// beforehand; exploring fits on other rows than it judges.
func TestScoreWhatif(t *testing.T) {
	rounds := int64(6)
	if os.Getenv("ANDON_HEAVY") != "" {
		rounds = 40
	}
	var oracles, reached, shares []float64
	found, fallen := 0, 0
	for seed := practice.FirstScoringSeed; seed < practice.FirstScoringSeed+rounds; seed++ {
		round := practice.DrawMember(seed)
		q := whatif.Question{Windows: windowsOf(round), Slice: round.Where}
		plan, err := whatif.Explore(context.Background(), round.Log, q)
		if err != nil {
			t.Fatal(err)
		}
		study, err := ensemble.Study(context.Background(), round.Log, q.Windows, round.Where)
		if err != nil {
			t.Fatal(err)
		}
		best := recoveredByWeights(plan)
		oracle := searched(t, round, q)
		t.Logf("seed %d: %s drop %.3f, oracle %.4f, what-if %.4f (%s)", seed, round.Key.Says, round.Key.Drop, oracle, best.Gain(), best.Do)
		if round.Key.Drop >= leastDrop {
			fallen++
			if broken := study.Broken(); len(broken) == 1 && study.Members[broken[0]].Name == round.Member {
				found++
			}
		}
		if oracle < leastDrop {
			continue
		}
		oracles, reached = append(oracles, oracle), append(reached, best.Gain())
		shares = append(shares, best.Gain()/oracle)
	}
	if len(oracles) < 3 {
		t.Fatalf("only %d rounds have something to recover", len(oracles))
	}
	total := sumOf(reached) / sumOf(oracles)
	fmt.Printf("score: whatif recovered %.3f of what the oracle's weights can, worst round %.3f, %d rounds; broken member named alone in %d of %d\n",
		total, slices.Min(shares), len(oracles), found, fallen)
	if total < leastRecovered {
		t.Errorf("recovered %.3f, want %.2f", total, leastRecovered)
	}
	if float64(found) < leastFound*float64(fallen) {
		t.Errorf("the broken member was named in %d of %d rounds, want %.2f", found, fallen, leastFound)
	}
}

func sumOf(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}

// recoveredByWeights is the best remedy that weighs votes: of all that a plan
// holds, the one it ranks first.
func recoveredByWeights(p whatif.Plan) whatif.Remedy {
	for _, r := range p.Remedies {
		if r.Kind == whatif.Reweight || r.Kind == whatif.Drop || r.Kind == whatif.Pin {
			return r
		}
	}
	return whatif.Remedy{}
}

// searched is the most that any weights gain on the labelled rows after,
// everywhere or in the place that is hit alone: the whole simplex in steps of
// 0.05 for three members, 0.1 for five.
func searched(t *testing.T, r practice.MemberRound, q whatif.Question) float64 {
	t.Helper()
	p := r.Log.Panel()
	steps := 20
	if len(p.Members) > 3 {
		steps = 10
	}
	_, after, err := r.Log.Split(nil, q.Windows)
	if err != nil {
		t.Fatal(err)
	}
	best := math.Inf(-1)
	for _, where := range []analysis.Where{nil, r.Where} {
		mask, err := r.Log.Match(where)
		if err != nil {
			t.Fatal(err)
		}
		known := 0.0
		var rows []int
		for _, i := range after {
			if p.Truth[i] == p.Truth[i] {
				known++
				if mask.Has(i) {
					rows = append(rows, i)
				}
			}
		}
		eachWeights(len(p.Members), steps, func(w []float64) {
			gain := 0.0
			for _, i := range rows {
				gain += p.Judge(ensemble.Vote(p, w, i), p.Truth[i]) - p.Judge(p.Answer[i], p.Truth[i])
			}
			best = max(best, gain/known)
		})
	}
	return best
}

// eachWeights visits every point of the simplex of n weights in 1/steps.
func eachWeights(n, steps int, visit func([]float64)) {
	w := make([]float64, n)
	var fill func(m, left int)
	fill = func(m, left int) {
		if m == n-1 {
			w[m] = float64(left) / float64(steps)
			visit(w)
			return
		}
		for k := 0; k <= left; k++ {
			w[m] = float64(k) / float64(steps)
			fill(m+1, left-k)
		}
	}
	fill(0, steps)
}
