package analysis

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The quality of a row is worked out once, from the best thing known of it:
//
//	correct logged ──────────────────────────▶ 1 or 0
//	prediction and label, both classes ──────▶ same class? 1 : 0   accuracy
//	prediction and label, both numbers ──────▶ |prediction − label|     mae
//	no label anywhere, but confidence ───────▶ confidence    estimated_accuracy
//	             or members that voted ──────▶ share agreeing with the answer
//	anything else ───────────────────────────▶ unknown
//
// A labelled row whose status is a failure is wrong: the plant got no right
// answer, whoever is to blame. So is one without an answer, where no status is
// logged and answers stop coming (see heedSilence).

// MAE, Accuracy and EstimatedAccuracy are the metrics a Measure may name.
const (
	Accuracy          = "accuracy"
	MAE               = "mae"
	EstimatedAccuracy = "estimated_accuracy"
)

// measure works out what quality means in t and the quality of every row.
func measure(t *Table) (Measure, []float64) {
	quality := make([]float64, t.Rows())
	m := Measure{}
	if t.Rows() == 0 {
		return m, quality
	}
	judged := judge(t, quality)
	answers, labels := t.role(RolePrediction), t.role(RoleLabel)
	switch predicted, truth, numeric := amounts(answers, labels); {
	case judged == 0 && numeric:
		m.Metric, m.Scale, m.LowerBetter = MAE, Amount, true
		for i, p := range predicted {
			quality[i] = math.Abs(p - truth[i])
		}
	default:
		if answers != nil && labels != nil && !numeric {
			compare(answers, labels, quality)
		}
		m.Metric = Accuracy
		failures := blame(t, labels, quality)
		if failures > 0 {
			m.Warnings = append(m.Warnings, FailedRows(failures))
		}
		if n := unanswered(answers, labels, quality); n > 0 {
			m.Warnings = append(m.Warnings, UnansweredRows(n))
		}
	}
	m.Known = known(quality)
	m.Labelled = m.Known
	if m.Known == 0 {
		m = estimated(t, quality)
	}
	return m, quality
}

// FailedRows is the warning that n labelled rows are wrong by their status.
func FailedRows(n int) string {
	return fmt.Sprintf("%d labelled rows failed by status and count as wrong", n)
}

// UnansweredRows is the warning that n labelled rows have no prediction.
func UnansweredRows(n int) string {
	return fmt.Sprintf("%d labelled rows have no prediction and are not counted: an object that was missed should be logged as an answer of its own, such as none", n)
}

func known(quality []float64) int {
	return inParts(len(quality), func(from, until int) int { return countKnown(quality[from:until]) })
}

func countKnown(quality []float64) int {
	n := 0
	for _, q := range quality {
		if q == q {
			n++
		}
	}
	return n
}

// judge sets quality to the logged right/wrong, and counts the rows that have one.
func judge(t *Table, quality []float64) int {
	c := t.role(RoleCorrect)
	read := func(int) float64 { return math.NaN() }
	if c != nil && c.Type != Time && c.Type != Blob {
		if codes, ok := c.coded(); ok {
			worth := readCodes(c, codes.size, readCorrect)
			return inParts(len(quality), func(from, until int) int {
				return countKnown(lookUp(quality[from:until], codes.part(from, until), worth))
			})
		}
		read = reader(c, readCorrect)
	}
	for i := range quality {
		quality[i] = read(i)
	}
	return known(quality)
}

// readCorrect is a logged right/wrong as a number: a share from 0 to 1, or one
// of the usual words; NaN for anything else.
func readCorrect(s string) float64 {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "t", "yes", "y", "correct", "right", "hit", "pass", "passed", "ok":
		return 1
	case "false", "f", "no", "n", "incorrect", "wrong", "miss", "fail", "failed", "nok", "ng":
		return 0
	}
	if v, err := strconv.ParseFloat(s, 64); err == nil && v >= 0 && v <= 1 {
		return v
	}
	return math.NaN()
}

// readCodes is what reader reads of each code of a column.
func readCodes(c *Column, size int, read func(string) float64) []float64 {
	values := make([]float64, size)
	values[0] = math.NaN()
	for code := 1; code < size; code++ {
		if c.Type == Text {
			values[code] = read(c.Dict[code-1])
		} else if v := c.Compact.Values[code]; v >= 0 && v <= 1 {
			values[code] = v
		} else {
			values[code] = math.NaN()
		}
	}
	return values
}

// reader asks read once per distinct text and once per number of a column.
func reader(c *Column, read func(string) float64) func(i int) float64 {
	if c.Type == Number {
		return func(i int) float64 {
			if v := c.Numbers[i]; v >= 0 && v <= 1 {
				return v
			}
			return math.NaN()
		}
	}
	values := readCodes(c, len(c.Dict)+1, read)
	return func(i int) float64 { return values[c.Codes[i]] }
}

// compare sets the quality of the rows that have a label, a prediction and no
// quality yet: 1 where both are the same class.
func compare(answers, labels *Column, quality []float64) {
	if labels.judged(quality) {
		return
	}
	ids := map[string]uint32{}
	predicted, truth := classes(answers, ids), classes(labels, ids)
	for i, q := range quality {
		switch {
		case q == q || truth[i] == 0 || predicted[i] == 0:
		case predicted[i] == truth[i]:
			quality[i] = 1
		default:
			quality[i] = 0
		}
	}
}

// judged reports whether the quality of every row that has a value is known,
// which it is where the incident file holds right and wrong.
func (c *Column) judged(quality []float64) bool {
	codes, ok := c.coded()
	if !ok || codes.bytes == nil {
		return false
	}
	return inParts(len(quality), func(from, until int) int {
		for i, k := range codes.bytes[from:until] {
			if q := quality[from+i]; k != 0 && q != q {
				return 1
			}
		}
		return 0
	}) == 0
}

// unanswered counts the rows with a label that nothing was predicted for.
func unanswered(answers, labels *Column, quality []float64) int {
	if answers == nil || labels == nil || answers.full() {
		return 0
	}
	n := 0
	for i, q := range quality {
		if q != q && answers.Null(i) && !labels.Null(i) {
			n++
		}
	}
	return n
}

// classes are the rows' class numbers, 0 for null; ids hands the same number
// to the same canonical text whichever column it stands in.
func classes(c *Column, ids map[string]uint32) []uint32 {
	id := func(text string) uint32 {
		text = Canonical(text)
		k, ok := ids[text]
		if !ok {
			k = uint32(len(ids) + 1)
			ids[text] = k
		}
		return k
	}
	out := make([]uint32, c.Len())
	codes, coded := c.coded()
	switch {
	case c.Type == Text:
		class := make([]uint32, len(c.Dict)+1)
		for i, v := range c.Dict {
			class[i+1] = id(v)
		}
		lookUp(out, codes, class)
	case coded:
		classesOf(out, codes, c.Compact.Values, id)
	case c.Type == Number:
		eachOnce(out, c.Numbers, func(v float64) uint32 { return id(FormatNumber(v)) })
	}
	return out
}

// eachOnce sets out to of each number, worked out once per value; NaN leaves
// its place as it is.
func eachOnce[T any](out []T, numbers []float64, of func(float64) T) {
	known := map[float64]T{}
	for i, v := range numbers {
		if math.IsNaN(v) {
			continue
		}
		t, seen := known[v]
		if !seen {
			t = of(v)
			known[v] = t
		}
		out[i] = t
	}
}

// classesOf are the classes of compact numbers, in the order they come.
func classesOf(out []uint32, codes coded, values []float64, id func(string) uint32) {
	class := make([]uint32, codes.size)
	for i := range out {
		k := codes.at(i)
		if k > 0 && class[k] == 0 {
			class[k] = id(FormatNumber(values[k]))
		}
		out[i] = class[k]
	}
}

// blame makes labelled or judged rows whose status failed wrong and counts
// them.
func blame(t *Table, labels *Column, quality []float64) int {
	failed := failedRows(t)
	return inParts(len(failed), func(from, until int) int {
		n := 0
		for i := from; i < until; i++ {
			if failed[i] && (quality[i] == quality[i] || (labels != nil && !labels.Null(i))) {
				quality[i] = 0
				n++
			}
		}
		return n
	})
}
