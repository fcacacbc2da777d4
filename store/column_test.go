package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"andon/analysis"
)

func TestColumnNames(t *testing.T) {
	cases := []struct{ field, want string }{
		{"line", "line"},
		{"Line", "Line_2"}, // SQLite sees no case
		{"LINE_2", "LINE_2_2"},
		{"rowid", "rowid_2"}, // would hide the rowid
		{"", "unnamed"},
		{"a\x00b", "a\uFFFDb"}, // SQLite reads up to the NUL
		{"\xff", "\uFFFD"},
		{`say "hi"; DROP TABLE note`, `say "hi"; DROP TABLE note`},
		{"ÄRGER", "ÄRGER"},
		{"ärger", "ärger"}, // not ASCII: two names to SQLite
		{strings.Repeat("ü", 100), strings.Repeat("ü", 60)},
	}
	f := create(t)
	b := plant()
	b.Columns = b.Columns[:1]
	for _, c := range cases {
		field := b.Columns[0]
		field.Name, field.Role = c.field, analysis.RoleDimension
		b.Columns = append(b.Columns, field)
	}
	load(t, f, analysis.Source{Path: "log"}, b)
	for _, c := range cases {
		if got := ask(t, f, `SELECT sql FROM "column" WHERE name = ? AND kind = 'inference'`, c.field); got != c.want {
			t.Errorf("field %q is column %q, want %q", c.field, got, c.want)
		}
	}
	sound(t, f)
}

func TestColumnTwiceInBatch(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log"}, batch(analysis.InferenceKind, []string{"time:time", "x", "x"}, []string{stamp(0), "a", "b"}))
	if got := ask(t, f, "SELECT x, x_2 FROM inference"); got != "a|b" {
		t.Errorf("columns read %q", got)
	}
}

// TestColumnOfRole has two sources that call their times and predictions
// differently.
func TestColumnOfRole(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "a"}, batch(analysis.InferenceKind, []string{"time:time", "prediction:prediction"}, []string{stamp(0), "x"}))
	load(t, f, analysis.Source{Path: "b"}, batch(analysis.InferenceKind, []string{"time", "when:time", "class:prediction", "second:prediction"}, []string{"noon", stamp(1), "y", "z"}))
	if got := ask(t, f, "SELECT prediction, ifnull(second, '-'), ifnull(time_2, '-') FROM inference WHERE time IS NOT NULL"); got != "x|-|-\ny|z|noon" {
		t.Errorf("rows read %q", got)
	}
	if _, err := f.Table(t.Context()); err != nil {
		t.Error(err)
	}
	sound(t, f)
}

func TestColumnsOfLabels(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "late", Kind: analysis.LabelKind}, batch(analysis.LabelKind, []string{"id:id", "label:label", "source", "row"},
		[]string{"a", "ok", "audit", "7"}))
	load(t, f, analysis.Source{Path: "log"}, batch(analysis.InferenceKind, []string{"time:time", "id:id"}, []string{stamp(0), "a"}))
	join(t, f)
	if got := ask(t, f, `SELECT label, source, "row" FROM inference`); got != "ok|audit|7" {
		t.Errorf("the row reads %q", got)
	}
}

func TestTooManyColumns(t *testing.T) {
	wideBatch := func(n int) *analysis.Batch {
		b := plant()
		b.Columns = b.Columns[:1]
		for i := range n {
			c := analysis.Column{Field: analysis.Field{Name: fmt.Sprint("f", i), Type: analysis.Number}, Numbers: make([]float64, b.Rows)}
			b.Columns = append(b.Columns, c)
		}
		return b
	}
	f := create(t)
	load(t, f, analysis.Source{Path: "wide"}, wideBatch(maxColumns-3))
	l, err := f.Load(t.Context(), analysis.Source{Path: "wider"})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(l.Append(t.Context(), wideBatch(maxColumns-2)), l.Flush(t.Context())); !errors.Is(err, ErrColumns) {
		t.Errorf("error %v, want ErrColumns", err)
	}
	if n, err := f.RowCount(t.Context()); n != 6 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
	load(t, f, analysis.Source{Path: "log"}, wideBatch(1)) // the failure left nothing half done
	if n, err := f.RowCount(t.Context()); n != 12 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
}

// TestWiden has one field change its type between sources.
func TestWiden(t *testing.T) {
	cases := map[string]struct {
		types  []string
		values []string
		want   analysis.Type
		read   string
	}{
		"number then code":      {[]string{"number", "text"}, []string{"7", "7a"}, analysis.Text, "7|7a"},
		"number then padded":    {[]string{"number", "text"}, []string{"7.5", "007"}, analysis.Text, "7.5|007"},
		"number then its text":  {[]string{"number", "text"}, []string{"7", "8"}, analysis.Number, "7|8"},
		"text then number":      {[]string{"text", "number"}, []string{"a", "0.25"}, analysis.Text, "a|0.25"},
		"time then text":        {[]string{"time", "text"}, []string{stamp(1), "soon"}, analysis.Text, stamp(1) + "|soon"},
		"time then number":      {[]string{"time", "number"}, []string{stamp(1), "5"}, analysis.Text, stamp(1) + "|5"},
		"text then time":        {[]string{"text", "time"}, []string{"soon", stamp(1)}, analysis.Text, "soon|" + stamp(1)},
		"number, text and back": {[]string{"number", "text", "number"}, []string{"1", "x", "2"}, analysis.Text, "1|x|2"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := create(t)
			for i, typ := range c.types {
				load(t, f, analysis.Source{Path: "log"}, batch(analysis.InferenceKind, []string{"time:time", "x:dimension:" + typ}, []string{stamp(i), c.values[i]}))
			}
			sound(t, f)
			columns, err := f.Columns(t.Context(), "x")
			if err != nil || columns[0].Type != c.want {
				t.Errorf("the type is %v, want %v (%v)", columns[0].Type, c.want, err)
			}
			if got := ask(t, f, "SELECT group_concat(x, '|') FROM inference"); got != c.read {
				t.Errorf("rows read %q, want %q", got, c.read)
			}
		})
	}
}

func TestColumnsUnknown(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log"}, plant())
	if _, err := f.Columns(t.Context(), "line", "nosuch"); err == nil || !strings.Contains(err.Error(), "nosuch") {
		t.Errorf("error %v does not name the column", err)
	}
	columns, err := f.Columns(t.Context(), "status", "id")
	if err != nil || columns[0].Name != "status" || columns[1].String(5) != "f" {
		t.Errorf("columns %v, %v", columns, err)
	}
	table, err := f.Table(t.Context())
	if err != nil || table.Column("id") != nil || table.Column("line") == nil || table.Rows() != 6 {
		t.Errorf("table %v, %v", table, err)
	}
}

// TestHugeText goes beyond what a segment holds: it is read from the rows.
func TestHugeText(t *testing.T) {
	f := create(t)
	huge := strings.Repeat("x", 6<<20)
	for i := range 4 {
		load(t, f, analysis.Source{Path: "log"}, batch(analysis.InferenceKind, []string{"time:time", "body:text"}, []string{stamp(i), fmt.Sprint(i, huge)}))
	}
	columns, err := f.Columns(t.Context(), "body")
	if err != nil || len(columns[0].Codes) != 4 || columns[0].String(3) != "3"+huge {
		t.Errorf("%d rows, %v", len(columns[0].Codes), err)
	}
	if got := segmentBytes(t, f); got > 1000 {
		t.Errorf("segments hold %g bytes", got)
	}
	sound(t, f)
}
