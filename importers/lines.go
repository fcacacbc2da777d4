package importers

import (
	"bytes"
	"errors"
	"io"
)

// lineDialect is a format of one record a line, read by a function: the row
// that a line holds, nothing (a comment), or why it cannot be used.
type lineDialect struct {
	parse func() func(line []byte, r *row) (why string)
	notes []string
}

func (d lineDialect) warnings() []string { return d.notes }

func (d lineDialect) decoder(w *window) decoder {
	return &lineDecoder{w: w, parse: d.parse()}
}

type lineDecoder struct {
	w     *window
	parse func(line []byte, r *row) string
	row   row
}

func (d *lineDecoder) next(rec *record) error {
	for {
		line, whole, err := d.line()
		rec.reset(d.w)
		if err != nil {
			return err
		}
		d.row.paths, d.row.cells = d.row.paths[:0], d.row.cells[:0]
		text := bytes.TrimRight(line, "\r\n")
		why := ""
		if len(bytes.TrimSpace(text)) > 0 {
			why = d.parse(text, &d.row)
		}
		if why != "" && !whole {
			return &badRecord{why: why, raw: bytes.Clone(text[:min(len(text), maxRaw)]), tail: true}
		}
		d.w.skip(len(line))
		if why != "" {
			return &badRecord{why: why, raw: bytes.Clone(text[:min(len(text), maxRaw)])}
		}
		if len(d.row.paths) > 0 {
			d.row.fill(rec)
			return nil
		}
	}
}

// line is the next line with its end, which the last may lack.
func (d *lineDecoder) line() (line []byte, whole bool, err error) {
	for {
		rest := d.w.rest()
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			return rest[:n+1], true, nil
		}
		if d.w.ended() && len(rest) > 0 {
			return rest, false, nil
		}
		switch err := d.w.more(); {
		case err == nil || errors.Is(err, io.EOF) && len(d.w.rest()) > 0:
		case errors.Is(err, errTooLong):
			if err := d.skipLine(); err != nil {
				return nil, false, err
			}
		default:
			return nil, false, err
		}
	}
}

// skipLine goes past a line that is too long to be read.
func (d *lineDecoder) skipLine() error {
	bad := &badRecord{why: errTooLong.Error(), raw: rawOf(d.w)}
	for {
		rest := d.w.rest()
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			d.w.skip(n + 1)
			return bad
		}
		d.w.skip(len(rest))
		if err := d.w.more(); err != nil {
			return bad
		}
	}
}

// firstLines are the whole lines of a head, at most n.
func firstLines(h head, n int) [][]byte {
	lines := bytes.Split(h.text, newline)
	if !h.whole && len(lines) > 1 {
		lines = lines[:len(lines)-1]
	}
	var out [][]byte
	for _, line := range lines {
		if line = bytes.TrimSpace(line); len(line) > 0 && len(out) < n {
			out = append(out, line)
		}
	}
	return out
}
