package importers

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"andon/analysis"
	"andon/importers/clock"
)

// maxText bounds a text value; maxList bounds a list that is kept as text. A
// longer list is an embedding or a mask, which no column of text can use.
const (
	maxText = 64 << 10
	maxList = 256
)

// target says which column a field becomes and how its values get there.
type target struct {
	analysis.Field
	layout clock.Layout   // of a Time
	zone   *time.Location // of times without one; nil for UTC
	factor float64        // of a Number
	comma  bool           // decimal commas
	noZero bool           // 0 stands for "not known"
	put    putter
}

// outcome is what became of a value.
type outcome uint8

const (
	kept   outcome = iota
	null           // it stands for no value
	misfit         // it is not of the column's type
	left           // a list too long to keep
)

// putter appends a value to a column, or nothing unless the outcome is kept.
type putter func(t *target, b *analysis.Builder, c cell) outcome

// putText appends any value as text.
func putText(_ *target, b *analysis.Builder, c cell) outcome {
	switch c.kind {
	case trueCell, falseCell:
		b.Text(boolText(c))
		return kept
	case listCell:
		if len(c.text) > maxList {
			return left
		}
	case bareCell:
		c.text = trimmed(c.text)
	}
	if isNull(trimmed(c.text)) {
		return null
	}
	b.TextBytes(cut(c.text))
	return kept
}

// cut bounds a text at a character's end.
func cut(p []byte) []byte {
	if len(p) <= maxText {
		return p
	}
	end := maxText
	for end > maxText-utf8.UTFMax && !utf8.RuneStart(p[end]) {
		end--
	}
	return p[:end]
}

// putClass appends the name of a class in its canonical spelling.
func putClass(t *target, b *analysis.Builder, c cell) outcome {
	if c.kind != bareCell && c.kind != textCell && c.kind != numCell {
		return putText(t, b, c)
	}
	text := trimmed(c.text)
	if isNoClass(text) {
		return null
	}
	if first := text[0]; first <= '9' {
		b.Text(analysis.Canonical(string(cut(text))))
		return kept
	}
	b.TextBytes(cut(text))
	return kept
}

// putNumber appends a number times the factor.
func putNumber(t *target, b *analysis.Builder, c cell) outcome {
	switch c.kind {
	case trueCell, falseCell:
		return misfit
	case listCell:
		return left
	}
	v, ok := parseNumber(c.text, t.comma)
	if !ok {
		if isNull(bytes.TrimSpace(c.text)) {
			return null
		}
		return misfit
	}
	if t.noZero && v == 0 {
		return null
	}
	b.Number(v * t.factor)
	return kept
}

// putVerdict appends right as 1 and wrong as 0.
func putVerdict(_ *target, b *analysis.Builder, c cell) outcome {
	switch c.kind {
	case trueCell:
		b.Number(1)
		return kept
	case falseCell:
		b.Number(0)
		return kept
	}
	text := strings.ToLower(string(bytes.TrimSpace(c.text)))
	v, ok := verdicts[text]
	switch {
	case ok:
		b.Number(v)
		return kept
	case isNull([]byte(text)):
		return null
	}
	return misfit
}

// putTime appends a time of a column that may lack one.
func putTime(t *target, b *analysis.Builder, c cell) outcome {
	ns, why := t.time(c)
	switch {
	case why == "":
		b.Time(ns)
		return kept
	case isNull(bytes.TrimSpace(c.text)):
		return null
	}
	return misfit
}

// time reads a cell as a time, or says why it is none. A column that was empty
// when the source was recognised finds its layout with its first value.
func (t *target) time(c cell) (ns int64, why string) {
	if c.kind == noCell || c.kind == bareCell && len(bytes.TrimSpace(c.text)) == 0 {
		return 0, "no time"
	}
	if t.layout.Zero() {
		t.layout, _ = clock.Infer([]string{string(c.text)})
	}
	ns, ok := t.layout.Parse(c.text)
	ns = inZone(ns, t.zone)
	switch {
	case t.layout.Zero():
		return 0, fmt.Sprintf("%.40q is not a time between 2000 and 2100", c.text)
	case !ok:
		return 0, fmt.Sprintf("the time %.40q does not read as %s", c.text, t.layout.Name)
	case !clock.Plausible(ns):
		return 0, fmt.Sprintf("the time %.40q is before 2000 or after 2100", c.text)
	}
	return ns, ""
}

// inZone reads a wall clock that was parsed as UTC in the zone it is of. Of an
// hour that comes twice, in autumn, it is the first; of one that does not
// come, in spring, the next.
func inZone(ns int64, zone *time.Location) int64 {
	if zone == nil {
		return ns
	}
	wall := time.Unix(0, ns).UTC()
	at := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), wall.Nanosecond(), zone)
	if before := at.Add(-time.Hour); before.Hour() == at.Hour() {
		at = before // time.Date leaves open which of the two it gives
	}
	return at.UnixNano()
}

// targetFor is the column for a field of a role, with its name yet to come.
func targetFor(s *survey, role analysis.Role) target {
	t := target{Field: analysis.Field{Path: s.path, Role: role}, factor: 1, put: putText}
	switch role {
	case analysis.RoleTime, analysis.RoleLabelTime, analysis.RoleEnd:
		s.isTime() // finds the layout, also where a layout of records gave the role
		t.Type, t.put, t.layout = analysis.Time, putTime, s.layout
	case analysis.RolePrediction, analysis.RoleLabel, analysis.RoleVote:
		t.put = putClass
		if s.isAmount() {
			t.number(s)
		}
	case analysis.RoleConfidence, analysis.RoleLatency, analysis.RoleValue, analysis.RoleFeature:
		t.number(s)
	case analysis.RoleCorrect:
		t.Type, t.put = analysis.Number, putVerdict
	}
	return t
}

func (t *target) number(s *survey) {
	t.Type, t.put, t.comma = analysis.Number, putNumber, s.comma()
}
