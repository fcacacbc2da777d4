package clickhouse

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// An answer is kept as zstd of JSON, one list a column, which is small, quickly
// read, and can be read by any tool:
//
//	[{"ints": [0, 1, 2]}, {"floats": [0.5, 3, "nan"]}, {"texts": ["L1", "L2", ""]}]

// most bounds an unpacked answer: a file from somebody else may hold anything.
const most = 256 << 20

// pack writes the columns.
func (a Answer) pack() ([]byte, error) {
	text, err := json.Marshal(a.Columns)
	if err != nil {
		return nil, fmt.Errorf("keep the answer to %.200q: %w", a.Query, err)
	}
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return w.EncodeAll(text, nil), nil
}

// unpack reads what pack wrote.
func unpack(query string, packed []byte) (Answer, error) {
	fail := func(err error) (Answer, error) {
		return Answer{}, fmt.Errorf("read the kept answer to %.200q: %w; import again with another -o FILE", query, err)
	}
	r, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(most), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return fail(err)
	}
	defer r.Close()
	text, err := r.DecodeAll(packed, nil)
	if err != nil {
		return fail(err)
	}
	a := Answer{Query: query}
	if err := json.Unmarshal(text, &a.Columns); err != nil {
		return fail(err)
	}
	for _, c := range a.Columns {
		if c.len() != a.rows() {
			return fail(errors.New("its columns differ in length"))
		}
	}
	return a, nil
}

// floats are numbers in JSON, those it has no form for in quotes.
type floats []float64

// MarshalJSON writes each number with the digits that read back as the same.
func (f floats) MarshalJSON() ([]byte, error) {
	text := []byte{'['}
	for i, v := range f {
		if i > 0 {
			text = append(text, ',')
		}
		if math.IsNaN(v) || math.IsInf(v, 0) {
			text = strconv.AppendQuote(text, strconv.FormatFloat(v, 'g', -1, 64))
			continue
		}
		text = strconv.AppendFloat(text, v, 'g', -1, 64)
	}
	return append(text, ']'), nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (f *floats) UnmarshalJSON(text []byte) error {
	inner, opens := strings.CutPrefix(strings.TrimSpace(string(text)), "[")
	inner, closes := strings.CutSuffix(inner, "]")
	if !opens || !closes {
		return fmt.Errorf("a list of numbers was expected, not %.20q", text)
	}
	*f = nil
	if strings.TrimSpace(inner) == "" {
		return nil
	}
	for part := range strings.SplitSeq(inner, ",") {
		v, err := strconv.ParseFloat(strings.Trim(part, "\" \n\t"), 64)
		if err != nil {
			return err
		}
		*f = append(*f, v)
	}
	return nil
}
