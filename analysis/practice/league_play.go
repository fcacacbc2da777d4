package practice

import (
	"math"
	"slices"
	"time"

	"andon/analysis"
)

// play makes the rows, hour by hour.
func (p *plot) play() Round {
	s := &stage{plot: p, sheet: newSheet(p)}
	hours := p.hours()
	total := 0.0
	for _, h := range hours {
		total += h.volume
	}
	for i, h := range hours {
		from := p.start.Add(time.Duration(i) * time.Hour)
		s.hour(from, h, int(float64(float64(p.rows)*h.volume)/total+p.dice.unit()))
	}
	return s.round()
}

// hours are the mixes of every hour: the plant's rhythm, what strays from it,
// and the surges.
func (p *plot) hours() []mix {
	d := newDice(p.seed, streamRound-2)
	wander := 0.0
	var all []mix
	for t := p.start; t.Before(p.end); t = t.Add(time.Hour) {
		wander = float64(0.8*wander) + float64(0.6*d.normal())
		m := p.works.rhythm(t, wander)
		for _, s := range p.surges {
			if !t.Before(s.from) {
				s.change(&m)
			}
		}
		all = append(all, m)
	}
	return all
}

// stage is a round while it is played.
type stage struct {
	*plot
	sheet  *sheet
	row    row
	frames []uint32 // of a detector: frame number of every row
	shown  []shown  // rows whose frame was kept and has a picture
	count  [2]tally // rows before and after the onset
	load   []float64
	worth  []float32 // of every row written, whoever looked
}

// shown is a row whose picture a person can look at.
type shown struct {
	row    int
	glance *glance
}

// tally counts rows, labelled ones, right ones, and quality on the log's own
// scale.
type tally struct{ rows, known, right, good, squares float64 }

// hour writes n rows spread over an hour.
func (s *stage) hour(from time.Time, m mix, n int) {
	s.load = append(s.load, float64(n))
	for i := 0; i < n; {
		at := from.Add(time.Duration((float64(i) + s.dice.unit()) / float64(n) * float64(time.Hour)))
		r := &s.row
		s.place(r, at, m)
		parts := 1
		if s.style.task == partsTask {
			parts = min(n-i, 1+s.dice.intn(5))
		}
		r.framed = s.style.framed > 0 && s.dice.chance(s.style.framed)
		for range parts {
			s.part(r)
		}
		if s.style.task == partsTask {
			frame := uint32(1)
			if len(s.frames) > 0 {
				frame = s.frames[len(s.frames)-1] + 1
			}
			for len(s.frames) < s.rowsWritten() {
				s.frames = append(s.frames, frame)
			}
		}
		i += parts
	}
}

func (s *stage) rowsWritten() int { return len(s.sheet.inks[0].column.Times) }

// place draws where, what and who.
func (s *stage) place(r *row, at time.Time, m mix) {
	d, w := s.dice, &s.works
	line := d.weighted(m.line)
	stations := w.stations[line]
	station := stations[d.intn(len(stations))]
	cameras := w.cameras[station]
	shift := shiftIndex(at)
	*r = row{time: at.UnixNano(), lag: 1, fail: 0.002, coverage: 1, delay: 1, hold: 1}
	r.at = [dims]int{byLine: line, byStation: station, byCamera: cameras[d.intn(len(cameras))], byShift: shift,
		bySKU: d.weighted(m.sku[line]), byVendor: d.weighted(m.vendors[line])}
	if d.chance(m.rework[line]) {
		r.at[byWork] = 1
	}
	// A crew changes stations every day.
	day := int(at.Sub(monday) / (24 * time.Hour))
	crew := len(w.values[byOperator]) / 3
	r.at[byOperator] = shift*crew + (station+day)%crew
	if shift == 2 {
		r.light = 1
	}
}

// part makes one answer of the row as placed, and writes it down.
func (s *stage) part(placed *row) {
	r := *placed
	d := s.dice
	r.at[byReviewer] = d.intn(len(s.works.values[byReviewer]))
	r.slip.careless = s.labels.careless
	for i := range s.effects {
		s.effects[i].apply(&r, d)
	}
	r.meet(s.gallery, d)
	s.label(&r)
	if r.lost.takes(&r, d) {
		return
	}
	s.measure(&r)
	if r.framed && r.glance.picture != nil {
		s.shown = append(s.shown, shown{s.rowsWritten(), r.glance})
	}
	s.sheet.row(&r)
}

// label lets people look at the part: whether, when, and what they write down.
func (s *stage) label(r *row) {
	d, l := s.dice, s.labels
	r.truth = r.slip.record(r.glance.class, d)
	r.measured = r.glance.gap
	if r.truth != r.glance.class {
		r.measured = gaps[r.truth]
	}
	r.measured = math.Round(float64((r.measured+float64(0.01*d.normal()))*1000)) / 1000
	p := float64(l.rate * r.coverage)
	if l.doubtful > 0 {
		p *= (1 + float64(l.doubtful*(1-r.confidence))) / (1 + float64(0.12*l.doubtful))
	}
	if !d.chance(p) {
		return
	}
	hours := 0.0
	if l.late || r.delay > 1 || r.hold > 1 {
		hours = float64(max(1, l.hours) * d.lognormal(0.6) * r.delay)
		if r.right(s.style.task == binaryTask) {
			hours *= r.hold
		}
	}
	r.labelled = r.time + int64(hours*float64(time.Hour))
	r.known = r.labelled < s.end.UnixNano()
}

// measure counts what the answers were worth, whoever looked.
func (s *stage) measure(r *row) {
	t := &s.count[0]
	if !s.key.Onset.IsZero() && r.time >= s.key.Onset.UnixNano() {
		t = &s.count[1]
	}
	q := 0.0
	if r.right(s.style.task == binaryTask) {
		t.right++
		q = 1
	}
	if s.style.task == gapTask {
		q = -math.Abs(r.number - r.measured)
	}
	s.worth = append(s.worth, float32(q))
	t.rows++
	t.good += q
	t.squares += float64(q * q)
	if r.known {
		t.known++
	}
}

// round closes the round.
func (s *stage) round() Round {
	slices.SortStableFunc(s.events, func(a, b analysis.Event) int { return a.Time.Compare(b.Time) })
	r := Round{Seed: s.seed, Style: s.style.name, Log: s.sheet.table(s.frames), Events: s.events, Metrics: s.gauges(), Key: s.key}
	if s.style.framed > 0 {
		r.frames = &album{shown: s.shown}
	}
	k := &r.Key
	before, after := s.count[0], s.count[1]
	k.Labelled = (before.known + after.known) / max(1, before.rows+after.rows)
	if k.Onset.IsZero() {
		return r
	}
	k.Slices = append(k.Slices, s.hurt(r.Log)...)
	k.Drop = before.right/max(1, before.rows) - after.right/max(1, after.rows)
	se := math.Sqrt(before.variance()/max(1, before.known) + after.variance()/max(1, after.known))
	k.Standout = (before.mean() - after.mean()) / max(se, 1e-9)
	if min(before.known, after.known) < 2 {
		k.Standout = 0
	}
	return r
}

func (t tally) mean() float64 { return t.good / max(1, t.rows) }

func (t tally) variance() float64 {
	return max(0, t.squares/max(1, t.rows)-float64(t.mean()*t.mean()))
}
