// Package clickhouse is the fleet's engine: a table of a ClickHouse cluster
// answers the analysis' questions where it stands.
//
//	                     Series, Profile, Leaves            rows
//	analysis ──▶ Log ──▶ one SELECT of sums each ──▶ Distributed table ──▶ shards
//	              ▲                                              │
//	              └── sums per bucket, block, bin, cell ◀────────┘
//
// What crosses the wire is sums, which merge by adding; how many there are
// depends on buckets, values and dimensions, never on rows. The only SQL of
// ClickHouse is here. It keeps to what version 18.16 and a current one both run.
package clickhouse

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"andon/analysis"
)

// About is what must be known of a table to put questions to it; it is kept in
// the incident file, so it holds neither user nor password.
type About struct {
	Hosts    []string         `json:"hosts"`
	Secure   bool             `json:"secure,omitempty"`
	Database string           `json:"database"`
	Table    string           `json:"table"`
	Span     analysis.Window  `json:"span"`            // of the rows that were there at the import
	Where    string           `json:"where,omitempty"` // only these rows are the log
	Columns  []Column         `json:"columns"`
	Fields   []analysis.Field `json:"fields"` // Path names the column
	Rows     int64            `json:"rows"`
	Sampled  int64            `json:"sampled"` // rows copied evenly
	Unit     int64            `json:"unit,omitempty"`
	Partial  string           `json:"partial,omitempty"` // which part of the cluster did not answer
}

// Log answers an analysis by asking the cluster. It is safe for use by several
// goroutines.
type Log struct {
	fleet    *Fleet
	table    string
	clock    clock
	fields   []analysis.Field
	columns  map[string]Column // by the field's name
	where    []string          // conditions of all rows
	span     analysis.Window
	rows     int
	measure  analysis.Measure
	quality  string           // SQL: a row's quality as Float64, nan where unknown
	graded   bool             // quality may be anything but 0 and 1
	known    map[string]facts // of the columns that tell quality
	profiles profiles
	noted    notes
}

var (
	_ analysis.Log     = (*Log)(nil)
	_ analysis.Trender = (*Log)(nil)
)

// NewLog asks what is needed before the first question: span, count and what
// quality means. where narrows the log to a slice, as if nothing else had been
// logged. It errs where the cluster does, with [ErrNotAsked] where that may not
// be asked, and where where names a column that is not there.
//
// Cost: three passes over the columns that tell quality.
func NewLog(ctx context.Context, fleet *Fleet, where analysis.Where) (*Log, error) {
	about := fleet.About
	l := &Log{fleet: fleet, table: about.from(), columns: map[string]Column{}}
	for _, f := range about.Fields {
		i := slices.IndexFunc(about.Columns, func(c Column) bool { return c.Name == f.Path })
		if i < 0 {
			continue
		}
		switch f.Role {
		case analysis.RoleID, analysis.RoleText, analysis.RoleFrame:
			continue // as in an incident file: no statistic uses them
		}
		l.fields = append(l.fields, f)
		l.columns[f.Name] = about.Columns[i]
	}
	var err error
	if l.clock, err = about.clock(); err != nil {
		return nil, err
	}
	own, err := analysis.ParseWhere(about.Where)
	if err != nil {
		return nil, err
	}
	if l.where, err = l.conditions(slices.Concat(own, where)); err != nil {
		return nil, err
	}
	l.span = about.Span
	return l, l.judge(ctx)
}

// clock finds the time among the fields.
func (a About) clock() (clock, error) {
	for _, f := range a.Fields {
		if f.Role != analysis.RoleTime {
			continue
		}
		i := slices.IndexFunc(a.Columns, func(c Column) bool { return c.Name == f.Path })
		if i < 0 {
			continue
		}
		fraction := slices.ContainsFunc(a.Columns, func(c Column) bool { return c.Name == nanosecond })
		return clock{column: a.Columns[i], fraction: fraction, unit: a.Unit}, nil
	}
	return clock{}, fmt.Errorf("%s.%s: no column has the role time; name one with --role time=COLUMN", a.Database, a.Table)
}

// notes are what must be said of the answers given since they were last read.
type notes struct {
	mu  sync.Mutex
	all []string
}

func (l *Log) note(text string) {
	l.noted.mu.Lock()
	defer l.noted.mu.Unlock()
	if !slices.Contains(l.noted.all, text) {
		l.noted.all = append(l.noted.all, text)
	}
}

// Notes are the warnings that travel with what was asked since the last call.
func (l *Log) Notes() []string {
	l.noted.mu.Lock()
	defer l.noted.mu.Unlock()
	all := l.noted.all
	l.noted.all = nil
	return all
}

// Fields are the columns, in the order of the table.
func (l *Log) Fields() []analysis.Field { return l.fields }

// Span holds every row's time.
func (l *Log) Span() analysis.Window { return l.span }

// Rows counts the rows.
func (l *Log) Rows() int { return l.rows }

// Measure says what quality means here and how much of it is known.
func (l *Log) Measure() analysis.Measure { return l.measure }

// require finds a field and its column or says which names there are.
func (l *Log) require(name string) (analysis.Field, Column, error) {
	for _, f := range l.fields {
		if f.Name == name {
			return f, l.columns[name], nil
		}
	}
	return analysis.Field{}, Column{}, &analysis.ColumnError{Column: name}
}

// role is the first field of a role.
func (l *Log) role(r analysis.Role) (analysis.Field, Column, bool) {
	for _, f := range l.fields {
		if f.Role == r {
			return f, l.columns[f.Name], true
		}
	}
	return analysis.Field{}, Column{}, false
}

// question is one SELECT over the log's rows.
type question struct {
	columns []string // what is selected, the grouping first
	join    string   // ARRAY JOIN, or ""
	window  analysis.Window
	where   analysis.Where
	group   int    // how many of the columns are grouped by
	order   string // ORDER BY, "" for that of the grouping
	limit   string // LIMIT, or ""
	most    int    // groups that may come back, 0 for any number
}

// ask puts a question to the fleet.
func (l *Log) ask(ctx context.Context, q question) (Answer, error) {
	extra, err := l.conditions(q.where)
	if err != nil {
		return Answer{}, err
	}
	var b strings.Builder
	b.WriteString("SELECT " + strings.Join(q.columns, ", ") + " FROM " + l.table)
	if q.join != "" {
		b.WriteString(" ARRAY JOIN " + q.join)
	}
	if all := slices.Concat(l.clock.within(l.overlap(q.window)), l.where, extra); len(all) > 0 {
		b.WriteString(" WHERE " + strings.Join(all, " AND "))
	}
	if q.group > 0 {
		keys := make([]string, q.group)
		for i := range keys {
			keys[i] = alias(q.columns[i])
		}
		b.WriteString(" GROUP BY " + strings.Join(keys, ", ") + " ORDER BY " + cmp.Or(q.order, strings.Join(keys, ", ")))
	}
	if q.limit != "" {
		b.WriteString(" " + q.limit)
	}
	return l.fleet.ask(ctx, b.String(), q.most)
}

// alias is the name that a column was given with AS.
func alias(column string) string {
	return column[strings.LastIndex(column, " AS ")+len(" AS "):]
}

// overlap is the part of w within the log: rows that came in later are not of
// this incident. A zero side is open.
func (l *Log) overlap(w analysis.Window) analysis.Window {
	if w.From.Before(l.span.From) {
		w.From = l.span.From
	}
	if w.To.IsZero() || w.To.After(l.span.To) {
		w.To = l.span.To
	}
	return w
}

// sums are the columns of an analysis.Sum over the rows of a group whose quality
// is q: rows, known, and the sums of q and of its square, or of rows that are
// right only the count, which is both.
func (l *Log) sums(q string) []string {
	counts := []string{l.tally("count()"), l.tally("countIf(NOT isNaN(" + q + "))")}
	if !l.graded {
		return append(counts, l.tally("countIf("+q+" = 1)"))
	}
	return append(counts, "sumIf("+q+", NOT isNaN("+q+"))", "sumIf("+q+" * "+q+", NOT isNaN("+q+"))")
}

// tally is a count as the narrowest type that holds it: fewer bytes travel.
func (l *Log) tally(count string) string {
	if l.rows < 1<<32 {
		return "toUInt32(" + count + ")"
	}
	return "toInt64(" + count + ")"
}

// sum reads what sums asked for, in the columns from column on.
func (a Answer) sum(row, column int) analysis.Sum {
	s := analysis.Sum{Rows: a.int(row, column), Known: a.int(row, column+1)}
	if len(a.Columns) == column+3 {
		s.Good = float64(a.int(row, column+2))
		s.GoodSq = s.Good
		return s
	}
	s.Good, s.GoodSq = a.float(row, column+2), a.float(row, column+3)
	return s
}

// steps is the number of whole steps of length from start to the row's time.
func (l *Log) steps(start time.Time, length time.Duration) string {
	return fmt.Sprintf("toInt64(intDiv(%s - %d, %d))", l.clock.instant(), start.UnixNano(), int64(length))
}

func itoa(n int) string { return strconv.Itoa(n) }
