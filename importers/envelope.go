package importers

import (
	"errors"
	"fmt"
	"io"

	"andon/analysis"
)

// envelope is a known shape of records that hold rows rather than being rows:
// a batch of requests, a list of series, two halves of one call.
//
//	record ─▶ tree ─▶ out of Kafka, MQTT ─▶ unpack ─▶ row, row, row
//
// Adding one is adding a file that registers it. It stands over any format:
// a record of JSON comes as it is, one of CSV or Parquet as an object of
// texts. The layout says what the rows' fields mean.
type envelope struct {
	layout
	kind    analysis.Kind // of the rows; "" to guess by their fields
	matches func(v *value) bool
	beside  func(o origin) bool // what else must lie there; nil for nothing
	halves  bool                // a row may need a record far before; see lookback
	open    func(o origin) unpacker
}

// unpacker takes the records of one source apart, in their order.
type unpacker interface {
	// unpack puts the rows of v into out: none where v is only a half, or says
	// nothing. It says why v cannot be used. v is valid until it returns, rows
	// keep slices of it until they are read.
	unpack(v *value, out *fan) (why string)
	// close puts what was held back, at the end of the source, and says what
	// a person should know of the whole.
	close(out *fan) (notes []string)
	// holds reports whether rows are held back that depend on records read
	// before; then no batch may end here.
	holds() bool
}

// plainly unpacks records that stand for themselves.
type plainly func(v *value, out *fan) (why string)

func (f plainly) unpack(v *value, out *fan) string { return f(v, out) }
func (f plainly) close(*fan) []string              { return nil }
func (f plainly) holds() bool                      { return false }

// each opens an unpacker without state.
func each(f func(v *value, out *fan) (why string)) func(origin) unpacker {
	return func(origin) unpacker { return plainly(f) }
}

var envelopes []*envelope

func addEnvelope(e envelope) bool {
	envelopes = append(envelopes, &e)
	return true
}

// envelopeOf is the envelope of a source's record, or nil.
func envelopeOf(v *value, o origin) *envelope {
	for _, e := range envelopes {
		if e.matches(v) && (e.beside == nil || e.beside(o)) {
			return e
		}
	}
	return nil
}

// maxFirst bounds the records that are tried for an envelope: the first of a
// log may be a half, or of another topic.
const maxFirst = 20

// enclose finds the envelope of a dialect's records.
func enclose(d dialect, w *window, o origin) dialect {
	trees := newTreeDecoder(d, w)
	for range maxFirst {
		v, err := trees.next(&record{})
		var bad *badRecord
		if errors.As(err, &bad) && !bad.tail {
			continue
		}
		if err != nil {
			break
		}
		inner, wrapped := unwrap(v)
		if e := envelopeOf(inner, o); e != nil {
			return &enclosed{d, e, o}
		}
		if wrapped != nil {
			return &enclosed{d, message, o}
		}
	}
	return d
}

// enclosed is a dialect whose records are envelopes.
type enclosed struct {
	dialect
	envelope *envelope
	origin   origin
}

func (d *enclosed) decoder(w *window) decoder {
	e := &envelopeDecoder{trees: newTreeDecoder(d.dialect, w), unpacker: d.envelope.open(d.origin)}
	if d.origin.view != "" {
		e.passes = func(v *value) bool { return !d.envelope.matches(v) }
	}
	return e
}

// envelopeDecoder hands out the rows of one record after another.
type envelopeDecoder struct {
	trees    *treeDecoder
	unpacker unpacker
	passes   func(v *value) bool // of a view, what is another's; nil for none
	out      fan
	at       int // of the next row in out
	offset   int64
	line     int64
	ended    bool
	said     []string
}

func (d *envelopeDecoder) next(rec *record) error {
	for d.at == len(d.out.rows) {
		if d.ended {
			return io.EOF
		}
		if err := d.record(rec); err != nil {
			return err
		}
	}
	rec.clear()
	rec.offset, rec.line = d.offset, d.line
	d.out.rows[d.at].fill(rec)
	d.at++
	return nil
}

// record unpacks the next record.
func (d *envelopeDecoder) record(rec *record) error {
	d.out.reset()
	d.at = 0
	v, err := d.trees.next(rec)
	if errors.Is(err, io.EOF) {
		d.ended = true
		d.said = d.unpacker.close(&d.out)
		return nil
	}
	if err != nil {
		return err
	}
	d.offset, d.line = rec.offset, rec.line
	inner, wrapped := unwrap(v)
	if d.passes != nil && d.passes(inner) {
		return nil
	}
	why := d.unpacker.unpack(inner, &d.out)
	if d.out.over {
		why = rejectf("its rows would hold more than %d values", maxCells)
	}
	if why != "" {
		d.out.reset()
		return &badRecord{why: why, raw: d.trees.raw(rec)}
	}
	for i := range d.out.rows {
		if wrapped != nil {
			d.out.rows[i].add("message", wrapped)
		}
	}
	return nil
}

// holds reports whether rows are not handed out yet.
func (d *envelopeDecoder) holds() bool { return d.at < len(d.out.rows) || d.unpacker.holds() }

// notes are what the unpacker said at the end.
func (d *envelopeDecoder) notes() []string { return d.said }

// holding is a decoder that may stand in the middle of a record.
type holding interface{ holds() bool }

// noting is a decoder that has something to say at the end.
type noting interface{ notes() []string }

// treeDecoder reads records as trees: those of JSON whole, those of a flat
// format as an object of its fields.
type treeDecoder struct {
	w    *window
	json *jsonDecoder
	flat decoder
	rec  record // of the flat one
	tree value
}

func newTreeDecoder(d dialect, w *window) *treeDecoder {
	t := &treeDecoder{w: w}
	inner := d.decoder(w)
	if j, ok := inner.(*jsonDecoder); ok {
		t.json = j
		j.parse = func(p *jsonText) error {
			t.tree = value{}
			text := &treeText{jsonText: *p}
			err := text.tree(&t.tree, 1)
			p.i = text.i
			return err
		}
		return t
	}
	t.flat = inner
	return t
}

func (t *treeDecoder) next(rec *record) (*value, error) {
	if t.json != nil {
		err := t.json.next(rec)
		return &t.tree, err
	}
	err := t.flat.next(&t.rec)
	rec.clear()
	rec.offset, rec.line = t.rec.offset, t.rec.line // also of a reject
	if err != nil {
		return nil, err
	}
	if whole, ok := t.flat.(treeReader); ok {
		return whole.last(), nil
	}
	t.tree = value{kind: objectCell}
	for _, slot := range t.rec.set {
		c := t.rec.cells[slot]
		t.tree.keys = append(t.tree.keys, t.rec.paths[slot])
		t.tree.kids = append(t.tree.kids, value{kind: c.kind, text: c.text})
	}
	return &t.tree, nil
}

// raw is the record just read, as far as a reject keeps it.
func (t *treeDecoder) raw(rec *record) []byte { return t.w.behind(rec.offset) }

// rejectf says why a record cannot be used.
func rejectf(format string, args ...any) string { return fmt.Sprintf(format, args...) }
