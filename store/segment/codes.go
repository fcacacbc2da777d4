package segment

import (
	"encoding/binary"
	"math"
)

// Codes is a segment whose rows are codes of one or two bytes, unpacked but not
// yet turned into values: Shared, or Scaled, where code c > 0 stands for
// (Base + c - 1) / 10^Decimals. Code 0 is null.
type Codes struct {
	Coding   Coding
	Rows     int
	Base     int64
	Decimals int
	width    int
	body     []byte
}

// ReadCodes reads the codes of a segment; ok is false for one of another coding
// or with codes of more than two bytes, which [Append] reads. Errors are those
// of Append.
func ReadCodes(data []byte) (c Codes, ok bool, err error) {
	h, body, err := open(data)
	if err != nil || h.coding != Shared && h.coding != Scaled || h.width > 2 {
		return c, false, err
	}
	c = Codes{Coding: h.coding, Rows: h.rows, width: h.width}
	if h.coding == Scaled {
		if c.Base, c.Decimals, body, err = scaleOf(body); err != nil {
			return c, false, err
		}
		const most = wholeLimit / 1_000_000 // so that no more decimals than maxDecimals overflow
		if c.Base < -most || c.Base > most {
			return c, false, nil
		}
	}
	if len(body) != h.codeBytes() {
		return c, false, corrupt("%d bytes for %d codes of width %d", len(body), h.rows, h.width)
	}
	c.body = body
	return c, c.width > 0 || c.Bound() <= math.MaxUint16, nil
}

// Bound is a number that no code of a row exceeds, and less than twice the
// greatest: what any of them has a bit for. Cost: one load for eight bytes.
func (c Codes) Bound() uint32 {
	if c.width == 0 {
		return binary.LittleEndian.Uint32(c.body)
	}
	var any uint64
	rest := c.body
	for ; len(rest) >= 8; rest = rest[8:] {
		any |= binary.LittleEndian.Uint64(rest)
	}
	for i, b := range rest {
		any |= uint64(b) << (8 * i)
	}
	for bits := 32; bits >= 8*c.width; bits /= 2 {
		any |= any >> bits
	}
	return uint32(any) & (1<<(8*c.width) - 1)
}

// Within reports whether no code of a row is greater than top. Cost: one load for
// eight bytes.
func (c Codes) Within(top uint32) bool {
	if c.width == 0 {
		return binary.LittleEndian.Uint32(c.body) <= top
	}
	if top>>(8*c.width) > 0 {
		return true
	}
	lanes := byteLanes
	if c.width == 2 {
		lanes = wordLanes
	}
	limit, found, rest := lanes.limitOf(top), uint64(0), c.body
	for ; len(rest) >= 8; rest = rest[8:] {
		found |= limit.beyond(binary.LittleEndian.Uint64(rest))
	}
	var last [8]byte
	copy(last[:], rest)
	return found|limit.beyond(binary.LittleEndian.Uint64(last[:])) == 0
}

// Put writes the code c of every row to out as c·by + shift, null as null. The
// caller knows from Bound that it fits. Cost: at most one pass.
func Put[T uint8 | uint16](out []T, c Codes, by, shift uint32) {
	at := func(code uint32) T {
		if code == 0 {
			return 0
		}
		return T(code*by + shift)
	}
	out = out[:c.Rows]
	switch c.width {
	case 0:
		only := at(binary.LittleEndian.Uint32(c.body))
		for i := range out {
			out[i] = only
		}
	case 1:
		if same, ok := any(out).([]uint8); ok && by == 1 && shift == 0 {
			copy(same, c.body)
			return
		}
		var of [1 << 8]T
		for code := range of {
			of[code] = at(uint32(code))
		}
		for i, code := range c.body {
			out[i] = of[code]
		}
	default:
		i := 0
		if wide, ok := any(out).([]uint16); ok && by == 1 {
			i = putMoved(wide, c.body, uint64(shift))
		}
		for ; i < len(out); i++ {
			out[i] = at(uint32(binary.LittleEndian.Uint16(c.body[2*i:])))
		}
	}
}

// putMoved moves codes of two bytes, four at a time, and returns how many.
func putMoved(out []uint16, body []byte, shift uint64) int {
	n := len(out) &^ 3
	for i := 0; i < n; i += 4 {
		x := wordLanes.moved(binary.LittleEndian.Uint64(body[2*i:]), shift)
		four := (*[4]uint16)(out[i:])
		four[0], four[1], four[2], four[3] = uint16(x), uint16(x>>16), uint16(x>>32), uint16(x>>48)
	}
	return n
}
