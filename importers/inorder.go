package importers

import (
	"context"
	"errors"
	"time"

	"andon/analysis"
)

// Data sets, such as those that come with drift libraries, are rows without
// times: what comes first happened first. Their rows are placed a second apart
// from the anchor, so that order is kept and the date is visibly none.
//
// A row's place is counted from the beginning of the source, so one that is
// read on from its middle is counted through first.

// rowOrder is the column of places.
const rowOrder = "row_order"

const ordered = "no time in the file; its rows are placed one second apart from 2000-01-01T00:00:00Z, in their order"

// inOrder is a dialect whose records get their order as their time.
type inOrder struct {
	dialect
	first int64 // place of the first record that is read
}

func (d inOrder) warnings() []string { return append(d.dialect.warnings(), ordered) }

func (d inOrder) decoder(w *window) decoder {
	return &orderDecoder{decoder: d.dialect.decoder(w), n: d.first}
}

type orderDecoder struct {
	decoder
	n    int64
	slot int
	text []byte
}

func (d *orderDecoder) next(rec *record) error {
	err := d.decoder.next(rec)
	if err == nil {
		d.slot = rec.slot(rowOrder)
		d.text = anchor.Add(time.Duration(d.n)*time.Second).AppendFormat(d.text[:0], time.RFC3339)
		rec.put(d.slot, textCell, d.text)
	}
	d.n++
	return err
}

// resumed is the dialect of a plan for reading from an offset on.
func (s Source) resumed(ctx context.Context, p *plan, from int64) (*plan, error) {
	in, ok := p.dialect.(inOrder)
	if !ok || from == 0 {
		return p, nil
	}
	u, err := s.open(0, nil)
	if err != nil {
		return nil, err
	}
	defer u.Close()
	w, rec := newWindow(u, 0), &record{}
	for d := in.dialect.decoder(w); w.offset() < from && ctx.Err() == nil; in.first++ {
		var bad *badRecord
		if err := d.next(rec); err != nil && !errors.As(err, &bad) {
			break
		}
	}
	again := *p
	again.dialect = in
	return &again, ctx.Err()
}

// inOrderLayout says what the column of places is.
var inOrderLayout = &layout{roles: map[string]analysis.Role{rowOrder: analysis.RoleTime}}
