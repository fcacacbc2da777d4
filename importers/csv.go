package importers

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// CSV is what Excel, historians and scripts write: a delimiter of , ; tab or |,
// quotes doubled within quotes, lines ended by LF, CRLF or a lone CR.
//
//	time,line,verdict            header: the first row, if it is not data
//	2026-03-07 06:00,L1,"ok"     a quote at a field's beginning
//	2026-03-07 06:01,L2,5" pipe  a quote elsewhere is a character
//
// A row whose number of fields differs from the header's is a reject: its
// values cannot be told apart. So is a quote that is never closed, but only
// its own line: the next line is read as if nothing had happened.

var _ = register(format{name: "csv", sniff: sniffCSV})

// csvDialect is one way to write CSV.
type csvDialect struct {
	delimiter byte
	cr        bool // lines end with a lone CR
	preamble  int  // bytes before the header: mark of byte order, sep=
	names     []string
	header    bool
	headers   int // rows of the header, where there are several
	guessed   []string
}

func (d *csvDialect) warnings() []string { return d.guessed }

func (d *csvDialect) decoder(w *window) decoder {
	return &csvDecoder{w: w, dialect: d, text: newCSVText(d.delimiter, d.cr)}
}

const neverClosed = "a quote is never closed"

// csvDecoder is the decoder of a csvDialect.
type csvDecoder struct {
	w       *window
	dialect *csvDialect
	text    csvText
	slots   []int
}

func (d *csvDecoder) next(rec *record) error {
	if d.slots == nil {
		for _, name := range d.dialect.names {
			d.slots = append(d.slots, rec.slot(name))
		}
		if err := d.begin(); err != nil {
			return err
		}
	}
	for {
		if err := d.row(); err != nil {
			return err
		}
		rec.reset(d.w)
		if blank(d.text.values) {
			d.w.skip(d.text.n)
			continue
		}
		if d.text.open {
			return d.reject(neverClosed)
		}
		if n := d.count(); n != len(d.slots) {
			return d.reject(fmt.Sprintf("has %d fields where the header has %d", n, len(d.slots)))
		}
		for i, slot := range d.slots {
			if v := d.text.values[i]; len(v) > 0 {
				rec.put(slot, bareCell, v)
			}
		}
		d.w.skip(d.text.n)
		return nil
	}
}

// begin passes preamble and header, if the window stands at the beginning.
func (d *csvDecoder) begin() error {
	if d.w.offset() > 0 {
		return nil
	}
	d.w.skip(len(d.w.peek(d.dialect.preamble)))
	for left := max(1, d.dialect.headers); d.dialect.header && left > 0; {
		if err := d.row(); err != nil {
			return err
		}
		d.w.skip(d.text.n)
		if !blank(d.text.values) {
			left--
		}
	}
	return nil
}

// row parses the row at the window's place without taking it.
func (d *csvDecoder) row() error {
	for {
		if len(d.w.rest()) == 0 {
			if err := d.w.more(); err != nil {
				return err
			}
		}
		if d.text.parse(d.w.rest(), d.w.ended()) {
			return nil
		}
		err := d.w.more()
		switch {
		case err == nil || errors.Is(err, io.EOF):
			continue
		case errors.Is(err, errTooLong) && d.text.open:
			return d.pass(neverClosed)
		case errors.Is(err, errTooLong):
			return d.pass(err.Error())
		}
		return err
	}
}

// count is the number of fields, without empty ones beyond the header's, which
// spreadsheets like to add.
func (d *csvDecoder) count() int {
	n := len(d.text.values)
	for n > len(d.slots) && len(d.text.values[n-1]) == 0 {
		n--
	}
	return n
}

// reject passes the parsed row; of one that spans lines only the first line,
// since an open quote may have swallowed good rows.
func (d *csvDecoder) reject(why string) error {
	rest := d.w.rest()
	bad := &badRecord{why: why, tail: d.w.ended() && d.text.n == len(rest) && !d.text.ended}
	n := d.text.n
	if first := d.text.line(rest[:n]); first < n {
		n = first
		bad.tail = false
	}
	bad.raw = append(bad.raw, rest[:min(n, maxRaw)]...)
	if !bad.tail {
		d.w.skip(n)
	}
	return bad
}

// pass goes past a line that is too long to be read.
func (d *csvDecoder) pass(why string) error {
	bad := &badRecord{why: why, raw: rawOf(d.w)}
	for {
		rest := d.w.rest()
		n := d.text.line(rest)
		ended := n < len(rest) || n > 0 && d.text.terminates(rest[n-1])
		d.w.skip(n)
		if ended {
			return bad
		}
		if err := d.w.more(); err != nil {
			if errors.Is(err, io.EOF) {
				return bad
			}
			return err
		}
	}
}

// blank reports whether a row holds nothing.
func blank(values [][]byte) bool {
	for _, v := range values {
		if len(bytes.TrimSpace(v)) > 0 {
			return false
		}
	}
	return true
}
