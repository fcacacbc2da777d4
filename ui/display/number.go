package display

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// None is shown where there is no number.
const None Text = "-"

// Number is v with four significant digits and no exponent between 0.0001 and
// a billion: 0.9283, 12.5, 1,234. NaN is None.
func Number(v float64) Text {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return None
	case math.IsInf(v, 0):
		return Text(strconv.FormatFloat(v, 'g', -1, 64))
	case a == 0:
		return "0"
	case a < 1e-4 || a >= 1e9:
		return Text(strconv.FormatFloat(v, 'g', 4, 64))
	case a >= 999.95:
		return Count(int64(math.Round(v)))
	}
	short, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 4, 64), 64)
	return Text(strconv.FormatFloat(short, 'f', -1, 64))
}

// Count is a whole number with thousands apart: 1,234,567.
func Count(n int64) Text {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	grouped := ""
	for len(digits) > 3 {
		grouped = "," + digits[len(digits)-3:] + grouped
		digits = digits[:len(digits)-3]
	}
	return Text(sign + digits + grouped)
}

// Percent is a share, 0.9283 as "92.8 %". NaN is None.
func Percent(share float64) Text {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return None
	}
	return Text(fmt.Sprintf("%.1f %%", tidy(100*share, 1)))
}

// Chance is a probability without decimals it does not have, 0.92 as "92 %",
// rounded neither to nothing nor to certainty: "< 1 %", "> 99 %". NaN is None.
func Chance(p float64) Text {
	switch {
	case math.IsNaN(p):
		return None
	case p > 0 && p < 0.005:
		return "< 1 %"
	case p < 1 && p >= 0.995:
		return "> 99 %"
	}
	return Text(fmt.Sprintf("%.0f %%", 100*p))
}

// Points is a difference of shares, -0.355 as "-35.5 pt"; a gain has a plus.
// NaN is None.
func Points(delta float64) Text {
	if math.IsNaN(delta) || math.IsInf(delta, 0) {
		return None
	}
	points := tidy(100*delta, 1)
	if points == 0 {
		return "0.0 pt"
	}
	return Text(fmt.Sprintf("%+.1f pt", points))
}

// tidy rounds to digits decimals and loses the sign of zero.
func tidy(v float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(v*scale)/scale + 0
}

// P is a p-value: "0.031", "< 0.001". NaN is None.
func P(p float64) Text {
	switch {
	case math.IsNaN(p):
		return None
	case p < 0.001:
		return "< 0.001"
	}
	return Text(strconv.FormatFloat(tidy(p, 3), 'f', -1, 64))
}

// Bytes is a size in binary units: "512 B", "1.5 KiB", "3.2 GiB".
func Bytes(n int64) Text {
	if n < 1024 {
		return Text(strconv.FormatInt(n, 10) + " B")
	}
	v, unit := float64(n)/1024, 0
	for v >= 1023.95 && unit < 4 {
		v /= 1024
		unit++
	}
	return Text(fmt.Sprintf("%.1f %ciB", v, "KMGTP"[unit]))
}

// Duration is a span in its two largest units: "3 d 4 h", "12 min", "45 s",
// "250 ms".
func Duration(d time.Duration) Text {
	if d < 0 {
		return "-" + Duration(-max(d, -math.MaxInt64))
	}
	if d < time.Second {
		return Text(strconv.FormatInt(d.Milliseconds(), 10) + " ms")
	}
	units := []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}}
	for i, u := range units {
		if d < u.size {
			continue
		}
		text := fmt.Sprintf("%d %s", d/u.size, u.name)
		if i+1 < len(units) {
			if rest := d % u.size / units[i+1].size; rest > 0 {
				text += fmt.Sprintf(" %d %s", rest, units[i+1].name)
			}
		}
		return Text(text)
	}
	return "0 s"
}

// Times are written in two ways, and nowhere but here: whole where they stand
// alone, short where the year is known from what stands around them. The short
// one names the month, since 03-08 is August to half of the world. Commands
// print RFC 3339, which can be pasted into their flags.

// Short is an instant without its year in zone, "7 Mar 06:28"; the zero time is
// None, a nil zone UTC.
func Short(t time.Time, zone *time.Location) Text { return format(t, zone, "2 Jan 15:04") }

// ShortZone is Short with the zone's name, "7 Mar 06:28 CET".
func ShortZone(t time.Time, zone *time.Location) Text { return format(t, zone, "2 Jan 15:04 MST") }

// Day is the day of an instant in zone, "7 Mar".
func Day(t time.Time, zone *time.Location) Text { return format(t, zone, "2 Jan") }

// Time is an instant to the minute in zone, "2026-03-07 06:28"; the zero time
// is None, a nil zone UTC.
func Time(t time.Time, zone *time.Location) Text { return format(t, zone, "2006-01-02 15:04") }

// TimeZone is Time with the zone's name, "2026-03-07 06:28 CET".
func TimeZone(t time.Time, zone *time.Location) Text {
	return format(t, zone, "2006-01-02 15:04 MST")
}

// Seconds is an instant to the second in zone, "2026-03-07 06:28:05".
func Seconds(t time.Time, zone *time.Location) Text { return format(t, zone, time.DateTime) }

// format writes t in zone by a layout of ours; zone names come from files and
// are escaped.
func format(t time.Time, zone *time.Location, layout string) Text {
	if t.IsZero() {
		return None
	}
	if zone == nil {
		zone = time.UTC
	}
	return Escape(t.In(zone).Format(layout))
}
