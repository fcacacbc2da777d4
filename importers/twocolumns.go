package importers

import (
	"bytes"
	"strings"

	"andon/analysis"
	"andon/importers/clock"
)

// Excel and many historians put date and clock into two columns:
//
//	Datum;Uhrzeit;Wert            Datum Uhrzeit
//	10.03.2026;18:00:05;2,6  ──▶  10.03.2026 18:00:05
//
// Together they are one time, read by one layout. They are looked for where a
// column of dates without a clock stands beside one of clocks without a date.

// inTwo is a dialect whose records get the joined time as a field.
type inTwo struct {
	dialect
	date, clock string // paths
}

// path is the joined column's.
func (d inTwo) path() string { return d.date + " " + d.clock }

func (d inTwo) decoder(w *window) decoder {
	return &inTwoDecoder{decoder: d.dialect.decoder(w), in: d, date: -1, clock: -1}
}

type inTwoDecoder struct {
	decoder
	in          inTwo
	date, clock int
	text        []byte
}

func (d *inTwoDecoder) next(rec *record) error {
	if err := d.decoder.next(rec); err != nil {
		return err
	}
	if d.date < 0 {
		d.date, d.clock = rec.slot(d.in.date), rec.slot(d.in.clock)
	}
	date, at := rec.at(d.date), rec.at(d.clock)
	if date.kind == noCell || at.kind == noCell {
		return nil
	}
	d.text = append(append(append(d.text[:0], bytes.TrimSpace(date.text)...), ' '), bytes.TrimSpace(at.text)...)
	rec.put(rec.slot(d.in.path()), textCell, d.text)
	return nil
}

// twoColumns finds a date and a clock among the surveys; ok where joining them
// makes a time that is finer than the date.
func twoColumns(surveys []*survey, d dialect) (inTwo, bool) {
	if _, done := d.(inTwo); done {
		return inTwo{}, false
	}
	for _, s := range surveys {
		if s.isTime() && !s.isNumber() && !all(s.values, isBareDate) {
			return inTwo{}, false // a whole time is there already
		}
	}
	for _, date := range surveys {
		if match(date.words, timeNames) == 0 && match(date.words, dateNames) == 0 || !all(date.values, isBareDate) {
			continue
		}
		for _, at := range surveys {
			if at != date && len(at.values) == len(date.values) && all(at.values, isClock) {
				joined := make([]string, len(at.values))
				for i := range joined {
					joined[i] = strings.TrimSpace(date.values[i]) + " " + strings.TrimSpace(at.values[i])
				}
				if _, ok := clock.Infer(joined); ok {
					return inTwo{d, date.path, at.path}, true
				}
			}
		}
	}
	return inTwo{}, false
}

var dateNames = words("date day datum tag giorno data fecha d")

// isBareDate reports whether a text is a date and no more.
func isBareDate(v string) bool {
	v = strings.TrimSpace(v)
	if len(v) < 6 || len(v) > 11 || strings.ContainsAny(v, ": T") {
		return false
	}
	_, ok := clock.Infer([]string{v})
	return ok && strings.ContainsAny(v, "-/.")
}

// isClock reports whether a text is a time of day: 18:00, 18.00.00, 6:00:05.250.
func isClock(v string) bool {
	v = strings.TrimSpace(v)
	parts := strings.FieldsFunc(v, func(r rune) bool { return r == ':' || r == '.' || r == ',' })
	if len(parts) < 2 || len(parts) > 4 || len(v) < 4 || !strings.ContainsAny(v, ":.") {
		return false
	}
	for i, part := range parts {
		if strings.Trim(part, "0123456789") != "" || len(part) == 0 || i < 3 && len(part) > 2 || i > 0 && i < 3 && len(part) != 2 {
			return false
		}
	}
	return parts[0] < "24" || len(parts[0]) == 1
}

// inTwoLayout says what the joined column is; its parts are texts beside it.
func (d inTwo) layout() *layout {
	return &layout{roles: map[string]analysis.Role{d.path(): analysis.RoleTime, d.date: analysis.RoleText, d.clock: analysis.RoleText}}
}
