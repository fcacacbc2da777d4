package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"

	"andon/analysis"
)

// maxWords is where a text stops being a dimension: beyond it, segments keep
// words of their own, and the shared dictionary stays as it is.
const maxWords = 1<<16 - 1

// dictionary is the values of one dimension-like column over the whole file,
// in order of arrival; code c is values[c-1].
type dictionary struct {
	values []string
	codes  map[string]uint32
	saved  int    // values already in the table
	sum    uint32 // CRC-32C of all values, see checked
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checked adds a value to a check sum of values. The length before each keeps
// "ab", "c" apart from "a", "bc".
func checked(sum uint32, value string) uint32 {
	sum = crc32.Update(sum, castagnoli, binary.LittleEndian.AppendUint32(nil, uint32(len(value))))
	return crc32.Update(sum, castagnoli, []byte(value))
}

// dimensionLike reports whether a column gets a dictionary for the whole
// file: ids, paths and free text would only fill it.
func dimensionLike(f analysis.Field) bool {
	if f.Type != analysis.Text {
		return false
	}
	switch f.Role {
	case analysis.RoleID, analysis.RoleText, analysis.RoleFrame:
		return false
	}
	return true
}

// readDictionaries gives every dimension-like column of c its values.
func readDictionaries(ctx context.Context, q querier, c *catalog) error {
	byID := map[int64]*dictionary{}
	for _, col := range c.columns {
		if dimensionLike(col.Field) {
			col.dict = &dictionary{codes: map[string]uint32{}}
			byID[col.id] = col.dict
		}
	}
	rows, err := q.QueryContext(ctx, `SELECT "column", value FROM dictionary ORDER BY "column", code`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var value string
		if err := rows.Scan(&id, &value); err != nil {
			return err
		}
		if d := byID[id]; d != nil {
			d.add(value)
			d.saved = len(d.values)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return c.checkWords()
}

// checkWords fails if the words of a column are not those that were stored:
// every segment would then tell of other values.
func (c *catalog) checkWords() error {
	for _, col := range c.columns {
		if col.dict != nil && col.words.Valid && col.words.Int64 != int64(col.dict.sum) {
			return fmt.Errorf("%w: the dictionary of column %q was altered; the rows are not affected", ErrDamaged, col.Name)
		}
	}
	return nil
}

func (d *dictionary) add(value string) uint32 {
	d.values = append(d.values, value)
	code := uint32(len(d.values))
	d.codes[value] = code
	d.sum = checked(d.sum, value)
	return code
}

// translate is the shared code of every code of c, or false when the values
// are too many for a dictionary. Words that no row uses do not count.
func (d *dictionary) translate(c *analysis.Column) ([]uint32, bool) {
	shared := make([]uint32, len(c.Dict)+1)
	for _, code := range c.Codes {
		if code == 0 || shared[code] != 0 {
			continue
		}
		word := c.Dict[code-1]
		known, ok := d.codes[word]
		if !ok {
			if len(d.values) >= maxWords {
				return nil, false
			}
			known = d.add(strings.Clone(word)) // alone: it outlives its batch
		}
		shared[code] = known
	}
	return shared, true
}

// save writes the values that are new.
func (d *dictionary) save(ctx context.Context, q querier, column int64) error {
	if d.saved == len(d.values) {
		return nil
	}
	for ; d.saved < len(d.values); d.saved++ {
		if _, err := q.ExecContext(ctx, `INSERT INTO dictionary ("column", code, value) VALUES (?, ?, ?)`, column, d.saved+1, d.values[d.saved]); err != nil {
			return err
		}
	}
	_, err := q.ExecContext(ctx, `UPDATE "column" SET words = ? WHERE id = ?`, d.sum, column)
	return err
}
