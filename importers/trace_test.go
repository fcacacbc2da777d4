package importers

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// lines are texts of short lines, so that two of them often begin alike.
var textOfLines = rapid.Custom(func(t *rapid.T) string {
	lines := rapid.SliceOfN(rapid.SampledFrom([]string{"a\n", "b\n", "ab\n", "\n"}), 0, 12).Draw(t, "lines")
	return strings.Join(lines, "") + rapid.SampledFrom([]string{"", "a"}).Draw(t, "half")
})

func holdText(t rapid.TB, dir, text string) *Held {
	t.Helper()
	path := filepath.Join(dir, "log")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	sources, _, err := Find([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	held, err := sources[0].Hold()
	if err != nil {
		t.Fatal(err)
	}
	return held
}

// The trace of a text's beginning is held by exactly the texts that begin so.
func TestTraceIsOfATextsBeginning(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		known, text := textOfLines.Draw(t, "known"), textOfLines.Draw(t, "text")
		end := int64(strings.LastIndexByte(known, '\n') + 1)
		known = known[:end]
		a := holdText(t, dir, known)
		defer a.Close()
		trace, err := a.Trace(t.Context(), end)
		if err != nil {
			t.Fatal(err)
		}
		b := holdText(t, dir, text)
		defer b.Close()
		holds, err := b.Holds(t.Context(), trace)
		if want := strings.HasPrefix(text, known); err != nil || holds != want {
			t.Fatalf("holds %v, %v; want %v", holds, err, want)
		}
		extent, err := b.Measure(t.Context())
		if want := (Extent{Lines: int64(strings.LastIndexByte(text, '\n') + 1), Text: int64(len(text)), Plain: true}); err != nil || extent != want {
			t.Fatalf("extent %+v, %v; want %+v", extent, err, want)
		}
		marks, err := b.Marks(t.Context(), extent.Lines)
		if err != nil {
			t.Fatal(err)
		}
		part := text[:extent.Lines]
		alike := end > 0 && part != "" && (strings.HasPrefix(part, known) || strings.HasPrefix(known, part))
		if trace.Agrees(marks) != alike {
			t.Fatalf("agrees %v, want %v", !alike, alike)
		}
	})
}

// Marks are enough for any text, and few for a long one.
func TestMarks(t *testing.T) {
	long := strings.Repeat("x", 100<<10) + "\n"
	for _, c := range []struct {
		name, text string
		marks      int
		last       int64
	}{
		{"nothing", "", 0, 0},
		{"half a line", "abc", 1, 3},
		{"a line too long for a record", strings.Repeat("x", maxRecord) + "y\n", 1, maxRecord},
		{"three lines", "a\nb\nc\n", 3, 6},
		{"one long line", long, 1, int64(len(long))},
		{"a long line after a short one", "a\n" + long, 1, 2},
		{"many lines", strings.Repeat("line\n", 1000), maxMarks, 5 * maxMarks},
	} {
		held := holdText(t, t.TempDir(), c.text)
		marks, err := held.Marks(t.Context(), int64(len(c.text)))
		held.Close()
		if err != nil || len(marks) != c.marks || c.marks > 0 && marks[len(marks)-1].End != c.last {
			t.Errorf("%s: marks %v, %v; want %d up to %d", c.name, marks, err, c.marks, c.last)
		}
	}
}

// What the ledger keeps reads back as it was; anything else is an error or
// a trace, and no panic.
func TestTraceText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trace := Trace{End: rapid.Int64Range(0, 1<<40).Draw(t, "end"), Tail: rapid.Uint64().Draw(t, "tail")}
		place := int64(0)
		for range rapid.IntRange(0, 5).Draw(t, "marks") {
			place += rapid.Int64Range(1, 1<<20).Draw(t, "length")
			trace.Marks = append(trace.Marks, Mark{place, rapid.Uint64().Draw(t, "sum")})
		}
		text := trace.String()
		if got, err := ParseTrace(text); err != nil || !reflect.DeepEqual(got, trace) {
			t.Fatalf("%v, %v; want %v", got, err, trace)
		}
		cut := rapid.IntRange(0, len(text)).Draw(t, "cut")
		if got, err := ParseTrace(text[:cut]); err == nil && len(got.Marks) > len(trace.Marks) {
			t.Fatalf("more marks than were written: %v", got)
		}
	})
	if _, err := ParseTrace("no base64!"); err == nil {
		t.Error("nonsense is read as a trace")
	}
}

// Half an archive is as long as what can be unpacked of it, and is the
// beginning of the whole.
func TestMeasureHalfAnArchive(t *testing.T) {
	text := strings.Repeat("a line of a log that was packed\n", 20_000)
	dir := t.TempDir()
	plain := holdText(t, dir, text)
	trace, err := plain.Trace(t.Context(), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	plain.Close()
	packed := gzipped(text)
	for _, n := range []int{len(packed), len(packed) - 1, len(packed) * 2 / 3, 12} {
		held := holdText(t, dir, string(packed[:n]))
		extent, err := held.Measure(t.Context())
		if err != nil || extent.Final != (n == len(packed)) || extent.Plain || extent.Lines > int64(len(text)) {
			t.Errorf("%d bytes: %+v, %v", n, extent, err)
		}
		marks, err := held.Marks(t.Context(), extent.Lines)
		if err != nil || extent.Lines > 0 && !trace.Agrees(marks) {
			t.Errorf("%d bytes: marks of another text, %v", n, err)
		}
		holds, err := held.Holds(t.Context(), trace)
		if err != nil || holds != (extent.Lines == int64(len(text))) {
			t.Errorf("%d bytes, %d of %d unpacked: holds %v, %v", n, extent.Lines, len(text), holds, err)
		}
		held.Close()
	}
}
