package practice

import "math"

// row is one answer of a round while it is made: first what is so, then what
// the model made of it, then what people and the log made of that. One row is
// used again and again.
type row struct {
	time  int64 // ns since 1970
	at    [dims]int
	light int

	// what touches set before the model looks
	setting    int
	release    int
	version    int // what the log calls the release
	preprocess int
	config     int
	policy     *policy
	lag        float64 // factor on latency
	more       float64 // ms on top of it
	fail       float64 // chance that no answer comes

	// what touches set about labels and the log
	coverage float64 // factor on the chance of a label
	delay    float64 // factor on the time to a label
	hold     float64 // the same, only where the answer was right
	slip     slip
	lost     loss

	// what came of it
	glance     *glance
	class      Class   // answered
	number     float64 // answered gap
	confidence float64
	status     int // index into statuses
	latency    float64
	known      bool
	truth      Class   // as recorded
	measured   float64 // gap as recorded
	labelled   int64   // when; ns
	framed     bool
}

var statuses = []string{"ok", "timeout", "error"}

// policy turns probabilities into an answer: a class is said from its
// threshold on, whatever the others have, or below it never. For gaps it is
// the scale, mm a unit.
type policy struct {
	class     Class
	threshold float64
	scale     float64
}

// decide is the answer and its probability.
func (p *policy) decide(said *said) (Class, float64) {
	best := said.top()
	if p != nil && p.threshold > 0 {
		switch {
		case float64(said.p[p.class]) >= p.threshold:
			best = p.class
		case best == p.class:
			best = runnerUp(said, best)
		}
	}
	return best, float64(said.p[best])
}

func runnerUp(said *said, first Class) Class {
	second := Class(-1)
	for k := range classes {
		if c := Class(k); c != first && (second < 0 || said.p[c] > said.p[second]) {
			second = c
		}
	}
	return second
}

// slip is how reviewers err: a share of the tilted called seated, and a share
// of all called anything else.
type slip struct{ lenient, careless float64 }

func (s slip) record(c Class, d dice) Class {
	switch {
	case c == Tilted && s.lenient > 0 && d.chance(s.lenient):
		return Seated
	case d.chance(s.careless):
		return Class((int(c) + 1 + d.intn(classes-1)) % classes)
	}
	return c
}

// loss is which rows never reach the log: a share of all, of those answered
// "seated", and of those answered with a confidence of at least 0.9.
type loss struct{ any, seated, sure float64 }

func (l loss) takes(r *row, d dice) bool {
	if l == (loss{}) {
		return false
	}
	p := l.any
	if r.class == Seated {
		p = max(p, l.seated)
	}
	if r.confidence >= 0.9 {
		p = max(p, l.sure)
	}
	return d.chance(p)
}

// meet draws a glance of the row's cell and takes its release's answer.
func (r *row) meet(g *gallery, d dice) {
	if r.setting != normal && r.release > nextRelease {
		r.setting = normal
	}
	cell := g.cells[cell(r.setting, r.light, r.at[bySKU], r.at[byWork])]
	if r.framed {
		cell = cell[:pictured]
	}
	r.glance = &cell[d.intn(len(cell))]
	said := &r.glance.said[r.release]
	r.class, r.confidence = r.policy.decide(said)
	r.number = 0
	for k, p := range said.p {
		r.number += float64(float64(p) * gaps[k])
	}
	if r.policy != nil && r.policy.scale > 0 {
		r.number *= r.policy.scale
	}
	r.number = float64(math.Round((r.number+float64(0.008*d.normal()))*1000)) / 1000
	r.confidence = hundredths(r.confidence+float64(0.002*d.normal()), 1000)
	r.latency = float64((22 + r.more) * d.lognormal(0.28) * r.lag)
	r.status = 0
	switch fate := d.unit(); {
	case fate < r.fail:
		r.status, r.latency = 1, 1000+d.between(0, 8)
	case fate < r.fail+0.003:
		r.status = 2
	}
}

// hundredths is v cut to 0..1 and rounded to steps of 1/n.
func hundredths(v, n float64) float64 { return math.Round(float64(max(0, min(1, v))*n)) / n }

// right reports whether a person who knew the recorded label would call the
// answer right.
func (r *row) right(binary bool) bool {
	if r.status != 0 {
		return false
	}
	if binary {
		return (r.class == Seated) == (r.truth == Seated)
	}
	return r.class == r.truth
}

// condition is one dimension held at a value; scope is a conjunction of them.
type condition struct{ dim, value int }

type scope []condition

func (s scope) holds(r *row) bool {
	for _, c := range s {
		if r.at[c.dim] != c.value {
			return false
		}
	}
	return true
}

// effect is what an episode of a round does to the rows of its scope from its
// beginning to its end, to each with the chance Dose, which grows from nothing
// over the ramp.
type effect struct {
	from, to, ramp int64
	scope          scope
	dose           float64
	touch          func(*row)
}

func (e *effect) apply(r *row, d dice) {
	if r.time < e.from || r.time >= e.to || !e.scope.holds(r) {
		return
	}
	dose := e.dose
	if grown := r.time - e.from; grown < e.ramp {
		dose *= float64(grown) / float64(e.ramp)
	}
	if dose >= 1 || d.chance(dose) {
		e.touch(r)
	}
}
