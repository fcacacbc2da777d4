package importers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
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

// heldFS is the file system of one open file.
type heldFS struct{ held *Held }

func (f heldFS) Open(string) (fs.File, error) {
	info, err := f.held.file.Stat()
	if err != nil {
		return nil, err
	}
	size := info.Size()
	if f.held.until > 0 {
		size = min(size, f.held.until)
	}
	return &heldFile{SectionReader: io.NewSectionReader(f.held.at, 0, size), info: info}, nil
}

// heldFile is one reading of the open file, from its beginning.
type heldFile struct {
	*io.SectionReader
	info fs.FileInfo
}

func (f *heldFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *heldFile) Close() error               { return nil }

// Lines makes the source end behind its last whole line: half a line of a
// table reads like a short one. It returns how many bytes that is, as the file
// stands now. A packed file is taken whole, since nobody appends to one.
func (h *Held) Lines() (int64, error) {
	h.until = 0
	info, err := h.file.Stat()
	if err != nil {
		return 0, err
	}
	u, err := h.open(0, nil)
	if err != nil {
		return 0, err
	}
	defer u.Close()
	if u.packed != "" || u.encoding != "" {
		return info.Size(), nil
	}
	buf := make([]byte, 64<<10)
	for end := info.Size(); end > 0; {
		from := max(0, end-int64(len(buf)))
		n, err := h.at.ReadAt(buf[:end-from], from)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		for i := n - 1; i >= 0; i-- {
			if buf[i] == '\n' {
				h.until = from + int64(i) + 1
				return h.until, nil
			}
		}
		end = from
	}
	return 0, nil
}

// Whole makes the source end where the file does: nobody writes to it any
// more, so its last line is one, ended or not.
func (h *Held) Whole() { h.until = 0 }

// Print is the SHA-256, as hex, of n bytes of the unpacked text before end,
// and how many bytes there were: what a file is known by when its name has
// changed or it has been packed.
func (s Source) Print(ctx context.Context, end, n int64) (sum string, got int64, err error) {
	from := max(0, end-n)
	u, err := s.open(from, nil)
	if err != nil {
		return "", 0, err
	}
	defer u.Close()
	hash := sha256.New()
	got, err = io.CopyN(hash, u.Reader, end-from)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", 0, err
	}
	return hex.EncodeToString(hash.Sum(nil)), got, ctx.Err()
}
