package importers

import (
	"encoding/csv"
	"fmt"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Each row of the table is a trap of files that plants really have; x is the
// column whose values must come through.
func TestCSVTraps(t *testing.T) {
	const at = "2026-03-07T06:28:00Z"
	row := func(x string) string { return at + ",ok," + x + "\n" }
	const header = "time,prediction,x\n"
	for _, test := range []struct {
		name, text, x string
		rejects       int
		reason        string
	}{
		{"plain", header + row("1") + row("2"), "1 2", 0, ""},
		{"CRLF", strings.ReplaceAll(header+row("1")+row("2"), "\n", "\r\n"), "1 2", 0, ""},
		{"lone CR", strings.ReplaceAll(header+row("1")+row("2"), "\n", "\r"), "1 2", 0, ""},
		{"no last line end", strings.TrimSpace(header + row("1") + row("2")), "1 2", 0, ""},
		{"byte order mark", "\xef\xbb\xbf" + header + row("1"), "1", 0, ""},
		{"semicolons", strings.ReplaceAll(header+row("1")+row("2"), ",", ";"), "1 2", 0, ""},
		{"tabs", strings.ReplaceAll(header+row("1")+row("2"), ",", "\t"), "1 2", 0, ""},
		{"bars", strings.ReplaceAll(header+row("1")+row("2"), ",", "|"), "1 2", 0, ""},
		{"Excel's separator line", "sep=;\n" + strings.ReplaceAll(header+row("1")+row("2"), ",", ";"), "1 2", 0, ""},
		{"blank lines", header + "\n" + row("1") + "\n\n" + row("2") + "\n", "1 2", 0, ""},
		{"quotes", header + row(`"a ""b"", c"`) + row(`""`), `a "b", c -`, 0, ""},
		{"a line break in quotes", header + row("\"a\nb\"") + row("c"), "a\nb c", 0, ""},
		{"a quote within a field", header + row(`5" pipe`), `5" pipe`, 0, ""},
		{"text after a quote", header + row(`"a"b`), `ab`, 0, ""},
		{"empty fields beyond the header", header + at + ",ok,1,,\n" + at + ",ok,2,,\n", "1 2", 0, ""},
		{"nulls", header + row("1") + row("") + row("NaN") + row("N/A") + row("null") + row("2"), "1 - - - - 2", 0, ""},
		{"spaces around", header + row(" 1 ") + row(" 2"), "1 2", 0, ""},
		{"leading zeros are a name", header + row("007") + row("08"), "007 08", 0, ""},
		{"an exponent", header + row("1e5") + row("2"), "100000 2", 0, ""},
		{"decimal comma", "time;prediction;x\n" + at + ";ok;1,5\n" + at + ";ok;2\n", "1.5 2", 0, ""},
		{"decimal comma and thousands", "time;prediction;x\n" + at + ";ok;1.234,5\n" + at + ";ok;-2,25\n", "1234.5 -2.25", 0, ""},
		{"bytes that are not UTF-8", header + row("é") + row("\xff"), "é \xff", 0, ""},
		{"Windows-1252", header + row("M\xfcller"), "Müller", 0, ""},
		{"UTF-16", utf16le(header + row("é") + row("b")), "é b", 0, ""},
		{"too few fields", header + row("1") + at + ",ok\n" + row("3"), "1 3", 1, "3: has 2 fields where the header has 3"},
		{"too many fields", header + row("1") + row("1,2") + row("3"), "1 3", 1, "3: has 4 fields where the header has 3"},
		{"a quote never closed", header + row("1") + row(`"a`) + row("3") + row("4"), "1 3 4", 1, "3: a quote is never closed"},
		{"no time", header + row("1") + ",ok,2\n", "1", 1, "3: no time"},
		{"cut off", header + row("1") + at + ",ok", "1", 1, "3: has 2 fields where the header has 3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, got := loadText(t, "log.csv", test.text)
			if got.err != nil {
				t.Fatal(got.err)
			}
			if x := got.column("x"); x != test.x {
				t.Errorf("x is %q, want %q", x, test.x)
			}
			if len(got.rejects) != test.rejects || !strings.Contains(got.reasons(), test.reason) {
				t.Errorf("rejects are %q, want %d with %q", got.reasons(), test.rejects, test.reason)
			}
		})
	}
}

func utf16le(text string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range text {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

// Every column gets a name of its own, whatever the header holds.
func TestCSVHeaders(t *testing.T) {
	const at = "2026-03-07T06:28:00Z"
	for _, test := range []struct{ name, text, columns string }{
		{"twice the same", "time,prediction,x,x,X\n" + at + ",ok,1,2,3\n", "time,prediction,x,x_2,X_3"},
		{"blank", "time,prediction,,x,\n" + at + ",ok,1,2,3\n", "time,prediction,col3,x,col5"},
		{"a blank last one without values", "time,prediction,x,\n" + at + ",ok,1,\n", "time,prediction,x"},
		{"none", at + ",ok,1\n" + at + ",nok,2\n", "col1,col2,col3"},
		{"padded", " time ; prediction;x(GT)\n" + at + ";ok;1\n", "time,prediction,x(GT)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, _, why := sniffCSV(head{text: []byte(test.text), whole: true})
			if d == nil {
				t.Fatal(why)
			}
			if got := strings.Join(d.(*csvDialect).names, ","); got != test.columns {
				t.Errorf("columns are %s, want %s", got, test.columns)
			}
		})
	}
}

// A file of decimal commas that was saved again with commas is explained.
func TestCSVMangledDecimals(t *testing.T) {
	text := "Date,Time,CO,T\n" + strings.Repeat("10/03/2004,18.00.00,2,6,13,6\n", 5)
	d, _, _ := sniffCSV(head{text: []byte(text), whole: true})
	if d == nil || len(d.warnings()) != 1 || !strings.Contains(d.warnings()[0], "decimal commas") {
		t.Fatalf("warnings %v", d)
	}
}

// Whatever encoding/csv writes comes back with the same values.
func TestCSVReadsWhatCSVWrites(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		comma := rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(rt, "delimiter")
		values := rapid.SliceOfN(rapid.StringMatching(`[a-z ,;|"\n\tßé]{0,8}`), 1, 40).Draw(rt, "values")
		var text strings.Builder
		w := csv.NewWriter(&text)
		w.Comma = comma
		w.UseCRLF = rapid.Bool().Draw(rt, "CRLF")
		w.Write([]string{"time", "prediction", "x"})
		for _, v := range values {
			w.Write([]string{"2026-03-07T06:28:00Z", "p", v})
		}
		w.Flush()
		_, got := loadText(t, "log.csv", text.String())
		if len(got.rows) != len(values) || len(got.rejects) > 0 {
			rt.Fatalf("%d rows of %d, rejects %q", len(got.rows), len(values), got.reasons())
		}
		for i, v := range values {
			want := map[string]string{"time": "2026-03-07T06:28:00Z", "prediction": "p"}
			if w.UseCRLF {
				v = strings.ReplaceAll(v, "\n", "\r\n")
			}
			if v = strings.TrimSpace(v); v != "" && !isNull([]byte(v)) {
				want["x"] = v
			}
			if !maps.Equal(got.rows[i], want) {
				rt.Fatalf("row %d is %q, want %q", i, got.rows[i], want)
			}
		}
	})
}

// A row of 40 MB is passed, and the next one is read.
func TestCSVHugeLine(t *testing.T) {
	row := "2026-03-07T06:28:00Z,ok,1\n"
	_, got := loadText(t, "log.csv", "time,prediction,x\n"+row+"2026-03-07T06:28:00Z,"+strings.Repeat("a", 40<<20)+",2\n"+row)
	if got.column("x") != "1 1" || len(got.rejects) != 1 || len(got.rejects[0].Raw) != maxRaw {
		t.Fatalf("x is %q, rejects %q", got.column("x"), got.reasons())
	}
}

// FuzzCSV checks on any bytes that reading ends and does not go back.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"time,x\n2026-03-07T06:28:00Z,1\n", "sep=;\ntime;x\r\n07.03.2026 06:28;1,5\r\n", "time\tx\r2026-03-07\t\"a\rb\"\r",
		"time|x\n2026-03-07|\"a\"\"b\"c\n2026-03-07|\"open\n2026-03-07|2\n", "\xef\xbb\xbftime,,x,x,\n1717149163,1,2,3,\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) { checkReading(t, "log.csv", text) })
}

func ExampleFind() {
	_, _, err := Find([]string{"no-such-file.csv"})
	fmt.Println(err)
	// Output: no-such-file.csv: no such file or directory
}
