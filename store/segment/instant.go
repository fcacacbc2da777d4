package segment

import (
	"encoding/binary"
	"math"
	"slices"

	"andon/analysis"
)

// units are tried from the coarsest: most logs stamp milliseconds.
var units = [...]int64{1e9, 1e6, 1e3, 1}

// encodeTimes writes each time as its step from the one before, in the
// coarsest unit that is exact; where a step needs more than 32 bits, all times
// as they are.
func encodeTimes(times []int64) plan {
	if codes, first, unit, ok := stepsOf(times); ok {
		body := make([]byte, 0, 16+4*len(times))
		body = binary.LittleEndian.AppendUint64(body, uint64(first))
		body = binary.LittleEndian.AppendUint64(body, uint64(unit))
		return encodeCodes(plan{coding: Steps, body: body}, codes)
	}
	body := make([]byte, 0, 8*len(times))
	for _, t := range times {
		body = binary.LittleEndian.AppendUint64(body, uint64(t))
	}
	return plan{coding: Instants, rows: len(times), body: body}
}

// stepsOf is times as zigzag steps plus one; the first time is its own base,
// so its step is 0.
func stepsOf(times []int64) (codes []uint32, first, unit int64, ok bool) {
	last, seen, at := int64(0), false, 0
	steps := make([]int64, len(times))
	for i, t := range times {
		if t == analysis.NoTime {
			continue
		}
		if !seen {
			first, last, seen = t, t, true
		}
		step := t - last
		if (t > last) != (step > 0) { // the difference overflowed
			return nil, 0, 0, false
		}
		for step%units[at] != 0 {
			at++ // ends at 1 ns, which divides everything
		}
		steps[i], last = step, t
	}
	unit = units[at]
	codes = make([]uint32, len(times))
	for i, t := range times {
		if t == analysis.NoTime {
			continue
		}
		z := zigzag(steps[i] / unit)
		if z >= math.MaxUint32 {
			return nil, 0, 0, false
		}
		codes[i] = uint32(z) + 1
	}
	return codes, first, unit, true
}

func zigzag(v int64) uint64   { return uint64(v<<1) ^ uint64(v>>63) }
func unzigzag(z uint64) int64 { return int64(z>>1) ^ -int64(z&1) }

func appendSteps(dst []int64, h header, body []byte) ([]int64, error) {
	if len(body) < 16 {
		return dst, corrupt("times end after %d bytes", len(body))
	}
	last := int64(binary.LittleEndian.Uint64(body))
	unit := int64(binary.LittleEndian.Uint64(body[8:]))
	if body = body[16:]; h.width == 1 && len(body) == h.rows { // an even log
		return walk(dst, body, last, unit), nil
	}
	err := h.withCodes(body, func(codes []uint32) { dst = walk(dst, codes, last, unit) })
	return dst, err
}

// walk appends the times that steps lead to.
func walk[C uint8 | uint32](dst []int64, steps []C, last, unit int64) []int64 {
	before := len(dst)
	dst = slices.Grow(dst, len(steps))[:before+len(steps)]
	out := dst[before:][:len(steps)]
	for i, code := range steps {
		if code == 0 {
			out[i] = analysis.NoTime
			continue
		}
		last += unzigzag(uint64(code)-1) * unit
		out[i] = last
	}
	return dst
}

func appendInstants(dst []int64, h header, body []byte) ([]int64, error) {
	if len(body) != 8*h.rows {
		return dst, corrupt("%d bytes for %d times", len(body), h.rows)
	}
	for ; len(body) > 0; body = body[8:] {
		dst = append(dst, int64(binary.LittleEndian.Uint64(body)))
	}
	return dst, nil
}
