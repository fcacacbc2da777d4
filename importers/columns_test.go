package importers

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// loadSheet reads a text as a file of the name.
func loadSheet(t *testing.T, name, text string) (Recognition, loaded) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return load(t, path, Options{})
}

// Times that a spreadsheet splits, counts in days, or heads with several rows.
func TestSpreadsheetTimes(t *testing.T) {
	for _, test := range []struct{ name, text, time, columns string }{
		{"date and clock apart", "Datum;Uhrzeit;Wert\n10.03.2026;18:00:05;2,6\n11.03.2026;06:30:00;2,7\n", "2026-03-10T18:00:05Z", "Datum Uhrzeit"},
		{"with points", "Date;Time;CO(GT)\n31/03/2004;18.00.00;2,6\n01/04/2004;19.00.00;2\n", "2004-03-31T18:00:00Z", "Date Time"},
		{"month first", "a,t,d\n1,12:12:12,01-02-2000\n2,14:15:30,02-02-2002\n3,15:16:17,12-13-2004\n", "2000-01-02T12:12:12Z", "d t"},
		{"serial dates", "time,value\n46088.26944444445,1\n46088.27013888889,2\n", "2026-03-07T06:28:00Z", "time"},
		{"serial dates with comma", "Zeit;Wert\n46088,26944444445;1,5\n46088,27013888889;2,5\n", "2026-03-07T06:28:00Z", "Zeit"},
		{"three header rows", "camera,C1,C1,C2\nstat,luma,blur,luma\ntime,,,\n2026-03-07 06:28:00,1,2,3\n2026-03-07 06:29:00,1,2,4\n", "2026-03-07T06:28:00Z", "time"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, got := loadSheet(t, "a.csv", test.text)
			if len(got.rows) == 0 || got.err != nil || len(got.rejects) > 0 {
				t.Fatalf("%d rows, rejects %q, error %v", len(got.rows), got.reasons(), got.err)
			}
			if at := got.rows[0]["time"]; at != test.time {
				t.Errorf("time is %s, want %s; %q", at, test.time, r.Warnings)
			}
			if path := got.fields["time"].Path; path != test.columns {
				t.Errorf("time comes from %q, want %q", path, test.columns)
			}
		})
	}
}

// A header of levels names each column by all of them.
func TestHeadersAreJoined(t *testing.T) {
	r, got := loadSheet(t, "a.csv", "camera,C1,C1,C2\nstat,luma,blur,luma\ntime,,,\n2026-03-07 06:28:00,1,2,3\n2026-03-07 06:29:00,1,2,4\n")
	names := map[string]bool{}
	for _, row := range got.rows {
		names[row["name"]] = true
	}
	for _, want := range []string{"C1/luma", "C1/blur", "C2/luma"} {
		if !names[want] {
			t.Errorf("no series %s among %v", want, names)
		}
	}
	if !strings.Contains(strings.Join(r.Warnings, "\n"), "the header has 3 rows") {
		t.Errorf("warnings are %q", r.Warnings)
	}
}

// A row of names that is data stays data.
func TestOneHeaderRowIsOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("time,prediction,line\nbroken,ok,L1\n2026-03-07 06:28:00,ok,L1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	sources, _, err := Find([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	r, err := sources[0].Recognise(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, got := loadSource(t, sources[0], Options{}); len(got.rows) != 1 || len(got.rejects) != 1 || r.Kind != "inference" {
		t.Errorf("%d rows, rejects %q", len(got.rows), got.reasons())
	}
}
