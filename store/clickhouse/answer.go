package clickhouse

import (
	"time"
)

// Answer is what the cluster said to one query: the evidence of a number. Its
// values are int64, float64, string, and lists of float64 or string; queries
// convert to these, so that an answer read back from a file is the same.
type Answer struct {
	Query string
	Rows  [][]any
	Read  int64         // rows that the servers read for it
	Took  time.Duration // until all of it was here
}

func (a Answer) int(row, column int) int          { v, _ := a.Rows[row][column].(int64); return int(v) }
func (a Answer) int64(row, column int) int64      { v, _ := a.Rows[row][column].(int64); return v }
func (a Answer) float(row, column int) float64    { v, _ := a.Rows[row][column].(float64); return v }
func (a Answer) text(row, column int) string      { v, _ := a.Rows[row][column].(string); return v }
func (a Answer) floats(row, column int) []float64 { v, _ := a.Rows[row][column].([]float64); return v }
