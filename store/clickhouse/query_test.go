package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
)

// plant is a small table as a server would describe it.
func plant() *Log {
	columns := []Column{{Name: "time", Type: "DateTime('UTC')"}, {Name: "line", Type: "LowCardinality(String)"}, {Name: "o'clock`", Type: "Nullable(String)"}, {Name: "brightness", Type: "Nullable(Float64)"}}
	l := &Log{table: "`d`.`t`", clock: clock{column: columns[0]}, columns: map[string]Column{}, quality: "nan", rows: 1,
		span: analysis.Window{From: time.Unix(1000, 0), To: time.Unix(2000, 0)}}
	for i, typ := range []analysis.Type{analysis.Time, analysis.Text, analysis.Text, analysis.Number} {
		role := analysis.RoleDimension
		if typ == analysis.Time {
			role = analysis.RoleTime
		}
		l.fields = append(l.fields, analysis.Field{Name: columns[i].Name, Path: columns[i].Name, Type: typ, Role: role})
		l.columns[columns[i].Name] = columns[i]
	}
	return l
}

// TestConditions holds each kind of condition against the SQL it must become.
// Oracle: ClickHouse's documented functions; TestShardAnswers runs them.
func TestConditions(t *testing.T) {
	l := plant()
	for _, c := range []struct{ where, want string }{
		{"line=L2", "toString(`line`) = 'L2'"},
		{"line!=L2", "toString(`line`) != 'L2'"},
		{"line=''", "toString(`line`) = ''"},
		{"line~l", "positionCaseInsensitiveUTF8(toString(`line`), 'l') > 0"},
		{"brightness>=1.5", "ifNull(`brightness`, nan) >= 1.5"},
		{"brightness=1..2", "(ifNull(`brightness`, nan) >= 1 AND ifNull(`brightness`, nan) < 2)"},
		{"brightness=''", "isNaN(ifNull(`brightness`, nan))"},
		{"o'clock`=''' OR 1=1'", "ifNull(`o\\'clock\\``, '') = '\\' OR 1=1'"},
	} {
		where, err := analysis.ParseWhere(c.where)
		if err != nil {
			t.Fatal(err)
		}
		got, err := l.conditions(where)
		if err != nil || got[0] != c.want {
			t.Errorf("%s: got %v, %v\nwant %s", c.where, got, err, c.want)
		}
	}
	for where, why := range map[string]string{"nowhere=1": "nowhere", "brightness=dark": "not one", "time=1": "windows", "line<x": ""} {
		parsed, err := analysis.ParseWhere(where)
		if err == nil {
			_, err = l.conditions(parsed)
		}
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: got %v, want an error about %q", where, err, why)
		}
	}
}

// unquote reads what literal and identifier write, by ClickHouse's own rules:
// a backslash takes the next character as it is, but for \0.
func unquote(t *rapid.T, quoted string, quote byte) string {
	if len(quoted) < 2 || quoted[0] != quote || quoted[len(quoted)-1] != quote {
		t.Fatalf("%q is not quoted", quoted)
	}
	var b strings.Builder
	for inner := quoted[1 : len(quoted)-1]; inner != ""; inner = inner[1:] {
		switch {
		case inner[0] == '\\' && len(inner) > 1:
			inner = inner[1:]
			if inner[0] == '0' {
				b.WriteByte(0)
				continue
			}
		case inner[0] == quote || inner[0] == '\\':
			t.Fatalf("%q ends before its end", quoted)
		}
		b.WriteByte(inner[0])
	}
	return b.String()
}

// TestQuoting holds that no text ends its quotes.
func TestQuoting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching("['\\\\`\x00a-z]{0,12}")).Draw(t, "text")
		if got := unquote(t, literal(text), '\''); got != text {
			t.Fatalf("literal: got %q, want %q", got, text)
		}
		if got := unquote(t, identifier(text), '`'); got != text {
			t.Fatalf("identifier: got %q, want %q", got, text)
		}
	})
}

// TestAnswerRoundTrip holds that an answer read back is the answer kept.
func TestAnswerRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "rows")
		list := func(name string) floats { return rapid.SliceOfN(rapid.Float64(), n, n).Draw(t, name) }
		want := Answer{Query: "q", Columns: []vector{
			{Ints: rapid.SliceOfN(rapid.Int64(), n, n).Draw(t, "ints")},
			{Floats: append(list("floats")[1:], rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 3}).Draw(t, "odd"))},
			{Texts: rapid.SliceOfN(rapid.Map(rapid.String(), func(v string) string { return strings.ToValidUTF8(v, "") }), n, n).Draw(t, "texts")},
			{Lists: slices.Repeat([]floats{list("list")}, n)},
		}}
		packed, err := want.pack()
		if err != nil {
			t.Fatal(err)
		}
		got, err := unpack("q", packed)
		if err != nil || fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", want) { // as text: NaN is not equal to itself
			t.Fatalf("got %#v, %v\nwant %#v", got, err, want)
		}
	})
}

// FuzzUnpack holds that what a stranger's file calls an answer is an error or an
// answer.
func FuzzUnpack(f *testing.F) {
	packed, _ := Answer{Columns: []vector{{Ints: []int64{1}}, {Floats: floats{2.5}}, {Texts: []string{"a"}}, {Lists: []floats{{1}}}}}.pack()
	f.Add(packed)
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, packed []byte) {
		a, err := unpack("q", packed)
		if err == nil && a.Query != "q" {
			t.Error("an answer without its query")
		}
	})
}

// TestOffline holds that what nobody asked is said to be so, and what nobody can
// ask an error of its own.
func TestOffline(t *testing.T) {
	l := plant()
	l.fleet = &Fleet{Memory: &notebook{}}
	if _, err := l.Series(t.Context(), nil, time.Minute); !errors.Is(err, ErrNotAsked) {
		t.Errorf("series: got %v, want ErrNotAsked", err)
	}
	if _, err := l.Leaves(context.Background(), []analysis.Dimension{{Column: "brightness", Edges: []float64{2, 1}}}, nil, analysis.Windows{}); err == nil || errors.Is(err, ErrNotAsked) {
		t.Errorf("edges out of order: got %v, want an error that says so", err)
	}
}

// TestColumnSorts holds what is made of each declared type.
func TestColumnSorts(t *testing.T) {
	for typ, want := range map[string]sort{
		"String": words, "LowCardinality(Nullable(String))": words, "FixedString(3)": words, "Enum8('a' = 1)": words, "UUID": words,
		"UInt8": number, "Nullable(Float32)": number, "Decimal(9, 2)": number, "DateTime('UTC')": moment, "DateTime64(3, 'UTC')": moment, "Date": moment,
		"Array(Float32)": other, "Map(String, String)": other, "Tuple(UInt8)": other,
	} {
		if got := (Column{Name: "c", Type: typ}).sort(); got != want {
			t.Errorf("%s: got %d, want %d", typ, got, want)
		}
	}
}

// TestInstants holds the bounds that are put on each kind of time column.
func TestInstants(t *testing.T) {
	w := analysis.Window{From: time.Unix(100, 5e8).UTC(), To: time.Unix(200, 0).UTC()}
	for _, c := range []struct {
		clock clock
		want  string
	}{
		{clock{column: Column{Name: "t", Type: "DateTime"}}, "`t` >= toDateTime(100) AND (toInt64(toUInt32(`t`)) * 1000000000) >= 100500000000 AND `t` <= toDateTime(201) AND (toInt64(toUInt32(`t`)) * 1000000000) < 200000000000"},
		{clock{column: Column{Name: "t", Type: "Int64"}, unit: 1e6}, "`t` >= 100000 AND toInt64(`t` * 1000000) >= 100500000000 AND `t` <= 201000 AND toInt64(`t` * 1000000) < 200000000000"},
		{clock{column: Column{Name: "t", Type: "DateTime64(3)"}}, "`t` >= toDateTime(100) AND toUnixTimestamp64Nano(`t`) >= 100500000000 AND `t` <= toDateTime(201) AND toUnixTimestamp64Nano(`t`) < 200000000000"},
	} {
		if got := strings.Join(c.clock.within(w), " AND "); got != c.want {
			t.Errorf("%s: got %s\nwant %s", c.clock.column.Type, got, c.want)
		}
	}
	if len((clock{}).within(analysis.Window{})) != 0 {
		t.Error("an open span has no bounds")
	}
}
