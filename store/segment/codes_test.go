package segment

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestCodesTwin asks what is read eight bytes at once one code at a time, too:
// codes near the ends of their lanes, beside nulls, and any number behind the
// last eight bytes.
func TestCodesTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.SampledFrom([]int{1, 2}).Draw(t, "width")
		most := uint32(1)<<(8*width) - 1
		near := rapid.OneOf(rapid.Uint32Range(0, most), rapid.SampledFrom([]uint32{0, 1, most / 2, most/2 + 1, most - 1, most}))
		codes := rapid.SliceOfN(near, 1, 40).Draw(t, "codes")
		c := Codes{Rows: len(codes), width: width}
		for _, code := range codes {
			c.body = binary.LittleEndian.AppendUint16(c.body, uint16(code))[:len(c.body)+width]
		}
		greatest := slices.Max(codes)
		for _, top := range []uint32{near.Draw(t, "top"), greatest, greatest - min(1, greatest), most, math.MaxUint32} {
			if got := c.Within(top); got != (greatest <= top) {
				t.Fatalf("codes %v within %d: %v", codes, top, got)
			}
		}
		by := rapid.SampledFrom([]uint32{1, 10}).Draw(t, "by")
		if greatest*by <= math.MaxUint16 {
			checkPut[uint16](t, c, codes, by, rapid.Uint32Range(0, math.MaxUint16-greatest*by).Draw(t, "shift"))
		}
		if greatest*by <= math.MaxUint8 {
			checkPut[uint8](t, c, codes, by, rapid.Uint32Range(0, math.MaxUint8-greatest*by).Draw(t, "small shift"))
		}
	})
}

func checkPut[T uint8 | uint16](t *rapid.T, c Codes, codes []uint32, by, shift uint32) {
	out := make([]T, len(codes)+1)
	out[len(codes)] = 7
	Put(out, c, by, shift)
	for i, code := range codes {
		want := code*by + shift
		if code == 0 {
			want = 0
		}
		if uint32(out[i]) != want {
			t.Fatalf("code %d·%d + %d of row %d is %d", code, by, shift, i, out[i])
		}
	}
	if out[len(codes)] != 7 {
		t.Fatal("written behind the last row")
	}
}
