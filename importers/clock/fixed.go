package clock

// fixed reads the way of iso that programs write, 2006-01-02T15:04:05.999Z
// with or without fraction and Z, where every digit has its place: at a third
// of iso's cost. It reports false for anything else, which is iso's to read.
func fixed(b []byte) (int64, bool) {
	if len(b) < 19 || b[4] != '-' || b[7] != '-' || b[10] != 'T' && b[10] != ' ' || b[13] != ':' || b[16] != ':' {
		return 0, false
	}
	rest := b[19:]
	if n := len(rest); n > 0 && rest[n-1] == 'Z' {
		rest = rest[:n-1]
	}
	ns := 0
	if len(rest) > 0 {
		if rest[0] != '.' || len(rest) < 2 || len(rest) > 10 {
			return 0, false
		}
		unit := 1_000_000_000
		for _, c := range rest[1:] {
			if c -= '0'; c > 9 {
				return 0, false
			}
			unit /= 10
			ns += int(c) * unit
		}
	}
	return instant(100*pair(b, 0)+pair(b, 2), pair(b, 5), pair(b, 8), pair(b, 11), pair(b, 14), pair(b, 17), ns, 0)
}

// pair is the number of two digits at i. Where they are none it is beyond the
// range of every part of a time.
func pair(b []byte, i int) int {
	tens, units := b[i]-'0', b[i+1]-'0'
	if tens > 9 || units > 9 {
		return 1 << 20
	}
	return 10*int(tens) + int(units)
}
