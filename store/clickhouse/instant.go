package clickhouse

import (
	"fmt"
	"strconv"
	"time"

	"andon/analysis"
)

// An instant is nanoseconds since 1970 as an Int64, whatever the table keeps:
//
//	DateTime                       whole seconds
//	DateTime + andon_nanosecond    the canonical table: this old type has no fractions
//	DateTime64                     its own fraction
//	a number                       s, ms, µs or ns, told by its size
//
// Bounds on a span are put on the column itself too, since only that lets the
// server pass over the parts of the table that lie outside.

// nanosecond holds the fraction of the canonical table's times.
const nanosecond = bookkeeping + "nanosecond"

// clock is the table's time column.
type clock struct {
	column   Column
	fraction bool  // andon_nanosecond stands beside it
	unit     int64 // ns of one unit, for numbers
}

// instant is the time as an Int64 of nanoseconds.
func (c clock) instant() string {
	name := identifier(c.column.Name)
	switch {
	case c.unit > 0:
		return fmt.Sprintf("toInt64(%s * %d)", name, c.unit)
	case c.fraction:
		return fmt.Sprintf("(toInt64(toUInt32(%s)) * 1000000000 + toInt64(%s))", name, identifier(nanosecond))
	case c.column.bare() == "DateTime64":
		return "toUnixTimestamp64Nano(" + name + ")"
	case c.column.bare() != "DateTime":
		return "(toInt64(toUInt32(toDateTime(" + name + "))) * 1000000000)"
	}
	return "(toInt64(toUInt32(" + name + ")) * 1000000000)"
}

// within is the condition that the time lies in w; an open side is a zero time.
func (c clock) within(w analysis.Window) []string {
	var all []string
	if !w.From.IsZero() {
		all = append(all, c.coarse(">=", w.From.Unix()), c.instant()+" >= "+strconv.FormatInt(w.From.UnixNano(), 10))
	}
	if !w.To.IsZero() {
		all = append(all, c.coarse("<=", w.To.Unix()+1), c.instant()+" < "+strconv.FormatInt(w.To.UnixNano(), 10))
	}
	return all
}

// coarse bounds the column itself by a second.
func (c clock) coarse(op string, second int64) string {
	if c.unit > 0 {
		return fmt.Sprintf("%s %s %d", identifier(c.column.Name), op, second*(int64(time.Second)/c.unit))
	}
	second = max(0, min(second, 1<<32-1)) // what a DateTime can hold
	return fmt.Sprintf("%s %s toDateTime(%d)", identifier(c.column.Name), op, second)
}

// unitOf is the unit in which a number tells a time after 1973, in ns.
func unitOf(largest float64) int64 {
	switch {
	case largest >= 1e17:
		return 1
	case largest >= 1e14:
		return 1e3
	case largest >= 1e11:
		return 1e6
	}
	return 1e9
}
