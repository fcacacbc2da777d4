package importers

import (
	"bytes"
	"errors"
	"io"
)

// JSON records come one a line, one after another with or without line
// breaks, pretty-printed, or as the elements of one array. One decoder reads
// them all: whatever stands between objects (white space, commas, brackets of
// the outer array) is passed.
//
//	[ {"a":1}, {"a":2} ]      {"a":1}{"a":2}      {
//	                                                "a": 1
//	                                              }
//
// Where records stand one a line, a line break inside a record means that it
// was cut off, and the next line is read as if nothing had happened.

var _ = register(format{name: "jsonl", sniff: sniffJSON})

// jsonDialect is how objects are laid out: one a line, or free.
type jsonDialect struct{ lines bool }

func (d jsonDialect) warnings() []string { return nil }

func (d jsonDialect) decoder(w *window) decoder {
	root := &node{slot: unnumbered}
	return &jsonDecoder{w: w, lines: d.lines, parse: func(p *jsonText) error { return p.object(root, 1) }}
}

// sniffJSON accepts a source whose first value is an object, alone or in an
// array.
func sniffJSON(h head) (dialect, float64, string) {
	text := bytes.TrimLeft(trimBOM(h.text), jsonBetween)
	if len(text) == 0 || text[0] != '{' {
		if behindFirstLine(h) {
			return jsonDialect{lines: true}, 0.8, ""
		}
		return nil, 0, ""
	}
	rec := &record{}
	p := jsonText{b: text, rec: rec}
	err := p.object(&node{slot: unnumbered}, 1)
	switch {
	case err == nil:
		return jsonDialect{lines: !bytes.Contains(text[:p.i], newline)}, 1, ""
	case errors.Is(err, errMore):
		return jsonDialect{lines: h.whole || !bytes.Contains(text, newline)}, 1, ""
	}
	// The first record is broken; the next ones may be well.
	if next := bytes.Index(text, []byte("\n{")); next >= 0 {
		return jsonDialect{lines: true}, 0.8, ""
	}
	return nil, 0, "it begins like JSON, but " + err.Error()
}

// behindFirstLine reports whether a text is JSON lines but for the first: a
// banner, or the rest of a line whose beginning went away when the log was
// truncated.
func behindFirstLine(h head) bool {
	lines := firstLines(h, 20)
	if len(lines) < 2 {
		return false
	}
	good := 0
	for i, line := range lines[1:] {
		p := jsonText{b: line, rec: &record{}}
		if line[0] != '{' {
			return false
		}
		switch err := p.object(&node{slot: unnumbered}, 1); {
		case err == nil:
			good++
		case i+2 < len(lines) || !errors.Is(err, errMore): // the last may still be being written
			return false
		}
	}
	return good > 0
}

// jsonBetween are the bytes that may stand between records; 0x1e is the
// separator of RFC 7464.
const jsonBetween = " \t\r\n,[]\x1e"

var bom = []byte{0xef, 0xbb, 0xbf}

func trimBOM(b []byte) []byte { return bytes.TrimPrefix(b, bom) }

// jsonDecoder is the decoder of a jsonDialect.
type jsonDecoder struct {
	w      *window
	parse  func(p *jsonText) error // one record
	text   jsonText                // kept here, or each record would cost an allocation
	lines  bool
	column int // of the record on its line; -1 where it shares one with another
}

func (d *jsonDecoder) next(rec *record) error {
	if err := d.between(); err != nil {
		return err
	}
	for {
		rec.reset(d.w)
		if d.w.rest()[0] != '{' {
			return d.pass("a record must begin with {", false)
		}
		d.text = jsonText{b: d.w.rest(), rec: rec, lines: d.lines}
		err := d.parse(&d.text)
		if err == nil {
			d.w.skip(d.text.i)
			return nil
		}
		if !errors.Is(err, errMore) {
			return d.pass(err.Error(), false)
		}
		switch err := d.w.more(); {
		case err == nil:
		case errors.Is(err, errTooLong):
			return d.pass(err.Error(), false)
		case errors.Is(err, io.EOF):
			return d.pass("the file ends inside this record", true)
		default:
			return err
		}
	}
}

// between passes what stands between records and keeps the column of the next.
func (d *jsonDecoder) between() error {
	d.column = -1
	if d.w.offset() == 0 {
		d.w.skip(len(d.w.peek(len(bom))) - len(trimBOM(d.w.peek(len(bom)))))
		d.column = 0
	}
	for {
		rest := d.w.rest()
		for i, c := range rest {
			switch c {
			case '\n':
				d.column = 0
			case ' ', '\t', '\r', ',', '[', ']', 0x1e:
				if d.column >= 0 {
					d.column++
				}
			default:
				d.w.skip(i)
				return nil
			}
		}
		d.w.skip(len(rest))
		if err := d.w.more(); err != nil {
			return err
		}
	}
}

// pass goes past the broken record at the window's place. It ends where the
// record's own brackets close, or before a line that begins as the record's
// did, whichever comes first. Tail says that the record is unfinished and
// nothing follows; then the place stays, unless a line inside begins a record.
func (d *jsonDecoder) pass(why string, tail bool) error {
	bad := &badRecord{why: why, raw: rawOf(d.w)}
	s := jsonSkip{lines: d.lines, column: d.column, open: d.w.rest()[0] == '{'}
	if tail {
		n, found := s.feed(d.w.rest())
		if !found {
			bad.tail = true
			return bad
		}
		d.w.skip(n)
		return bad
	}
	for {
		n, found := s.feed(d.w.rest())
		d.w.skip(n)
		if found {
			return bad
		}
		if err := d.w.more(); err != nil {
			d.w.skip(len(d.w.rest()))
			if errors.Is(err, io.EOF) {
				return bad
			}
			return err
		}
	}
}
