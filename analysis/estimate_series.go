package analysis

import (
	"context"
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
	sureness, _, _ := t.sureness()
	worth := t.worth(sureness, reference)
	err := t.bucket(ctx, &s, where, func(b *Sum, i int) {
		b.Rows++
		if known, _ := worth.known(); known < leastExpected || sureness[i] != sureness[i] {
			return
		}
		right := worth.Rate[worth.Bin(sureness[i])]
		b.Known++
		b.Good += right
		b.GoodSq += right * right
	})
	return s, err
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
	for i, at := range t.times {
		if reference.Contains(time.Unix(0, at)) {
			p, q = append(p, sureness[i]), append(q, t.quality[i])
		}
	}
	return Calibrate(p, q)
}
