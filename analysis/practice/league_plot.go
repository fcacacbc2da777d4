package practice

import (
	"math"
	"time"

	"andon/analysis"
)

// plot is a round before it is played: the plant, the log's style, and all
// that will happen. A kind of incident writes the trouble into it, ordinary
// life the rest.
type plot struct {
	seed    int64
	dice    dice
	gallery *gallery
	works   works
	style   style
	labels  labelling
	rows    int
	start   time.Time
	end     time.Time
	onset   time.Time
	aim     float64 // drop the trouble should make

	effects  []effect
	surges   []surge
	events   []analysis.Event
	key      Key
	strained time.Time // from when the server is out of breath
}

// surge changes what the plant makes from a time on.
type surge struct {
	from   time.Time
	change func(*mix)
}

// labelling is how labels come about.
type labelling struct {
	rate     float64 // share of rows
	late     bool
	hours    float64 // median, if late
	careless float64 // share recorded wrongly at all times
	doubtful float64 // how much likelier an unsure answer is looked at
}

// aims are the drops that rounds try for.
var aims = []float64{0.03, 0.05, 0.08, 0.12, 0.18, 0.25, 0.4}

func newPlot(seed int64, attempt int) *plot {
	return plotOf(kinds[uint64(seed)%uint64(len(kinds))], seed, attempt)
}

func plotOf(kind kind, seed int64, attempt int) *plot {
	d := newDice(seed, streamRound+uint64(attempt))
	wing := 0
	if seed >= FirstScoringSeed {
		wing = 1
	}
	p := &plot{seed: seed, dice: d, gallery: wings[wing](), works: newWorks(d)}
	p.rows = int(float64(5000 * exp(float64(math.Ln10*1.602*d.unit())))) // to 200,000, evenly by size
	days := 4 + d.intn(10)
	p.start = monday.AddDate(0, 0, d.intn(60)).Add(time.Duration(d.intn(24)) * time.Hour)
	p.end = p.start.AddDate(0, 0, days)
	span := p.end.Sub(p.start)
	p.onset = p.start.Add(time.Duration(float64(span) * d.between(0.4, 0.8))).Truncate(time.Minute)
	p.aim = aims[d.intn(len(aims))]
	if attempt > 0 {
		p.aim = max(p.aim, aims[min(len(aims)-1, attempt+1)])
	}
	p.style = newStyle(d)
	p.labels = newLabelling(p.rows, d)
	p.key = Key{Kind: kind.name, Onset: p.onset}
	kind.write(p)
	if p.style.truth == noTruth {
		p.labels.rate = 0
	}
	p.ordinary()
	return p
}

// fewestLabels is how many labels a plant that labels at all makes in a round:
// a small log of which two rows in a hundred are labelled says nothing.
const fewestLabels = 1000

func newLabelling(rows int, d dice) labelling {
	rates := []float64{0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1}
	for float64(float64(rows)*rates[0]) < fewestLabels && len(rates) > 1 {
		rates = rates[1:]
	}
	l := labelling{rate: rates[d.intn(len(rates))], late: d.chance(0.5), hours: d.between(1, 8), careless: d.between(0.002, 0.015)}
	if d.chance(0.2) {
		l.doubtful = d.between(0.5, 2)
	}
	return l
}

// strike adds the trouble to the rows of scope from the onset on.
func (p *plot) strike(s scope, dose float64, touch func(*row)) {
	p.strikeFrom(p.onset, s, dose, touch)
}

func (p *plot) strikeFrom(from time.Time, s scope, dose float64, touch func(*row)) {
	e := effect{from: from.UnixNano(), to: math.MaxInt64, scope: s, dose: dose, touch: touch}
	if p.dice.chance(0.1) {
		e.ramp = int64(p.dice.between(0.5, 3) * float64(time.Hour))
	}
	p.effects = append(p.effects, e)
}

// harmless adds something of ordinary life that touches rows and hurts none.
func (p *plot) harmless(from time.Time, s scope, touch func(*row)) {
	p.effects = append(p.effects, effect{from: from.UnixNano(), to: math.MaxInt64, scope: s, dose: 1, touch: touch})
}

// answer writes the cause and the guilty rows into the key.
func (p *plot) answer(cause analysis.Cause, slices ...scope) {
	p.key.Causes = append(p.key.Causes, cause)
	for _, s := range slices {
		if where, ok := p.where(s); ok {
			p.key.Slices = append(p.key.Slices, where)
		}
	}
}

// where is the scope in the log's own words; false where the log does not hold
// a column of it.
func (p *plot) where(s scope) (analysis.Where, bool) {
	where := analysis.Where{}
	for _, c := range s {
		if !p.style.logs(c.dim) {
			return nil, false
		}
		where = append(where, analysis.Is(p.style.called(columnNames[c.dim]), p.works.values[c.dim][c.value]))
	}
	return where, true
}

// onLine, onCamera and so on draw a place for the trouble.
func (p *plot) onLine() scope { return scope{{byLine, p.dice.intn(len(p.works.stations))}} }

func (p *plot) onStation() scope {
	return scope{{byStation, p.dice.intn(len(p.works.cameras))}}
}

func (p *plot) onCamera() scope { return scope{{byCamera, p.dice.intn(len(p.works.gain))}} }

// dose is how many of the scope's rows a fault must touch to make the drop
// aimed at, given how often the first release is right under it; the mildest
// of the faults that can make the drop is chosen, else the worst.
func (p *plot) measureOut(s scope, faults ...int) (fault int, dose float64) {
	needed := p.aim / p.works.share(s)
	fault = faults[len(faults)-1]
	full := 0.0
	for _, f := range faults {
		full = p.gallery.right[normal][goodRelease] - p.gallery.right[f][goodRelease]
		if full >= needed {
			fault = f
			break
		}
	}
	full = p.gallery.right[normal][goodRelease] - p.gallery.right[fault][goodRelease]
	return fault, max(0.25, min(1, needed/full))
}
