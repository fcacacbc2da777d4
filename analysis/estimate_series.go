package analysis

import (
	"context"
	"math"
	"time"
)

// Expected is the quality that the sureness of the answers promises, over time:
// what each row's confidence (or the agreement of its votes) was worth among the
// rows of the reference whose quality is known, averaged per bucket,
//
//	Σ Rate(bin of the row's sureness) / rows with a sureness
//
// so that estimated and realised quality can be drawn apart. Buckets are those
// of [Table.Series] for the same where and step; Known counts the rows with a
// sureness. Nothing is known where no row has one, where quality is no share, or
// where the reference has fewer than leastExpected known rows. It is blind to
// inputs the reference never held: Estimate says how far to trust it. Cost: two
// passes.
func (t *Table) Expected(ctx context.Context, reference Window, where Where, step time.Duration) (Series, error) {
	s := Series{Name: "estimated " + t.measure.Metric, Scale: Proportion, Step: step}
	promised := t.Promised(reference)
	err := t.bucket(ctx, &s, where, func(b *Sum, i int) {
		b.Rows++
		if promised == nil || promised[i] != promised[i] {
			return
		}
		b.Known++
		b.Good += promised[i]
		b.GoodSq += promised[i] * promised[i]
	})
	return s, err
}

// Promised is, per row, the chance of a right answer that its sureness promises:
// what the same sureness was worth in the reference. NaN where the row has none;
// nil where nothing can be promised, as [Table.Expected] says. Cost: two passes.
func (t *Table) Promised(reference Window) []float64 {
	sureness, _, _ := t.sureness()
	worth := t.worth(sureness, reference)
	if known, _ := worth.known(); known < leastExpected {
		return nil
	}
	promised := make([]float64, len(sureness))
	for i, p := range sureness {
		promised[i] = math.NaN()
		if p == p {
			promised[i] = worth.Rate[worth.Bin(p)]
		}
	}
	return promised
}

// leastExpected is the number of known rows from which a calibration means
// something: ten in each of the ten tenths that are looked at together.
const leastExpected = 100

// worth is what sureness was worth within a window; nothing where either is not
// known.
func (t *Table) worth(sureness []float64, reference Window) Calibration {
	if sureness == nil || !t.measure.Realised() || t.measure.Scale != Proportion {
		return Calibration{}
	}
	var p, q []float64
	quality := t.Quality()
	for i, at := range t.times {
		if reference.Contains(time.Unix(0, at)) {
			p, q = append(p, sureness[i]), append(q, quality[i])
		}
	}
	return Calibrate(p, q)
}
