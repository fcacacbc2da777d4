package importers

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	schema "github.com/parquet-go/parquet-go/format"
)

// footed is a Parquet file of pages and a footer.
func footed(pages, footer []byte) []byte {
	text := append([]byte("PAR1"), pages...)
	text = append(text, footer...)
	text = binary.LittleEndian.AppendUint32(text, uint32(len(footer)))
	return append(text, "PAR1"...)
}

// columnsFooter is a footer whose schema has elements, given as their fields.
func columnsFooter(elements ...string) []byte {
	footer := []byte{0x15, 2, 0x19, 0xfc}
	footer = binary.AppendUvarint(footer, uint64(len(elements)))
	return append(append(footer, strings.Join(elements, "")...), 0)
}

// What a file claims beyond what it has is refused before anything is made for
// it.
func TestParquetClaims(t *testing.T) {
	parent := "\x48\x01a\x15\x02\x00" // name, one child
	deep := make([]string, 1000)
	for i := range deep {
		deep[i] = parent
	}
	wide := make([]string, maxColumns+1)
	for i := range wide {
		wide[i] = "\x48\x01a\x00"
	}
	for _, test := range []struct {
		name string
		text []byte
		want string
	}{
		{"two billion columns", footed(nil, binary.AppendUvarint([]byte{0x15, 2, 0x19, 0xfc}, 1<<31-1)), "a header ends in its middle"},
		{"a name of two billion bytes", footed(nil, columnsFooter(string(binary.AppendUvarint([]byte{0x48}, 1<<31-1)))), "a header ends in its middle"},
		{"a footer longer than the file", append([]byte("PAR1....\xff\xff\xff\xff"), "PAR1"...), "its footer is said to have 4294967295 bytes"},
		{"a thousand levels", footed(nil, columnsFooter(deep...)), "nest deeper than 64 levels"},
		{"columns without end", footed(nil, columnsFooter(wide...)), "more than 100000 columns"},
		{"lists in lists", footed(nil, append([]byte{0x19}, bytes.Repeat([]byte{0x19}, 1000)...)), "nested deeper than 32 levels"},
	} {
		t.Run(test.name, func(t *testing.T) {
			sources, _, err := FindFS(fstest.MapFS{"a.parquet": {Data: test.text}}, ".")
			if err == nil {
				_, err = sources[0].Recognise(t.Context(), Options{})
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// The pages' own claims: each number of the sample's first page header is made
// to claim too much.
func TestParquetPageClaims(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join(samples, "parquet.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	n, page, err := readPageHeader(bytes.NewReader(whole), 4, int64(len(whole)))
	if err != nil || page.packed <= 0 || page.whole <= 0 || page.values <= 0 {
		t.Fatalf("the first page's header: %d bytes, %+v, %v", n, page, err)
	}
	for _, huge := range []pageSize{{packed: 1 << 30}, {whole: maxPage + 1}, {values: maxPageValues + 1}} {
		// type, unpacked, packed, and a dictionary's count of values
		text := []byte{0x15, 4}
		for _, field := range []int64{page.whole + huge.whole, page.packed + huge.packed} {
			text = binary.AppendVarint(append(text, 0x15), field)
		}
		text = append(binary.AppendVarint(append(text, 0x4c, 0x15), page.values+huge.values), 0, 0)
		column := &schema.ColumnMetaData{TotalCompressedSize: int64(len(text)) + page.packed}
		text = append(text, make([]byte, page.packed)...)
		if err := checkColumn(bytes.NewReader(text), int64(len(text)), column); err == nil || !strings.Contains(err.Error(), "is said to take") {
			t.Errorf("%+v: got %v", huge, err)
		}
	}
}

// FuzzParquet reads any footer behind the sample's pages: whoever writes at
// random into a whole file seldom gets behind its end.
func FuzzParquet(f *testing.F) {
	whole, err := os.ReadFile(filepath.Join(samples, "parquet.parquet"))
	if err != nil {
		f.Fatal(err)
	}
	n := len(whole) - 8 - int(binary.LittleEndian.Uint32(whole[len(whole)-8:]))
	f.Add(whole[4:n], whole[n:len(whole)-8])
	f.Add([]byte(nil), columnsFooter("\x48\x01a\x15\x02\x00", "\x48\x01b\x00"))
	f.Fuzz(func(t *testing.T, pages, footer []byte) {
		readAnything(t, "a.parquet", footed(pages, footer))
	})
}
