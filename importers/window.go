package importers

import (
	"bytes"
	"errors"
	"io"
)

// maxRecord bounds one record; a longer one is a reject.
const maxRecord = 16 << 20

// firstWindow is what the window reads at once.
const firstWindow = 256 << 10

// errTooLong says that a record outgrew maxRecord.
var errTooLong = errors.New("the record is longer than 16 MiB")

// window is a sliding view on a stream. A decoder reads a record from rest; if
// the record is not all there it asks for more and reads it again from its
// start, which costs each byte at most two readings because the view doubles.
//
//	buf  ░░░░░░░░▓▓▓▓▓▓▓▓▓▓▓▓▓▓······
//	             ▲pos          ▲end
//
// Slices of rest are valid until the next call of more.
type window struct {
	r    io.Reader
	buf  []byte
	pos  int
	end  int
	base int64 // offset of buf[0] in the stream
	line int64 // of buf[pos], from 1; 0 where the reading began midway
	err  error // what ended the stream; io.EOF is its proper end
}

func newWindow(r io.Reader, from int64) *window {
	w := &window{r: r, buf: make([]byte, firstWindow), base: from}
	if from == 0 {
		w.line = 1
	}
	return w
}

// rest is what was read and not yet taken.
func (w *window) rest() []byte { return w.buf[w.pos:w.end] }

// offset is where rest begins in the stream.
func (w *window) offset() int64 { return w.base + int64(w.pos) }

// ended reports whether rest is all there is, the stream having ended well.
func (w *window) ended() bool { return w.err == io.EOF }

// more makes rest longer, doubling it where it can. It returns errTooLong when
// rest is a whole record's limit already, and what ended the stream when
// nothing is left to read.
func (w *window) more() error {
	if w.err != nil {
		return w.err
	}
	size := w.end - w.pos
	if size >= maxRecord {
		return errTooLong
	}
	if w.pos > 0 {
		copy(w.buf, w.rest())
		w.base += int64(w.pos)
		w.pos, w.end = 0, size
	}
	if most := maxRecord + firstWindow; 2*size > len(w.buf) && len(w.buf) < most {
		larger := make([]byte, min(2*len(w.buf), most))
		copy(larger, w.buf[:size])
		w.buf = larger
	}
	n, err := fill(w.r, w.buf[w.end:])
	w.end += n
	w.err = err
	if n > 0 {
		return nil
	}
	return err
}

// fill reads until p is full or the stream ends. io.ReadFull would hide an
// archive's own io.ErrUnexpectedEOF behind its own.
func fill(r io.Reader, p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		var m int
		m, err = r.Read(p[n:])
		n += m
	}
	return n, err
}

// behind is what was read from an offset on up to the window's place, as far as
// it is still in view and a reject keeps it.
func (w *window) behind(offset int64) []byte {
	from := offset - w.base
	if from < 0 || from >= int64(w.pos) {
		return nil
	}
	return append([]byte(nil), w.buf[from:min(int64(w.pos), from+maxRaw)]...)
}

// peek returns the first n bytes of rest, or fewer where the stream is shorter.
func (w *window) peek(n int) []byte {
	for len(w.rest()) < n && w.more() == nil {
	}
	return w.rest()[:min(n, len(w.rest()))]
}

// skip takes n bytes of rest.
func (w *window) skip(n int) {
	if w.line > 0 {
		w.line += int64(bytes.Count(w.buf[w.pos:w.pos+n], newline))
	}
	w.pos += n
}

var newline = []byte{'\n'}
