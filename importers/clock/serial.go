package clock

import (
	"bytes"
	"strconv"
)

// Serial is the layout of a spreadsheet's serial dates: days since 1899-12-30,
// the clock as a fraction of the day, read to the nearest millisecond, since a
// double holds no more. With comma the fraction is behind a decimal comma.
//
// The epoch lies two days before 1900-01-01 because day 1 is that date and
// because Lotus 1-2-3 took 1900 for a leap year. Source: ECMA-376, part 1,
// 18.17.4.
func Serial(comma bool) Layout {
	return Layout{Name: "days since 1899-12-30", parse: func(b []byte) (int64, bool) {
		if comma {
			b = bytes.Replace(b, []byte{','}, []byte{'.'}, 1)
		}
		days, err := strconv.ParseFloat(string(b), 64)
		if err != nil || !(days > -100_000 && days < 100_000) {
			return 0, false
		}
		const epoch, day = -25569, 86_400_000
		return (int64(days*day+0.5) + epoch*day) * 1e6, true
	}}
}
