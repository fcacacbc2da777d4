package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"

	"andon/analysis"
	"andon/store/segment"
)

// What is analysed stays in memory as it lies in the segments, at one or two
// bytes a row, and is unpacked on all processors while the next column is read:
//
//	SQLite ──▶ segments of a column ──▶ unpacked ─┬▶ codes of one scale and width
//	           segments of the next ──▶ unpacked ─┘   or values, where they are no codes

// packedColumn is the segments of a column as they are stored.
type packedColumn struct {
	column   *column
	segments []packedSegment
}

type packedSegment struct {
	first int64
	data  []byte
}

// compactColumns loads the filled columns that are wanted over all rows; texts
// and numbers of few decimals as [analysis.Compact].
func (f *File) compactColumns(ctx context.Context, wanted func(*column) bool) ([]analysis.Column, error) {
	var out []analysis.Column
	err := f.read(ctx, "read the columns of", func(tx *sql.Tx) error {
		columns, rows, err := filledColumns(ctx, tx, wanted)
		if err != nil {
			return err
		}
		out, err = unpackColumns(ctx, tx, columns, rows)
		return err
	})
	return out, err
}

// unpackColumns reads columns one after the other and unpacks them side by side.
func unpackColumns(ctx context.Context, tx *sql.Tx, columns []*column, rows int64) ([]analysis.Column, error) {
	out, errs := make([]analysis.Column, len(columns)), make([]error, len(columns))
	work := make(chan func())
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for do := range work {
				do()
			}
		})
	}
	var err error
	for i, col := range columns {
		var packed packedColumn
		if packed, err = readPacked(ctx, tx, col); err != nil {
			break
		}
		work <- func() { out[i], errs[i] = packed.unpack(int(rows)) }
	}
	close(work)
	group.Wait()
	for i, col := range columns {
		if errors.Is(errs[i], errByRow) {
			out[i], errs[i] = loadColumn(ctx, tx, col, 1, rows)
		}
	}
	return out, errors.Join(append(errs, err)...)
}

func readPacked(ctx context.Context, q querier, col *column) (packedColumn, error) {
	p := packedColumn{column: col}
	rows, err := q.QueryContext(ctx, `SELECT first, data FROM segment WHERE "column" = ? ORDER BY first`, col.id)
	if err != nil {
		return p, err
	}
	defer rows.Close()
	for rows.Next() {
		var s packedSegment
		var data sql.RawBytes
		if err := rows.Scan(&s.first, &data); err != nil {
			return p, err
		}
		s.data = data // kept: this driver makes the bytes of every row anew
		p.segments = append(p.segments, s)
	}
	return p, rows.Err()
}

// errByRow says that a text has words of its own in some segment.
var errByRow = errors.New("not in the shared dictionary")

// unpack is the column over so many rows; those without a segment are null.
func (p packedColumn) unpack(rows int) (analysis.Column, error) {
	codes, ok, err := p.codes(rows)
	switch {
	case err != nil:
		return analysis.Column{}, err
	case ok && p.column.Type == analysis.Number:
		return p.numbers(codes, rows)
	case ok && p.column.Type == analysis.Text && p.column.dict != nil:
		return p.words(codes, rows)
	case p.column.Type == analysis.Text:
		return analysis.Column{}, errByRow
	}
	return p.values(rows)
}

// codes are those of all segments; false where some segment has none.
func (p packedColumn) codes(rows int) ([]segment.Codes, bool, error) {
	if p.column.Type == analysis.Time {
		return nil, false, nil
	}
	want := segment.Shared
	if p.column.Type == analysis.Number {
		want = segment.Scaled
	}
	codes := make([]segment.Codes, len(p.segments))
	for i, s := range p.segments {
		c, ok, err := segment.ReadCodes(s.data)
		if err == nil && (s.first < 1 || s.first > int64(rows-c.Rows)+1) {
			err = errors.New("more values than there are rows")
		}
		if err != nil {
			return nil, false, damagedSegment(p.column, s.first, err)
		}
		if !ok || c.Coding != want {
			return nil, false, nil
		}
		codes[i] = c
	}
	return codes, true, nil
}

// words are the codes of a text.
func (p packedColumn) words(codes []segment.Codes, rows int) (analysis.Column, error) {
	c := analysis.Column{Field: p.column.Field, Dict: p.column.dict.values, Compact: &analysis.Compact{}}
	for i, s := range codes {
		if !s.Within(uint32(len(c.Dict))) {
			return c, damagedSegment(p.column, p.segments[i].first, fmt.Errorf("a code beyond %d words", len(c.Dict)))
		}
	}
	fill(c.Compact, len(c.Dict), rows, func(i int) (by, shift uint32) { return 1, 0 }, p, codes)
	return c, nil
}

// numbers are the codes of a number, brought to one base and to as many decimals
// as the finest segment has; as values where those are too many.
func (p packedColumn) numbers(codes []segment.Codes, rows int) (analysis.Column, error) {
	decimals := 0
	for _, s := range codes {
		decimals = max(decimals, s.Decimals)
	}
	by := make([]int64, len(codes))
	low, high := int64(math.MaxInt64), int64(math.MinInt64)
	for i, s := range codes {
		by[i] = 1
		for range decimals - s.Decimals {
			by[i] *= 10
		}
		low, high = min(low, s.Base*by[i]), max(high, (s.Base+int64(s.Bound())-1)*by[i])
	}
	if high-low >= math.MaxUint16 || low > high {
		return p.values(rows)
	}
	c := analysis.Column{Field: p.column.Field, Compact: &analysis.Compact{Values: make([]float64, high-low+2)}}
	c.Compact.Values[0] = math.NaN()
	for code := range c.Compact.Values[1:] {
		c.Compact.Values[code+1] = segment.Value(low+int64(code), decimals)
	}
	fill(c.Compact, int(high-low)+1, rows, func(i int) (uint32, uint32) {
		return uint32(by[i]), uint32((codes[i].Base-1)*by[i] - low + 1)
	}, p, codes)
	return c, nil
}

// fill makes room for codes up to top and puts the segments into it, code c of
// segment i as c·by + shift.
func fill(c *analysis.Compact, top, rows int, scale func(i int) (by, shift uint32), p packedColumn, codes []segment.Codes) {
	if top <= math.MaxUint8 {
		c.Bytes = make([]uint8, rows)
	} else {
		c.Words = make([]uint16, rows)
	}
	for i, s := range p.segments {
		by, shift := scale(i)
		if c.Bytes != nil {
			segment.Put(c.Bytes[s.first-1:], codes[i], by, shift)
		} else {
			segment.Put(c.Words[s.first-1:], codes[i], by, shift)
		}
	}
}

// values are times, and numbers that are no codes.
func (p packedColumn) values(rows int) (analysis.Column, error) {
	c := analysis.Column{Field: p.column.Field}
	if c.Type == analysis.Time {
		c.Times = make([]int64, 0, rows)
	} else {
		c.Numbers = make([]float64, 0, rows)
	}
	for _, s := range p.segments {
		if s.first < 1 || s.first > int64(rows)+1 {
			return c, damagedSegment(p.column, s.first, errors.New("no such row"))
		}
		pad(&c, int(s.first)-1)
		if _, _, err := segment.Append(&c, s.data); err != nil {
			return c, damagedSegment(p.column, s.first, err)
		}
		if c.Len() > rows {
			return c, damagedSegment(p.column, s.first, errors.New("more values than there are rows"))
		}
	}
	pad(&c, rows)
	return c, nil
}
