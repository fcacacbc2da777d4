package segment

// Codes are looked at eight bytes at once, one lane each:
//
//	width 1   |c7|c6|c5|c4|c3|c2|c1|c0|     nothing added to all lanes carries
//	width 2   |  c3 |  c2 |  c1 |  c0 |     from one into the next: the high bit
//	           ▲ high bit of the lane       of each, put aside, makes room for it
//
// Source: Warren, Hacker's Delight, 2.18 (multibyte add).

// lanes is how eight bytes are divided.
type lanes struct {
	bits uint   // of a lane
	one  uint64 // the lowest bit of every lane
	high uint64 // the highest
}

var (
	byteLanes = lanes{8, 0x0101010101010101, 0x8080808080808080}
	wordLanes = lanes{16, 0x0001000100010001, 0x8000800080008000}
)

// limit finds lanes that are greater than a number.
type limit struct{ lanes, rest, either uint64 }

// limitOf is the limit of a number that fits a lane.
func (l lanes) limitOf(top uint32) limit {
	half := uint64(1) << (l.bits - 1)
	if low := uint64(top); low < half {
		return limit{l.high, (half - 1 - low) * l.one, l.high}
	}
	return limit{l.high, (2*half - 1 - uint64(top)) * l.one, 0}
}

// beyond has the high bit of every lane that is greater.
func (m limit) beyond(x uint64) uint64 {
	sum := x&^m.lanes + m.rest // its high bits: what is below them is too much
	return (sum&x | (sum|x)&m.either) & m.lanes
}

// moved adds shift to every lane that is not 0, all sums fitting theirs.
func (l lanes) moved(x, shift uint64) uint64 {
	filled := (x&^l.high + ^l.high | x) & l.high
	return x + filled>>(l.bits-1)*shift
}
