package whatif

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/analysis/ensemble"
)

// No row is judged by what was fitted on it, and every row is judged once.
func TestEvaluationRowsAreNeverFittingRows(t *testing.T) {
	tab := world(t, 1, 2000, 3, func(int, int, string) float64 { return .9 })
	b, err := newBench(tab, Question{Windows: halves(tab)})
	if err != nil {
		t.Fatal(err)
	}
	judged := make([]int, len(b.rows))
	fits := 0
	b.judge(proposal{fit: func(train []int) policy {
		fits++
		seen := map[int]bool{}
		for _, k := range train {
			seen[k] = true
		}
		return policy{decide: func(k int) outcome {
			judged[k]++
			if seen[k] {
				t.Errorf("row %d is judged by a setting it was fitted on", k)
			}
			return outcome{worth: b.now[k]}
		}}
	}})
	if fits != folds {
		t.Errorf("fitted %d times, want %d", fits, folds)
	}
	for k, n := range judged {
		if n != 1 {
			t.Errorf("row %d was judged %d times", k, n)
		}
	}
}

// Every proposal of every kind keeps to its training rows: with the rest of the
// labels spoilt it fits the same setting.
func TestProposalsFitOnTheirTrainingRowsOnly(t *testing.T) {
	tab := world(t, 2, 1500, 3, func(i, m int, _ string) float64 { return .9 - .2*float64(m) })
	b, err := newBench(tab, Question{Windows: halves(tab)})
	if err != nil {
		t.Fatal(err)
	}
	train := b.everywhere()[:len(b.rows)/2]
	for _, propose := range []func(*bench) ([]proposal, string){voting, thresholds, fallbacks, abstaining} {
		proposals, _ := propose(b)
		for _, p := range proposals {
			want := fmt.Sprint(p.fit(train).setting)
			kept := append([]float64{}, b.panel.Truth...)
			now := append([]float64{}, b.now...)
			for k := len(train); k < len(b.rows); k++ {
				b.panel.Truth[b.rows[k]], b.now[k] = 1, 0
			}
			if got := fmt.Sprint(p.fit(train).setting); got != want {
				t.Errorf("%s: %s with other labels outside its rows, %s before", p.remedy.Do, got, want)
			}
			copy(b.panel.Truth, kept)
			copy(b.now, now)
		}
	}
}

// Weigh is never worse than equal weights or any member alone on the rows it is
// given, and finds what the whole simplex holds, to half a point.
func TestWeighAgainstTheSimplex(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		chance := []float64{rapid.Float64Range(.3, .99).Draw(r, "a"), rapid.Float64Range(.3, .99).Draw(r, "b"), rapid.Float64Range(.3, .99).Draw(r, "c")}
		tab := world(t, rapid.Uint64().Draw(r, "seed"), 300, 3, func(_, m int, _ string) float64 { return chance[m] })
		p := tab.Panel()
		rows := make([]int, tab.Rows())
		for i := range rows {
			rows[i] = i
		}
		poll := ensemble.NewPoll(p, rows)
		got, best := poll.Worth(Weigh(p, rows)), 0.0
		for i := 0; i <= 20; i++ {
			for j := 0; j <= 20-i; j++ {
				best = max(best, poll.Worth([]float64{float64(i) / 20, float64(j) / 20, float64(20-i-j) / 20}))
			}
		}
		if got < best-.005 {
			r.Fatalf("weights found are worth %.4f, the simplex holds %.4f", got, best)
		}
	})
}

// The bad member of L2 falls to chance: dropping it there helps there, costs
// nothing elsewhere, and the numbers are those counted by hand.
func TestExplore(t *testing.T) {
	const rows = 6000
	tab := world(t, 3, rows, 3, func(i, m int, line string) float64 {
		if i >= rows/2 && m == 0 && line == "L2" {
			return .35
		}
		return .92
	})
	slice := analysis.Where{analysis.Is("line", "L2")}
	w := halves(tab)
	p, err := Explore(context.Background(), tab, Question{Windows: w, Slice: slice})
	if err != nil {
		t.Fatal(err)
	}
	var drop *Remedy
	for i := range p.Remedies {
		if r := &p.Remedies[i]; r.Kind == Drop && r.Do == "vote equally without a in line=L2" {
			drop = r
		}
	}
	if drop == nil || drop.Finding != Helps || drop.Elsewhere.Gain != 0 || drop.When != Now {
		t.Fatalf("drop %+v", drop)
	}
	panel := tab.Panel()
	_, after, _ := tab.Split(slice, w)
	now, with := 0.0, 0.0
	for _, i := range after {
		now += panel.Judge(panel.Answer[i], panel.Truth[i])
		said := panel.Members[1].Said[i] // b and c with equal weights: a tie goes to b
		with += panel.Judge(said, panel.Truth[i])
	}
	n := float64(len(after))
	if math.Abs(drop.Slice.Now.Mean()-now/n) > 1e-12 || math.Abs(drop.Slice.With.Mean()-with/n) > 1e-12 || math.Abs(drop.Slice.Gain-(with-now)/n) > 1e-12 {
		t.Errorf("in the slice %+v, counted by hand %.4f → %.4f", drop.Slice, now/n, with/n)
	}
	if best := p.Best(); best == nil || best.Overall.Gain < .1 {
		t.Errorf("best %+v", best)
	}
	last := p.Remedies[0]
	for _, r := range p.Remedies {
		if last.Finding == Open && r.Finding == Helps {
			t.Errorf("%q, which helps, ranks behind %q, which is open", r.Do, last.Do)
		}
		if sum := r.Slice.Now.Known + r.Elsewhere.Now.Known; sum != r.Overall.Now.Known {
			t.Errorf("%q: %d rows in and out of the slice, %d overall", r.Do, sum, r.Overall.Now.Known)
		}
		last = r
	}
	if len(p.Curve) == 0 || p.Curve[0].Coverage != 1 {
		t.Errorf("curve %+v", p.Curve)
	}
	for k := 1; k < len(p.Curve); k++ {
		if p.Curve[k].Coverage >= p.Curve[k-1].Coverage {
			t.Errorf("coverage %v at point %d after %v", p.Curve[k].Coverage, k, p.Curve[k-1].Coverage)
		}
	}
}

// On a log where nothing is wrong, other rules of the vote seldom seem to help.
func TestExploreIsQuietOnQuietLogs(t *testing.T) {
	said, tried := 0, 0
	for seed := range uint64(20) {
		tab := world(t, 100+seed, 1600, 3, func(int, int, string) float64 { return .92 })
		p, err := Explore(context.Background(), tab, Question{Windows: halves(tab)})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range p.Remedies {
			if r.Kind == Pin && r.Do != "take member a alone" { // a gives the answers here: as good as b and c
				tried++
				if r.Finding == Helps {
					said++
				}
			}
		}
	}
	if said > tried/10 {
		t.Errorf("%d of %d members of quiet logs seem better than they are", said, tried)
	}
}

func TestExploreSaysWhatItCannotTell(t *testing.T) {
	few := world(t, 4, 60, 3, func(int, int, string) float64 { return .9 })
	p, err := Explore(context.Background(), few, Question{Windows: halves(few)})
	if err != nil || len(p.Remedies) != 0 || len(p.Untold) != 1 || !strings.Contains(p.Untold[0], "30 rows after the onset have a label, 50 are needed") {
		t.Errorf("%+v, %v", p, err)
	}
	bare := world(t, 5, 600, 1, func(int, int, string) float64 { return .9 })
	var columns []analysis.Column
	for _, f := range bare.Fields() {
		if f.Role != analysis.RoleVote && f.Role != analysis.RoleConfidence {
			columns = append(columns, *bare.Column(f.Name))
		}
	}
	tab, err := analysis.NewTable(columns)
	if err != nil {
		t.Fatal(err)
	}
	p, err = Explore(context.Background(), tab, Question{Windows: halves(tab)})
	all := strings.Join(p.Untold, "\n")
	for _, want := range []string{"no column is a vote", "class thresholds", "abstaining when unsure", "routing to another version"} {
		if !strings.Contains(all, want) {
			t.Errorf("untold %q, want %q; %v", all, want, err)
		}
	}
	var unlabelled []analysis.Column
	for _, c := range columns {
		if c.Role != analysis.RoleLabel {
			unlabelled = append(unlabelled, c)
		}
	}
	if tab, err = analysis.NewTable(unlabelled); err != nil {
		t.Fatal(err)
	}
	if p, err = Explore(context.Background(), tab, Question{Windows: halves(tab)}); err != nil || len(p.Remedies) != 0 || !strings.Contains(p.Untold[0], "no row has a label") {
		t.Errorf("%+v, %v", p, err)
	}
}

// Two classes with a confidence: everything called y too early, so the fitted
// threshold asks for more, and wins.
func TestThresholdOfTwoClasses(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	field := func(name string, role analysis.Role, kind analysis.Type) *analysis.Builder {
		return analysis.NewBuilder(analysis.Field{Name: name, Role: role, Type: kind})
	}
	clock, answer := field("time", analysis.RoleTime, analysis.Time), field("prediction", analysis.RolePrediction, analysis.Text)
	label, sure := field("label", analysis.RoleLabel, analysis.Text), field("confidence", analysis.RoleConfidence, analysis.Number)
	for i := range 4000 {
		clock.Time(monday.Add(time.Duration(i) * time.Minute).UnixNano())
		truth := random.IntN(2)
		score := max(0, min(1, .25+.5*float64(truth)+.15*random.NormFloat64())) // of y
		said, confidence := "x", 1-score
		if score >= .25 {
			said, confidence = "y", score
		}
		answer.Text(said)
		sure.Number(confidence)
		label.Text([]string{"x", "y"}[truth])
	}
	tab, err := analysis.NewTable([]analysis.Column{clock.Column(), answer.Column(), label.Column(), sure.Column()})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Explore(context.Background(), tab, Question{Windows: halves(tab)})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Remedies {
		if r.Kind == Threshold {
			if r.Finding != Helps || r.Overall.Gain < .1 || !strings.Contains(r.Setting, "from 0.") {
				t.Errorf("%+v", r)
			}
			return
		}
	}
	t.Errorf("no threshold among %d remedies; untold %v", len(p.Remedies), p.Untold)
}

// The order of the rows in the file changes nothing.
func TestExploreOfShuffledRows(t *testing.T) {
	tab := world(t, 6, 800, 3, func(i, m int, _ string) float64 { return .9 - .2*float64(m) })
	order := rand.New(rand.NewPCG(1, 2)).Perm(tab.Rows())
	var columns []analysis.Column
	for _, f := range tab.Fields() {
		c, b := tab.Column(f.Name), analysis.NewBuilder(f)
		for _, i := range order {
			switch f.Type {
			case analysis.Time:
				b.Time(c.Times[i])
			case analysis.Number:
				b.Number(c.Numbers[i])
			default:
				b.Text(c.String(i))
			}
		}
		columns = append(columns, b.Column())
	}
	shuffled, err := analysis.NewTable(columns)
	if err != nil {
		t.Fatal(err)
	}
	want, err := Explore(context.Background(), tab, Question{Windows: halves(tab), Slice: analysis.Where{analysis.Is("line", "L2")}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Explore(context.Background(), shuffled, Question{Windows: halves(tab), Slice: analysis.Where{analysis.Is("line", "L2")}})
	if err != nil || len(got.Remedies) != len(want.Remedies) {
		t.Fatalf("%d remedies, want %d; %v", len(got.Remedies), len(want.Remedies), err)
	}
	for k, r := range got.Remedies {
		if w := want.Remedies[k]; r.Do != w.Do || r.Overall.Gain != w.Overall.Gain || r.Setting != w.Setting {
			t.Errorf("%d: %s %v %s, want %s %v %s", k, r.Do, r.Overall.Gain, r.Setting, w.Do, w.Overall.Gain, w.Setting)
		}
	}
}

// A canary: three in ten rows of L2 are answered by the release that was there
// before, and far better. Routing L2 back to it gains what was put in.
func TestRouteToTheBetterVersion(t *testing.T) {
	const rows = 8000
	random := rand.New(rand.NewPCG(11, 1))
	field := func(name string, role analysis.Role, kind analysis.Type) *analysis.Builder {
		return analysis.NewBuilder(analysis.Field{Name: name, Role: role, Type: kind})
	}
	clock, line := field("time", analysis.RoleTime, analysis.Time), field("line", analysis.RoleDimension, analysis.Text)
	release, correct := field("model_version", analysis.RoleVersion, analysis.Text), field("correct", analysis.RoleCorrect, analysis.Number)
	for i := range rows {
		clock.Time(monday.Add(time.Duration(i) * time.Minute).UnixNano())
		l, v, right := fmt.Sprintf("L%d", 1+random.IntN(2)), "old", .92
		if i >= rows/2 && l == "L2" && random.Float64() < .7 {
			v, right = "new", .6
		}
		line.Text(l)
		release.Text(v)
		correct.Number(0)
		if c := correct.Column(); random.Float64() < right {
			c.Numbers[i] = 1
		}
	}
	tab, err := analysis.NewTable([]analysis.Column{clock.Column(), line.Column(), release.Column(), correct.Column()})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Explore(context.Background(), tab, Question{Windows: halves(tab), Slice: analysis.Where{analysis.Is("line", "L2")}})
	if err != nil {
		t.Fatal(err)
	}
	var route, teach *Remedy
	for i := range p.Remedies {
		switch r := &p.Remedies[i]; {
		case r.Kind == Route && len(r.Where) > 0:
			route = r
		case r.Kind == Teach:
			teach = r
		}
	}
	if route == nil || route.Do != "route line=L2 from model_version new to old" || !route.Indirect || route.Finding != Helps {
		t.Fatalf("route %+v, untold %v", route, p.Untold)
	}
	if math.Abs(route.Slice.Gain-.7*.32) > .05 || route.Elsewhere.Gain != 0 || route.Slice.Interval.Lo > .7*.32 || route.Slice.Interval.Hi < .7*.32 {
		t.Errorf("in the slice %+v, want a gain of %.3f", route.Slice, .7*.32)
	}
	if teach == nil || teach.When != Retrain || teach.Warnings == nil || math.Abs(teach.Slice.With.Mean()-.92) > .03 {
		t.Errorf("retrain %+v, want the slice back at 0.92 and a warning", teach)
	}
}
