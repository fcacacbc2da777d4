package importers

import "io"

// wholeDialect is a file that is one record, such as a run's description.
type wholeDialect struct {
	row func(text []byte) *row
}

func (d wholeDialect) warnings() []string { return nil }

func (d wholeDialect) decoder(w *window) decoder { return &wholeDecoder{w, d.row} }

type wholeDecoder struct {
	w   *window
	row func(text []byte) *row
}

func (d *wholeDecoder) next(rec *record) error {
	text := d.w.peek(headSize)
	if len(text) == 0 {
		return endOf(d.w)
	}
	if d.w.offset() > 0 {
		return io.EOF
	}
	rec.reset(d.w)
	d.row(text).fill(rec)
	for len(d.w.rest()) > 0 || d.w.more() == nil {
		d.w.skip(len(d.w.rest()))
	}
	return nil
}
