package segment

import (
	"encoding/binary"
	"math"
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
	decimals, ok := decimalsOf(values)
	if ok {
		if codes, base, fits := scaleAll(values, decimals); fits {
			body := make([]byte, 0, 9+4*len(values))
			body = binary.LittleEndian.AppendUint64(body, uint64(base))
			body = append(body, byte(decimals))
			return encodeCodes(plan{coding: Scaled, body: body}, codes)
		}
	}
	body := make([]byte, 0, 8*len(values))
	for _, v := range values {
		body = binary.LittleEndian.AppendUint64(body, math.Float64bits(v))
	}
	return plan{coding: Float, rows: len(values), body: body}
}

// decimalsOf is the number of decimals that suffices for every value. It only
// ever grows on the way: what reads back with d decimals does with d+1.
func decimalsOf(values []float64) (int, bool) {
	d := 0
	for _, v := range values {
		if math.IsNaN(v) {
			continue
		}
		for {
			whole := math.Round(v * powers[d])
			if math.Abs(whole) > wholeLimit {
				return 0, false
			}
			if whole/powers[d] == v {
				break
			}
			if d++; d > maxDecimals {
				return 0, false
			}
		}
	}
	return d, true
}

// scaleAll turns values into codes above the smallest; it fails where the
// range needs more than 32 bits or a value does not read back.
func scaleAll(values []float64, decimals int) (codes []uint32, base int64, ok bool) {
	power := powers[decimals]
	low, high := int64(math.MaxInt64), int64(math.MinInt64)
	for _, v := range values {
		if math.IsNaN(v) {
			continue
		}
		whole := math.Round(v * power)
		if math.Abs(whole) > wholeLimit || whole/power != v {
			return nil, 0, false
		}
		low, high = min(low, int64(whole)), max(high, int64(whole))
	}
	if low > high { // only nulls
		return make([]uint32, len(values)), 0, true
	}
	if high-low >= math.MaxUint32 {
		return nil, 0, false
	}
	codes = make([]uint32, len(values))
	for i, v := range values {
		if !math.IsNaN(v) {
			codes[i] = uint32(int64(math.Round(v*power))-low) + 1
		}
	}
	return codes, low, true
}

// appendScaled reads what encodeNumbers scaled.
func appendScaled(dst []float64, h header, body []byte) ([]float64, error) {
	if len(body) < 9 {
		return dst, corrupt("scaled numbers end after %d bytes", len(body))
	}
	base := int64(binary.LittleEndian.Uint64(body))
	decimals := int(body[8])
	if decimals > maxDecimals {
		return dst, corrupt("%d decimals", decimals)
	}
	power := powers[decimals]
	base-- // codes count from 1
	err := h.eachCode(body[9:], func(code uint32) {
		v := math.NaN()
		if code != 0 {
			v = float64(base+int64(code)) / power
		}
		dst = append(dst, v)
	})
	return dst, err
}

func appendFloats(dst []float64, h header, body []byte) ([]float64, error) {
	if len(body) != 8*h.rows {
		return dst, corrupt("%d bytes for %d floats", len(body), h.rows)
	}
	for ; len(body) > 0; body = body[8:] {
		dst = append(dst, math.Float64frombits(binary.LittleEndian.Uint64(body)))
	}
	return dst, nil
}
