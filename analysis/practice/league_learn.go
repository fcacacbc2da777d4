package practice

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"gonum.org/v1/gonum/optimize"

	"andon/analysis"
)

// What the table of checks says is learned from training rounds whose cause is
// known:
//
//	rounds ─▶ ledgers ─▶ lessons (answers, what was to blame) ─▶ weights
//
// The weights are those under which the posterior of the true causes is
// largest. Counting how often each check says yes under each cause would be
// simpler, and wrong: brightness and "never seen before" speak of the same
// pictures, and counted apart they would be believed twice.

// Lesson is the ledger of a round and what was really to blame; more than one
// cause where either counts.
type Lesson struct {
	Ledger []analysis.Evidence
	Causes []analysis.Cause
}

// Lessons plays the seeds and keeps the rounds in which a change was found and
// something was to blame for it. It returns the first error of investigate.
func Lessons(ctx context.Context, seeds []int64, investigate Investigator) ([]Lesson, error) {
	lessons := make([][]Lesson, len(seeds))
	errs := make([]error, scorers)
	var wait sync.WaitGroup
	for w := range scorers {
		wait.Go(func() {
			for i := w; i < len(seeds) && errs[w] == nil; i += scorers {
				lessons[i], errs[w] = lessonsOf(ctx, seeds[i], investigate)
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	taught := slices.Concat(lessons...)
	return slices.DeleteFunc(taught, func(l Lesson) bool { return len(l.Ledger) == 0 || len(l.Causes) == 0 }), nil
}

// memberEvery is how many seeds come for one that also teaches a round in which
// a single member broke: plants that log votes are some, and of their members
// few break alone.
const memberEvery = 20

func lessonsOf(ctx context.Context, seed int64, investigate Investigator) ([]Lesson, error) {
	r := Draw(seed)
	t, err := investigate(ctx, r.Inquiry())
	if err != nil {
		return nil, err
	}
	var lessons []Lesson
	if !r.Key.Confounded {
		lessons = append(lessons, Lesson{t.Ledger, slices.DeleteFunc(slices.Clone(r.Key.Causes), func(c analysis.Cause) bool { return c == analysis.None })})
	}
	if seed%memberEvery != 0 {
		return lessons, nil
	}
	m := DrawMember(seed)
	if t, err = investigate(ctx, m.Inquiry()); err != nil {
		return nil, err
	}
	return append(lessons, Lesson{t.Ledger, []analysis.Cause{analysis.Model, analysis.Pipeline}}), nil
}

// Learned are weights in the order of the table, and how likely an event of
// each family is on record under each cause, in the order of the families.
type Learned struct {
	Checks   []LearnedCheck
	Families []analysis.Chances
}

// LearnedCheck is one row: the weights of a yes and of a no, and how many
// lessons answered it.
type LearnedCheck struct {
	ID      string
	Answers int
	Yes, No analysis.Weights
}

// ridge draws weights towards none at all, as strongly as that many lessons in
// which a check said nothing. Source: five-fold log loss on 2,000 rounds, flat
// from .2 to 1.
const ridge = .5

// Learn finds the weights that maximise
//
//	Σ_lessons ln Σ_true causes P(cause | ledger)  -  ridge/2 · Σ weights²
//
//	P(cause | ledger) ∝ prior · Π P(family | cause) · exp Σ_checks (s·yes + (1-s)·no)
//
// by limited-memory BFGS from zero; the sum is concave but for the families, so
// equal lessons give equal weights. An error says that the search did not end.
// Cost: O(lessons × checks) a step, some hundred steps.
func Learn(lessons []Lesson) (Learned, error) {
	c := newCourse(lessons)
	found, err := optimize.Minimize(optimize.Problem{Func: c.loss, Grad: c.slope}, make([]float64, c.size()),
		&optimize.Settings{MajorIterations: 400, GradientThreshold: 1e-3}, &optimize.LBFGS{})
	if err != nil && found == nil {
		return Learned{}, fmt.Errorf("learn from %d rounds: %w; try more rounds", len(lessons), err)
	}
	return c.read(found.X), nil
}

const causes = len(analysis.Chances{})

// course is the lessons as numbers, and the last point looked at.
type course struct {
	ids     []string
	answers [][]float64 // per lesson, per check: yes then no, 0 where not tested
	masses  [][]float64 // per lesson, per family; nil where no event is loaded
	right   [][causes]bool
	tested  []int
}

func newCourse(lessons []Lesson) *course {
	c := &course{}
	for _, check := range analysis.Checks() {
		c.ids = append(c.ids, check.ID)
	}
	c.tested = make([]int, len(c.ids))
	for _, l := range lessons {
		answers := make([]float64, 2*len(c.ids))
		var masses []float64
		for _, e := range l.Ledger {
			if e.Tested && e.Families != nil {
				for _, f := range analysis.Families() {
					masses = append(masses, e.Families[f.Of])
				}
			}
			if k := slices.Index(c.ids, e.ID); k >= 0 && e.Tested {
				yes := max(0, min(1, e.Yes))
				answers[2*k], answers[2*k+1] = yes, 1-yes
				c.tested[k]++
			}
		}
		var right [causes]bool
		for k, cause := range analysis.Causes {
			right[k] = slices.Contains(l.Causes, cause)
		}
		c.answers, c.masses, c.right = append(c.answers, answers), append(c.masses, masses), append(c.right, right)
	}
	return c
}

func (c *course) size() int { return causes * (2*len(c.ids) + len(analysis.Families())) }

// families is P(family | cause) of a point: a soft maximum over families.
func (c *course) families(x []float64) [][causes]float64 {
	logs := x[causes*2*len(c.ids):]
	out := make([][causes]float64, len(analysis.Families()))
	for k := range causes {
		total := 0.0
		for f := range out {
			out[f][k] = math.Exp(logs[f*causes+k])
			total += out[f][k]
		}
		for f := range out {
			out[f][k] /= total
		}
	}
	return out
}

// posterior is the probability of every cause after lesson i.
func (c *course) posterior(x []float64, families [][causes]float64, i int) (p [causes]float64) {
	prior := analysis.Prior()
	most := math.Inf(-1)
	for k := range p {
		p[k] = math.Log(prior[k])
		for j, s := range c.answers[i] {
			if s != 0 {
				p[k] += float64(s * x[j*causes+k])
			}
		}
		if m := c.mass(families, i, k); m > 0 {
			p[k] += math.Log(m)
		}
		most = max(most, p[k])
	}
	total := 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - most)
		total += p[k]
	}
	for k := range p {
		p[k] /= total
	}
	return p
}

// mass is Σ_families P(the event's family) · P(family | cause k), 0 without.
func (c *course) mass(families [][causes]float64, i, k int) float64 {
	sum := 0.0
	for f, m := range c.masses[i] {
		sum += float64(m * families[f][k])
	}
	return sum
}

func (c *course) loss(x []float64) float64 {
	families := c.families(x)
	sum := 0.0
	for i, right := range c.right {
		p := c.posterior(x, families, i)
		held := 1e-300
		for k := range p {
			if right[k] {
				held += p[k]
			}
		}
		sum -= math.Log(held)
	}
	for _, v := range x {
		sum += float64(ridge / 2 * v * v)
	}
	return sum
}

func (c *course) slope(grad, x []float64) {
	families := c.families(x)
	for j, v := range x {
		grad[j] = float64(ridge * v)
	}
	first := causes * 2 * len(c.ids)
	for i, right := range c.right {
		p := c.posterior(x, families, i)
		held := 1e-300
		for k := range p {
			if right[k] {
				held += p[k]
			}
		}
		for k := range p {
			off := p[k]
			if right[k] {
				off -= p[k] / held
			}
			for j, s := range c.answers[i] {
				if s != 0 {
					grad[j*causes+k] += float64(off * s)
				}
			}
			m := c.mass(families, i, k)
			for f, share := range c.masses[i] {
				if m > 0 {
					grad[first+f*causes+k] += float64(off * families[f][k] * (share/m - 1))
				}
			}
		}
	}
}

// read rounds a point to the table's two decimals, each row against the average
// cause, which changes no posterior.
func (c *course) read(x []float64) Learned {
	var l Learned
	centred := func(j int) (w analysis.Weights) {
		mean := 0.0
		for k := range w {
			mean += x[j*causes+k] / float64(causes)
		}
		for k := range w {
			w[k] = math.Round(100*(x[j*causes+k]-mean)) / 100
		}
		return w
	}
	for j, id := range c.ids {
		l.Checks = append(l.Checks, LearnedCheck{id, c.tested[j], centred(2 * j), centred(2*j + 1)})
	}
	for _, f := range c.families(x) {
		var chances analysis.Chances
		for k, p := range f {
			chances[k] = max(.005, math.Round(1000*p)/1000)
		}
		l.Families = append(l.Families, chances)
	}
	return l
}

// String is what was learned, a line a row, as the table in analysis has it.
func (l Learned) String() string {
	var b strings.Builder
	row := func(w [causes]float64, format string) {
		for k, v := range w {
			if k > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, format, v)
		}
	}
	for _, c := range l.Checks {
		fmt.Fprintf(&b, "%-17s %4d  Weights{", c.ID, c.Answers)
		row(c.Yes, "%.2f")
		b.WriteString("}, Weights{")
		row(c.No, "%.2f")
		b.WriteString("}\n")
	}
	for i, f := range analysis.Families() {
		fmt.Fprintf(&b, "%-17s Chances{", f.Of)
		row(l.Families[i], "%.3f")
		b.WriteString("}\n")
	}
	return b.String()
}
