package segment

import (
	"encoding/binary"
	"math"
	"slices"
)

// maxDecimals bounds the scaling of numbers: a value with more decimals than
// this is a measurement with a full mantissa and stays a float.
const maxDecimals = 6

var powers = [maxDecimals + 1]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6}

// wholeLimit is 2^53: up to here every whole number is a float64, so scaling
// loses nothing.
const wholeLimit = 1 << 53

// encodeNumbers writes scaled integers where they read back exactly.
func encodeNumbers(values []float64) plan {
	whole := make([]int64, len(values))
	if decimals, low, high, ok := scaleAll(values, whole); ok && uint64(high)-uint64(low) < math.MaxUint32 {
		codes := make([]uint32, len(values))
		for i, v := range values {
			if v == v {
				codes[i] = uint32(whole[i]-low) + 1
			}
		}
		body := make([]byte, 0, 9+4*len(values))
		body = binary.LittleEndian.AppendUint64(body, uint64(low))
		body = append(body, byte(decimals))
		return encodeCodes(plan{coding: Scaled, body: body}, codes)
	}
	body := make([]byte, 0, 8*len(values))
	for _, v := range values {
		body = binary.LittleEndian.AppendUint64(body, math.Float64bits(v))
	}
	return plan{coding: Float, rows: len(values), body: body}
}

// scaleAll turns values into whole numbers by the fewest decimals that suffice
// for all, and returns the smallest and largest.
func scaleAll(values []float64, whole []int64) (decimals int, low, high int64, ok bool) {
	for decimals = range powers {
		if low, high, ok = scale(values, whole, powers[decimals]); ok {
			return decimals, low, high, true
		}
	}
	return 0, 0, 0, false
}

// scale is scaleAll for one power of ten; it ends at the first value that does
// not read back exactly, which mostly comes early. Nulls are left as they are.
func scale(values []float64, whole []int64, power float64) (low, high int64, ok bool) {
	low, high = math.MaxInt64, math.MinInt64
	for i, v := range values {
		if v != v {
			continue
		}
		scaled := v * power
		if !(math.Abs(scaled) <= wholeLimit) {
			return 0, 0, false
		}
		n := int64(scaled + math.Copysign(0.5, scaled))
		if float64(n)/power != v {
			return 0, 0, false
		}
		whole[i] = n
		low, high = min(low, n), max(high, n)
	}
	if low > high { // only nulls
		low, high = 0, 0
	}
	return low, high, true
}

// appendScaled reads what encodeNumbers scaled.
func appendScaled(dst []float64, h header, body []byte) ([]float64, error) {
	base, decimals, body, err := scaleOf(body)
	if err != nil {
		return dst, err
	}
	power := powers[decimals]
	base-- // codes count from 1
	err = h.withCodes(body, func(codes []uint32) {
		dst = slices.Grow(dst, len(codes))
		for _, code := range codes {
			v := math.NaN()
			if code != 0 {
				v = float64(base+int64(code)) / power
			}
			dst = append(dst, v)
		}
	})
	return dst, err
}

// scaleOf takes base and decimals off the head of scaled numbers.
func scaleOf(body []byte) (base int64, decimals int, rest []byte, err error) {
	if len(body) < 9 {
		return 0, 0, nil, corrupt("scaled numbers end after %d bytes", len(body))
	}
	if body[8] > maxDecimals {
		return 0, 0, nil, corrupt("%d decimals", body[8])
	}
	return int64(binary.LittleEndian.Uint64(body)), int(body[8]), body[9:], nil
}

// Value is the number that a whole number stands for: n / 10^decimals.
func Value(n int64, decimals int) float64 { return float64(n) / powers[decimals] }

func appendFloats(dst []float64, h header, body []byte) ([]float64, error) {
	if len(body) != 8*h.rows {
		return dst, corrupt("%d bytes for %d floats", len(body), h.rows)
	}
	for ; len(body) > 0; body = body[8:] {
		dst = append(dst, math.Float64frombits(binary.LittleEndian.Uint64(body)))
	}
	return dst, nil
}
