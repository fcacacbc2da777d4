package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"

	"andon/analysis"
)

// A digest is the SHA-256 of rows as they were committed, one a batch, in the
// batch's line of "chunk". SQLite itself does not notice a flipped bit inside
// a text; this does.
//
//	row   for every value: column, length, text; then an end mark
//	text  as the table's number or text reads, so that a column which becomes
//	      text later keeps its digests
//	null  nothing, so that a column which comes later changes none
//
// What joining fills in (which row a label went to) is left out. Inferences
// have no digest: labels that come late change their rows, and their segments,
// which carry check sums of their own, hold every value a second time.

// digestColumns are what is committed of a kind's rows, nil for inferences.
func digestColumns(ctx context.Context, q querier, kind analysis.Kind) ([]string, error) {
	switch kind {
	case analysis.LabelKind, analysis.FrameKind:
		c, err := readCatalog(ctx, q, kind)
		if err != nil {
			return nil, err
		}
		columns := []string{"source"}
		for _, col := range c.columns {
			columns = append(columns, col.sql)
		}
		return columns, nil
	case analysis.MetricKind:
		return []string{"source", "time", "name", "labels", "value"}, nil
	case analysis.EventKind:
		return []string{"source", "time", "end", "kind", "title", "detail", "scope"}, nil
	}
	return nil, nil
}

// digest reads rows of a kind's table and hashes them; "" for a kind that has
// no digests. One row costs about what it takes to read it.
func digest(ctx context.Context, q querier, kind analysis.Kind, rows span) (string, error) {
	columns, err := digestColumns(ctx, q, kind)
	if err != nil || columns == nil {
		return "", err
	}
	quoted := make([]string, len(columns))
	for i, name := range columns {
		quoted[i] = quote(name)
	}
	found, err := q.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE rowid BETWEEN ? AND ? ORDER BY rowid",
		strings.Join(quoted, ", "), quote(string(kind))), rows.first, rows.last)
	if err != nil {
		return "", err
	}
	defer found.Close()
	return digestRows(found, columns)
}

func digestRows(rows *sql.Rows, columns []string) (string, error) {
	sum := sha256.New()
	values, pointers := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		pointers[i] = &values[i]
	}
	var line []byte
	for rows.Next() {
		if err := rows.Scan(pointers...); err != nil {
			return "", err
		}
		line = line[:0]
		for i, v := range values {
			if v == nil {
				continue
			}
			for _, text := range []string{columns[i], textOf(v)} {
				line = binary.LittleEndian.AppendUint32(line, uint32(len(text)))
				line = append(line, text...)
			}
		}
		sum.Write(append(line, 0xff, 0xff, 0xff, 0xff))
	}
	return hex.EncodeToString(sum.Sum(nil)), rows.Err()
}
