package importers

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"andon/importers/sqlitefile"
)

// A packed file may unpack to anything. Real logs shrink 5 to 50 times, so one
// that grows beyond maxRatio after freeBytes is refused; a window of the zstd
// format larger than maxZstdWindow would reserve that much memory.
const (
	maxRatio      = 200
	freeBytes     = 1 << 20
	maxZstdWindow = 128 << 20
)

// unpacked is the text of a file: bytes counted, unpacked and decoded.
type unpacked struct {
	io.Reader
	packed   string
	encoding string
	hole     int64 // bytes of the file before its text
	close    []func() error
}

// Close releases the file and the unpacker.
func (u *unpacked) Close() error {
	var errs []error
	for i := len(u.close) - 1; i >= 0; i-- {
		errs = append(errs, u.close[i]())
	}
	return errors.Join(errs...)
}

// counter counts the raw bytes read, for itself and for whoever watches.
type counter struct {
	r        io.Reader
	n        int64
	progress *atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if c.progress != nil {
		c.progress.Add(int64(n))
	}
	return n, err
}

// open opens a file from an offset of its unpacked text, up to where the source
// is to end.
func (s Source) open(from int64, progress *atomic.Int64) (*unpacked, error) {
	u, err := s.openWhole(from, progress)
	if err == nil && s.until > 0 {
		u.Reader = io.LimitReader(u.Reader, s.until-from)
	}
	return u, err
}

// openWhole is open to the file's own end. A packed file is unpacked and thrown
// away up to the offset; a plain one is sought.
func (s Source) openWhole(from int64, progress *atomic.Int64) (*unpacked, error) {
	if len(s.parts) > 0 {
		u := &unpacked{Reader: &partsReader{source: s, progress: progress}}
		_, err := io.CopyN(io.Discard, u.Reader, from)
		return u, err
	}
	file, err := s.fsys.Open(s.name)
	if err != nil {
		return nil, err
	}
	u := &unpacked{close: []func() error{file.Close}}
	raw := &counter{r: file, progress: progress}
	head := bufio.NewReaderSize(raw, headSize)
	magic, err := head.Peek(4)
	if err != nil && len(magic) == 0 && !errors.Is(err, io.EOF) {
		u.Close()
		return nil, err
	}
	if bytes.Equal(magic, parquetMagic) {
		return u.parquet(file, from, progress)
	}
	if start, _ := head.Peek(len(sqlitefile.Magic)); isSQLite(start) {
		if lines := openMLflow(file); lines != nil {
			return u.mlflow(lines, s.view, from)
		}
	}
	if bytes.Equal(magic, nothing[:len(magic)]) {
		if u.hole, err = passHole(head); err != nil {
			u.Close()
			return nil, err
		}
	}
	plain, err := u.unpack(head, magic, raw)
	if err != nil {
		u.Close()
		return nil, err
	}
	first, _ := plain.Peek(headSize)
	u.Reader, u.encoding = decode(plain, first)
	if from == 0 {
		return u, nil
	}
	if seeker, ok := file.(io.Seeker); ok && u.packed == "" && u.encoding == "" {
		if _, err := seeker.Seek(from+u.hole, io.SeekStart); err != nil {
			u.Close()
			return nil, err
		}
		if progress != nil {
			progress.Add(from + u.hole - raw.n)
		}
		u.Reader = raw
		return u, nil
	}
	if _, err := io.CopyN(io.Discard, u.Reader, from); err != nil && !errors.Is(err, io.EOF) {
		u.Close()
		return nil, err
	}
	return u, nil
}

// nothing is what a hole in a file reads as. A log whose writer knows its place
// in it begins with one after copytruncate: everything up to there is gone.
var nothing [4]byte

// passHole takes the hole and tells its length; the text begins behind it.
func passHole(r *bufio.Reader) (hole int64, err error) {
	for {
		if _, err := r.Peek(1); err != nil && !errors.Is(err, io.EOF) {
			return hole, err
		}
		ahead, _ := r.Peek(r.Buffered())
		n := len(ahead) - len(bytes.TrimLeft(ahead, "\x00"))
		r.Discard(n)
		hole += int64(n)
		if n == 0 || n < len(ahead) {
			return hole, nil
		}
	}
}

// parquet makes the stream the rows of a Parquet file.
func (u *unpacked) parquet(file fs.File, from int64, progress *atomic.Int64) (*unpacked, error) {
	rows, err := openParquet(file, progress)
	if err != nil {
		u.Close()
		return nil, err
	}
	u.packed, u.Reader = "parquet", rows
	u.close = append(u.close, rows.Close)
	if _, err := io.CopyN(io.Discard, rows, from); err != nil && !errors.Is(err, io.EOF) {
		u.Close()
		return nil, err
	}
	return u, nil
}

// unpack puts the unpacker that magic asks for in front of head.
func (u *unpacked) unpack(head *bufio.Reader, magic []byte, raw *counter) (*bufio.Reader, error) {
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		u.packed = "gzip"
		z, err := gzip.NewReader(head)
		if err != nil {
			return nil, fmt.Errorf("%w: gzip header: %v", ErrTruncated, err)
		}
		u.close = append(u.close, z.Close)
		return u.guard(z, raw), nil
	case bytes.HasPrefix(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		u.packed = "zstd"
		z, err := zstd.NewReader(head, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxZstdWindow))
		if err != nil {
			return nil, fmt.Errorf("%w: zstd header: %v", ErrTruncated, err)
		}
		u.close = append(u.close, func() error { z.Close(); return nil })
		return u.guard(z, raw), nil
	}
	return head, nil
}

func (u *unpacked) guard(r io.Reader, raw *counter) *bufio.Reader {
	return bufio.NewReaderSize(&guard{r: r, raw: raw, packed: u.packed}, headSize)
}

// guard ends an unpacker that gives far more than it takes, and says of its
// other errors that the archive is damaged.
type guard struct {
	r      io.Reader
	raw    *counter
	packed string
	n      int64
}

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	g.n += int64(n)
	if g.n > freeBytes && g.n > maxRatio*g.raw.n {
		return 0, fmt.Errorf("%w: %d bytes of %s gave more than %d; unpack it yourself if you trust it",
			ErrBomb, g.raw.n, g.packed, g.n)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("%w: %s: %v", ErrTruncated, g.packed, err)
	}
	return n, err
}
