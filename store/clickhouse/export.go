package clickhouse

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"andon/analysis"
)

// Export ships a plant's rows to the fleet's table:
//
//	andon_source  andon_offset
//	plant-7:logs        0 ┐
//	plant-7:logs        1 │ block 0: complete there ─▶ passed over
//	   ...                ┘
//	plant-7:logs    65536 ┐ block 1: a part is there ─▶ the rest is sent
//	   ...                ┘
//
// A row is known by its source and its place in it, so that an export which was
// cut off, or is done again after the log grew, sends what is missing and no
// row twice. What was sent is never changed.

// blockRows is how many rows travel together.
const blockRows = 1 << 16

// Exporter writes to one table.
type Exporter struct {
	server *Server
	fields []analysis.Field
}

// Exported counts what an export did.
type Exported struct{ Sent, Present int64 }

// NewExporter connects to write, and makes the table where it is missing: see
// [Schema]. A table that lacks columns is an error that says how to add them.
func NewExporter(ctx context.Context, a Address, fields []analysis.Field) (*Exporter, error) {
	s, err := connectToWrite(ctx, a)
	if err != nil {
		return nil, err
	}
	e := &Exporter{s, fields}
	if err := e.prepare(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return e, nil
}

// Close ends the connection.
func (e *Exporter) Close() error { return e.server.Close() }

// Schema is the CREATE TABLE of the canonical table for these fields, which
// runs on any ClickHouse since 18.16:
//
//	time               DateTime('UTC')    when the inference was made, whole seconds
//	andon_nanosecond   UInt32             its fraction
//	andon_source       String             plant and log
//	andon_offset       UInt64             the row's place in it
//	text columns       String             '' is null
//	number columns     Nullable(Float64)
//	other times        String             RFC 3339 UTC
//
// On a cluster, make it on every shard and a Distributed table of the same
// columns over them, and export to that.
func Schema(a Address, fields []analysis.Field) string {
	return "CREATE TABLE IF NOT EXISTS " + a.from() + " (\n  " + strings.Join(declared(fields), ",\n  ") +
		"\n) ENGINE = MergeTree PARTITION BY toYYYYMM(time) ORDER BY (time, andon_source, andon_offset)"
}

// declared are the column declarations of the canonical table.
func declared(fields []analysis.Field) []string {
	out := []string{"time DateTime('UTC')", nanosecond + " UInt32", bookkeeping + "source String", bookkeeping + "offset UInt64"}
	for _, f := range fields {
		if f.Role == analysis.RoleTime {
			continue
		}
		typ := "String"
		if f.Type == analysis.Number {
			typ = "Nullable(Float64)"
		}
		out = append(out, identifier(f.Name)+" "+typ)
	}
	return out
}

// prepare makes the table or checks it.
func (e *Exporter) prepare(ctx context.Context) error {
	a := e.server.address
	there, err := e.server.query(ctx, "SELECT name FROM system.columns WHERE database = "+literal(a.Database)+" AND table = "+literal(a.Table))
	if err != nil {
		return err
	}
	if there.rows() == 0 {
		if err := e.server.conn.Exec(ctx, Schema(a, e.fields)); err != nil {
			return fmt.Errorf("make table %s.%s: %w", a.Database, a.Table, e.server.hide(err))
		}
		return nil
	}
	var have, missing []string
	for i := range there.rows() {
		have = append(have, identifier(there.text(i, 0)))
	}
	for _, d := range declared(e.fields) {
		name, _, _ := strings.Cut(d, " ")
		if !strings.HasPrefix(name, "`") {
			name = identifier(name)
		} else {
			name = d[:strings.LastIndex(d, "` ")+1]
		}
		if !slices.Contains(have, name) {
			missing = append(missing, "ADD COLUMN "+d)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("table %s.%s lacks columns of this log; add them, on a cluster on every shard and on the Distributed table:\n  ALTER TABLE %s %s",
			a.Database, a.Table, a.from(), strings.Join(missing, ", "))
	}
	return nil
}

// Held counts the rows of a source that are there, per block of blockRows.
func (e *Exporter) Held(ctx context.Context, source string) (map[int64]int64, error) {
	a, err := e.server.query(ctx, fmt.Sprintf("SELECT toInt64(intDiv(andon_offset, %d)) AS block, toInt64(uniqExact(andon_offset)) FROM %s WHERE andon_source = %s GROUP BY block",
		blockRows, e.server.address.from(), literal(source)))
	if err != nil {
		return nil, err
	}
	held := map[int64]int64{}
	for i := range a.rows() {
		held[a.int64(i, 0)] = a.int64(i, 1)
	}
	return held, nil
}

// Send writes the rows of columns, which begin at offset of the source, but for
// those that are there. held is what Held said of the source.
func (e *Exporter) Send(ctx context.Context, source string, offset int64, columns []analysis.Column, held map[int64]int64) (Exported, error) {
	rows := int64(columns[0].Len())
	whole, some := true, false
	for block := offset / blockRows; block*blockRows < offset+rows; block++ {
		whole = whole && held[block] == blockRows
		some = some || held[block] > 0
	}
	if whole {
		return Exported{Present: rows}, nil
	}
	have := map[int64]bool{}
	if some {
		a, err := e.server.query(ctx, fmt.Sprintf("SELECT DISTINCT toInt64(andon_offset) FROM %s WHERE andon_source = %s AND andon_offset >= %d AND andon_offset < %d",
			e.server.address.from(), literal(source), offset, offset+rows))
		if err != nil {
			return Exported{}, err
		}
		for i := range a.rows() {
			have[a.int64(i, 0)] = true
		}
	}
	var take []int
	for i := range int(rows) {
		if !have[offset+int64(i)] {
			take = append(take, i)
		}
	}
	done := Exported{Sent: int64(len(take)), Present: rows - int64(len(take))}
	if len(take) == 0 {
		return done, nil
	}
	if err := e.insert(ctx, source, offset, columns, take); err != nil {
		return Exported{}, fmt.Errorf("send %d rows to %s.%s: %w; the same command sends what is missing", len(take),
			e.server.address.Database, e.server.address.Table, e.server.hide(err))
	}
	return done, nil
}

// insert sends the rows that are taken, column by column.
func (e *Exporter) insert(ctx context.Context, source string, offset int64, columns []analysis.Column, take []int) error {
	names := []string{"time", nanosecond, bookkeeping + "source", bookkeeping + "offset"}
	times, fractions := make([]time.Time, len(take)), make([]uint32, len(take))
	sources, offsets := make([]string, len(take)), make([]uint64, len(take))
	var vectors []any
	for _, c := range columns {
		if c.Role == analysis.RoleTime {
			for k, i := range take {
				at := time.Unix(0, c.Times[i]).UTC()
				times[k], fractions[k] = at, uint32(at.Nanosecond())
			}
			continue
		}
		names = append(names, c.Name)
		vectors = append(vectors, taken(c, take))
	}
	for k, i := range take {
		sources[k], offsets[k] = source, uint64(offset)+uint64(i)
	}
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = identifier(n)
	}
	batch, err := e.server.conn.PrepareBatch(ctx, "INSERT INTO "+e.server.address.from()+" ("+strings.Join(quoted, ", ")+")")
	if err != nil {
		return err
	}
	defer batch.Abort()
	for i, v := range slices.Concat([]any{times, fractions, sources, offsets}, vectors) {
		if err := batch.Column(i).Append(v); err != nil {
			return err
		}
	}
	return batch.Send()
}

// taken are the rows of a column that are sent, as the driver wants them.
func taken(c analysis.Column, take []int) any {
	if c.Type != analysis.Number {
		out := make([]string, len(take))
		for k, i := range take {
			out[k] = c.String(i)
		}
		return out
	}
	out := make([]*float64, len(take))
	for k, i := range take {
		if v := c.Numbers[i]; !math.IsNaN(v) {
			out[k] = &c.Numbers[i]
		}
	}
	return out
}
