package store

import (
	"context"
	"database/sql"
	"slices"
	"sort"

	"andon/analysis"
	"andon/store/segment"
)

// The rows of the wide tables go over in their order, a segment's worth at a
// time, each to the line of the ledger it came from.

// copyRows copies inferences, labels and frames.
func (s *sharing) copyRows(ctx context.Context) error {
	if err := s.from.read(ctx, "read", func(tx *sql.Tx) error {
		if err := s.copyInferences(ctx, tx); err != nil {
			return err
		}
		for _, kind := range []analysis.Kind{analysis.LabelKind, analysis.FrameKind} {
			if kind == analysis.FrameKind && s.cut.NoFrames {
				continue
			}
			if err := s.copyLate(ctx, tx, kind); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	for _, l := range s.loads {
		if _, err := l.Finish(ctx); err != nil {
			return err
		}
	}
	return nil
}

// append gives rows of a batch to the line of a source.
func (s *sharing) append(ctx context.Context, source int64, b *analysis.Batch) error {
	l := s.loads[source]
	if l == nil {
		var err error
		if l, err = s.into.Load(ctx, analysis.Source{ID: source}); err != nil {
			return err
		}
		s.loads[source] = l
	}
	return l.Append(ctx, b)
}

func (s *sharing) copyInferences(ctx context.Context, tx *sql.Tx) error {
	c, err := readCatalog(ctx, tx, analysis.InferenceKind)
	if err != nil {
		return err
	}
	if err := readDictionaries(ctx, tx, c); err != nil {
		return err
	}
	last, err := lastRow(ctx, tx, "inference")
	if err != nil {
		return err
	}
	batches, err := readBatches(ctx, tx)
	if err != nil {
		return err
	}
	s.said.Of = last
	for first := int64(1); first <= last; first += segment.Rows {
		columns, err := s.segmentColumns(ctx, tx, c, span{first, min(first+segment.Rows-1, last)})
		if err != nil {
			return err
		}
		clock := columns[slices.IndexFunc(columns, func(c analysis.Column) bool { return c.Role == analysis.RoleTime })]
		for _, b := range batches {
			var at []int
			for row := max(b.first, first); row <= min(b.last, first+segment.Rows-1, last); row++ {
				if s.shows(clock.Times[row-first]) {
					at = append(at, int(row-first))
					s.rows = append(s.rows, row)
				}
			}
			if err := s.appendRows(ctx, analysis.InferenceKind, b.source, columns, at); err != nil {
				return err
			}
		}
	}
	s.said.Rows = int64(len(s.rows))
	return nil
}

// shows reports whether the rows of an instant go into the copy.
func (s *sharing) shows(ns int64) bool {
	return len(s.cut.Windows) == 0 || slices.ContainsFunc(s.cut.Windows, func(w analysis.Window) bool {
		return ns >= w.From.UnixNano() && ns < w.To.UnixNano()
	})
}

// appendRows picks rows of columns and appends them.
func (s *sharing) appendRows(ctx context.Context, kind analysis.Kind, source int64, columns []analysis.Column, at []int) error {
	if len(at) == 0 {
		return nil
	}
	b := &analysis.Batch{Kind: kind, Rows: len(at)}
	for i := range columns {
		b.Columns = append(b.Columns, gather(&columns[i], at))
	}
	return s.append(ctx, source, b)
}

// segmentColumns are the kept columns over a segment's rows, redacted.
func (s *sharing) segmentColumns(ctx context.Context, tx *sql.Tx, c *catalog, rows span) ([]analysis.Column, error) {
	var out []analysis.Column
	for _, col := range c.columns {
		if !col.filled || col.Type == analysis.Blob || !s.keeps(col.Field) {
			continue
		}
		values := analysis.Column{Field: col.Field}
		local, err := appendSegments(ctx, tx, col, &values, rows.first, rows.last)
		if err != nil {
			return nil, err
		}
		switch {
		case col.Type == analysis.Text && !local:
			if s.words[col.id] == nil {
				s.words[col.id] = each(col.dict.values, s.value(col.Field))
			}
			values.Dict = s.words[col.id]
			unite(&values)
		default:
			values = s.redacted(values)
		}
		out = append(out, values)
	}
	return out, nil
}

// redacted is a column as the copy has it; numbers that are hidden become text.
func (s *sharing) redacted(c analysis.Column) analysis.Column {
	if c.Type == analysis.Number && s.hides(c.Name) {
		c = asText(&c)
		c.Type = analysis.Text
	}
	if c.Type == analysis.Text {
		c.Dict = each(c.Dict, s.value(c.Field))
		unite(&c)
	}
	return c
}

func each(values []string, f func(string) string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = f(v)
	}
	return out
}

// sourced is a batch's rows and the source they came from.
type sourced struct {
	span
	source int64
}

// readBatches are the ledger's batches of inferences in the order of their
// rows, neighbours of one source as one.
func readBatches(ctx context.Context, q querier) ([]sourced, error) {
	rows, err := q.QueryContext(ctx, "SELECT source, first, last FROM chunk WHERE kind = 'inference' ORDER BY first")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []sourced
	for rows.Next() {
		var b sourced
		if err := rows.Scan(&b.source, &b.first, &b.last); err != nil {
			return nil, err
		}
		if n := len(out) - 1; n >= 0 && out[n].source == b.source && out[n].last+1 == b.first {
			out[n].last = b.last
			continue
		}
		out = append(out, b)
	}
	return out, rows.Err()
}

// newRow is where an inference of the file stands in the copy, 0 for nowhere.
func (s *sharing) newRow(old int64) int64 {
	i := sort.Search(len(s.rows), func(i int) bool { return s.rows[i] >= old })
	if i == len(s.rows) || s.rows[i] != old {
		return 0
	}
	return int64(i) + 1
}
