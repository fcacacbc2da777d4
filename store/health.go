package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"andon/analysis"
	"andon/store/segment"
)

// Check is one thing that was looked at in an incident file. Err nil is well;
// Said is what was seen, for people.
type Check struct {
	Name    string
	Said    string
	Err     error
	Derived bool // what is wrong can be made anew from the rows
}

// Health is what [File.Examine] found, in the order it looked.
type Health []Check

// Err is nil if all is well, else every finding.
func (h Health) Err() error {
	var errs []error
	for _, c := range h {
		if c.Err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", c.Name, c.Err))
		}
	}
	return errors.Join(errs...)
}

// Derived reports whether nothing is wrong but what the rows can make anew.
func (h Health) Derived() bool {
	for _, c := range h {
		if c.Err != nil && !c.Derived {
			return false
		}
	}
	return true
}

// Examine looks at everything in the file that can be checked:
//
//	structure   SQLite's integrity_check: pages, trees, indexes
//	schema      nothing but what Andon makes
//	head        incident, sources, columns, events, findings, by their seal
//	batches     labels, frames, metrics and loaded events, by their digests
//	dictionary  the words behind the codes, by their check sums
//	segments    every column against the rows it was made from
//	rollups     the sums of every hour and minute against its segments
//	notes       the chain
//
// It only reads. A check that cannot run because an earlier one failed says
// so. It costs some 8 s for 1 M rows of 22 columns.
func (f *File) Examine(ctx context.Context) Health {
	var h Health
	look := func(name string, derived bool, do func(*sql.Tx) (string, error)) {
		c := Check{Name: name}
		c.Err = f.read(ctx, "check", func(tx *sql.Tx) (err error) {
			c.Said, err = do(tx)
			return err
		})
		c.Derived = derived && !errors.Is(c.Err, ErrAltered)
		h = append(h, c)
	}
	look("structure", false, func(tx *sql.Tx) (string, error) { return "no page is damaged", integrity(ctx, tx) })
	look("schema", false, func(tx *sql.Tx) (string, error) {
		return fmt.Sprintf("version %d, nothing added", len(migrations)), checkSchema(ctx, tx, len(migrations))
	})
	look("head", false, func(tx *sql.Tx) (string, error) { return checkSeal(ctx, tx) })
	look("batches", false, func(tx *sql.Tx) (string, error) { return checkBatches(ctx, tx) })
	look("dictionary", true, func(tx *sql.Tx) (string, error) {
		c, err := readCatalog(ctx, tx, analysis.InferenceKind)
		if err != nil {
			return "", err
		}
		err = readDictionaries(ctx, tx, c)
		n := 0
		for _, col := range c.columns {
			if col.dict != nil && len(col.dict.values) > 0 {
				n++
			}
		}
		return fmt.Sprintf("the words of %d columns", n), err
	})
	look("segments", true, func(tx *sql.Tx) (string, error) { return checkSegments(ctx, tx) })
	look("rollups", true, func(tx *sql.Tx) (string, error) { return checkRollups(ctx, tx) })
	h = append(h, f.checkNotes(ctx))
	return h
}

// integrity is SQLite's own full check, at most its first finding.
func integrity(ctx context.Context, q querier) error {
	var answer string
	if err := q.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&answer); err != nil {
		return err
	}
	if answer != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, answer)
	}
	return nil
}

func (f *File) checkNotes(ctx context.Context) Check {
	notes, err := f.Notes(ctx)
	if err == nil {
		err = VerifyNotes(notes)
	}
	return Check{Name: "notes", Said: fmt.Sprintf("%d, their chain is whole", len(notes)), Err: err}
}

// checkBatches hashes every batch again, and looks whether the ledger's counts
// are those of its batches.
func checkBatches(ctx context.Context, q querier) (string, error) {
	batches, err := readChunks(ctx, q)
	if err != nil {
		return "", err
	}
	without := 0
	for _, b := range batches {
		if b.kind == analysis.InferenceKind {
			continue
		}
		if b.hash == "" {
			without++
			continue
		}
		hash, err := digest(ctx, q, b.kind, b.span)
		if err != nil {
			return "", err
		}
		if hash != b.hash {
			return "", fmt.Errorf("%w: %s rows %d to %d are not what was loaded", ErrDamaged, b.kind, b.first, b.last)
		}
	}
	if err := checkLedger(ctx, q); err != nil {
		return "", err
	}
	said := fmt.Sprintf("%d, as they were loaded", len(batches))
	if without > 0 {
		said += fmt.Sprintf(" (%d from an older Andon carry no digest)", without)
	}
	return said, nil
}

// chunk is one batch in the ledger.
type chunk struct {
	span
	kind analysis.Kind
	hash string
}

func readChunks(ctx context.Context, q querier) ([]chunk, error) {
	rows, err := q.QueryContext(ctx, "SELECT kind, first, last, hash FROM chunk ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var chunks []chunk
	for rows.Next() {
		var c chunk
		if err := rows.Scan(&c.kind, &c.first, &c.last, &c.hash); err != nil {
			return nil, err
		}
		chunks = append(chunks, c)
	}
	return chunks, rows.Err()
}

// checkLedger holds the inferences to the batches that brought them.
func checkLedger(ctx context.Context, q querier) error {
	var rows, brought int64
	err := q.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM inference), (SELECT ifnull(sum(last - first + 1), 0) FROM chunk WHERE kind = 'inference')`).Scan(&rows, &brought)
	if err == nil && rows != brought {
		err = fmt.Errorf("%w: there are %d inferences, and the ledger knows of %d", ErrDamaged, rows, brought)
	}
	return err
}

// checkSegments compares every column with its rows, a segment at a time. An
// altered row is the worst it can find, so it looks for one past all segments
// that are damaged themselves.
func checkSegments(ctx context.Context, q querier) (string, error) {
	c, err := readCatalog(ctx, q, analysis.InferenceKind)
	if err != nil {
		return "", err
	}
	last, err := lastRow(ctx, q, "inference")
	if err != nil {
		return "", err
	}
	damaged := readDictionaries(ctx, q, c)
	for first := int64(1); first <= last; first += segment.Rows {
		for _, col := range c.columns {
			if col.Type == analysis.Blob || (col.dict != nil && damaged != nil) {
				continue
			}
			err := checkSegment(ctx, q, col, first, min(first+segment.Rows-1, last))
			if errors.Is(err, ErrAltered) {
				return "", err
			}
			if damaged == nil {
				damaged = err
			}
		}
	}
	if damaged != nil {
		return "", damaged
	}
	return fmt.Sprintf("%d rows, every value as in its row", last), nil
}

func checkSegment(ctx context.Context, q querier, col *column, first, last int64) error {
	rows, err := readRows(ctx, q, "inference", []*column{col}, first, last)
	if err != nil {
		return err
	}
	packed := analysis.Column{Field: col.Field}
	local, err := appendSegments(ctx, q, col, &packed, first, last)
	if err != nil {
		return err
	}
	if !local && col.Type == analysis.Text {
		packed.Dict = col.dict.values
	}
	if at := firstDifference(&rows[0], &packed); at >= 0 {
		return fmt.Errorf("%w: column %q of row %d", ErrAltered, col.Name, first+int64(at))
	}
	if !col.filled && !empty(&packed) {
		return fmt.Errorf("%w: column %q has values and is marked as empty", ErrDamaged, col.Name)
	}
	return nil
}

// firstDifference is the first row where two columns differ, -1 for none.
func firstDifference(a, b *analysis.Column) int {
	if a.Len() != b.Len() {
		return min(a.Len(), b.Len())
	}
	for i := range a.Len() {
		if a.Null(i) != b.Null(i) {
			return i
		}
		if a.Null(i) {
			continue
		}
		same := false
		switch a.Type {
		case analysis.Number:
			same = a.Numbers[i] == b.Numbers[i]
		case analysis.Time:
			same = a.Times[i] == b.Times[i]
		default:
			same = a.Dict[a.Codes[i]-1] == b.Dict[b.Codes[i]-1]
		}
		if !same {
			return i
		}
	}
	return -1
}
