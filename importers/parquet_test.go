package importers

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"andon/analysis/analysistest"
)

// The first and last lines of files that hold what is rare in Parquet, as this
// reader gave them: they hold it to what it did, no other reader was asked.
func TestParquetLines(t *testing.T) {
	for _, test := range []struct {
		file  string
		rows  int
		first string
	}{
		{"alltypes_plain.snappy.parquet", 2, `{"id":6,"bool_col":true,"tinyint_col":0,"smallint_col":0,"int_col":0,"bigint_col":0,"float_col":0,"double_col":0,"date_string_col":"04/01/09","string_col":"0","timestamp_col":"2009-04-01T00:00:00Z"}`},
		{"datapage_v2.snappy.parquet", 5, `{"a":"abc","b":1,"c":2,"d":true,"e":[1,2,3]}`},
		{"float16_nonzeros_and_nans.parquet", 8, `{}`},
		{"int96_from_spark.parquet", 6, `{"a":"2024-01-01T20:34:56.123456Z"}`},
		{"lz4_raw_compressed.parquet", 4, `{"c0":1593604800,"c1":"abc","v11":42}`},
		{"nested_lists.snappy.parquet", 3, `{"a":["a","b","c",null,"d"],"b":1}`},
	} {
		t.Run(test.file, func(t *testing.T) {
			path := analysistest.Shared(t, "formats", "parquet_torture", test.file)
			file, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			r, err := openParquet(file, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			text, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSpace(string(text)), "\n")
			if len(lines) != test.rows || lines[0] != test.first {
				t.Errorf("%d lines, want %d; first\n%s, want\n%s", len(lines), test.rows, lines[0], test.first)
			}
		})
	}
}

// A damaged file is an error that says so, never a panic, wherever it is cut.
func TestParquetDamaged(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join(samples, "parquet.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	for cut := 5; cut < len(whole); cut += 37 {
		checkReading(t, "cut.parquet", whole[:cut])
		flipped := append([]byte(nil), whole...)
		flipped[cut] ^= 0xff
		checkDamaged(t, flipped)
	}
}

// checkDamaged reads a file of which only part may be readable.
func checkDamaged(t *testing.T, text []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.parquet")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	sources, _, err := Find([]string{path})
	if err != nil {
		return
	}
	r, err := sources[0].Recognise(t.Context(), Options{})
	if err != nil {
		return
	}
	for _, err := range sources[0].Read(t.Context(), r, 0, nil) {
		if err != nil {
			return
		}
	}
}
