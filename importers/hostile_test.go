package importers

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/klauspost/compress/zstd"

	"andon/analysis"
)

// readAnything reads bytes under a name in full, whatever they are: it must
// not panic, every column has its batch's length, and what a good reading left
// gives no rows again.
func readAnything(t *testing.T, name string, text []byte) {
	readMapped(t, name, text, Options{})
}

// readMapped is readAnything by what a person said.
func readMapped(t *testing.T, name string, text []byte, o Options) {
	sources, _, err := FindFS(fstest.MapFS{name: {Data: text}}, ".")
	if err != nil {
		return
	}
	r, err := sources[0].Recognise(t.Context(), o)
	if err != nil {
		return
	}
	all := loaded{fields: map[string]analysis.Field{}}
	for b, err := range sources[0].Read(t.Context(), r, 0, nil) {
		if err != nil {
			return // damaged, and said so
		}
		all.add(t, b)
	}
	for b, err := range sources[0].Read(t.Context(), r, all.offset, nil) {
		if err != nil {
			t.Fatalf("%s read to its end cannot be read from there: %v", r.Format, err)
		}
		if b.Rows > 0 && all.batches > 0 {
			t.Fatalf("%s gives %d rows again from its end at %d", r.Format, b.Rows, all.offset)
		}
	}
}

// sampleFiles are the samples' files by their path below the samples.
func sampleFiles(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(samples, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(samples, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Every sample, cut off and flipped here and there.
func TestDamagedSamples(t *testing.T) {
	for name, text := range sampleFiles(t) {
		step := max(1, len(text)/23)
		for at := 0; at < len(text); at += step {
			readAnything(t, name, text[:at])
			flipped := bytes.Clone(text)
			flipped[at] ^= 0x15
			readAnything(t, name, flipped)
		}
	}
}

// variants are forms of a sample that a fuzzer changes with effect: short, cut
// off, with its last part twice, with empty records between its lines, and with
// one of its marks turned into another everywhere.
func variants(text []byte) [][]byte {
	short := text[:min(len(text), 2<<10)]
	half := short[:len(short)/2]
	list := [][]byte{short, half, slices.Concat(short, short), slices.Concat(short, half),
		bytes.ReplaceAll(short, []byte("\n"), []byte("\n\n{}\n[]\n,\n")), bytes.ReplaceAll(short, []byte("\n"), []byte("\r"))}
	for _, swap := range [][2]string{{"{", "["}, {"[", "{"}, {`":"`, `":`}, {`":`, `":[`}, {"0", ""}, {"1", "-9223372036854775808"}, {"2", "1e308"},
		{",", ",,"}, {`"`, `""`}, {":", ""}, {"T", "\t"}} {
		list = append(list, bytes.ReplaceAll(short, []byte(swap[0]), []byte(swap[1])))
	}
	return list
}

// FuzzFormats reads any bytes as any format; the seeds are the samples and
// their variants.
func FuzzFormats(f *testing.F) {
	for name, text := range sampleFiles(f) {
		f.Add(name, text)
		for _, variant := range variants(text) {
			f.Add(name, variant)
		}
	}
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		readAnything(t, name, text)
	})
}

// Records that are made to cost memory are refused, and the good one behind
// them is read.
func TestRecordsThatCost(t *testing.T) {
	kserve := `{"specversion":"1.0","type":"org.kubeflow.serving.inference.response","id":"c-%d","time":"2026-03-07T06:28:05Z","data":%s}` + "\n"
	good := fmt.Sprintf(kserve, 1, `{"predictions":["ok"]}`)
	deep := strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)
	wide := "[" + strings.Repeat("0,", 3<<20) + "0]"
	for _, test := range []struct{ name, file, text, reason string }{
		{"100,000 levels deep", "a.jsonl", good + fmt.Sprintf(kserve, 2, deep) + good, "nested deeper than 64 levels"},
		{"three million values", "a.jsonl", good + fmt.Sprintf(kserve, 2, wide) + good, "more than 1048576 values"},
		{"a line of 20 MB", "a.prom", "# TYPE up gauge\nup{line=\"L1\"} 1 1772864880000\nup{a=\"" + strings.Repeat("x", 20<<20) + "\"} 1\nup{line=\"L1\"} 2 1772864881000\n", errTooLong.Error()},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, got := loadSheet(t, test.file, test.text)
			if len(got.rows) != 2 || len(got.rejects) != 1 || !strings.Contains(got.reasons(), test.reason) || got.err != nil {
				t.Errorf("%d rows, rejects %.200q, error %v", len(got.rows), got.reasons(), got.err)
			}
		})
	}
}

// A frame of a kilobyte that unpacks to gigabytes ends at the bound.
func TestOTLPFrameBomb(t *testing.T) {
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	frame := z.EncodeAll(make([]byte, 256<<20), nil)
	file := append(binary.BigEndian.AppendUint32(nil, uint32(len(frame))), frame...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	readAnything(t, "a.bin", file)
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<30 {
		t.Errorf("%d MB were allocated for %d bytes", grown>>20, len(file))
	}
}

// Bytes that are no UTF-8 and controls are kept as they are: showing them is
// the display's matter.
func TestBytesAreKept(t *testing.T) {
	const odd = "\x1b]0;x\x07\u202e\xff\xc3"
	_, got := loadSheet(t, "a.csv", "time,prediction,line\n2026-03-07T06:28:00Z,ok,\""+odd+"\"\n2026-03-07T06:28:01Z,ok,Größe\n")
	if len(got.rows) != 2 || got.rows[0]["line"] != odd {
		t.Errorf("rows are %q", got.rows)
	}
}
