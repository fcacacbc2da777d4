package importers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"andon/analysis"
)

func formatted(v float64) string { return analysis.FormatNumber(v) }

// checkReading reads any bytes in full: columns of one length, rejects in order
// and in bounds, and no more rows from the last offset on.
func checkReading(t *testing.T, name string, text []byte) {
	sources, _, err := FindFS(fstest.MapFS{name: {Data: text}}, ".")
	if err != nil {
		return
	}
	r, err := sources[0].Recognise(context.Background(), Options{})
	if err != nil {
		return
	}
	all := loaded{fields: map[string]analysis.Field{}}
	last, end := int64(-1), int64(len(text))
	if !utf8.Valid(text) {
		end *= 3 // decoded from Windows-1252 or UTF-16, or unpacked
	}
	for b, err := range sources[0].Read(context.Background(), r, 0, nil) {
		if err != nil {
			t.Fatal(err)
		}
		all.add(t, b)
		for _, reject := range b.Rejects {
			if reject.Offset < last || reject.Offset > end || len(reject.Raw) > maxRaw {
				t.Fatalf("reject at %d after %d of %d", reject.Offset, last, end)
			}
			last = reject.Offset
		}
	}
	if all.offset > end {
		t.Fatalf("offset %d beyond %d bytes", all.offset, end)
	}
	if all.batches == 0 {
		return
	}
	for b, err := range sources[0].Read(context.Background(), r, all.offset, nil) {
		if err != nil {
			t.Fatal(err)
		}
		if b.Rows > 0 {
			t.Fatalf("%d more rows after the end at %d", b.Rows, all.offset)
		}
	}
}

// logOf is a log of n lines with different values.
func logOf(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"time":"2026-03-07T%02d:%02d:%02dZ","id":"i%d","prediction":"%s","confidence":0.%03d,"line":"L%d","x":%d}`+"\n",
			i/3600%24, i/60%60, i%60, i, []string{"ok", "nok"}[i%2], i%1000, i%3, i)
	}
	return b.String()
}

// Reading on from any batch's offset gives the rest, neither more nor less,
// packed or plain.
func TestReadResumes(t *testing.T) {
	text := logOf(3*batchRows + 100)
	for name, data := range map[string][]byte{"log.jsonl": []byte(text), "log.jsonl.gz": gzipped(text), "log.jsonl.zst": zstandard(text)} {
		t.Run(name, func(t *testing.T) {
			sources, _, err := FindFS(fstest.MapFS{name: {Data: data}}, ".")
			if err != nil {
				t.Fatal(err)
			}
			r, err := sources[0].Recognise(context.Background(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			_, whole := loadSource(t, sources[0], Options{})
			if len(whole.rows) != 3*batchRows+100 || whole.batches != 4 || whole.offset != int64(len(text)) {
				t.Fatalf("%d rows in %d batches up to %d", len(whole.rows), whole.batches, whole.offset)
			}
			rows := 0
			for b, err := range sources[0].Read(context.Background(), r, 0, nil) {
				if err != nil {
					t.Fatal(err)
				}
				rows += b.Rows
				rest := loaded{fields: map[string]analysis.Field{}}
				for b, err := range sources[0].Read(context.Background(), r, b.Offset, nil) {
					if err != nil {
						t.Fatal(err)
					}
					rest.add(t, b)
				}
				if rows+len(rest.rows) != len(whole.rows) {
					t.Fatalf("%d rows up to %d, %d after it", rows, b.Offset, len(rest.rows))
				}
				if len(rest.rows) > 0 && !maps.Equal(rest.rows[0], whole.rows[rows]) {
					t.Fatalf("the rest begins with %v, want %v", rest.rows[0], whole.rows[rows])
				}
			}
		})
	}
}

func gzipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(text))
	w.Close()
	return b.Bytes()
}

func zstandard(text string) []byte {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	return w.EncodeAll([]byte(text), nil)
}

// Progress counts every raw byte once, also when reading on.
func TestReadProgress(t *testing.T) {
	text := logOf(2 * batchRows)
	for name, data := range map[string][]byte{"log.jsonl": []byte(text), "log.jsonl.gz": gzipped(text)} {
		sources, _, err := FindFS(fstest.MapFS{name: {Data: data}}, ".")
		if err != nil {
			t.Fatal(err)
		}
		r, err := sources[0].Recognise(context.Background(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, from := range []int64{0, int64(len(text)) / 2} {
			var progress atomic.Int64
			for _, err := range sources[0].Read(context.Background(), r, from, &progress) {
				if err != nil {
					t.Fatal(err)
				}
			}
			if progress.Load() != int64(len(data)) {
				t.Errorf("%s from %d: progress %d of %d", name, from, progress.Load(), len(data))
			}
		}
	}
}

// A packed file that lies or ends early ends with an error that says so; the
// rows before it stand.
func TestReadDamagedArchives(t *testing.T) {
	text := logOf(40_000)
	bomb := logOf(100) + strings.Repeat(" ", 64<<20)
	flipped := gzipped(text)
	flipped[len(flipped)-6] ^= 0xff // within the checksum
	for _, test := range []struct {
		name string
		data []byte
		want error
		rows int
	}{
		{"cut.jsonl.gz", gzipped(text)[:len(gzipped(text))/2], ErrTruncated, 8192},
		{"cut.jsonl.zst", zstandard(text)[:len(zstandard(text))/2], ErrTruncated, 8192},
		{"checksum.jsonl.gz", flipped, ErrTruncated, 40_000},
		{"bomb.jsonl.gz", gzipped(bomb), ErrBomb, 100},
		{"bomb.jsonl.zst", zstandard(bomb), ErrBomb, 100},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, got := loadText(t, test.name, string(test.data))
			if !errors.Is(got.err, test.want) {
				t.Errorf("error %v, want %v", got.err, test.want)
			}
			if len(got.rows) < test.rows {
				t.Errorf("%d rows kept, want %d or more", len(got.rows), test.rows)
			}
		})
	}
}

// A hole before a log, of a writer that went on behind what was truncated, is no
// part of it, however long, also where it is read on from its middle.
func TestReadBehindAHole(t *testing.T) {
	for _, hole := range []int{4, 500, 300_000} {
		text := strings.Repeat("\x00", hole) + logOf(3*batchRows)
		sources, _, err := FindFS(fstest.MapFS{"log.jsonl": {Data: []byte(text)}}, ".")
		if err != nil {
			t.Fatal(err)
		}
		r, whole := loadSource(t, sources[0], Options{})
		if len(whole.rows) != 3*batchRows || len(whole.rejects) > 0 || whole.err != nil {
			t.Fatalf("hole of %d: %d rows, rejects %.200q, error %v", hole, len(whole.rows), whole.reasons(), whole.err)
		}
		rest := loaded{fields: map[string]analysis.Field{}}
		first := int64(0)
		for b, err := range sources[0].Read(t.Context(), r, 0, nil) {
			if err != nil {
				t.Fatal(err)
			}
			first = b.Offset
			break
		}
		for b, err := range sources[0].Read(t.Context(), r, first, nil) {
			if err != nil {
				t.Fatal(err)
			}
			rest.add(t, b)
		}
		if len(rest.rows) != 2*batchRows {
			t.Errorf("hole of %d: %d rows from %d on", hole, len(rest.rows), first)
		}
	}
	if _, _, err := FindFS(fstest.MapFS{"log.jsonl": {Data: make([]byte, 100_000)}}, "."); err == nil || !strings.Contains(err.Error(), "the file is empty") {
		t.Errorf("nothing but a hole: %v", err)
	}
}

// Several gzip members in one file, as log rotation makes them, are one text.
func TestReadGzipMembers(t *testing.T) {
	_, got := loadText(t, "log.jsonl.gz", string(gzipped(logOf(5)))+string(gzipped(logOf(7))))
	if len(got.rows) != 12 || got.err != nil {
		t.Fatalf("%d rows, error %v", len(got.rows), got.err)
	}
}

// A cancelled reading ends with the context's error within one batch.
func TestReadCancels(t *testing.T) {
	sources, _, err := FindFS(fstest.MapFS{"log.jsonl": {Data: []byte(logOf(5 * batchRows))}}, ".")
	if err != nil {
		t.Fatal(err)
	}
	r, err := sources[0].Recognise(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	batches := 0
	for _, err := range sources[0].Read(ctx, r, 0, nil) {
		cancel()
		if last = err; err == nil {
			batches++
		}
	}
	if !errors.Is(last, context.Canceled) || batches > 2 {
		t.Fatalf("error %v after %d batches", last, batches)
	}
}

// What does not fit a column is kept beside it and counted, not lost.
func TestReadMisfits(t *testing.T) {
	var b strings.Builder
	b.WriteString("time,prediction,gap\n")
	for i := range 50 {
		fmt.Fprintf(&b, "2026-03-07T06:%02d:00Z,ok,0.%d\n", i, i)
	}
	b.WriteString("2026-03-07T07:00:00Z,ok,Bad Input\n2026-03-07T07:01:00Z,ok,N/A\n")
	_, got := loadText(t, "log.csv", b.String())
	row := got.rows[50]
	if _, ok := row["gap"]; ok || row["gap_text"] != "Bad Input" || len(got.rejects) != 0 {
		t.Errorf("the row is %q, rejects %q", row, got.reasons())
	}
	if _, ok := got.rows[51]["gap_text"]; ok {
		t.Errorf("a null became text: %q", got.rows[51])
	}
	if len(got.warnings) != 1 || !strings.Contains(got.warnings[0], "gap: 1 values are not a number") {
		t.Errorf("warnings are %q", got.warnings)
	}
}
