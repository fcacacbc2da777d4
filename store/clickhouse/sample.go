package clickhouse

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	native "github.com/ClickHouse/clickhouse-go/v2"

	"andon/analysis"
)

// Some rows are copied, for what only rows can show: frames, examples, single
// inferences.
//
//	evenly     one row in so many, by a hash of time and row: even over time,
//	           place and everything else, and the same rows each time
//	as error   the rows after the onset that are known to be wrong, up to a limit
//
// They travel as JSON lines, so that the importer that reads logs reads them.

// Sampled names the column that says why a row was copied; it is no dimension.
const Sampled = bookkeeping + "sampled"

// Values of Sampled.
const (
	Evenly  = "evenly"
	AsError = "as error"
)

// mostErrors is how many wrong rows are copied besides.
const mostErrors = 20_000

// Peek writes the first rows of the table as JSON lines: enough to tell what
// its columns mean. It reads little, since it stops there.
func (s *Server) Peek(ctx context.Context, columns []Column, w io.Writer) error {
	return s.orPartial(ctx, func() error {
		_, err := s.lines(ctx, columns, clock{}, "SELECT "+strings.Join(raw(columns, clock{}), ", ")+" FROM "+s.address.from()+" LIMIT 1000", "", w)
		return err
	})
}

// PeekEvenly is Peek by rows from all over the table, in no order of time.
func (s *Server) PeekEvenly(ctx context.Context, about About, w io.Writer) error {
	c, err := about.clock()
	if err != nil {
		return err
	}
	text := "SELECT " + strings.Join(raw(about.Columns, c), ", ") + " FROM " + s.address.from() + " WHERE " +
		strings.Join(append(c.within(about.Span), about.one(c, 2000)), " AND ") + " LIMIT 2000"
	_, err = s.lines(ctx, about.Columns, c, text, "", w)
	return err
}

// dice is a number that is drawn for each row, always the same.
func (a About) dice(c clock) string {
	keys := []string{c.instant()}
	for _, f := range a.Fields {
		for _, column := range a.Columns {
			if column.Name == f.Path && f.Role == analysis.RoleID {
				keys = append(keys, column.text())
			}
		}
	}
	return "cityHash64(" + strings.Join(keys, ", ") + ")"
}

// one is the condition of about n rows of all, spread evenly.
func (a About) one(c clock, n int64) string {
	if a.Rows <= n {
		return "1"
	}
	const sides = 1 << 32
	return fmt.Sprintf("%s %% %d < %d", a.dice(c), sides, max(1, int64(math.Floor(float64(n)/float64(a.Rows)*sides))))
}

// CopyEvenly writes about n rows of the log as JSON lines, in the order of
// time, and counts them. Cost: one pass over time and id, and over all columns
// where the rows are.
func (s *Server) CopyEvenly(ctx context.Context, about About, n int64, w io.Writer) (int64, error) {
	c, err := about.clock()
	if err != nil {
		return 0, err
	}
	text, err := about.evenly(n)
	if err != nil {
		return 0, err
	}
	mark := Evenly
	if about.Rows <= n {
		mark = "" // all of them: no sample
	}
	return s.lines(ctx, about.Columns, c, text, mark, w)
}

// evenly asks for about n rows of the log.
func (a About) evenly(n int64) (string, error) {
	c, err := a.clock()
	if err != nil {
		return "", err
	}
	conditions, err := a.conditions()
	if err != nil {
		return "", err
	}
	return "SELECT " + strings.Join(raw(a.Columns, c), ", ") + " FROM " + a.from() + " WHERE " +
		strings.Join(append(append(c.within(a.Span), conditions...), a.one(c, n)), " AND ") + " ORDER BY " + c.instant(), nil
}

// from is the table as FROM wants it.
func (a About) from() string { return identifier(a.Database) + "." + identifier(a.Table) }

// CopyErrors writes the rows of the window whose quality is known and bad, up
// to a limit, as JSON lines, those that CopyEvenly wrote left out, and counts
// them. A log whose quality is an amount has no such rows.
func (l *Log) CopyErrors(ctx context.Context, n int64, w analysis.Window, out io.Writer) (int64, error) {
	if l.measure.Scale != analysis.Proportion || !l.measure.Realised() {
		return 0, nil
	}
	return l.fleet.Server.lines(ctx, l.fleet.About.Columns, l.clock, l.errors(n, w), AsError, out)
}

// errors asks for the wrong rows of a window that are not among the n copied
// evenly.
func (l *Log) errors(n int64, w analysis.Window) string {
	about := l.fleet.About
	all := append(l.clock.within(l.overlap(w)), l.where...)
	all = append(all, l.quality+" < 0.5", "NOT ("+about.one(l.clock, n)+")")
	return "SELECT " + strings.Join(raw(about.Columns, l.clock), ", ") + " FROM " + l.table + " WHERE " + strings.Join(all, " AND ") +
		" ORDER BY " + about.dice(l.clock) + fmt.Sprintf(" LIMIT %d", mostErrors)
}

// conditions are those of the log's own slice.
func (a About) conditions() ([]string, error) {
	where, err := analysis.ParseWhere(a.Where)
	if err != nil || len(where) == 0 {
		return nil, err
	}
	l := &Log{columns: map[string]Column{}}
	for _, f := range a.Fields {
		for _, c := range a.Columns {
			if c.Name == f.Path {
				l.fields = append(l.fields, f)
				l.columns[f.Name] = c
			}
		}
	}
	return l.conditions(where)
}

// raw selects every column as text, the clock as nanoseconds.
func raw(columns []Column, c clock) []string {
	out := make([]string, len(columns))
	for i, column := range columns {
		out[i] = column.text()
		if column.Name == c.column.Name {
			out[i] = "toString(" + c.instant() + ")"
		} else if column.sort() == moment {
			out[i] = "ifNull(toString(toInt64(toUInt32(toDateTime(" + identifier(column.Name) + "))) * 1000000000), '')"
		}
	}
	return out
}

// lines writes the rows of a query as JSON objects. The columns of bookkeeping
// are left out, and what is null.
func (s *Server) lines(ctx context.Context, columns []Column, c clock, text, sampled string, w io.Writer) (int64, error) {
	s.asked.Add(1)
	ctx = native.Context(ctx, native.WithSettings(s.settings), native.WithProgress(func(p *native.Progress) { s.scanned.Add(int64(p.Rows)) }))
	rows, err := s.conn.Query(ctx, text)
	if err != nil {
		return 0, s.failed(err)
	}
	defer rows.Close()
	values := make([]string, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	n := int64(0)
	var line bytes.Buffer
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return n, s.failed(err)
		}
		line.Reset()
		writeRow(&line, columns, values, c, sampled, n == 0)
		if _, err := w.Write(line.Bytes()); err != nil {
			return n, err
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return n, s.failed(err)
	}
	return n, nil
}

// writeRow writes one object. All says to write nulls too, so that a reader
// knows of the column from the first row on.
func writeRow(line *bytes.Buffer, columns []Column, values []string, c clock, sampled string, all bool) {
	line.WriteByte('{')
	for i, column := range columns {
		v := values[i]
		switch {
		case strings.HasPrefix(column.Name, bookkeeping):
		case v == "":
			if all {
				writeKey(line, column.Name)
				line.WriteString("null")
			}
		case column.sort() == moment || column.Name == c.column.Name:
			if ns, err := strconv.ParseInt(v, 10, 64); err == nil {
				writeKey(line, column.Name)
				writeText(line, instant(ns).Format(time.RFC3339Nano))
			}
		case column.sort() == number:
			if f, err := strconv.ParseFloat(v, 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
				writeKey(line, column.Name)
				line.WriteString(v)
			}
		default:
			writeKey(line, column.Name)
			writeText(line, v)
		}
	}
	if sampled != "" {
		writeKey(line, Sampled)
		writeText(line, sampled)
	}
	line.WriteString("}\n")
}

func writeKey(line *bytes.Buffer, name string) {
	if line.Len() > 1 {
		line.WriteByte(',')
	}
	writeText(line, name)
	line.WriteByte(':')
}

// writeText writes a text as JSON; hardly any needs an escape.
func writeText(line *bytes.Buffer, text string) {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, _ := json.Marshal(text)
			line.Write(quoted)
			return
		}
	}
	line.WriteByte('"')
	line.WriteString(text)
	line.WriteByte('"')
}
