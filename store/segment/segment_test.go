package segment

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"andon/analysis"
)

func number(values ...float64) *analysis.Column {
	return &analysis.Column{Field: analysis.Field{Name: "n", Type: analysis.Number}, Numbers: values}
}

func instant(values ...int64) *analysis.Column {
	return &analysis.Column{Field: analysis.Field{Name: "t", Type: analysis.Time}, Times: values}
}

func text(dict []string, codes ...uint32) *analysis.Column {
	return &analysis.Column{Field: analysis.Field{Name: "s"}, Dict: dict, Codes: codes}
}

// TestCoding checks which coding values get, and that they read back.
func TestCoding(t *testing.T) {
	nan := math.NaN()
	cases := map[string]struct {
		column *analysis.Column
		shared bool
		want   Coding
		width  byte
	}{
		"percent":           {number(0.25, 0.5, nan, 1), false, Scaled, 1},
		"hundredths":        {number(0.25, 17.31, -4), false, Scaled, 2},
		"wide range":        {number(0, 1e9), false, Scaled, 4},
		"beyond 32 bits":    {number(0, 5e9), false, Float, 0},
		"full mantissa":     {number(math.Pi, math.E), false, Float, 0},
		"huge":              {number(1e300, -1e300), false, Float, 0},
		"infinite":          {number(math.Inf(1), 1), false, Float, 0},
		"one value":         {number(7.5, 7.5), false, Scaled, 0},
		"only nulls":        {number(nan, nan), false, Scaled, 0},
		"no rows":           {number(), false, Scaled, 0},
		"seconds":           {instant(1e18, 1e18+1e9, 1e18-5e9), false, Steps, 1},
		"nanoseconds":       {instant(1e18, 1e18+1, analysis.NoTime, 1e18+300), false, Steps, 2},
		"years apart":       {instant(0, 1, 4e18), false, Instants, 0},
		"overflowing step":  {instant(math.MinInt64+1, math.MaxInt64), false, Instants, 0},
		"null times":        {instant(analysis.NoTime, analysis.NoTime), false, Steps, 0},
		"dimension":         {text(nil, 1, 2, 0, 300), true, Shared, 2},
		"free text":         {text([]string{"a", "b"}, 1, 2, 1, 0), false, Words, 1},
		"ids":               {text([]string{"a", "b", "unused", "d"}, 1, 2, 4), false, Each, 0},
		"empty and unicode": {text([]string{"", "\xff\x00", "日本"}, 3, 1, 2, 2), false, Words, 1},
		"no text":           {text(nil, 0, 0), false, Words, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			data, err := Encode(c.column, c.shared)
			if err != nil {
				t.Fatal(err)
			}
			if Coding(data[1]) != c.want || data[3] != c.width {
				t.Errorf("coding %d width %d, want %d and %d", data[1], data[3], c.want, c.width)
			}
			sameAfter(t, c.column, data)
		})
	}
}

// sameAfter fails unless data decodes to the values of c.
func sameAfter(t rapid.TB, c *analysis.Column, data []byte) {
	t.Helper()
	got := analysis.Column{Field: c.Field}
	coding, rows, err := Append(&got, data)
	if err != nil {
		t.Fatal(err)
	}
	if coding == Shared {
		got.Dict = c.Dict
	}
	if rows != c.Len() || got.Len() != c.Len() {
		t.Fatalf("%d rows, want %d", got.Len(), c.Len())
	}
	for i := range c.Len() {
		switch {
		case got.Null(i) != c.Null(i):
			t.Fatalf("row %d: null is %v", i, got.Null(i))
		case c.Type == analysis.Number && !c.Null(i) && got.Numbers[i] != c.Numbers[i]:
			t.Fatalf("row %d: %v, want %v", i, got.Numbers[i], c.Numbers[i])
		case c.Type == analysis.Time && got.Times[i] != c.Times[i]:
			t.Fatalf("row %d: %v, want %v", i, got.Times[i], c.Times[i])
		case c.Type == analysis.Text && c.Dict == nil && got.Codes[i] != c.Codes[i]:
			t.Fatalf("row %d: code %d, want %d", i, got.Codes[i], c.Codes[i])
		case c.Type == analysis.Text && c.Dict != nil && got.String(i) != c.String(i):
			t.Fatalf("row %d: %q, want %q", i, got.String(i), c.String(i))
		}
	}
}

func TestRoundTripProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 400).Draw(t, "rows")
		var c *analysis.Column
		switch rapid.IntRange(0, 3).Draw(t, "type") {
		case 0:
			decimals := math.Pow10(rapid.IntRange(0, 8).Draw(t, "decimals"))
			c = number(rapid.SliceOfN(rapid.Map(rapid.IntRange(-100_000, 100_000), func(i int) float64 {
				if i == 13 {
					return math.NaN()
				}
				return float64(i) / decimals
			}), n, n).Draw(t, "scaled")...)
		case 1:
			c = number(rapid.SliceOfN(rapid.Float64(), n, n).Draw(t, "floats")...)
		case 2:
			c = instant(rapid.SliceOfN(rapid.Int64(), n, n).Draw(t, "times")...)
		default:
			dict := rapid.SliceOfNDistinct(rapid.String(), 1, 40, rapid.ID).Draw(t, "words")
			c = text(dict, rapid.SliceOfN(rapid.Uint32Range(0, uint32(len(dict))), n, n).Draw(t, "codes")...)
		}
		data, err := Encode(c, false)
		if err != nil {
			t.Fatal(err)
		}
		sameAfter(t, c, data)
	})
}

// TestAppendBehind decodes two segments into one column: words move up.
func TestAppendBehind(t *testing.T) {
	got := analysis.Column{}
	for _, c := range []*analysis.Column{text([]string{"a", "b"}, 2, 0, 1), text([]string{"c", "a"}, 1, 2)} {
		data, err := Encode(c, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := Append(&got, data); err != nil {
			t.Fatal(err)
		}
	}
	all := ""
	for i := range got.Len() {
		all += got.String(i) + ","
	}
	if all != "b,,a,c,a," {
		t.Errorf("together %s", all)
	}
}

func TestTooMuchText(t *testing.T) {
	c := text([]string{string(make([]byte, MaxText+1))}, 1)
	data, err := Encode(c, false)
	if err != nil {
		t.Fatal(err)
	}
	if coding, rows, err := Append(c, data); coding != Elsewhere || rows != 1 || err != nil {
		t.Errorf("coding %d, %d rows, %v", coding, rows, err)
	}
}

func TestEncodeRefuses(t *testing.T) {
	if _, err := Encode(number(make([]float64, Rows+1)...), false); err == nil {
		t.Error("too many rows were taken")
	}
	if _, err := Encode(&analysis.Column{Field: analysis.Field{Type: analysis.Blob}}, false); err == nil {
		t.Error("blobs were taken")
	}
}

// TestAppendCorrupt flips every byte of segments in turn: the checksum finds
// each, and dst stays as it was.
func TestAppendCorrupt(t *testing.T) {
	for _, c := range []*analysis.Column{number(1, 2, 3), instant(1, 2), text([]string{"a", "b"}, 1, 2, 2)} {
		data, err := Encode(c, false)
		if err != nil {
			t.Fatal(err)
		}
		for i := range data {
			data[i] ^= 0x10
			got := analysis.Column{Field: c.Field}
			if _, _, err := Append(&got, data); !errors.Is(err, ErrCorrupt) || got.Len() != 0 {
				t.Errorf("byte %d flipped: %v, %d rows", i, err, got.Len())
			}
			data[i] ^= 0x10
		}
	}
}

// FuzzAppend corrupts what the checksum would catch: it is set right again, so
// the decoder itself meets the bytes. Whatever decodes encodes to the same.
func FuzzAppend(f *testing.F) {
	long := make([]float64, 500)
	for i := range long {
		long[i] = float64(i % 9)
	}
	for _, c := range []*analysis.Column{number(1, 2.5, math.NaN()), number(math.Pi), number(long...), instant(1, 2, 1e18),
		instant(0, math.MaxInt64), text([]string{"a", "b"}, 1, 2, 2, 0), text([]string{"x", "y"}, 1, 2)} {
		for _, shared := range []bool{false, true} {
			data, err := Encode(c, shared)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data, byte(c.Type))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, typ byte) {
		if len(data) >= headerSize {
			binary.LittleEndian.PutUint32(data[12:], checksum(data))
		}
		c := analysis.Column{Field: analysis.Field{Type: analysis.Type(typ % 4)}}
		coding, rows, err := Append(&c, data)
		if err != nil {
			if !errors.Is(err, ErrCorrupt) || c.Len() != 0 {
				t.Fatalf("%v, %d rows", err, c.Len())
			}
			return
		}
		if coding == Elsewhere {
			return
		}
		if c.Len() != rows {
			t.Fatalf("%d rows where %d are announced", c.Len(), rows)
		}
		sameCodes(t, &c, data)
		again, err := Encode(&c, coding == Shared)
		if err != nil {
			t.Fatal(err)
		}
		sameAfter(t, &c, again)
	})
}

// sameCodes reads data as codes, where it has any, and finds what was appended.
func sameCodes(t *testing.T, c *analysis.Column, data []byte) {
	codes, ok, err := ReadCodes(data)
	if err != nil {
		t.Fatalf("codes: %v", err)
	}
	if !ok {
		return
	}
	out := make([]uint16, codes.Rows)
	Put(out, codes, 1, 0)
	for i, k := range out {
		same := c.Null(i) == (k == 0)
		if c.Type == analysis.Text {
			same = same && c.Codes[i] == uint32(k)
		} else if k > 0 {
			same = same && c.Numbers[i] == Value(codes.Base+int64(k)-1, codes.Decimals)
		}
		if !same || !codes.Within(uint32(slices.Max(out))) || uint32(k) > codes.Bound() {
			t.Fatalf("row %d is code %d of %d, want %s", i, k, codes.Bound(), c.String(i))
		}
	}
}
