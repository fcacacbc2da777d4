package importers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// draftOf is the draft for a file, as a mapping.
func draftOf(t *testing.T, path string) (string, *Mapping) {
	t.Helper()
	sources, _, err := Find([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	text, err := sources[0].Draft(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := ReadMapping(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return text, m
}

// A draft that nobody edited reads the file as no mapping does.
func TestDraftUneditedChangesNothing(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(samples, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, m := draftOf(t, file)
		_, plain := load(t, file, Options{})
		_, drafted := load(t, file, Options{Mapping: m})
		if got, want := fmt.Sprint(drafted.rows, drafted.reasons()), fmt.Sprint(plain.rows, plain.reasons()); got != want {
			t.Errorf("%s with its draft\n%s\nis\n%s, want\n%s", file, text, got, want)
		}
	}
}

// What a person says in a mapping is what happens.
func TestMapping(t *testing.T) {
	const csv = "Datum;Befund;Wert;Halle;intern\n25.10.2026 02:30:00;ok;-200;TEST;1\n25.10.2026 03:30:00;nok;12,5;H1;2\n26.10.2026 03:30:00;ok;7,5;H1;3\n"
	for _, test := range []struct{ name, file, text, mapping, want string }{
		{"zone, null, skip, drop, scale", "a.csv", csv, "kind: inference\ntime: {zone: Europe/Berlin}\nnulls: ['-200']\nskip: ['Halle=TEST']\nfields:\n  Befund: {role: prediction}\n  intern: {role: drop}\n  Wert: {role: feature, scale: 0.1, unit: mm}\n",
			"[map[Halle:H1 Wert:1.25 prediction:nok time:2026-10-25T02:30:00Z] map[Halle:H1 Wert:0.75 prediction:ok time:2026-10-26T02:30:00Z]]"},
		{"an hour that comes twice is the first", "a.csv", csv, "kind: inference\ntime: {zone: Europe/Berlin}\nnulls: ['-200']\nfields: {Befund: {role: prediction}, intern: {role: drop}, Halle: {role: drop}, Wert: {role: drop}}\n",
			"[map[prediction:ok time:2026-10-25T00:30:00Z] map[prediction:nok time:2026-10-25T02:30:00Z] map[prediction:ok time:2026-10-26T02:30:00Z]]"},
		{"rows in a list", "a.json", `{"at":"2026-03-07T06:28:00Z","camera":"C1","found":{"items":[{"class":"ok","p":0.9},{"class":"nok","p":0.7}]}}`, "rows: found.items\nfields: {found.items.class: {role: prediction}, found.items.p: {role: confidence}, at: {role: time}}\n",
			"[map[camera:C1 confidence:0.9 prediction:ok time:2026-03-07T06:28:00Z] map[camera:C1 confidence:0.7 prediction:nok time:2026-03-07T06:28:00Z]]"},
		{"order for time", "a.csv", "prediction,line\nok,L1\nnok,L2\n", "time: {order: true}\n",
			"[map[line:L1 prediction:ok time:2000-01-01T00:00:00Z] map[line:L2 prediction:nok time:2000-01-01T00:00:01Z]]"},
		{"the zone of events", "a.csv", "Zeit;Ende;Art;Titel\n08.03.2026 06:38;08.03.2026 07:00;Wartung;Objektiv gereinigt\n", "time: {zone: Europe/Berlin}\nfields: {Ende: {role: end}}\n",
			"[map[end:2026-03-08T06:00:00Z kind:maintenance time:2026-03-08T05:38:00Z title:Objektiv gereinigt]]"},
		{"digits that are names", "a.csv", "time,prediction,ref\n2026-03-07,ok,17\n2026-03-08,ok,18\n", "fields: {ref: {type: text}}\n",
			"[map[prediction:ok ref:17 time:2026-03-07T00:00:00Z] map[prediction:ok ref:18 time:2026-03-08T00:00:00Z]]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), test.file)
			if err := os.WriteFile(path, []byte(test.text), 0o644); err != nil {
				t.Fatal(err)
			}
			m, err := ReadMapping(strings.NewReader(test.mapping))
			if err != nil {
				t.Fatal(err)
			}
			if _, got := load(t, path, Options{Mapping: m}); fmt.Sprint(got.rows) != test.want {
				t.Errorf("rows are\n%v, want\n%s; rejects %q", got.rows, test.want, got.reasons())
			}
		})
	}
}

// A table without a time drafts a mapping that loads as it stands.
func TestDraftWithoutATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("y_pred,line,\x1b[31mgap\nok,L1,1.5\nnok,L2,2.5\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	text, m := draftOf(t, path)
	if !strings.Contains(text, "order: true") || strings.Contains(text, "\x1b") {
		t.Errorf("the draft is\n%s", text)
	}
	if _, got := load(t, path, Options{Mapping: m}); len(got.rows) != 2 || got.rows[1]["prediction"] != "nok" {
		t.Errorf("rows are %v", got.rows)
	}
}

func TestReadMappingRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"kinds: inference":           "field kinds not found",
		"kind: picture":              `kind: "picture" is none of`,
		"time: {zone: Middle/Earth}": "is not a time zone",
		"fields: {a: {role: judge}}": `has the role "judge"`,
		"fields: {a: {type: date}}":  `has the type "date"`,
		"skip: [line]":               "write a rule as FIELD=VALUE",
		"fields: [1":                 "not a mapping",
	} {
		if _, err := ReadMapping(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %q", text, err, want)
		}
	}
}

// A draft reads what it was drafted from, also where the time is one only by
// its name and range: a sheet's days, or seconds since the beginning.
func TestDraftedTimes(t *testing.T) {
	for text, want := range map[string]string{
		"Zeit;prediction;confidence\n46088,25;glove;0,9\n46088,5;bare;0,8\n":                             "2026-03-07T06:00:00Z",
		"elapsed_s,prediction,confidence\n0.5,glove,0.9\n61.5,bare,0.8\n":                                "2000-01-01T00:00:00.5Z",
		"date,time,prediction\n2026-03-07,06:28:00,glove\n2026-03-07,06:29:00,bare\n":                    "2026-03-07T06:28:00Z",
		"Zeit,prediction\n07.03.2026 06:28:00,glove\n13.03.2026 06:29:00,bare\n":                         "2026-03-07T06:28:00Z",
		"Report of line 3\n\nZeit,id,prediction\n2026-03-07T06:28:00Z,a,ok\n2026-03-07T06:29:00Z,b,ok\n": "2026-03-07T06:28:00Z",
	} {
		path := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, m := draftOf(t, path)
		_, got := load(t, path, Options{Mapping: m})
		if len(got.rows) != 2 || len(got.rejects) > 0 || !strings.HasPrefix(fmt.Sprint(got.rows[0]["time"]), want[:16]) {
			t.Errorf("drafted from %q: %v, rejects %q; want the first at %s", text, got.rows, got.reasons(), want)
		}
	}
}

// FuzzMapped reads any bytes by any mapping; the seeds are the samples by their
// own drafts, bent.
func FuzzMapped(f *testing.F) {
	for name, text := range sampleFiles(f) {
		sources, _, err := FindFS(fstest.MapFS{name: {Data: text}}, ".")
		if err != nil {
			continue
		}
		draft, err := sources[0].Draft(f.Context(), Options{})
		if err != nil {
			continue
		}
		short := text[:min(len(text), 2<<10)]
		f.Add(draft, name, short)
		for _, bent := range [][2]string{{"kind: ", "kind: metric # "}, {"kind: ", "kind: event # "}, {"kind: ", "kind: label # "}, {"role: time", "role: drop"},
			{"role: ", "role: time # "}, {"rows: \"\"", "rows: data"}, {"lines: \"\"", "lines: '(?P<time>.*) (?P<value>.*)'"}, {"zone:", "order: true #"}, {"nulls: []", "nulls: [\"0\", \"ok\"]"}} {
			f.Add(strings.ReplaceAll(draft, bent[0], bent[1]), name, short)
		}
	}
	f.Fuzz(func(t *testing.T, mapping, name string, text []byte) {
		m, err := ReadMapping(strings.NewReader(mapping))
		if err != nil {
			return
		}
		readMapped(t, name, text, Options{Mapping: m})
	})
}

// FuzzMapping checks that no bytes break the reader of mappings.
func FuzzMapping(f *testing.F) {
	for _, seed := range []string{"kind: inference\nfields: {a: {role: time}}", "nulls: [a]\nskip: [a=b]\nrows: a.b", "time: {zone: UTC, order: true}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if m, err := ReadMapping(strings.NewReader(text)); err == nil && m == nil {
			t.Error("neither mapping nor error")
		}
	})
}
