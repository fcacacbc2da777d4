package importers

import (
	"bytes"
	"math"
	"strconv"
)

// parseNumber reads a decimal number: sign, digits, a point, an exponent; with
// comma, a decimal comma and points between thousands ("1.234,5"). A sign of
// percent behind it is passed over: what it is a share of its role says. It refuses
// what strconv would also take: hexadecimal, underscores, Inf and NaN.
func parseNumber(b []byte, comma bool) (float64, bool) {
	if v, ok := shortDecimal(b); ok && !comma {
		return v, true
	}
	b = trimmed(b)
	if n := len(b) - 1; n > 0 && b[n] == '%' {
		b = trimmed(b[:n])
	}
	if len(b) == 0 || len(b) > 64 {
		return 0, false
	}
	if comma {
		b = fromComma(b)
	}
	digits := false
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			digits = true
		case c == '.', c == '-', c == '+':
		case (c == 'e' || c == 'E') && digits:
		default:
			return 0, false
		}
	}
	if !digits {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(b), 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// trimmed is bytes.TrimSpace, for the many cells without any.
func trimmed(b []byte) []byte {
	if n := len(b); n > 0 && plainEnd(b[0]) && plainEnd(b[n-1]) {
		return b
	}
	return bytes.TrimSpace(b)
}

// plainEnd reports whether a byte at a text's end is surely no white space.
func plainEnd(c byte) bool { return c > ' ' && c < 0x7f }

// fromComma writes a number with decimal comma the way strconv reads it.
func fromComma(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		switch c {
		case '.':
		case ',':
			out = append(out, '.')
		default:
			out = append(out, c)
		}
	}
	return out
}

// isNull reports whether a text stands for "no value" in any column.
func isNull(b []byte) bool {
	switch string(b) {
	case "", "null", "NULL", "Null", "nan", "NaN", "NAN", "N/A", "n/a", "#N/A", "NA", "<NA>", "None", "nil", "NaT":
		return true
	}
	return false
}

// isNoClass is isNull for predictions and labels, where None and NA may be
// names of classes.
func isNoClass(b []byte) bool {
	switch string(b) {
	case "None", "NA", "nil":
		return false
	}
	return isNull(b)
}
