package analysis

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// part is one row of a log that a test draws: ordinary until draw changes it.
// NaN quality is an unlabelled row, lost rows never reach the log.
type part struct {
	at                               time.Time
	line, work, sku, shift, version  string
	confidence, brightness, contrast float64
	share                            float64 // chance that the answer is right
	labelled                         float64 // chance of a label
	lost                             bool
}

// shopLog draws n rows, evenly over the days from monday on.
func shopLog(t testing.TB, n, days int, draw func(*rand.Rand, *part)) *Table {
	random := rand.New(rand.NewPCG(uint64(n), uint64(days)))
	names := []string{"line", "operation", "sku", "shift"}
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	texts := make([]*Builder, len(names))
	for i, name := range names {
		texts[i] = NewBuilder(Field{Name: name, Role: RoleDimension, Type: Text})
	}
	version := NewBuilder(Field{Name: "model_version", Role: RoleVersion, Type: Text})
	confidence := NewBuilder(Field{Name: "confidence", Role: RoleConfidence, Type: Number})
	brightness := NewBuilder(Field{Name: "brightness", Role: RoleFeature, Type: Number})
	contrast := NewBuilder(Field{Name: "contrast", Role: RoleFeature, Type: Number})
	correct := NewBuilder(Field{Name: "correct", Role: RoleCorrect, Type: Number})
	for i := range n {
		p := part{at: monday.Add(time.Duration(i) * (time.Duration(days) * oneDay / time.Duration(n))),
			line: []string{"L1", "L2", "L3", "L4", "L5"}[random.IntN(5)], work: "press", sku: []string{"A", "B"}[random.IntN(2)],
			version: "1", share: .93, labelled: .5}
		p.shift = []string{"night", "early", "late"}[p.at.Hour()/8]
		if random.IntN(8) == 0 {
			p.work, p.share = "rework", .7
		}
		p.confidence, p.brightness, p.contrast = .9+.04*random.NormFloat64(), 120+10*random.NormFloat64(), 40+5*random.NormFloat64()
		draw(random, &p)
		if p.lost {
			continue
		}
		clock.Time(p.at.UnixNano())
		for k, v := range []string{p.line, p.work, p.sku, p.shift} {
			texts[k].Text(v)
		}
		version.Text(p.version)
		confidence.Number(p.confidence)
		brightness.Number(p.brightness)
		contrast.Number(p.contrast)
		right := 0.0
		if random.Float64() < p.share {
			right = 1
		}
		if random.Float64() >= p.labelled {
			right = math.NaN()
		}
		correct.Number(right)
	}
	columns := []Column{clock.Column(), version.Column(), confidence.Column(), brightness.Column(), contrast.Column(), correct.Column()}
	for _, b := range texts {
		columns = append(columns, b.Column())
	}
	return tableOf(t, columns...)
}

func investigated(t testing.TB, log *Table) Triage {
	t.Helper()
	triage, err := Investigate(context.Background(), Inquiry{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	return triage
}

// TestGuiltyRows plants faults that touch more, or other, rows than those which
// stand out most. The oracle is what was planted.
func TestGuiltyRows(t *testing.T) {
	const days = 8
	onset := monday.Add(5*oneDay + 3*time.Hour)
	for name, c := range map[string]struct {
		rows int
		draw func(*rand.Rand, *part)
		want string // of the guilty slice, "" for all rows
	}{
		"a release that hardly hurts what was hard": {20_000, func(_ *rand.Rand, p *part) {
			if p.at.Before(onset) {
				return
			}
			p.version = "2"
			p.confidence -= .1
			if p.share -= .2; p.work == "rework" {
				p.share = .6
			}
		}, ""},
		"only the easy work, and the rest as it was": {40_000, func(_ *rand.Rand, p *part) {
			if !p.at.Before(onset) && p.work == "press" {
				p.share -= .2
			}
		}, "operation=press"},
		"a product never seen before": {20_000, func(r *rand.Rand, p *part) {
			if !p.at.Before(onset) && p.line == "L2" && r.IntN(2) == 0 {
				p.sku, p.share, p.brightness = "C", .4, 90
			}
		}, "sku=C"},
		"two lines of five": {20_000, func(_ *rand.Rand, p *part) {
			if !p.at.Before(onset) && p.line == "L2" {
				p.share -= .3
			}
			if !p.at.Before(onset) && p.line == "L3" {
				p.share -= .25
			}
		}, "line=L2"},
		"two lines of three, by unlike faults": {9_000, func(r *rand.Rand, p *part) {
			p.line = []string{"L1", "L2", "L3"}[r.IntN(3)]
			if !p.at.Before(onset) && p.work == "press" {
				switch p.line {
				case "L1":
					p.share -= .45
				case "L3":
					p.share -= .2
				}
			}
			if !p.at.Before(onset) && p.work == "rework" && p.line != "L2" {
				p.share -= .2
			}
		}, "line=L1"},
		"a line whose few hard parts tell little": {6_000, func(_ *rand.Rand, p *part) {
			if !p.at.Before(onset) && p.line == "L2" {
				if p.share -= .3; p.work == "rework" {
					p.share = .6
				}
			}
		}, "line=L2"},
		"darker pictures everywhere": {20_000, func(r *rand.Rand, p *part) {
			if !p.at.Before(onset) {
				p.share -= .02
				if r.IntN(5) == 0 {
					p.brightness, p.share = 95, p.share-.25
				}
			}
		}, ""},
		"one line at night": {30_000, func(_ *rand.Rand, p *part) {
			if !p.at.Before(onset) && p.line == "L2" && p.shift == "night" {
				p.share, p.brightness = .4, 60
			}
		}, "line=L2 shift=night"},
		"one product of one line at night": {120_000, func(_ *rand.Rand, p *part) {
			if !p.at.Before(onset) && p.line == "L2" && p.shift == "night" && p.sku == "A" {
				p.share -= .4
			}
		}, "line=L2 shift=night sku=A"},
	} {
		t.Run(name, func(t *testing.T) {
			got := investigated(t, shopLog(t, c.rows, days, c.draw))
			where := ""
			if s := got.Guilty(); s != nil {
				where = s.Where.String()
			}
			if got.Onset == nil || where != c.want {
				t.Errorf("guilty: %q, planted: %q (onset %v)", where, c.want, got.Onset)
			}
		})
	}
}

// TestFewLabels plants a fall that one label in sixteen cannot show, at a line
// whose confidence every row tells. The oracle is what was planted.
func TestFewLabels(t *testing.T) {
	onset := monday.Add(5*oneDay + 7*time.Hour)
	got := investigated(t, shopLog(t, 20_000, 8, func(_ *rand.Rand, p *part) {
		p.labelled = .06
		if !p.at.Before(onset) && p.line == "L2" {
			p.share -= .22
			p.confidence -= .1
		}
	}))
	if got.Onset == nil || got.Guilty() == nil || got.Guilty().Where.String() != "line=L2" {
		t.Fatalf("onset %v, guilty %v", got.Onset, got.Guilty())
	}
	if off := got.Onset.Onset.Sub(onset).Abs(); off > 30*time.Minute {
		t.Errorf("the onset is %s off, although every row's confidence tells it", off)
	}
}

// TestOnsetByCounts plants faults whose moment the labels, one in ten, leave
// open by hours, and a count tells: of a product, a version, or all rows. The
// oracle is what was planted.
func TestOnsetByCounts(t *testing.T) {
	onset := monday.Add(5*oneDay + 7*time.Hour)
	for name, draw := range map[string]func(*rand.Rand, *part){
		"a product's first row": func(r *rand.Rand, p *part) {
			if !p.at.Before(onset) && r.IntN(4) == 0 {
				p.sku, p.share = "C", .5
			}
		},
		"a version that took over": func(r *rand.Rand, p *part) {
			if !p.at.Before(onset) && r.IntN(20) > 0 {
				p.version, p.share = "2", p.share-.1
			}
		},
		"rows that stopped coming": func(r *rand.Rand, p *part) {
			if !p.at.Before(onset) {
				p.lost = r.IntN(2) > 0
				p.share -= .1
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := investigated(t, shopLog(t, 16_000, 8, func(r *rand.Rand, p *part) {
				p.labelled = .1
				draw(r, p)
			}))
			if got.Onset == nil {
				t.Fatal("no onset")
			}
			if off := got.Onset.Onset.Sub(onset).Abs(); off > 10*time.Minute {
				t.Errorf("the onset is %s off, although a count tells it", off)
			}
		})
	}
}

// TestShiftUnseen plants pictures never seen before, at night or all day. The
// oracle is what was planted.
func TestShiftUnseen(t *testing.T) {
	onset := monday.Add(5*oneDay + 3*time.Hour)
	for name, c := range map[string]struct {
		struck func(*part) bool
		yes    bool
	}{
		"at night":      {func(p *part) bool { return p.shift == "night" }, true},
		"at every hour": {func(p *part) bool { return p.line == "L2" }, false},
	} {
		t.Run(name, func(t *testing.T) {
			got := investigated(t, shopLog(t, 30_000, 8, func(_ *rand.Rand, p *part) {
				if !p.at.Before(onset) && c.struck(p) {
					p.share, p.brightness = .5, 60
				}
			}))
			for _, e := range got.Ledger {
				if e.ID == "shift.unseen" && (!e.Tested || (e.Yes > .5) != c.yes) {
					t.Errorf("%+v", e)
				}
			}
		})
	}
}

// TestTurnover lets values come and go. The oracle is the share of the second
// half's rows whose value the first half had not.
func TestTurnover(t *testing.T) {
	block := func(rows ...int) Block {
		b := Block{}
		for _, n := range rows {
			b.Bins = append(b.Bins, Sum{Rows: n})
		}
		return b
	}
	for name, c := range map[string]struct {
		before []Block
		want   float64
	}{
		"nothing":            {nil, 0},
		"the same all along": {[]Block{block(50, 50, 0), block(60, 40, 0)}, 0},
		"another every day":  {[]Block{block(100, 0, 0), block(0, 100, 0)}, 1},
		"one of three":       {[]Block{block(60, 40, 0), block(60, 0, 40)}, .4},
		"too few to tell":    {[]Block{block(10, 0, 0), block(0, 10, 0)}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := Profile{Bins: make([]Bin, 3), Before: c.before}
			if got := p.turnover(); got != c.want {
				t.Errorf("turnover %v, want %v", got, c.want)
			}
			told := Signal{Profile: p}
			if accountable(told) != (c.want <= accountTurnover) {
				t.Errorf("accountable %v at a turnover of %v", accountable(told), c.want)
			}
		})
	}
}

// TestMissingRows compares volumes: a loss of rows is one, a quiet Sunday none.
func TestMissingRows(t *testing.T) {
	onset := monday.Add(6*oneDay + 10*time.Hour) // a Sunday
	for name, c := range map[string]struct {
		lost     float64 // of the right answers, from the onset on
		missing  bool
		survivor bool
	}{
		"a quiet Sunday":      {0, false, false},
		"right answers alone": {.6, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			log := shopLog(t, 60_000, 8, func(r *rand.Rand, p *part) {
				right := r.Float64() < p.share
				p.share = map[bool]float64{true: 1, false: 0}[right]
				p.lost = p.at.Weekday() == time.Sunday && r.IntN(2) == 0 ||
					!p.at.Before(onset) && right && r.Float64() < c.lost
			})
			s := &scene{log: log, measure: log.Measure(), onset: Change{Onset: onset, Earliest: onset, Latest: onset},
				windows: Windows{Window{monday, onset}, Window{onset, log.Span().To}}}
			missing, err := dataMissing(context.Background(), s)
			if err != nil {
				t.Fatal(err)
			}
			survivors, err := dataSurvivors(context.Background(), s)
			if err != nil {
				t.Fatal(err)
			}
			if !missing.tested || !survivors.tested || (missing.yes > .3) != c.missing || (survivors.yes > .5) != c.survivor {
				t.Errorf("missing %+v, survivors %+v", missing, survivors)
			}
		})
	}
}

// TestTrialOfABadVersion puts a version on a third of the traffic that is wrong
// every second time: the slice is the version itself, and the model is to blame
// although nothing else moved.
func TestTrialOfABadVersion(t *testing.T) {
	onset := monday.Add(5*oneDay + 5*time.Hour)
	got := investigated(t, shopLog(t, 16_000, 8, func(r *rand.Rand, p *part) {
		p.work = "press"
		if p.share = .94; !p.at.Before(onset) && r.IntN(3) == 0 {
			p.version, p.share = "2", .5
		}
	}))
	if s := got.Guilty(); s == nil || s.Where.String() != "model_version=2" {
		t.Errorf("guilty: %v", s)
	}
	if got.Verdict.Cause != Model || got.Verdict.Outcome != Likely {
		t.Errorf("verdict: %+v", got.Verdict)
	}
}

// TestRowsAreWatched loses right answers on their way to the log: too few labels
// see the drop by themselves, but the rows say when to look. Rows that stop
// coming alike, right and wrong, are no drop.
func TestRowsAreWatched(t *testing.T) {
	onset := monday.Add(4*oneDay + 7*time.Hour)
	for name, c := range map[string]struct {
		right, wrong float64 // share lost
		found        bool
	}{
		"right answers are lost": {.65, 0, true},
		"any are":                {.65, .65, false},
	} {
		t.Run(name, func(t *testing.T) {
			got := investigated(t, shopLog(t, 16_000, 8, func(r *rand.Rand, p *part) {
				p.labelled, p.work, p.share = .075, "press", .93
				right := r.Float64() < p.share
				p.share = map[bool]float64{true: 1, false: 0}[right]
				lost := c.wrong
				if right {
					lost = c.right
				}
				p.lost = !p.at.Before(onset) && r.Float64() < lost
			}))
			if (got.Onset != nil) != c.found {
				t.Fatalf("onset %+v, verdict %+v", got.Onset, got.Verdict)
			}
			if c.found && (got.Onset.Onset.Sub(onset).Abs() > time.Hour || got.Verdict.Cause != Service) {
				t.Errorf("onset %s, verdict %+v", got.Onset.Onset, got.Verdict)
			}
		})
	}
}
