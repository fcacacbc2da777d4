package store

import (
	"context"
	"database/sql"
	"hash/maphash"

	"andon/analysis"
	"andon/store/segment"
)

// maxRemembered is up to how many ids are looked at in memory, at some 20 bytes
// each.
const maxRemembered = 4 << 20

// Repeated counts the inferences beyond the first n whose id one of those n
// has too: a log that was loaded before under another name, or in part. A file
// whose inferences have no id answers 0. Ids are compared by hashes of 64 bits:
// two of a million ids that are not one fall together in one of 10⁷ files. Cost:
// a pass over the packed ids, some 100 ns a row; two over the rows where n is
// more than 4 million, or a segment does not hold its ids.
func (f *File) Repeated(ctx context.Context, n int64) (int64, error) {
	if n == 0 {
		return 0, nil
	}
	var repeated int64
	err := f.read(ctx, "look for repeated ids in", func(tx *sql.Tx) error {
		c, err := readCatalog(ctx, tx, analysis.InferenceKind)
		if err != nil {
			return err
		}
		id := c.role(analysis.RoleID)
		if id == nil {
			return nil
		}
		if n <= maxRemembered {
			var all bool
			if repeated, all, err = repeatedPacked(ctx, tx, id, n); all || err != nil {
				return err
			}
		}
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM inference WHERE rowid > ?1 AND id IN (SELECT id FROM inference WHERE rowid <= ?1)`, n).Scan(&repeated)
	})
	return repeated, err
}

// repeatedPacked is Repeated by the segments of the ids, which are unpacked on
// another processor; all is false where some cannot tell.
func repeatedPacked(ctx context.Context, q querier, id *column, n int64) (repeated int64, all bool, err error) {
	unpacked, done := make(chan hashed, 4), make(chan struct{})
	go func() {
		defer close(done)
		seen := make(map[uint64]struct{}, n)
		for ids := range unpacked {
			for i, known := range ids.known {
				if !known {
					continue
				}
				if ids.first+int64(i) <= n {
					seen[ids.hashes[i]] = struct{}{}
				} else if _, ok := seen[ids.hashes[i]]; ok {
					repeated++
				}
			}
		}
	}()
	all, err = hashIDs(ctx, q, id, unpacked)
	close(unpacked)
	<-done
	return repeated, all, err
}

// hashed is the ids of a segment by their hashes.
type hashed struct {
	first  int64
	hashes []uint64
	known  []bool
}

// hashIDs unpacks the segments of the ids one after the other; false where one
// does not hold its ids.
func hashIDs(ctx context.Context, q querier, id *column, to chan<- hashed) (bool, error) {
	rows, err := q.QueryContext(ctx, `SELECT first, data FROM segment WHERE "column" = ? ORDER BY first`, id.id)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	seed := maphash.MakeSeed()
	for rows.Next() {
		h := hashed{}
		var data sql.RawBytes
		if err := rows.Scan(&h.first, &data); err != nil {
			return false, err
		}
		ids := analysis.Column{Field: id.Field}
		coding, _, err := segment.Append(&ids, data)
		if err != nil || coding != segment.Each && coding != segment.Words {
			return false, nil
		}
		h.hashes, h.known = make([]uint64, len(ids.Codes)), make([]bool, len(ids.Codes))
		for i, code := range ids.Codes {
			if code != 0 {
				h.hashes[i], h.known[i] = maphash.String(seed, ids.Dict[code-1]), true
			}
		}
		to <- h
	}
	return true, rows.Err()
}
