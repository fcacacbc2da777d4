package store

import (
	"database/sql/driver"
	"strconv"
	"time"

	"andon/analysis"
)

// How values stand in the tables:
//
//	text     TEXT, the bytes as they came
//	number   INTEGER where whole, else REAL (a NUMERIC column does that)
//	time     TEXT, RFC 3339 UTC: 2026-03-07T06:28:00.000Z, nine digits only
//	         where milliseconds do not suffice
//	blob     BLOB
//	null     NULL, for every type

// formatTime writes nanoseconds since 1970 UTC as the tables keep them.
func formatTime(ns int64) string { return string(appendTime(nil, ns)) }

// appendTime is formatTime onto p, digit by digit: there is one in every row,
// and package time goes through the layout each time. An int64 of nanoseconds
// only reaches from 1677 to 2262, so a year has four digits.
func appendTime(p []byte, ns int64) []byte {
	t := time.Unix(0, ns).UTC()
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	p = appendDigits(p, year, 4)
	p = appendDigits(append(p, '-'), int(month), 2)
	p = appendDigits(append(p, '-'), day, 2)
	p = appendDigits(append(p, 'T'), hour, 2)
	p = appendDigits(append(p, ':'), minute, 2)
	p = appendDigits(append(p, ':'), second, 2)
	if fraction := t.Nanosecond(); fraction%1e6 == 0 {
		p = appendDigits(append(p, '.'), fraction/1e6, 3)
	} else {
		p = appendDigits(append(p, '.'), fraction, 9)
	}
	return append(p, 'Z')
}

// appendDigits writes v with n digits.
func appendDigits(p []byte, v, n int) []byte {
	p = append(p, "000000000"[:n]...)
	for i := len(p) - 1; v > 0; i-- {
		p[i] = byte('0' + v%10)
		v /= 10
	}
	return p
}

// formatInstant is formatTime of a time; the zero time is "".
func formatInstant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return formatTime(t.UnixNano())
}

// parseTime reads back what formatTime wrote; anything else is no time.
func parseTime(s string) int64 {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return analysis.NoTime
	}
	return t.UnixNano()
}

// parseInstant is parseTime as a time; "" and anything unreadable is zero.
func parseInstant(s string) time.Time {
	ns := parseTime(s)
	if ns == analysis.NoTime {
		return time.Time{}
	}
	return time.Unix(0, ns).UTC()
}

// textOf is a value of a table as text.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	case int64:
		return analysis.FormatNumber(float64(v))
	case float64:
		return analysis.FormatNumber(v)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// cells boxes the values of a column for binding, null as nil. A text is boxed
// once a dictionary entry, not once a row.
func cells(c *analysis.Column) cell {
	switch c.Type {
	case analysis.Number:
		return func(i int) driver.Value {
			v := c.Numbers[i]
			switch {
			case v != v:
				return nil
			case v == float64(int64(v)) && v < 1<<53 && v > -1<<53:
				return int64(v)
			}
			return v
		}
	case analysis.Time:
		return func(i int) driver.Value {
			if c.Times[i] == analysis.NoTime {
				return nil
			}
			return formatTime(c.Times[i])
		}
	case analysis.Blob:
		return func(i int) driver.Value {
			if c.Blobs[i] == nil {
				return nil
			}
			return c.Blobs[i]
		}
	}
	boxed := make([]driver.Value, len(c.Dict)+1)
	for i, s := range c.Dict {
		boxed[i+1] = s
	}
	return func(i int) driver.Value { return boxed[c.Codes[i]] }
}
