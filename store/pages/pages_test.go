package pages

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"andon/analysis"
)

// That SQLite reads what is written here, value for value, is tested in package
// store, which has SQLite; these are the parts by themselves.

// readVarint is fileformat2.html, section 1.6, read literally.
func readVarint(p []byte) (v uint64, n int) {
	for n < 8 {
		v = v<<7 | uint64(p[n]&0x7f)
		if n++; p[n-1] < 0x80 {
			return v, n
		}
	}
	return v<<8 | uint64(p[8]), 9
}

func TestVarintProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		v := rapid.Uint64().Draw(rt, "v") >> rapid.IntRange(0, 63).Draw(rt, "shift")
		p := appendVarint(nil, v)
		if got, n := readVarint(append(p, make([]byte, 9)...)); got != v || n != len(p) {
			rt.Errorf("%x reads as %d over %d bytes, want %d", p, got, n, v)
		}
	})
}

// TestNumber writes numbers in the fewest bytes, by the table of serial types.
func TestNumber(t *testing.T) {
	for _, c := range []struct {
		v    float64
		kind byte
		body string
	}{
		{0, 8, ""}, {1, 9, ""}, {2, 1, "\x02"}, {-1, 1, "\xff"}, {127, 1, "\x7f"}, {-128, 1, "\x80"},
		{128, 2, "\x00\x80"}, {-129, 2, "\xff\x7f"}, {32768, 3, "\x00\x80\x00"}, {-8388608, 3, "\x80\x00\x00"},
		{8388608, 4, "\x00\x80\x00\x00"}, {1 << 31, 5, "\x00\x00\x80\x00\x00\x00"}, {1 << 47, 6, "\x00\x00\x80\x00\x00\x00\x00\x00"},
		{0.5, 7, "\x3f\xe0\x00\x00\x00\x00\x00\x00"}, {1 << 63, 7, "\x43\xe0\x00\x00\x00\x00\x00\x00"}, {math.Copysign(0, -1), 8, ""},
	} {
		r := newRecord([]analysis.Column{{Field: analysis.Field{Type: analysis.Number}, Numbers: []float64{c.v}}}, nil)
		r.read(0)
		if got, want := r.append(nil), append([]byte{2, c.kind}, c.body...); !bytes.Equal(got, want) {
			t.Errorf("%v is % x, want % x", c.v, got, want)
		}
	}
}

// TestLongHead has so many columns that the length of the head takes two bytes.
func TestLongHead(t *testing.T) {
	for _, n := range []int{126, 127, 200} {
		r := newRecord(make([]analysis.Column, n), nil)
		r.read(0)
		got := r.append(nil)
		if head, size := readVarint(append(got, make([]byte, 9)...)); int(head) != len(got) || len(got) != n+size {
			t.Errorf("%d columns: a head of %d in %d bytes", n, head, len(got))
		}
	}
}

// TestPages has a whole number of pages, as many as the header says.
func TestPages(t *testing.T) {
	for _, rows := range []int{0, 1, 5000, 50_000} {
		column := text(strings.Repeat("x", 100))
		column.Codes = make([]uint32, rows)
		for i := range column.Codes {
			column.Codes[i] = 1
		}
		image, err := Image([]byte("left over"), "t", "CREATE TABLE t (a TEXT)", []analysis.Column{column}, rows, nil)
		if err != nil || len(image)%size != 0 || int(binary.BigEndian.Uint32(image[28:])) != len(image)/size {
			t.Errorf("%d rows: %d bytes, %v", rows, len(image), err)
		}
	}
}

// TestTooLarge refuses what needs an overflow page, and nothing smaller.
func TestTooLarge(t *testing.T) {
	for n, want := range map[int]error{maxLocal - 4: nil, maxLocal - 3: ErrTooLarge} {
		_, err := Image(nil, "t", "CREATE TABLE t (a TEXT)", []analysis.Column{text(strings.Repeat("x", n))}, 1, nil)
		if !errors.Is(err, want) {
			t.Errorf("a text of %d bytes: %v, want %v", n, err, want)
		}
	}
}
