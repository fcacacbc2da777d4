package clickhouse

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
)

// Every number comes from a query, and every query's answer is kept:
//
//	Log ──query──▶ Fleet ─┬─ held in the incident file ──▶ the same answer again
//	                      └─ not held ──▶ the cluster ──▶ kept with its evidence
//
// So an incident file answers offline whatever was asked once, number for
// number, and says of anything else that nobody asked.

// Memory keeps the answers; the incident file is one.
type Memory interface {
	// Recall is the result of a query asked before; held is false where it was not.
	Recall(ctx context.Context, query string) (result []byte, held bool, err error)
	// Remember keeps a result with what it cost.
	Remember(ctx context.Context, query string, result []byte, read int64, took time.Duration, at time.Time) error
}

// ErrNotAsked is within the error of a question that was never put to the
// cluster, where the cluster may not be asked now.
var ErrNotAsked = errors.New("the fleet was not asked this")

// Fleet answers queries from what is held or, where there is a Server, from the
// cluster. Told, if not nil, hears each query before the cluster does.
type Fleet struct {
	About  About
	Memory Memory
	Server *Server // nil: offline
	Told   func(query string)
}

// ask is the answer to a query, from memory if it is held.
func (f *Fleet) ask(ctx context.Context, query string) (Answer, error) {
	packed, held, err := f.Memory.Recall(ctx, query)
	if err != nil {
		return Answer{}, err
	}
	if held {
		return unpack(query, packed)
	}
	if f.Server == nil {
		return Answer{}, fmt.Errorf("%w: %s", ErrNotAsked, query)
	}
	if f.Told != nil {
		f.Told(query)
	}
	a, err := f.Server.query(ctx, query)
	if err != nil {
		return a, err
	}
	if packed, err = a.pack(); err != nil {
		return a, err
	}
	if err := f.Memory.Remember(ctx, query, packed, a.Read, a.Took, time.Now().UTC()); err != nil {
		return a, err
	}
	return unpack(query, packed) // as it will be read from now on, to the last digit
}

// most bounds an unpacked answer: a file from somebody else may hold anything.
const most = 256 << 20

// pack is the rows as zstd of JSON: small, and any tool can read it.
func (a Answer) pack() ([]byte, error) {
	rows := make([][]cell, len(a.Rows))
	for i, row := range a.Rows {
		for _, v := range row {
			rows[i] = append(rows[i], cell{v})
		}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return nil, fmt.Errorf("keep the answer to %.200q: %w", a.Query, err)
	}
	w, err := zstd.NewWriter(nil)
	if err != nil {
		return nil, err
	}
	return w.EncodeAll(text, nil), nil
}

// unpack reads what pack wrote. A number with a point or an exponent is a
// float64; floats() lists are float64 throughout.
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
	var rows [][]cell
	decoder := json.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&rows); err != nil {
		return fail(err)
	}
	a := Answer{Query: query, Rows: make([][]any, len(rows))}
	for i, row := range rows {
		a.Rows[i] = make([]any, len(row))
		for j, c := range row {
			a.Rows[i][j] = c.value
		}
	}
	return a, nil
}

// cell is one value of an answer. Floats are written so that they read back as
// floats: 3.0 stays one.
type cell struct{ value any }

func (c cell) MarshalJSON() ([]byte, error) {
	switch v := c.value.(type) {
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, errors.New("a number that JSON cannot hold")
		}
		text, err := json.Marshal(v)
		if err == nil && !bytes.ContainsAny(text, ".eE") {
			text = append(text, ".0"...)
		}
		return text, err
	}
	return json.Marshal(c.value)
}

func (c *cell) UnmarshalJSON(text []byte) (err error) {
	switch {
	case len(text) > 0 && text[0] == '"':
		var s string
		err = json.Unmarshal(text, &s)
		c.value = s
	case len(text) > 0 && text[0] == '[' && strings.Contains(string(text), `"`):
		var list []string
		err = json.Unmarshal(text, &list)
		c.value = list
	case len(text) > 0 && text[0] == '[':
		var list []float64
		err = json.Unmarshal(text, &list)
		c.value = list
	case bytes.ContainsAny(text, ".eE"):
		var v float64
		err = json.Unmarshal(text, &v)
		c.value = v
	default:
		var v int64
		err = json.Unmarshal(text, &v)
		c.value = v
	}
	return err
}
