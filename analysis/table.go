package analysis

import (
	"fmt"
	"math"
	"slices"
	"time"
	"weak"
)

// Table answers a [Log]'s questions from columns in memory.
//
//	columns   time | line  | prediction | label | brightness ...
//	          ─────┼───────┼────────────┼───────┼───────────
//	quality   ...1 ...0 ...unknown ...1   one number a row, worked out once
//	where  →  mask (one bool a row) ─┐
//	window →  two times ─────────────┴→ one pass → sums per bucket, bin or cell
//
// The rows need not be in time order: every question is a single pass that
// places a row by its own time. A Table never changes after NewTable, so any
// number of goroutines may ask it at once.
type Table struct {
	columns []Column
	index   map[string]int
	times   []int64
	span    Window
	measure Measure
	panels  *panels  // shared with copies of the same columns
	widened *widened // likewise

	selections *selections // shared with copies of the same quality

	ascending bool       // in time, row by row
	graded    []uint8    // see gradesOf
	quality   *qualities // shared with copies of the same
}

var _ Log = (*Table)(nil)

// NewTable builds a Table over the columns, compact or not, which it shares and which must not
// change afterwards. All columns have the same length; names are unique; one
// Time column has the role time and no nulls. It returns an error that names
// the column otherwise. No rows at all is fine. Cost: one pass over time,
// label, prediction and status.
func NewTable(columns []Column) (*Table, error) {
	t := &Table{columns: columns, index: make(map[string]int, len(columns)), panels: &panels{}, widened: &widened{columns: map[int]weak.Pointer[Column]{}}, selections: &selections{}}
	for i := range columns {
		c := &columns[i]
		if _, twice := t.index[c.Name]; twice {
			return nil, fmt.Errorf("build table: two columns are named %q; rename one in the mapping", c.Name)
		}
		t.index[c.Name] = i
		if c.Len() != columns[0].Len() {
			return nil, fmt.Errorf("build table: column %q has %d rows but %q has %d", c.Name, c.Len(), columns[0].Name, columns[0].Len())
		}
	}
	clock := t.Role(RoleTime)
	if clock == nil || clock.Type != Time {
		return nil, fmt.Errorf("build table: none of the %d columns has the role time; name one in the mapping", len(columns))
	}
	t.times = clock.Times
	if err := t.findSpan(clock.Name); err != nil {
		return nil, err
	}
	t.quality = &qualities{}
	if m, graded, ok := measureGrades(t); ok {
		t.measure, t.graded = m, graded
		return t, nil
	}
	t.measure, t.quality.values = measure(t)
	if err := t.heedSilence(); err != nil {
		return nil, fmt.Errorf("build table: %w", err)
	}
	t.graded = gradesOf(t.quality.values)
	return t, nil
}

func (t *Table) findSpan(name string) error {
	if len(t.times) == 0 {
		return nil
	}
	first, last := t.times[0], t.times[len(t.times)-1]
	if t.ascending = ascend(t.times); !t.ascending {
		first, last = slices.Min(t.times), slices.Max(t.times)
	}
	if first == NoTime { // the smallest of all
		return fmt.Errorf("build table: row %d has no %s; leave such rows out before", slices.Index(t.times, NoTime), name)
	}
	t.span = Window{time.Unix(0, first).UTC(), time.Unix(0, last+1).UTC()}
	return nil
}

// Rows counts the inferences.
func (t *Table) Rows() int { return len(t.times) }

// Span holds every row's time; To is one nanosecond after the last. It is the
// zero Window for no rows.
func (t *Table) Span() Window { return t.span }

// Measure says what quality means here and how much of it is known.
func (t *Table) Measure() Measure { return t.measure }

// Fields are the columns without their values, in order.
func (t *Table) Fields() []Field {
	fields := make([]Field, len(t.columns))
	for i := range t.columns {
		fields[i] = t.columns[i].Field
	}
	return fields
}

// Column finds a column by name, or nil. It is never compact: one that is kept so
// is written out for as long as somebody holds it.
func (t *Table) Column(name string) *Column {
	if i, ok := t.index[name]; ok {
		return t.wide(i)
	}
	return nil
}

// Role finds the first column of a role, or nil.
func (t *Table) Role(r Role) *Column {
	for i := range t.columns {
		if t.columns[i].Role == r {
			return t.wide(i)
		}
	}
	return nil
}

// role is Role, but the column may be compact.
func (t *Table) role(r Role) *Column {
	for i := range t.columns {
		if t.columns[i].Role == r {
			return &t.columns[i]
		}
	}
	return nil
}

// require finds a column, which may be compact, or says which are nearest.
func (t *Table) require(name string) (*Column, error) {
	if i, ok := t.index[name]; ok {
		return &t.columns[i], nil
	}
	names := make([]string, len(t.columns))
	for i := range t.columns {
		names[i] = t.columns[i].Name
	}
	return nil, &ColumnError{Column: name, Near: nearest(name, names)}
}

// Quality is what is known of row i: 1 right, 0 wrong, an estimate between, or
// an amount; NaN where it is unknown. The slice is the table's own. Cost: one pass
// over graded rows at the first question.
func (t *Table) Quality() []float64 { return t.quality.of(t.graded) }

// count adds row i to s.
func (t *Table) count(s *Sum, i int) {
	if t.graded != nil {
		*s = s.Add(sumOf[t.graded[i]])
		return
	}
	s.Rows++
	if q := t.quality.values[i]; q == q {
		s.Known++
		s.Good += q
		s.GoodSq += q * q
	}
}

// nanos is an instant in ns since 1970, clamped to what an int64 can hold
// (years 1678 to 2262), so that the zero time is simply very early.
func nanos(at time.Time) int64 {
	switch year := at.Year(); {
	case year < 1678:
		return math.MinInt64 + 1
	case year > 2261:
		return math.MaxInt64
	}
	return at.UnixNano()
}

// span64 is a window as two bounds for rows' times.
type span64 struct{ from, to int64 }

func bounds(w Window) span64         { return span64{nanos(w.From), nanos(w.To)} }
func (s span64) holds(at int64) bool { return at >= s.from && at < s.to }
