package clickhouse

import (
	"context"
	"fmt"
	"strings"
)

// bookkeeping begins the columns that Export adds: where a row came from. They
// are no part of the log.
const bookkeeping = "andon_"

// Column is a column of the table as the server declares it.
type Column struct {
	Name   string
	Type   string  // as declared: "LowCardinality(Nullable(String))"
	Factor float64 `json:",omitempty"` // of its numbers, such as 1000 for seconds; 0 is 1
}

// bare is the type without what wraps it, and without its parameters:
// "DateTime64" for Nullable(DateTime64(3, 'UTC')).
func (c Column) bare() string {
	t := c.Type
	for {
		inner, found := strings.CutPrefix(t, "Nullable(")
		if !found {
			inner, found = strings.CutPrefix(t, "LowCardinality(")
		}
		if !found {
			break
		}
		t = strings.TrimSuffix(inner, ")")
	}
	t, _, _ = strings.Cut(t, "(")
	return t
}

// sort is what Andon can make of a column.
type sort uint8

const (
	other  sort = iota // arrays, maps, tuples: left on the server
	words              // text of any kind
	number             // integers, floats, decimals
	moment             // dates and times
)

func (c Column) sort() sort {
	switch t := c.bare(); {
	case strings.HasPrefix(t, "DateTime"), strings.HasPrefix(t, "Date"):
		return moment
	case strings.HasPrefix(t, "Int"), strings.HasPrefix(t, "UInt"), strings.HasPrefix(t, "Float"), strings.HasPrefix(t, "Decimal"):
		return number
	case t == "String", t == "FixedString", t == "UUID", t == "Bool", strings.HasPrefix(t, "Enum"), strings.HasPrefix(t, "IPv"):
		return words
	}
	return other
}

// nullable reports whether the column may hold nulls.
func (c Column) nullable() bool { return strings.Contains(c.Type, "Nullable(") }

// text is the column as text, "" for null. A column that is text already is
// left as it is: a copy of it costs as much as to read it.
func (c Column) text() string {
	t := identifier(c.Name)
	if c.bare() != "String" || strings.HasPrefix(c.Type, "LowCardinality(") {
		t = "toString(" + t + ")"
	}
	if c.nullable() {
		t = "ifNull(" + t + ", '')"
	}
	return t
}

// number is the column as a Float64, nan for null and for what is no number.
func (c Column) number() string {
	x := identifier(c.Name)
	if c.sort() == words {
		x = "toFloat64OrNull(" + c.text() + ")"
	} else if c.bare() != "Float64" {
		x = "toFloat64(" + x + ")"
	}
	if c.sort() == words || c.nullable() {
		x = "ifNull(" + x + ", nan)"
	}
	if c.Factor != 0 && c.Factor != 1 {
		x = "(" + x + " * " + float(c.Factor) + ")"
	}
	return x
}

// Columns asks for the columns of the table that Andon can use, in the order
// of the table.
func (s *Server) Columns(ctx context.Context) ([]Column, error) {
	a, err := s.query(ctx, "SELECT name, type FROM system.columns WHERE database = "+literal(s.address.Database)+
		" AND table = "+literal(s.address.Table))
	if err != nil {
		return nil, err
	}
	if a.rows() == 0 {
		return nil, fmt.Errorf("ClickHouse at %s has no table %s.%s that %q may read; clickhouse-client's SHOW TABLES lists them",
			strings.Join(s.address.Hosts, ", "), s.address.Database, s.address.Table, s.address.User)
	}
	var columns []Column
	for i := range a.rows() {
		if c := (Column{Name: a.text(i, 0), Type: a.text(i, 1)}); c.sort() != other {
			columns = append(columns, c)
		}
	}
	return columns, nil
}
