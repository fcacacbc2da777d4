package analysis

import (
	"context"
	"time"
)

// Log answers the analysis' questions about the inferences of an incident
// with sums that merge by addition. [Table] answers from columns in memory; a
// fleet's server answers by pushing the same questions down.
//
// Every method may be slow and honours ctx. A column that does not exist is an
// error that names it; no rows is not an error but zeros.
type Log interface {
	// Fields are the columns, in the order of the file.
	Fields() []Field
	// Span holds every inference's time; To is just after the last.
	Span() Window
	// Rows counts the inferences.
	Rows() int
	// Measure says what quality means here and how much of it is known.
	Measure() Measure
	// Series is quality over time in buckets of step, over the rows of where,
	// aligned to multiples of step since 1970 UTC and covering Span.
	Series(ctx context.Context, where Where, step time.Duration) (Series, error)
	// Profile is one column before and after, in consecutive blocks of time.
	Profile(ctx context.Context, column string, where Where, w Windows) (Profile, error)
	// Leaves counts the cells of the dimensions in both windows.
	Leaves(ctx context.Context, dims []Dimension, where Where, w Windows) (Leaves, error)
}

// Scale says how the values of a series behave.
type Scale uint8

const (
	Proportion Scale = iota // a share of Known that is good: Sum is the count of good
	Amount                  // a quantity: Sum and SumSq are its sums over Known
)

// Measure is what "quality" means for a log: accuracy where prediction and
// label are classes, mae where they are numbers, estimated_accuracy where only
// confidence is known, or "" where nothing tells.
type Measure struct {
	Metric      string
	Scale       Scale
	LowerBetter bool
	Known       int // rows whose quality is known (labelled, or estimated)
	Labelled    int // rows with a label or a logged right/wrong
	Warnings    []string
}

// Realised reports whether quality rests on labels rather than an estimate.
func (m Measure) Realised() bool { return m.Labelled > 0 }

// Sum counts rows and what is known of their quality. Good is the number of
// right answers on the Proportion scale, the sum of the amounts on the other,
// where GoodSq is the sum of their squares. Sums of disjoint rows add.
type Sum struct {
	Rows   int
	Known  int
	Good   float64
	GoodSq float64
}

// Note adds a row whose quality, or other number, is v; NaN is not known.
func (s *Sum) Note(v float64) {
	s.Rows++
	if v == v {
		s.Known++
		s.Good += v
		s.GoodSq += v * v
	}
}

// Add is the sum over both disjoint sets of rows.
func (s Sum) Add(o Sum) Sum {
	return Sum{s.Rows + o.Rows, s.Known + o.Known, s.Good + o.Good, s.GoodSq + o.GoodSq}
}

// Sub is s without the rows of o, which must be among those of s.
func (s Sum) Sub(o Sum) Sum {
	return Sum{s.Rows - o.Rows, s.Known - o.Known, s.Good - o.Good, s.GoodSq - o.GoodSq}
}

// Mean is Good / Known, or 0 where nothing is known.
func (s Sum) Mean() float64 {
	if s.Known == 0 {
		return 0
	}
	return s.Good / float64(s.Known)
}

// Variance is the sample variance over the known rows, for the Amount scale; 0
// for fewer than two.
func (s Sum) Variance() float64 {
	if s.Known < 2 {
		return 0
	}
	n := float64(s.Known)
	return max(0, (s.GoodSq-s.Good*s.Good/n)/(n-1))
}

// Series is a quantity over time in equal buckets: bucket i covers
// [Start + i·Step, Start + (i+1)·Step). A bucket without known rows is a gap.
type Series struct {
	Name        string
	Scale       Scale
	LowerBetter bool
	Start       time.Time
	Step        time.Duration
	Buckets     []Sum
}

// At is the start of bucket i.
func (s Series) At(i int) time.Time { return s.Start.Add(time.Duration(i) * s.Step) }

// Index is the bucket that holds t, clamped to the series.
func (s Series) Index(t time.Time) int {
	return max(0, min(len(s.Buckets)-1, int(t.Sub(s.Start)/s.Step)))
}

// Total adds up all buckets.
func (s Series) Total() Sum {
	var total Sum
	for _, b := range s.Buckets {
		total = total.Add(b)
	}
	return total
}

// Over adds up the buckets whose start lies in w. Cost: the buckets in w.
func (s Series) Over(w Window) Sum {
	var total Sum
	for i := s.before(w.From); i < s.before(w.To); i++ {
		total = total.Add(s.Buckets[i])
	}
	return total
}

// before is the number of buckets that start before t.
func (s Series) before(t time.Time) int {
	if len(s.Buckets) == 0 {
		return 0
	}
	since := t.Sub(s.Start)
	i := int(since / s.Step)
	if since > 0 && since%s.Step > 0 {
		i++
	}
	return max(0, min(len(s.Buckets), i))
}

// Bin is one value of a text column, one interval [Lo, Hi) of a numeric one,
// or the nulls. The first and last interval of a number are open, so no value
// falls outside.
type Bin struct {
	Value  string
	Lo, Hi float64
	Null   bool
	Other  bool // the values beyond the most frequent ones, together
}

// Block is a stretch of one window: the sums per bin of the profile, and for
// numeric columns the moments over the non-null values.
type Block struct {
	Start time.Time
	Bins  []Sum
	N     int
	Sum   float64
	SumSq float64
}

// Profile is one column in both windows, cut into consecutive blocks of time
// so that a test can see how much blocks differ among themselves. The bins are
// the same everywhere and chosen on the Before window (plus what only After
// has), so profiles of several machines merge by adding.
type Profile struct {
	Field  Field
	Bins   []Bin
	Before []Block
	After  []Block
}

// Dimension is a column cut into named cells: a text column by its values
// (Edges nil), a numeric one by ascending inner edges.
type Dimension struct {
	Column string
	Edges  []float64
}

// Cell is one combination of dimension values, one index into Leaves.Values
// per dimension, with its sums in both windows.
type Cell struct {
	Key    []uint32
	Before Sum
	After  Sum
}

// Leaves are the cells of a set of dimensions: Values[d][k] is the condition
// that key k of dimension d stands for. Cells without rows are left out; the
// order is by key, so equal logs give equal leaves.
type Leaves struct {
	Dims   []Dimension
	Values [][]Condition
	Cells  []Cell
}
