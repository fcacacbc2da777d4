package analysis

import (
	"bytes"
	"math"
	"sync"
	"sync/atomic"
)

// Where quality is right or wrong or unknown and nothing between, a row has a
// grade, and a sum is three counts:
//
//	correct   1  0  1  null      status  ok  ok  timeout  ok
//	grade     right  wrong  wrong  ungraded
//
// What a file holds of right and wrong is graded at one byte a row; the numbers
// that stand for it are written out when somebody asks for them.
const (
	ungraded = iota
	wrong
	right
	grades
)

// gradesOf is the grade of every row, or nil where quality is an amount or an
// estimate.
func gradesOf(quality []float64) []uint8 {
	graded := make([]uint8, len(quality))
	others := inParts(len(quality), func(from, until int) int {
		for i, q := range quality[from:until] {
			switch {
			case q != q:
			case q == 0:
				graded[from+i] = wrong
			case q == 1:
				graded[from+i] = right
			default:
				return 1
			}
		}
		return 0
	})
	if others > 0 {
		return nil
	}
	return graded
}

// sumOfGrades is the sum of so many rows of each grade.
func sumOfGrades(n []uint32) Sum {
	good := float64(n[right])
	return Sum{Rows: int(n[ungraded] + n[wrong] + n[right]), Known: int(n[wrong] + n[right]), Good: good, GoodSq: good}
}

// worthOf is the quality that each grade stands for.
var worthOf = [grades]float64{ungraded: math.NaN(), wrong: 0, right: 1}

// sumOf is the sum of one row of each grade.
var sumOf = [grades]Sum{ungraded: {Rows: 1}, wrong: {Rows: 1, Known: 1}, right: {Rows: 1, Known: 1, Good: 1, GoodSq: 1}}

// qualities are the quality of every row, from grades at the first question.
type qualities struct {
	once   sync.Once
	values []float64
}

// of are the qualities, which graded rows need not have yet.
func (q *qualities) of(graded []uint8) []float64 {
	q.once.Do(func() {
		if q.values == nil {
			q.values = lookUp(make([]float64, len(graded)), coded{bytes: graded}, worthOf[:])
		}
	})
	return q.values
}

// measureGrades is measure and gradesOf where right and wrong are logged, or were
// worked out by the incident file, for all rows that have a label; ok is false
// elsewhere, and where silence may have to be heeded.
func measureGrades(t *Table) (m Measure, graded []uint8, ok bool) {
	correct, labels, answers := t.role(RoleCorrect), t.role(RoleLabel), t.role(RolePrediction)
	if correct == nil || answers != nil && t.role(RoleStatus) == nil && !answers.full() {
		return m, nil, false
	}
	codes, ok := correct.coded()
	truth, labelled := coded{}, true
	if labels != nil {
		truth, labelled = labels.coded()
	}
	if !ok || !labelled {
		return m, nil, false
	}
	grade := gradesOf(readCodes(correct, codes.size, readCorrect))
	if grade == nil {
		return m, nil, false
	}
	graded = make([]uint8, t.Rows())
	failed := failedRows(t)
	var open, blamed atomic.Int64
	m.Known = inParts(len(graded), func(from, until int) int {
		part := lookUp(graded[from:until], codes.part(from, until), grade)
		if labels != nil && !judges(part, truth.part(from, until)) {
			open.Add(1)
		}
		if failed != nil {
			blamed.Add(int64(blameGrades(part, failed[from:until])))
		}
		return len(part) - bytes.Count(part, []byte{ungraded})
	})
	if n := blamed.Load(); n > 0 {
		m.Warnings = append(m.Warnings, FailedRows(int(n)))
	}
	m.Metric, m.Scale, m.Labelled = Accuracy, Proportion, m.Known
	return m, graded, m.Known > 0 && open.Load() == 0
}

// judges reports whether every row with a label has a grade.
func judges(graded []uint8, labels coded) bool {
	switch {
	case labels.bytes != nil:
		return judgesCodes(graded, labels.bytes)
	case labels.words != nil:
		return judgesCodes(graded, labels.words)
	}
	return judgesCodes(graded, labels.longs)
}

func judgesCodes[C code](graded []uint8, labels []C) bool {
	for i, label := range labels {
		if label != 0 && graded[i] == ungraded {
			return false
		}
	}
	return true
}

// blameGrades makes graded rows that failed wrong and counts them.
func blameGrades(graded []uint8, failed []bool) int {
	n := 0
	for i, failed := range failed {
		if failed && graded[i] != ungraded {
			graded[i] = wrong
			n++
		}
	}
	return n
}
