package importers

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// A trace is what a growing text is known by when its file has been renamed,
// copied, packed, or half of that: hashes of how it begins, up to each of its
// first line ends, and of the last bytes before the place it is known to.
//
//	text  line⏎ line⏎ line⏎ ... line⏎ ░░░░░░░░░░░ ▒▒▒▒┊ not known yet
//	          ▲     ▲     ▲         ▲             tail ┊
//	          └─────┴─────┴── marks ┘                 End
//
// Lines end where the text says, so two texts that begin alike have equal
// marks, one by one, as far as both go: a text can be told to be a part of
// another, or its continuation, by its marks alone. Bytes alone tell it:
// names change, and inodes are used again.

// Marks stop at maxMarks lines or markBytes, whichever is first. A text without
// a line end, or with none for 16 MiB, has one mark at that place.
const (
	maxMarks  = 128
	markBytes = 64 << 10
	tailBytes = 1 << 10
)

// Mark is the place behind a line end and the hash of all before it.
type Mark struct {
	End int64
	Sum uint64
}

// Trace knows the first End bytes of a text by its first Marks and the hash of
// the last kilobyte before End, its Tail.
type Trace struct {
	Marks []Mark
	End   int64
	Tail  uint64
}

// Agrees reports whether two texts that begin with these marks begin alike, as
// far as both are marked. Empty texts agree with none.
func (t Trace) Agrees(marks []Mark) bool {
	n := min(len(t.Marks), len(marks))
	return n > 0 && t.Marks[n-1] == marks[n-1]
}

// Marks are those of the first end bytes of the source's text. Fewer bytes
// give fewer marks and no error.
func (s Source) Marks(ctx context.Context, end int64) ([]Mark, error) {
	u, err := s.open(0, nil)
	if err != nil {
		return nil, err
	}
	defer u.Close()
	var marks []Mark
	sum, place := sha256.New(), int64(0)
	r := bufio.NewReader(io.LimitReader(u, min(end, maxRecord)))
	for len(marks) < maxMarks && (place < markBytes || len(marks) == 0) && ctx.Err() == nil {
		piece, err := r.ReadSlice('\n')
		sum.Write(piece)
		place += int64(len(piece))
		over := err != nil && !errors.Is(err, bufio.ErrBufferFull)
		if err == nil || over && len(marks) == 0 && place > 0 {
			marks = append(marks, Mark{place, binary.BigEndian.Uint64(sum.Sum(nil))})
		}
		if over {
			return marks, passEnd(err)
		}
	}
	return marks, ctx.Err()
}

// passEnd is err but for the end of a text, proper or not.
func passEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, ErrTruncated) || errors.Is(err, ErrBomb) {
		return nil
	}
	return err
}

// Trace is that of the first end bytes of the source's text. It fails where
// there are fewer. Cost: some kilobytes of a plain file, end of a packed one.
func (s Source) Trace(ctx context.Context, end int64) (Trace, error) {
	t, err := s.Beginning(ctx, end)
	if err != nil {
		return t, err
	}
	return s.Further(t, end)
}

// Further is the trace of the first end bytes of a text whose beginning t knows,
// up to there or further. Cost: a kilobyte of a plain file.
func (s Source) Further(t Trace, end int64) (Trace, error) {
	t.Marks, t.End = until(t.Marks, end), end
	var err error
	t.Tail, err = s.tail(end)
	return t, err
}

// Beginning is a trace that knows no more of the first end bytes than their
// marks, for an archive that would have to be unpacked for its tail. Records
// may end within the first line; then its mark is there all the same.
func (s Source) Beginning(ctx context.Context, end int64) (Trace, error) {
	marks, err := s.Marks(ctx, maxRecord)
	return Trace{Marks: until(marks, end)}, err
}

func until(marks []Mark, end int64) []Mark {
	n := 0
	for n < len(marks) && (n == 0 || marks[n].End <= end) {
		n++
	}
	return marks[:n]
}

// tail is the hash of the last bytes before end.
func (s Source) tail(end int64) (uint64, error) {
	from := max(0, end-tailBytes)
	u, err := s.open(from, nil)
	if err != nil {
		return 0, err
	}
	defer u.Close()
	sum := sha256.New()
	if n, err := io.CopyN(sum, u, end-from); err != nil {
		return 0, fmt.Errorf("%s: its text ends at byte %d, before %d: %w", s.Path, from+n, end, err)
	}
	return binary.BigEndian.Uint64(sum.Sum(nil)), nil
}

// Holds reports whether the source's text begins with what the trace knows.
func (s Source) Holds(ctx context.Context, t Trace) (bool, error) {
	if n := len(t.Marks); n > 0 {
		marks, err := s.Marks(ctx, t.Marks[n-1].End)
		if err != nil || !slices.Equal(marks, t.Marks) {
			return false, err
		}
	}
	if t.End == 0 {
		return true, nil
	}
	tail, err := s.tail(t.End)
	if err != nil {
		return false, passEnd(err)
	}
	return tail == t.Tail, nil
}

// String is the trace as the ledger keeps it: base64 of lengths and hashes.
func (t Trace) String() string {
	b := binary.AppendUvarint(nil, uint64(t.End))
	b = binary.BigEndian.AppendUint64(b, t.Tail)
	last := int64(0)
	for _, m := range t.Marks {
		b = binary.AppendUvarint(b, uint64(m.End-last))
		b = binary.BigEndian.AppendUint64(b, m.Sum)
		last = m.End
	}
	return base64.RawStdEncoding.EncodeToString(b)
}

// ParseTrace reads what [Trace.String] wrote.
func ParseTrace(text string) (Trace, error) {
	b, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return Trace{}, fmt.Errorf("trace %.20q: %w", text, err)
	}
	take := func() (n int64, sum uint64) {
		v, size := binary.Uvarint(b)
		if size <= 0 || len(b) < size+8 || v > 1<<62 {
			err = fmt.Errorf("trace %.20q: cut off", text)
			return 0, 0
		}
		sum = binary.BigEndian.Uint64(b[size:])
		b = b[size+8:]
		return int64(v), sum
	}
	var t Trace
	t.End, t.Tail = take()
	for last := int64(0); err == nil && len(b) > 0; {
		n, sum := take()
		last += n
		t.Marks = append(t.Marks, Mark{last, sum})
	}
	if err != nil {
		return Trace{}, err
	}
	return t, nil
}
