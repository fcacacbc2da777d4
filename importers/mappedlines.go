package importers

import (
	"fmt"
	"regexp"
	"slices"
	"time"
)

// Lines of text that no format knows are read by a regular expression of the
// mapping; its named groups are the fields:
//
//	lines: "station=(?P<station>\\S+) verdict=(?P<prediction>\\w+) p=(?P<confidence>[\\d.]+)"
//
//	Mar  7 06:28:00 web1 vision[7]: station=S4 verdict=nok p=0.93
//	└─ time ──────┘ host app        station    prediction confidence
//
// In front of it syslog's own parts are fields too, where the expression does
// not name them itself: time, host and app, with or without the priority. Lines
// that do not match are passed over and counted.

// newPattern reads the expression; "" is none.
func newPattern(text string) (*regexp.Regexp, error) {
	if text == "" {
		return nil, nil
	}
	pattern, err := regexp.Compile(text)
	if err != nil {
		return nil, fmt.Errorf("lines: %w", err)
	}
	if !slices.ContainsFunc(pattern.SubexpNames(), func(name string) bool { return name != "" }) {
		return nil, fmt.Errorf("lines: %q names no field; write one as (?P<prediction>\\w+)", text)
	}
	return pattern, nil
}

// patternLines is the dialect of such lines. written is when the file was,
// for times without a year.
type patternLines struct {
	pattern *regexp.Regexp
	written time.Time
}

func (d patternLines) warnings() []string { return nil }

func (d patternLines) decoder(w *window) decoder {
	p := &patternDecoder{dialect: d}
	p.lineDecoder = &lineDecoder{w: w, parse: p.line}
	return p
}

type patternDecoder struct {
	*lineDecoder
	dialect  patternLines
	passed   int
	yearless bool
}

func (p *patternDecoder) notes() []string {
	var notes []string
	if p.passed > 0 {
		notes = append(notes, fmt.Sprintf("%d lines do not match the mapping's expression; they were passed over", p.passed))
	}
	if p.yearless {
		notes = append(notes, yearlessNote)
	}
	return notes
}

// line puts what one line says.
func (p *patternDecoder) line(line []byte, r *row) string {
	groups := p.dialect.pattern.FindSubmatch(line)
	if groups == nil {
		p.passed++
		return ""
	}
	names := p.dialect.pattern.SubexpNames()
	for i, name := range names {
		if name != "" && len(groups[i]) > 0 {
			r.put(name, bareCell, p.dated(groups[i]))
		}
	}
	return p.header(line, r, names)
}

// dated gives a group that is a time of syslog, without a year, its year.
func (p *patternDecoder) dated(text []byte) []byte {
	if len(text) != len(time.Stamp) {
		return text
	}
	at, ok := withYear(string(text), p.dialect.written)
	if !ok {
		return text
	}
	p.yearless = true
	return at.AppendFormat(nil, time.RFC3339)
}

// header puts what syslog writes before the message.
func (p *patternDecoder) header(line []byte, r *row, named []string) string {
	rest := line
	if at := syslogPriority.FindIndex(line); at != nil {
		rest = line[at[1]:]
	}
	put := func(name string, text []byte) {
		if !slices.Contains(named, name) {
			r.put(name, bareCell, text)
		}
	}
	m := syslog5424.FindSubmatch(rest)
	if m == nil && syslogFile.Match(rest) {
		m = syslogDated.FindSubmatch(rest)
	}
	if m != nil {
		put("time", m[1])
		put("host", m[2])
		put("app", m[3])
	} else if m := syslog3164.FindSubmatch(rest); m != nil {
		at, ok := withYear(string(m[1]), p.dialect.written)
		if !ok {
			return rejectf("the time %.20q does not read as Jan _2 15:04:05", m[1])
		}
		p.yearless = p.yearless || !slices.Contains(named, "time")
		put("time", at.AppendFormat(nil, time.RFC3339))
		put("host", m[2])
		put("app", m[3])
	}
	return ""
}
