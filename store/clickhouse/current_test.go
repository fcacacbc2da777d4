//go:build current

package clickhouse

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"andon/analysis"
	"andon/store/clickhouse/clickhousetest"
)

// TestCurrentEngine puts every query of a triage to a ClickHouse of today, which
// npm's chdb holds, and compares its answers with those of the installed
// server, which may be years older:
//
//	npm install --prefix DIR chdb
//	ANDON_HEAVY=1 NODE_PATH=DIR/node_modules go test -tags current ./store/clickhouse -run Current
func TestCurrentEngine(t *testing.T) {
	c := clickhousetest.Start(t, 1)
	const rows = 60_000
	_, fleet := generatedFleet(t, c, rows)
	asked := &notebook{}
	fleet.Memory = asked
	log, err := NewLog(t.Context(), fleet, nil)
	if err != nil {
		t.Fatal(err)
	}
	found, err := analysis.Investigate(t.Context(), analysis.Inquiry{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	where := analysis.Where{{Column: "line", Op: analysis.Contains, Value: "l"}, {Column: "brightness", Op: analysis.AtLeast, Lo: 120},
		{Column: "shift", Op: analysis.NotEqual, Value: "it's"}, {Column: "latency_ms", Op: analysis.Missing}}
	for i := range where {
		if _, err := log.Series(t.Context(), where[:i+1], 1<<42); err != nil {
			t.Fatal(err)
		}
	}
	var queries []string
	for query := range asked.held {
		queries = append(queries, query)
	}
	var copied bytes.Buffer
	n, err := fleet.Server.CopyEvenly(t.Context(), fleet.About, 1000, &copied)
	if err != nil {
		t.Fatal(err)
	}
	even, err := fleet.About.evenly(1000)
	if err != nil {
		t.Fatal(err)
	}
	bad := log.errors(1000, found.Windows.After)
	a := Address{Database: fleet.About.Database, Table: fleet.About.Table}
	version, answers := today(t, []string{Schema(a, generatedFields()), fmt.Sprintf(generated, a.from(), rows)}, append(queries, even, bad))
	t.Logf("ClickHouse %s answers %d queries", version, len(answers))
	for i, query := range queries {
		old, err := unpack(query, asked.held[query])
		if err != nil {
			t.Fatal(err)
		}
		if why := differs(old, answers[i]); why != "" {
			t.Errorf("%s\n%s", why, query)
		}
	}
	if got := answers[len(queries)]; got.Error != "" || len(got.Rows) != int(n) {
		t.Errorf("the sample: %s, %d rows, want %d", got.Error, len(got.Rows), n)
	}
	if got := answers[len(queries)+1]; got.Error != "" || len(got.Rows) == 0 {
		t.Errorf("the wrong rows: %s, none", got.Error)
	}
}

// TestCurrentTypes asks a ClickHouse of today about columns of types that old
// ones have not.
func TestCurrentTypes(t *testing.T) {
	types := []struct{ name, declared, value string }{
		{"time", "DateTime64(3, 'UTC')", "toDateTime64('2026-03-02 00:00:00.250', 3, 'UTC')"}, {"line", "LowCardinality(Nullable(String))", "if(number % 2 = 0, 'L1', NULL)"},
		{"shift", "Enum8('early' = 1, 'late' = 2)", "'late'"}, {"device", "UUID", "generateUUIDv4()"}, {"good", "Bool", "true"},
		{"amount", "Nullable(Decimal(9, 2))", "1.25"}, {"code", "FixedString(3)", "'abc'"},
	}
	l := &Log{table: "`default`.`modern`", columns: map[string]Column{}, quality: "nan", rows: 10,
		span: analysis.Window{From: time.Unix(1772409600, 0), To: time.Unix(1772413200, 0)}, fleet: &Fleet{Memory: &notebook{}}}
	create, insert := []string{}, []string{}
	for _, c := range types {
		column := Column{Name: c.name, Type: c.declared}
		f := analysis.Field{Name: c.name, Path: c.name, Role: analysis.RoleDimension}
		switch column.sort() {
		case moment:
			f.Type, f.Role, l.clock = analysis.Time, analysis.RoleTime, clock{column: column}
		case number:
			f.Type = analysis.Number
		}
		l.fields = append(l.fields, f)
		l.columns[c.name] = column
		create, insert = append(create, identifier(c.name)+" "+c.declared), append(insert, c.value)
	}
	var queries []string
	note := func(err error) {
		t.Helper()
		if !errors.Is(err, ErrNotAsked) {
			t.Fatalf("got %v, want ErrNotAsked", err)
		}
		_, query, _ := strings.Cut(err.Error(), "SELECT ")
		queries = append(queries, "SELECT "+query)
	}
	w := analysis.HalfWindows(l.span)
	for _, f := range l.fields[1:] {
		_, err := l.Leaves(t.Context(), []analysis.Dimension{{Column: f.Name}}, analysis.Where{analysis.Is(f.Name, "1")}, w)
		note(err)
		_, err = l.Profile(t.Context(), f.Name, nil, w)
		note(err)
		_, err = l.Series(t.Context(), analysis.Where{{Column: f.Name, Op: analysis.Missing}}, time.Minute)
		note(err)
	}
	rows := "INSERT INTO modern SELECT " + strings.Join(insert, ", ") + " FROM numbers(10)"
	_, answers := today(t, []string{"CREATE TABLE modern (" + strings.Join(create, ", ") + ") ENGINE = MergeTree ORDER BY time", rows}, queries)
	for i, a := range answers {
		if a.Error != "" {
			t.Errorf("%s\n%s", a.Error, queries[i])
		}
	}
}

// spoken is what the engine of today said to a query.
type spoken struct {
	Rows  [][]any
	Error string
}

func today(t *testing.T, setup, queries []string) (version string, answers []spoken) {
	t.Helper()
	text, err := json.Marshal(map[string][]string{"setup": setup, "queries": queries})
	if err != nil {
		t.Fatal(err)
	}
	node := exec.Command("node", "testdata/current.js", t.TempDir())
	node.Stdin, node.Stderr = bytes.NewReader(text), os.Stderr
	said, err := node.Output()
	if err != nil {
		t.Fatalf("node: %v; is chdb at NODE_PATH?", err)
	}
	var reply struct {
		Version string
		Answers []spoken
	}
	if err := json.Unmarshal(said, &reply); err != nil {
		t.Fatal(err)
	}
	return reply.Version, reply.Answers
}

// differs says in what an answer of today is another, "" for the same. About how
// many values there are may be told a little differently.
func differs(old Answer, now spoken) string {
	if now.Error != "" {
		return now.Error
	}
	slack := 1e-9
	if strings.Contains(old.Query, "uniqCombined") {
		slack = .02
	}
	if len(now.Rows) != old.rows() {
		return fmt.Sprintf("%d rows, of old %d", len(now.Rows), old.rows())
	}
	for row, values := range now.Rows {
		for i, v := range values {
			column := old.Columns[i]
			var want any
			switch {
			case column.Ints != nil:
				want = float64(column.Ints[row])
			case column.Floats != nil:
				want = column.Floats[row]
			case column.Lists != nil:
				want = fmt.Sprint([]float64(column.Lists[row]))
				v = strings.ReplaceAll(fmt.Sprint(v), ",", "")
			default:
				want = column.Texts[row]
			}
			got, isNumber := v.(float64)
			number, _ := want.(float64)
			if isNumber && math.Abs(got-number) > slack*max(1, math.Abs(number)) || !isNumber && v != nil && v != want {
				return fmt.Sprintf("column %d, row %d: %v, of old %v", i, row, v, want)
			}
		}
	}
	return ""
}
