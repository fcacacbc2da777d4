package whatif

import (
	"math"

	"andon/analysis"
)

// A bench holds the rows that remedies are judged on: labelled, in the window
// after, in the order of time. A row goes by its place here, 0 to len(rows)-1.
type bench struct {
	question Question
	table    *analysis.Table
	panel    *analysis.Panel
	rows     []int // of the table
	fold     []int
	block    []int // of time, for intervals
	within   []bool
	now      []float64 // what the logged answer was worth
	failed   []bool
	sure     []float64 // confidence, or agreement of the members; NaN unknown
	sureFrom string
	unsure   []float64       // the same of the unlabelled rows after
	overall  [2]analysis.Sum // quality as logged, before and after
	inSlice  [2]analysis.Sum
	left     int // labelled rows that were left out
}

const (
	folds  = 5
	most   = 40_000 // rows judged; more make no difference that anybody would see
	blocks = 40     // of time over the window after; folds take turns
)

func newBench(t *analysis.Table, q Question) (*bench, error) {
	b := &bench{question: q, table: t}
	before, after, err := t.Split(q.Where, q.Windows)
	if err != nil {
		return nil, err
	}
	b.panel, _ = t.Panel().Voting(after)
	mask, err := t.Match(q.Slice)
	if err != nil {
		return nil, err
	}
	b.gather(after, mask)
	b.level(before, mask)
	return b, nil
}

// gather takes the labelled rows after, in the order of time.
func (b *bench) gather(after []int, slice analysis.Mask) {
	times := b.table.Role(analysis.RoleTime).Times
	sure, from := sureness(b.table, b.panel)
	b.sureFrom = from
	status := b.table.Role(analysis.RoleStatus)
	quality := b.table.Quality()
	block := analysis.TimeBlocks(b.question.Windows.After, blocks)
	var labelled []int
	for _, i := range byTime(after, times) {
		if quality[i] == quality[i] {
			labelled = append(labelled, i)
		} else {
			b.unsure = append(b.unsure, sure[i])
		}
	}
	if b.left = len(labelled) - most; b.left > 0 {
		labelled = every(labelled, most)
	}
	for _, i := range labelled {
		b.rows = append(b.rows, i)
		b.block = append(b.block, block(times[i]))
		b.fold = append(b.fold, block(times[i])%folds)
		b.within = append(b.within, slice.Has(i))
		b.now = append(b.now, b.worth(quality[i]))
		b.failed = append(b.failed, status != nil && analysis.Failed(status.String(i)))
		b.sure = append(b.sure, sure[i])
	}
}

// worth turns quality so that more is better.
func (b *bench) worth(quality float64) float64 {
	if b.table.Measure().LowerBetter {
		return -quality
	}
	return quality
}

// slice reports whether there is a guilty slice with rows inside and out.
func (b *bench) slice() bool {
	inside := 0
	for _, in := range b.within {
		if in {
			inside++
		}
	}
	return len(b.question.Slice) > 0 && inside > 0 && inside < len(b.rows)
}

// level fills quality as logged before and after, overall and in the slice.
func (b *bench) level(before []int, slice analysis.Mask) {
	quality := b.table.Quality()
	for _, i := range before {
		b.overall[0].Note(quality[i])
		if slice.Has(i) {
			b.inSlice[0].Note(quality[i])
		}
	}
	for k, i := range b.rows {
		b.overall[1].Note(quality[i])
		if b.within[k] {
			b.inSlice[1].Note(quality[i])
		}
	}
	if len(b.question.Slice) == 0 {
		b.inSlice = [2]analysis.Sum{}
	}
}

// answer is what saying something in a row is worth: nothing where the service
// failed, what the logged answer was where the truth is not known.
func (b *bench) answer(k int, said float64) float64 {
	if b.failed[k] {
		return b.now[k]
	}
	v := b.panel.Judge(said, b.panel.Truth[b.rows[k]])
	if v != v {
		return b.now[k]
	}
	return b.worth(v)
}

// reviewed is the worth of a row that a person answers.
func (b *bench) reviewed() outcome {
	if b.panel.Amounts {
		return outcome{0, true}
	}
	return outcome{1, true}
}

// everywhere are all places of the bench.
func (b *bench) everywhere() []int {
	all := make([]int, len(b.rows))
	for k := range all {
		all[k] = k
	}
	return all
}

// selection is how much surer the labelled rows are than the others, in
// standard deviations of the others; 0 where it cannot be told.
func (b *bench) selection() float64 {
	var labelled, rest analysis.Sum
	for _, v := range b.sure {
		labelled.Note(v)
	}
	for _, v := range b.unsure {
		rest.Note(v)
	}
	if labelled.Known < fewRows || rest.Known < fewRows || rest.Variance() == 0 {
		return 0
	}
	return (labelled.Mean() - rest.Mean()) / math.Sqrt(rest.Variance())
}
