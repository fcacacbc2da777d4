package importers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Held is a file that stays open while its name may come to mean another one:
// a log that is renamed is read to its end through the handle, and what was
// checked and what is read cannot be two files.
//
//	a.log ──rename──▶ a.log.1      the handle stays with the old one
//	a.log (new)                    the name goes with the new one
//
// All reading of the Source inside goes through the handle.
type Held struct {
	Source
	file fs.File
	at   io.ReaderAt
}

// Hold opens a file for following. It fails for images and for whatever
// cannot be read at a place.
func (s Source) Hold() (*Held, error) {
	if s.Images > 0 || s.video || len(s.parts) > 0 {
		return nil, fmt.Errorf("%s: only single files can be followed", s.Path)
	}
	file, err := s.fsys.Open(s.name)
	if err != nil {
		return nil, err
	}
	at, ok := file.(io.ReaderAt)
	if !ok {
		file.Close()
		return nil, fmt.Errorf("%s: can only be read from its beginning", s.Path)
	}
	h := &Held{Source: s, file: file, at: at}
	h.fsys = heldFS{h}
	return h, nil
}

// Close gives the file back.
func (h *Held) Close() error { return h.file.Close() }

// Stat is the file's, not its name's.
func (h *Held) Stat() (fs.FileInfo, error) { return h.file.Stat() }

// Stat is what the source's name leads to now.
func (s Source) Stat() (fs.FileInfo, error) { return fs.Stat(s.fsys, s.name) }

// Same reports whether two handles are of one file.
func (h *Held) Same(other *Held) bool {
	mine, err := h.Stat()
	if err != nil {
		return false
	}
	theirs, err := other.Stat()
	return err == nil && os.SameFile(mine, theirs)
}

// heldFS is the file system of one open file.
type heldFS struct{ held *Held }

func (f heldFS) Open(string) (fs.File, error) {
	info, err := f.held.file.Stat()
	if err != nil {
		return nil, err
	}
	return &heldFile{SectionReader: io.NewSectionReader(f.held.at, 0, info.Size()), info: info}, nil
}

// heldFile is one reading of the open file, from its beginning.
type heldFile struct {
	*io.SectionReader
	info fs.FileInfo
}

func (f *heldFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *heldFile) Close() error               { return nil }

// Extent is how much text a file holds at a moment, in unpacked bytes: Lines
// up to behind its last whole line, Text with what stands after it. Plain is
// a file whose bytes are its text, all of them. Final is a packed file that has its end:
// nobody appends to one.
type Extent struct {
	Lines, Text  int64
	Plain, Final bool
}

// Measure tells the extent of the file as it stands. An archive that is still
// being written is as long as what can be unpacked of it. Cost: the end of a
// plain file, all of a packed one.
func (h *Held) Measure(ctx context.Context) (Extent, error) {
	h.Until(0)
	u, err := h.open(0, nil)
	if err != nil {
		return Extent{}, err
	}
	defer u.Close()
	if u.packed != "" || u.encoding != "" || u.hole > 0 {
		return measureText(ctx, u)
	}
	info, err := h.file.Stat()
	if err != nil {
		return Extent{}, err
	}
	e := Extent{Text: info.Size(), Plain: true}
	e.Lines, err = h.lastLine(e.Text)
	return e, err
}

// lastLine is the place behind the last line end before end.
func (h *Held) lastLine(end int64) (int64, error) {
	buf := make([]byte, 64<<10)
	for end > 0 {
		from := max(0, end-int64(len(buf)))
		n, err := h.at.ReadAt(buf[:end-from], from)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		for i := n - 1; i >= 0; i-- {
			if buf[i] == '\n' {
				return from + int64(i) + 1, nil
			}
		}
		end = from
	}
	return 0, nil
}

// measureText measures what has to be unpacked or decoded to be measured.
func measureText(ctx context.Context, u *unpacked) (e Extent, err error) {
	buf := make([]byte, 64<<10)
	for err == nil {
		if ctx.Err() != nil {
			return e, ctx.Err()
		}
		var n int
		n, err = u.Read(buf)
		for i := n - 1; i >= 0; i-- {
			if buf[i] == '\n' {
				e.Lines = e.Text + int64(i) + 1
				break
			}
		}
		e.Text += int64(n)
	}
	if e.Final = err == io.EOF && u.packed != ""; e.Final {
		return e, nil
	}
	if err == io.EOF || errors.Is(err, ErrTruncated) || errors.Is(err, ErrBomb) {
		err = nil
	}
	return e, err
}

// Until makes the text end at a place: half a line of a table reads like a
// short one. 0 lets it end where the file does.
func (h *Held) Until(end int64) { h.until = end }
