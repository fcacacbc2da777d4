package analysis

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"
)

// dropLog draws a log of n rows over days from a seed: line L2 drops from .95 to
// .2 right answers at the onset, the other lines stay at .95.
func dropLog(t testing.TB, seed uint64, n, days int, onset time.Time) *Table {
	random := rand.New(rand.NewPCG(seed, 2))
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	line := NewBuilder(Field{Name: "line", Role: RoleDimension, Type: Text})
	correct := NewBuilder(Field{Name: "correct", Role: RoleCorrect, Type: Number})
	for range n {
		at := monday.Add(time.Duration(random.Int64N(int64(days) * int64(oneDay))))
		name := []string{"L1", "L2", "L3"}[random.IntN(3)]
		share := .95
		if name == "L2" && !at.Before(onset) {
			share = .2
		}
		clock.Time(at.UnixNano())
		line.Text(name)
		switch {
		case random.Float64() > .5:
			correct.Null()
		case random.Float64() < share:
			correct.Number(1)
		default:
			correct.Number(0)
		}
	}
	return tableOf(t, clock.Column(), line.Column(), correct.Column())
}

func TestRefineOnset(t *testing.T) {
	held, close := 0, 0
	const trials = 20
	for seed := range uint64(trials) {
		onset := monday.Add(5*oneDay + time.Duration(seed)*97*time.Minute)
		tab := dropLog(t, seed, 20000, 8, onset)
		ctx := context.Background()
		s, err := tab.Series(ctx, nil, StepFor(tab.Span(), tab.Measure().Known))
		if err != nil {
			t.Fatal(err)
		}
		changes, _ := Changes(s)
		if len(changes) != 1 {
			t.Fatalf("seed %d: %+v", seed, changes)
		}
		fine, err := RefineOnset(ctx, tab, Where{Is("line", "L2")}, changes[0])
		if err != nil {
			t.Fatal(err)
		}
		if fine.Latest.Sub(fine.Earliest) > changes[0].Latest.Sub(changes[0].Earliest) {
			t.Errorf("seed %d: %v..%v is wider than %v..%v", seed, fine.Earliest, fine.Latest, changes[0].Earliest, changes[0].Latest)
		}
		if fine.Onset.Sub(onset).Abs() <= 15*time.Minute {
			close++
		}
		if !onset.Before(fine.Earliest) && !onset.After(fine.Latest) {
			held++
		}
	}
	if close < trials*8/10 || held < trials*7/10 {
		t.Errorf("of %d onsets %d are within 15 minutes and %d within their interval", trials, close, held)
	}
}

func TestRefineOnsetLeavesWhatItCannotSee(t *testing.T) {
	tab := dropLog(t, 1, 20000, 8, monday.Add(5*oneDay))
	c := Change{Onset: monday.Add(4 * oneDay), Earliest: monday.Add(4*oneDay - time.Hour), Latest: monday.Add(4*oneDay + time.Hour)}
	for _, where := range []Where{{Is("line", "L1")}, {Is("line", "L9")}} {
		got, err := RefineOnset(context.Background(), tab, where, c)
		if err != nil || got != c {
			t.Errorf("%s: %+v, %v; want the change as it was", where, got, err)
		}
	}
	if _, err := RefineOnset(context.Background(), tab, Where{Is("lane", "L1")}, c); err == nil {
		t.Error("an unknown column was accepted")
	}
}

// TestRefineOnsetBetweenShifts breaks a lamp of the night shift by day. The
// last two parts of the night before came out wrong, too: the oracle is the
// first hour of the night that followed, where every part is.
func TestRefineOnsetBetweenShifts(t *testing.T) {
	night := func(at time.Time) bool { return at.Hour() < 6 || at.Hour() >= 22 }
	dark := monday.Add(4*oneDay + 22*time.Hour)
	s := Series{Start: monday, Step: 10 * time.Minute, Scale: Proportion, Buckets: make([]Sum, 8*144)}
	for i := range s.Buckets {
		at := s.At(i)
		if !night(at) {
			continue
		}
		b := Sum{Rows: 1, Known: 1}
		if at.Before(dark) && i%9 > 0 || !at.Before(dark) && i%2 > 0 {
			b.Good = 1
		}
		if until := dark.Sub(at); until > 16*time.Hour && until <= 16*time.Hour+20*time.Minute {
			b.Good = 0
		}
		b.GoodSq = b.Good
		s.Buckets[i] = b
	}
	c := Change{Onset: dark.Add(-8 * time.Hour), Earliest: dark.Add(-20 * time.Hour), Latest: dark.Add(2 * time.Hour)}
	if got := c.placedOn(s); !got.Onset.Equal(dark) {
		t.Errorf("the onset is at %s (%s to %s), want %s", got.Onset, got.Earliest, got.Latest, dark)
	}
}
