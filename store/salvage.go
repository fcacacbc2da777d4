package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"andon/analysis"
	"andon/store/segment"
)

// Salvaged counts what [Salvage] brought over and what it could not.
type Salvaged struct {
	Rows  int64 // inferences
	Lost  int64 // inferences of which not even the time could be read
	Gaps  int64 // single values of inferences that are missing
	Other int64 // labels, frames, metrics, events, notes, findings, rejects
	Gone  int64 // of those, what could not be read

	line int64 // the ledger's line of the salvage
}

// Salvage saves what can be saved of a damaged file into a new one at to. The
// damaged file is only read, from a private copy.
//
//	inferences   segment, if its check sum holds ─▶ else the rows one by one
//	the others   row by row, past those that cannot be read
//
// A segment whose check sum holds says what was loaded, so it goes before a row
// that says otherwise. The ledger is kept and gains a line "salvage", to which
// the inferences, labels and frames of the new file belong. What others added
// to the schema is left behind. It fails if the header or the schema are so
// damaged that SQLite does not find our tables, with what Create says of to, and if nothing but an empty file came out.
func Salvage(ctx context.Context, from, to string, now time.Time) (Salvaged, error) {
	var s Salvaged
	f, err := openCopy(ctx, from, checkTables)
	if err != nil {
		return s, fmt.Errorf("salvage: %w", err)
	}
	defer f.Close()
	g, err := Create(ctx, to, now)
	if err != nil {
		return s, err
	}
	if err := s.all(ctx, f, g, now); err != nil {
		g.Close()
		return s, fmt.Errorf("salvage %q into %q: %w", from, to, err)
	}
	if s.Rows+s.Other == 0 {
		err = fmt.Errorf("salvage %q into %q: %w: nothing in it could be read", from, to, ErrDamaged)
	}
	if closed := g.Close(); err == nil {
		err = closed
	}
	return s, err
}

func (s *Salvaged) all(ctx context.Context, f, g *File, now time.Time) error {
	if incident, err := f.Incident(ctx); err == nil {
		if err := g.SetIncident(ctx, incident); err != nil {
			return err
		}
	}
	source := analysis.Source{Path: f.path, Format: "salvage", Time: now}
	for _, table := range []string{"source", "reject", "metric", "event", "finding", "note",
		"hypothesis", "hypothesis_move", "replayed", "incident_record", "incident_move", "countermeasure", "saved_check", "fleet", "query", "stream", "mapping", "recast"} {
		if err := s.copyTable(ctx, f, g, table, source); err != nil {
			return err
		}
	}
	if err := s.inferences(ctx, f, g, source); err != nil {
		return err
	}
	for _, kind := range []analysis.Kind{analysis.LabelKind, analysis.FrameKind} {
		if err := s.wide(ctx, f, g, kind, source); err != nil {
			return err
		}
	}
	_, err := g.Join(ctx)
	return err
}

// inferences saves a segment's rows at a time.
func (s *Salvaged) inferences(ctx context.Context, f, g *File, source analysis.Source) error {
	source.Kind = analysis.InferenceKind
	return s.load(ctx, f, g, source, segment.Rows, func(q querier, c *catalog, rows span) *analysis.Batch {
		_ = readDictionaries(ctx, q, c) // without them, shared segments fail below
		sound := c.checkWords() == nil
		b := &analysis.Batch{Kind: analysis.InferenceKind, Rows: int(rows.rows()), Offset: rows.last}
		for _, col := range c.columns {
			if !col.filled {
				continue
			}
			stored, ok := packed(ctx, q, col, rows)
			ok = ok && (sound || col.dict == nil)
			if ok && covered(ctx, q, col, rows) {
				b.Columns = append(b.Columns, stored)
				continue
			}
			values, gaps := readSingly(ctx, q, "inference", col, rows)
			if ok {
				values, gaps = over(&stored, &values), 0
			}
			s.Gaps += gaps
			b.Columns = append(b.Columns, values)
		}
		return b
	})
}

// packed is a column from its segment, false where that cannot be trusted.
func packed(ctx context.Context, q querier, col *column, rows span) (analysis.Column, bool) {
	values := analysis.Column{Field: col.Field}
	if col.Type == analysis.Blob {
		return values, false
	}
	local, err := appendSegments(ctx, q, col, &values, rows.first, rows.last)
	if err != nil {
		return values, false
	}
	if col.Type == analysis.Text {
		if !local {
			values.Dict = col.dict.values
		}
	}
	return values, true
}

// covered reports whether a column's segment tells of all rows. Then the rows
// need not be asked: of a damaged page each is asked alone, for every column.
func covered(ctx context.Context, q querier, col *column, rows span) bool {
	var n int64
	err := q.QueryRowContext(ctx, `SELECT ifnull(sum(rows), 0) FROM segment WHERE "column" = ? AND first BETWEEN ? AND ?`, col.id, rows.first, rows.last).Scan(&n)
	return err == nil && n == rows.rows()
}

// over is the first column, and where that is null the second: a segment may be
// missing without an error, and its rows still there.
func over(first, second *analysis.Column) analysis.Column {
	b := analysis.NewBuilder(first.Field)
	one, other := cells(first), cells(second)
	for i := range first.Len() {
		value := one
		if first.Null(i) {
			value = other
		}
		push(b, first.Type, value(i))
	}
	return b.Column()
}

// wide saves labels or frames.
func (s *Salvaged) wide(ctx context.Context, f, g *File, kind analysis.Kind, source analysis.Source) error {
	source.Kind = kind
	return s.load(ctx, f, g, source, 4096, func(q querier, c *catalog, rows span) *analysis.Batch {
		b := &analysis.Batch{Kind: kind, Rows: int(rows.rows()), Offset: rows.last}
		for _, col := range c.columns {
			values, gaps := readSingly(ctx, q, string(kind), col, rows)
			b.Columns = append(b.Columns, values)
			if gaps > 0 && col == c.columns[0] {
				s.Gone += gaps
			}
		}
		s.Other += rows.rows()
		return b
	})
}

// load reads a wide table each rows at a time and appends what comes.
func (s *Salvaged) load(ctx context.Context, f, g *File, source analysis.Source, each int64, read func(querier, *catalog, span) *analysis.Batch) error {
	l, err := g.Load(ctx, source)
	if err != nil {
		return err
	}
	err = f.read(ctx, "salvage", func(tx *sql.Tx) error {
		c, err := readCatalog(ctx, tx, source.Kind)
		if err != nil {
			return err
		}
		last := extent(ctx, tx, source.Kind)
		for first := int64(1); first <= last; first += each {
			if err := l.Append(ctx, read(tx, c, span{first, min(first+each-1, last)})); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	done, err := l.Finish(ctx)
	if source.Kind == analysis.InferenceKind {
		s.Rows, s.Lost = done.Rows, done.Rejected
	}
	return err
}

// extent is the last rowid that any part of the file knows of.
func extent(ctx context.Context, q querier, kind analysis.Kind) int64 {
	last, _ := lastRow(ctx, q, string(kind))
	if kind == analysis.InferenceKind {
		var packed int64
		if q.QueryRowContext(ctx, "SELECT ifnull(max(first + rows - 1), 0) FROM segment").Scan(&packed) == nil {
			last = max(last, packed)
		}
	}
	return last
}

// readSingly reads a column from its rows, past those that cannot be read,
// which are null; gaps counts them.
func readSingly(ctx context.Context, q querier, table string, col *column, rows span) (values analysis.Column, gaps int64) {
	b := analysis.NewBuilder(col.Field)
	eachReadable(rows, func(part span) error {
		read, err := readRows(ctx, q, table, []*column{col}, part.first, part.last)
		if err == nil && int64(read[0].Len()) != part.rows() {
			err = ErrDamaged
		}
		if err == nil {
			value := cells(&read[0])
			for i := range read[0].Len() {
				push(b, col.Type, value(i))
			}
		}
		return err
	}, func() { gaps++; b.Null() })
	return b.Column(), gaps
}

// eachReadable calls read for the rows, in ever smaller parts where it fails,
// and lost for each single row that stays unreadable, all in order.
func eachReadable(rows span, read func(span) error, lost func()) {
	if rows.rows() == 0 || read(rows) == nil {
		return
	}
	if rows.first == rows.last {
		lost()
		return
	}
	middle := (rows.first + rows.last) / 2
	eachReadable(span{rows.first, middle}, read, lost)
	eachReadable(span{middle + 1, rows.last}, read, lost)
}
