package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"

	"andon/analysis"
	"andon/store/segment"
)

// stored is one line of the segment table.
type stored struct {
	rows  int
	nulls int
	low   any // smallest value: float64, int64 or nil
	high  any
	data  []byte
}

// firstRow is the rowid where the segment that holds row begins.
func firstRow(row int64) int64 { return (row-1)/segment.Rows*segment.Rows + 1 }

// encodeColumn writes values as a segment, or nil where all are null.
func encodeColumn(values *analysis.Column, shared bool) (*stored, error) {
	s := &stored{rows: values.Len(), nulls: nulls(values)}
	if s.nulls == s.rows {
		return nil, nil
	}
	s.low, s.high = extremes(values)
	data, err := segment.Encode(values, shared)
	s.data = data
	return s, err
}

// extremes are the smallest and largest number or time; text has none.
func extremes(c *analysis.Column) (low, high any) {
	switch c.Type {
	case analysis.Number:
		lo, hi := math.Inf(1), math.Inf(-1)
		for _, v := range c.Numbers {
			if v < lo { // never for NaN; min and max would look for it twice
				lo = v
			}
			if v > hi {
				hi = v
			}
		}
		return lo, hi
	case analysis.Time:
		lo, hi := int64(math.MaxInt64), int64(math.MinInt64)
		for _, v := range c.Times {
			if v != analysis.NoTime {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
		return lo, hi
	}
	return nil, nil
}

// replace stores s in place of the segment that was there; nil, for nothing
// but nulls, only removes it.
func replace(ctx context.Context, q querier, col *column, first int64, s *stored) error {
	if s == nil {
		_, err := q.ExecContext(ctx, `DELETE FROM segment WHERE "column" = ? AND first = ?`, col.id, first)
		return err
	}
	_, err := q.ExecContext(ctx, `INSERT OR REPLACE INTO segment ("column", first, rows, nulls, low, high, data) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		col.id, first, s.rows, s.nulls, s.low, s.high, s.data)
	return err
}

// appendSegments reads the segments of a column whose first row lies in
// [from, until] onto dst, which then ends with row until; rows without a
// segment are null. Text is left with the dictionary codes of the column
// (local false) unless a segment has words of its own; then all of dst has.
func appendSegments(ctx context.Context, q querier, col *column, dst *analysis.Column, from, until int64) (local bool, err error) {
	local = col.Type == analysis.Text && col.dict == nil
	rows, err := q.QueryContext(ctx, `SELECT first, data FROM segment WHERE "column" = ? AND first BETWEEN ? AND ? ORDER BY first`, col.id, from, until)
	if err != nil {
		return local, err
	}
	defer rows.Close()
	for rows.Next() {
		var first int64
		var data sql.RawBytes
		if err := rows.Scan(&first, &data); err != nil {
			return local, err
		}
		pad(dst, int(first-from))
		if local, err = appendSegment(ctx, q, col, dst, local, first, data); err != nil {
			return local, damagedSegment(col, first, err)
		}
		if int64(dst.Len()) > until-from+1 {
			return local, damagedSegment(col, first, errors.New("more values than there are rows"))
		}
	}
	pad(dst, int(until-from+1))
	return local, rows.Err()
}

func damagedSegment(col *column, first int64, err error) error {
	return fmt.Errorf("%w: column %q, rows from %d: %w; the rows are not affected", ErrDamaged, col.Name, first, err)
}

// appendSegment decodes one segment onto dst.
func appendSegment(ctx context.Context, q querier, col *column, dst *analysis.Column, local bool, first int64, data []byte) (bool, error) {
	before, words := dst.Len(), len(dst.Dict)
	coding, rows, err := segment.Append(dst, data)
	if err != nil {
		return local, err
	}
	switch coding {
	case segment.Shared:
		if err := checkCodes(col, dst.Codes[before:]); err != nil {
			return local, err
		}
		if local { // the words so far are others' than the dictionary's
			dst.Dict = append(dst.Dict, col.dict.values...)
			shift(dst.Codes[before:], words)
		}
	case segment.Words, segment.Each:
		if !local {
			local = true
			found := dst.Dict
			dst.Dict = append(append([]string(nil), col.dict.values...), found...)
			shift(dst.Codes[before:], len(col.dict.values))
		}
	case segment.Elsewhere:
		if !local {
			local = true
			dst.Dict = append([]string(nil), col.dict.values...)
		}
		return local, appendFromRows(ctx, q, col, dst, first, rows)
	}
	return local, nil
}

func checkCodes(col *column, codes []uint32) error {
	if col.dict == nil {
		return fmt.Errorf("shared codes without a dictionary")
	}
	for _, code := range codes {
		if int(code) > len(col.dict.values) {
			return fmt.Errorf("code %d of %d words", code, len(col.dict.values))
		}
	}
	return nil
}

// shift moves codes behind n words more; null stays null.
func shift(codes []uint32, n int) {
	for i, code := range codes {
		if code != 0 {
			codes[i] = code + uint32(n)
		}
	}
}

// appendFromRows reads n values of a column from the table itself.
func appendFromRows(ctx context.Context, q querier, col *column, dst *analysis.Column, first int64, n int) error {
	read, err := readRows(ctx, q, "inference", []*column{col}, first, first+int64(n)-1)
	if err != nil {
		return err
	}
	words := len(dst.Dict)
	dst.Dict = append(dst.Dict, read[0].Dict...)
	from := len(dst.Codes)
	dst.Codes = append(dst.Codes, read[0].Codes...)
	shift(dst.Codes[from:], words)
	return nil
}
