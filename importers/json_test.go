package importers

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"
)

// loadText loads a source of the given name and content.
func loadText(t *testing.T, name, text string) (Recognition, loaded) {
	t.Helper()
	sources, skips, err := FindFS(fstest.MapFS{name: {Data: []byte(text)}}, ".")
	if err != nil || len(sources) != 1 {
		t.Fatalf("sources %v, skips %v, error %v", sources, skips, err)
	}
	return loadSource(t, sources[0], Options{})
}

// column is one column's values, "-" for null, separated by spaces.
func (l *loaded) column(name string) string {
	values := make([]string, len(l.rows))
	for i, row := range l.rows {
		v, ok := row[name]
		if !ok {
			v = "-"
		}
		values[i] = v
	}
	return strings.Join(values, " ")
}

// reasons are the rejects' lines and reasons.
func (l *loaded) reasons() string {
	var list []string
	for _, r := range l.rejects {
		list = append(list, fmt.Sprintf("%d: %s", r.Line, r.Reason))
	}
	return strings.Join(list, "\n")
}

// Each row of the table is a trap of files that plants really have; x is the
// column whose values must come through.
func TestJSONTraps(t *testing.T) {
	const at = `"time":"2026-03-07T06:28:00Z","prediction":"ok"`
	good := func(x string) string { return `{` + at + `,"x":` + x + `}` + "\n" }
	for _, test := range []struct {
		name, text, x string
		rejects       int
		reason        string
	}{
		{"one a line", good(`1`) + good(`2`), "1 2", 0, ""},
		{"concatenated", strings.ReplaceAll(good(`1`)+good(`2`), "\n", ""), "1 2", 0, ""},
		{"array", "[" + good(`1`) + "," + good(`2`) + "]", "1 2", 0, ""},
		{"array on one line", strings.ReplaceAll("["+good(`1`)+","+good(`2`)+"]", "\n", ""), "1 2", 0, ""},
		{"pretty-printed", "{\n  " + at + ",\n  \"x\": 1\n}\n{\n  " + at + ",\n  \"x\": 2\n}\n", "1 2", 0, ""},
		{"pretty-printed array", "[\n  {\n    " + at + ",\n    \"x\": 1\n  },\n  {\n    " + at + ",\n    \"x\": 2\n  }\n]\n", "1 2", 0, ""},
		{"record separators", "\x1e" + good(`1`) + "\x1e" + good(`2`), "1 2", 0, ""},
		{"byte order mark", "\xef\xbb\xbf" + good(`1`), "1", 0, ""},
		{"CRLF", strings.ReplaceAll(good(`1`)+good(`2`), "\n", "\r\n"), "1 2", 0, ""},
		{"no last line end", strings.TrimSpace(good(`1`) + good(`2`)), "1 2", 0, ""},
		{"blank lines", "\n\n" + good(`1`) + "\n\n" + good(`2`), "1 2", 0, ""},
		{"the last of two keys counts", `{` + at + `,"x":1,"x":2}`, "2", 0, ""},
		{"Python's NaN and infinities", good(`NaN`) + good(`Infinity`) + good(`-Infinity`) + good(`3`), "- - - 3", 0, ""},
		{"null", good(`null`) + good(`3`), "- 3", 0, ""},
		{"a field that begins midway", `{` + at + `}` + "\n" + good(`3`), "- 3", 0, ""},
		{"escapes", good(`"a\"b\\c\/d\u00e9\ud83d\ude00\n"`), "a\"b\\c/dé😀\n", 0, ""},
		{"half a surrogate pair", good(`"a\ud83db"`), "a\uFFFDb", 0, ""},
		{"bytes that are not UTF-8", good("\"é\xff\""), "é\xff", 0, ""},
		{"booleans are text", good(`true`) + good(`false`), "true false", 0, ""},
		{"small lists are text", good(`[1, 2]`), "[1, 2]", 0, ""},
		{"a 64-bit number keeps its digits", good(`"a"`) + `{` + at + `,"x":14642743634293743168}`, "a 14642743634293743168", 0, ""},
		{"cut off", good(`1`) + `{` + at + `,"x":` + "\n" + good(`3`), "1 3", 1, "2: the line ends inside the record"},
		{"cut off in a text", good(`1`) + `{` + at + `,"x":"ab` + "\n" + good(`3`), "1 3", 1, "2: a line break inside a text"},
		{"cut off in a list", good(`1`) + `{` + at + `,"x":[1,` + "\n" + good(`3`), "1 3", 1, "2: the line ends inside the record"},
		{"cut off in pretty print", "{\n" + at + ",\n\"x\": 1\n}\n{\n" + at + ",\n\"x\": [\n{\n" + at + ",\n\"x\": 3\n}\n", "1 3", 1, "5: "},
		{"not JSON", good(`1`) + "Traceback (most recent call last):\n" + good(`3`), "1 3", 1, "2: a record must begin with {"},
		{"two on a line, one bad", good(`1`) + `{"a":tru}` + good(`3`), "1 3", 1, "2: expected true"},
		{"a key without quotes", good(`1`) + "{a:1}\n" + good(`3`), "1 3", 1, "2: expected a key in quotes"},
		{"a list of numbers", good(`1`) + "[1,2,3]\n" + good(`3`), "1 3", 1, "2: a record must begin with {"},
		{"too deep", good(`1`) + `{` + at + `,"x":` + strings.Repeat(`{"x":`, 100_000) + "\n" + good(`3`), "1 3", 1, "2: nested deeper than 64 levels"},
		{"too deep a list", good(`1`) + `{` + at + `,"x":` + strings.Repeat(`[`, 100_000) + "\n" + good(`3`), "1 3", 1, "2: nested deeper than 64 levels"},
		{"the end is missing", good(`1`) + `{` + at + `,"x":2`, "1", 1, "2: the file ends inside this record"},
		{"no time", good(`1`) + `{"prediction":"ok","x":2}` + "\n", "1", 1, "2: no time"},
		{"a clock at zero", good(`1`) + `{"time":"1970-01-01T00:00:00.000Z","prediction":"ok","x":2}` + "\n", "1", 1, "2: the time \"1970-01-01T00:00:00.000Z\" is before 2000"},
		{"a time in other words", good(`1`) + `{"time":"yesterday","prediction":"ok","x":2}` + "\n", "1", 1, "2: the time \"yesterday\" does not read as"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, got := loadText(t, "log.jsonl", test.text)
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

// A record of 100 MB is passed in bounded memory, and the next one is read.
func TestJSONHugeLine(t *testing.T) {
	good := `{"time":"2026-03-07T06:28:00Z","prediction":"ok","x":1}` + "\n"
	huge := `{"time":"2026-03-07T06:28:00Z","prediction":"` + strings.Repeat("a", 40<<20) + "\"}\n"
	_, got := loadText(t, "log.jsonl", good+huge+good)
	if got.column("x") != "1 1" || len(got.rejects) != 1 || len(got.rejects[0].Raw) != maxRaw {
		t.Fatalf("x is %q, rejects %q", got.column("x"), got.reasons())
	}
}

// A value beyond 64 KiB is cut at a character's end.
func TestJSONLongValue(t *testing.T) {
	text := `{"time":"2026-03-07T06:28:00Z","prediction":"ok","x":"` + strings.Repeat("é", 70_000) + `"}`
	_, got := loadText(t, "log.jsonl", text)
	if x := got.rows[0]["x"]; len(x) != maxText || strings.Trim(x, "é") != "" {
		t.Fatalf("%d bytes kept, ending in %q", len(x), x[len(x)-4:])
	}
}

// 100,000 keys are a map and no record: some are kept, none breaks anything.
func TestJSONManyKeys(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"time":"2026-03-07T06:28:00Z","prediction":"ok"`)
	for i := range 100_000 {
		fmt.Fprintf(&b, `,"k%d":%d`, i, i)
	}
	b.WriteString("}\n")
	_, got := loadText(t, "log.jsonl", b.String())
	if len(got.rows) != 1 || len(got.fields) > maxFields || len(got.warnings) == 0 {
		t.Fatalf("%d rows, %d columns, warnings %q", len(got.rows), len(got.fields), got.warnings)
	}
}

// Whatever encoding/json writes, compact or indented, comes back with the same
// values.
func TestJSONReadsWhatJSONWrites(t *testing.T) {
	type row struct {
		Time       string         `json:"time"`
		Prediction string         `json:"prediction"`
		Text       string         `json:"text"`
		Number     float64        `json:"number"`
		Tags       map[string]int `json:"tags"`
	}
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) row {
			return row{
				Time:       "2026-03-07T06:28:00Z",
				Prediction: rapid.StringMatching(`[a-z]{1,5}`).Draw(rt, "prediction"),
				Text:       rapid.String().Draw(rt, "text"),
				Number:     rapid.Float64().Draw(rt, "number"),
				Tags:       rapid.MapOfN(rapid.SampledFrom([]string{"a", "b", "c"}), rapid.IntRange(0, 9), 0, 3).Draw(rt, "tags"),
			}
		}), 1, 30).Draw(rt, "rows")
		indent := rapid.Bool().Draw(rt, "indent")
		var text strings.Builder
		for _, r := range rows {
			out, err := json.Marshal(r)
			if indent {
				out, err = json.MarshalIndent(r, "", "  ")
			}
			if err != nil {
				rt.Fatal(err)
			}
			text.Write(append(out, '\n'))
		}
		_, got := loadText(t, "log.jsonl", text.String())
		if len(got.rows) != len(rows) || len(got.rejects) != 0 {
			rt.Fatalf("%d rows of %d, rejects %q", len(got.rows), len(rows), got.reasons())
		}
		for i, r := range rows {
			want := map[string]string{"time": r.Time, "prediction": r.Prediction}
			if !isNull([]byte(strings.TrimSpace(r.Text))) {
				want["text"] = r.Text
			}
			have := maps.Clone(got.rows[i])
			if n, ok := have["number"]; !ok || n != slowNumber(r.Number) {
				rt.Fatalf("row %d: number %q, want %v", i, n, r.Number)
			}
			delete(have, "number")
			for k, v := range r.Tags {
				want[k] = fmt.Sprint(v)
			}
			if !maps.Equal(have, want) {
				rt.Fatalf("row %d is %q, want %q", i, have, want)
			}
		}
	})
}

// FuzzJSONL checks on any bytes that reading ends and does not go back, that
// offsets and rejects stay in bounds, and that nothing is left after the end.
func FuzzJSONL(f *testing.F) {
	const at = `{"time":"2026-03-07T06:28:00Z","prediction":"ok","x":`
	for _, seed := range []string{at + `1}` + "\n", "[" + at + `{"y":[1,"a\u00e9"]}}]`, at + "\n" + at + "NaN}\n", "{\n" + at[1:] + "1\n}\n",
		at + `1}{` + "\n" + at + `2}`, "\xef\xbb\xbf" + at + `-Infinity}` + "}}}garbage\n" + at + `3}`, `{"a":"b","a":{"c":[[]]}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) { checkReading(t, "log.jsonl", text) })
}

func slowNumber(v float64) string {
	text, _ := json.Marshal(v)
	var back float64
	json.Unmarshal(text, &back)
	return formatted(back)
}

// JSON lines behind a first line that is none: a banner, or what was left of a
// line when the log was truncated.
func TestJSONBehindABrokenLine(t *testing.T) {
	row := `{"time":"2026-03-07T06:28:00Z","id":"1","prediction":"ok","line":"L1"}` + "\n"
	for _, test := range []struct {
		name, text string
		rows       int // -1: not JSON
	}{
		{"rest of a line", `00Z","id":"0","prediction":"ok"}` + "\n" + row + row, 2},
		{"banner", "# written by station 4, version 2\n" + row, 1},
		{"and the last is being written", `","line":"L0"}` + "\n" + row + row[:30], 1},
		{"only that", `","line":"L0"}` + "\n" + row[:30], -1},
		{"a table with JSON in it", "time,prediction\n2026-03-07T06:28:00Z,ok\n", -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.log")
			if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			sources, _, err := Find([]string{path})
			if err != nil {
				t.Fatal(err)
			}
			r, err := sources[0].Recognise(t.Context(), Options{})
			if test.rows < 0 {
				if err == nil && r.Format == "jsonl" {
					t.Error("it is taken for JSON lines")
				}
				return
			}
			if err != nil || r.Format != "jsonl" {
				t.Fatalf("%s, %v", r.Format, err)
			}
			if _, got := loadSource(t, sources[0], Options{}); len(got.rows) != test.rows {
				t.Errorf("%d rows, want %d", len(got.rows), test.rows)
			}
		})
	}
}
