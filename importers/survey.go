package importers

import (
	"bytes"
	"math"
	"path"
	"strings"

	"andon/importers/clock"
)

// maxDistinct bounds the values a survey remembers.
const maxDistinct = 2000

// survey is what the sampled values of one field look like.
type survey struct {
	path  string
	words []string // of the path, folded; see fold

	count     int // values that are not null
	soft      int // None and NA, which are null unless they name a class
	bare      int // from CSV
	texts     int // JSON strings
	bools     int
	lists     int
	numeric   int // values that read as numbers, however written
	commas    int // of these, with a decimal comma
	points    int // of these, with a decimal point
	fractions int // of these, not whole
	padded    int // of these, with leading zeros, so that they are names
	min, max  float64
	backward  int // numbers smaller than the one before
	last      float64
	images    int // texts that end like an image file
	values    []string
	distinct  map[string]int
	layout    clock.Layout
	timed     bool // the layout was looked for
}

func newSurvey(path string) *survey {
	return &survey{path: path, words: foldPath(path), distinct: map[string]int{}}
}

// add looks at one value.
func (s *survey) add(c cell) {
	text := bytes.TrimSpace(c.text)
	switch {
	case c.kind == noCell:
		return
	case c.kind == listCell:
		s.lists++
		s.count++
		return
	case c.kind == trueCell || c.kind == falseCell:
		s.bools++
		s.count++
		s.distinct[boolText(c)]++
		return
	case isNull(text):
		if !isNoClass(text) {
			s.soft++
		}
		return
	case c.kind == bareCell:
		s.bare++
	case c.kind == textCell:
		s.texts++
	}
	s.count++
	s.remember(string(text[:min(len(text), 256)]))
	s.number(text)
}

func boolText(c cell) string {
	if c.kind == trueCell {
		return "true"
	}
	return "false"
}

func (s *survey) remember(v string) {
	if len(s.values) < maxDistinct {
		s.values = append(s.values, v)
	}
	if _, ok := s.distinct[v]; ok || len(s.distinct) < maxDistinct {
		s.distinct[v]++
	}
	if isImage(v) {
		s.images++
	}
}

func (s *survey) number(text []byte) {
	v, ok := parseNumber(text, false)
	switch {
	case ok && bytes.IndexByte(text, '.') >= 0:
		s.points++
	case !ok && hasDecimalComma(text):
		if v, ok = parseNumber(text, true); ok {
			s.commas++
		}
	}
	if !ok {
		return
	}
	if digits := bytes.TrimLeft(text, "+-"); len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9' {
		s.padded++
	}
	if v != math.Trunc(v) {
		s.fractions++
	}
	if s.numeric == 0 {
		s.min, s.max = v, v
	} else if v < s.last {
		s.backward++
	}
	s.min, s.max, s.last = min(s.min, v), max(s.max, v), v
	s.numeric++
}

// hasDecimalComma recognises 12,5 and 1.234,5 but not a list 1,2,3.
func hasDecimalComma(b []byte) bool {
	before, after, found := bytes.Cut(b, []byte{','})
	return found && len(before) > 0 && len(after) > 0 && bytes.IndexByte(after, ',') < 0 && bytes.IndexByte(after, '.') < 0
}

// isImage reports whether a path or URL ends like an image file.
func isImage(v string) bool {
	v, _, _ = strings.Cut(v, "?")
	switch strings.ToLower(path.Ext(v)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp":
		return true
	}
	return false
}

// isNumber reports whether the field is a number column: nine of ten values
// are, none is padded with zeros, and the producer wrote them as numbers. JSON
// strings count as numbers only where they could be nothing else: all decimal
// with fractions, and more of them than names of anything.
func (s *survey) isNumber() bool {
	if s.count == 0 || s.padded > 0 || s.bools > 0 || s.lists > 0 {
		return false
	}
	if s.texts > 0 && s.texts == s.count {
		return s.numeric == s.count && s.fractions > 0 && len(s.distinct) > 20
	}
	return 10*s.numeric >= 9*s.count
}

// comma reports whether the field's numbers have decimal commas.
func (s *survey) comma() bool { return s.commas > 0 && s.points == 0 }

// isAmount reports whether numbers are values to subtract rather than names of
// classes: one has a fraction, or there are more than a hundred.
func (s *survey) isAmount() bool {
	return s.isNumber() && (s.fractions > 0 || len(s.distinct) > 100)
}

// isTime reports whether the field's values are times, in one layout.
func (s *survey) isTime() bool {
	if !s.timed {
		s.timed = true
		if s.bools == 0 && s.lists == 0 {
			s.layout, _ = clock.Infer(s.values)
		}
	}
	return !s.layout.Zero()
}

// share is how many of the values are different ones, 0..1.
func (s *survey) share() float64 {
	if s.count == 0 {
		return 0
	}
	return float64(len(s.distinct)) / float64(s.count)
}

// verdicts are the words for right and wrong.
var verdicts = map[string]float64{
	"true": 1, "t": 1, "yes": 1, "y": 1, "1": 1, "1.0": 1, "correct": 1, "right": 1, "hit": 1, "pass": 1, "passed": 1, "ok": 1,
	"false": 0, "f": 0, "no": 0, "n": 0, "0": 0, "0.0": 0, "incorrect": 0, "wrong": 0, "miss": 0, "fail": 0, "failed": 0, "nok": 0, "ng": 0,
}

// isVerdict reports whether every value says right or wrong.
func (s *survey) isVerdict() bool {
	for v := range s.distinct {
		if _, ok := verdicts[strings.ToLower(v)]; !ok {
			return false
		}
	}
	return s.lists == 0
}
