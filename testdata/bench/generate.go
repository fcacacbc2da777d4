// Generate writes the log that the benchmarks load: one inference a line, 22
// columns, seven days, as CSV and as JSONL with the same rows.
//
//	go run testdata/bench/generate.go -rows 1000000 -dir /tmp/bench
//
// At 60 % of the span camera cam-017 goes dim, and release 2.4.0 fails on it.
// The rows depend on nothing but their number, so every run is the same log.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// column is one field of a row: its value as text, "" for null, and whether
// JSON writes it in quotes.
type column struct {
	name   string
	quoted bool
	value  func(p []byte, r *row) []byte
}

// row is what the columns of one inference have in common.
type row struct {
	n      int
	share  float64 // of the span that has passed
	random *rand.Rand
	camera int
	newer  bool // answered by 2.4.0
	dim    bool // the camera is dim
	right  bool
	class  int
	sure   float64
	bright float64
}

var (
	start   = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	span    = 7 * 24 * time.Hour
	classes = []string{"ok", "scratch", "dent", "stain", "crack", "missing", "misaligned", "other"}
)

func (r *row) draw(n, rows int) {
	r.n, r.share = n, float64(n)/float64(rows)
	r.camera = r.random.IntN(40)
	r.newer = r.share > 0.55 && r.random.IntN(2) == 0
	r.dim = r.camera == 17 && r.share > 0.6
	r.class = min(len(classes)-1, int(r.random.ExpFloat64()*1.2))
	wrong := 0.05
	if r.dim && r.newer {
		wrong = 0.7
	}
	r.right = r.random.Float64() > wrong
	r.sure = min(0.999, 0.7+0.3*r.random.Float64())
	r.bright = 128 + 12*r.random.NormFloat64()
	if r.dim {
		r.bright -= 55
	}
}

func (r *row) predicted() string {
	if r.right {
		return classes[r.class]
	}
	return classes[(r.class+1+r.n%3)%len(classes)]
}

// pick is a column whose value is one of n, by a rule of the row.
func pick(name, prefix string, n int, of func(r *row) int) column {
	values := make([]string, n)
	for i := range values {
		values[i] = fmt.Sprintf("%s%02d", prefix, i+1)
	}
	return column{name, true, func(p []byte, r *row) []byte { return append(p, values[of(r)%n]...) }}
}

// number is a column of so many decimals.
func number(name string, decimals int, of func(r *row) float64) column {
	scale := math.Pow10(decimals)
	return column{name, false, func(p []byte, r *row) []byte {
		return strconv.AppendFloat(p, math.Round(of(r)*scale)/scale, 'f', -1, 64)
	}}
}

func columns(rows int) []column {
	step := span / time.Duration(rows)
	return []column{
		{"ts", true, func(p []byte, r *row) []byte {
			return start.Add(time.Duration(r.n)*step).Truncate(time.Millisecond).AppendFormat(p, "2006-01-02T15:04:05.000Z")
		}},
		{"id", true, func(p []byte, r *row) []byte { return fmt.Appendf(p, "inf-%09d", r.n) }},
		pick("plant", "P", 3, func(r *row) int { return r.camera / 14 }),
		pick("line", "L", 8, func(r *row) int { return r.camera / 5 }),
		pick("station", "ST-", 20, func(r *row) int { return r.camera / 2 }),
		pick("camera", "cam-0", 40, func(r *row) int { return r.camera }),
		pick("shift", "S", 3, func(r *row) int { return int(r.share*21) % 3 }),
		pick("sku", "SKU-10", 30, func(r *row) int { return r.random.IntN(30) }),
		pick("operator", "op-", 25, func(r *row) int { return r.random.IntN(25) }),
		{"model_version", true, func(p []byte, r *row) []byte {
			if r.newer {
				return append(p, "2.4.0"...)
			}
			return append(p, "2.3.1"...)
		}},
		{"status", true, func(p []byte, r *row) []byte {
			if r.n%997 == 0 {
				return append(p, "timeout"...)
			}
			return append(p, "ok"...)
		}},
		{"predicted", true, func(p []byte, r *row) []byte { return append(p, r.predicted()...) }},
		{"label", true, func(p []byte, r *row) []byte {
			if r.n%20 < 7 {
				return append(p, classes[r.class]...)
			}
			return p
		}},
		number("confidence", 4, func(r *row) float64 { return r.sure }),
		number("latency_ms", 1, func(r *row) float64 { return 18 + 6*r.random.ExpFloat64() }),
		number("brightness", 2, func(r *row) float64 { return r.bright }),
		number("contrast", 2, func(r *row) float64 { return 40 + 5*r.random.NormFloat64() }),
		number("blur", 3, func(r *row) float64 { return r.random.ExpFloat64() }),
		number("temperature", 1, func(r *row) float64 { return 21 + 4*math.Sin(r.share*44) + r.random.NormFloat64() }),
		number("queue", 0, func(r *row) float64 { return float64(r.random.IntN(50)) }),
		number("exposure", 0, func(r *row) float64 { return 8000 + float64(r.random.IntN(400)) }),
		{"votes", true, func(p []byte, r *row) []byte {
			return append(append(append(p, r.predicted()...), '|'), classes[(r.class+r.n%2)%len(classes)]...)
		}},
	}
}

func main() {
	rows := flag.Int("rows", 1_000_000, "how many rows")
	dir := flag.String("dir", ".", "where to write log.csv and log.jsonl")
	flag.Parse()
	if err := write(*dir, *rows); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(dir string, rows int) error {
	lines, err := os.Create(filepath.Join(dir, "log.jsonl"))
	if err != nil {
		return err
	}
	table, err := os.Create(filepath.Join(dir, "log.csv"))
	if err != nil {
		return err
	}
	jsonl, csv := bufio.NewWriterSize(lines, 1<<20), bufio.NewWriterSize(table, 1<<20)
	all := columns(rows)
	for i, c := range all {
		if i > 0 {
			csv.WriteByte(',')
		}
		csv.WriteString(c.name)
	}
	csv.WriteByte('\n')
	r := &row{random: rand.New(rand.NewPCG(2026, 3))}
	var value, line, record []byte
	for n := range rows {
		r.draw(n, rows)
		line, record = append(line[:0], '{'), record[:0]
		for i, c := range all {
			value = c.value(value[:0], r)
			if i > 0 {
				record = append(record, ',')
			}
			record = append(record, value...)
			line = appendJSON(line, c, value)
		}
		line[len(line)-1] = '}' // the last comma
		jsonl.Write(append(line, '\n'))
		csv.Write(append(record, '\n'))
	}
	return errors.Join(jsonl.Flush(), csv.Flush(), lines.Close(), table.Close())
}

// appendJSON writes one member and a comma.
func appendJSON(line []byte, c column, value []byte) []byte {
	line = append(append(append(line, '"'), c.name...), `":`...)
	switch {
	case len(value) == 0:
		line = append(line, "null"...)
	case c.quoted:
		line = append(append(append(line, '"'), value...), '"')
	default:
		line = append(line, value...)
	}
	return append(line, ',')
}
