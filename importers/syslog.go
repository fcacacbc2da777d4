package importers

import (
	"bytes"
	"regexp"
	"strconv"
	"time"
)

// Syslog comes in two shapes, each also behind its length (RFC 6587):
//
//	<29>1 2016-02-21T04:32:57+00:00 web1 service 2341 2 [..] message    RFC 5424
//	<13>Dec  2 16:31:03 host app: message                               RFC 3164
//
// and, written to a file, without the number, where its time may have a year:
//
//	Dec  2 16:31:03 host app[712]: message
//	2026-12-02T16:31:03.123456+01:00 host app[712]: message             rsyslog's own
//
// The number in < > is facility times 8 plus severity. RFC 3164 has neither
// year nor zone: the year is the one in which the time lies closest before the
// file's last writing, the zone is taken as UTC. What a line tells is found by
// its words; see changeWords.

var _ = register(format{name: "syslog", certain: true, sniff: func(h head) (dialect, float64, string) {
	lines := firstLines(h, 20)
	good := 0
	for _, line := range lines {
		if syslogPriority.Match(line) || syslogFile.Match(line) {
			good++
		}
	}
	if good == 0 || 2*good < len(lines) {
		return nil, 0, ""
	}
	return lineDialect{parse: func() func([]byte, *row) string { return syslogLine }}, 1, ""
}})

var _ = addEnvelope(envelope{
	layout:  layout{name: "syslog", roles: changeRoles},
	kind:    "event",
	matches: func(v *value) bool { return v.has("syslog.severity", "syslog.message") },
	open:    func(o origin) unpacker { return &syslog{origin: o} },
})

var (
	syslogPriority = regexp.MustCompile(`^(\d{1,6} )?<(\d{1,3})>`)
	syslogFile     = regexp.MustCompile(`^([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) \S+ ([^:\[ ]+\[\d+\]|kernel):`)
	syslogDated    = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT\S+) (\S+) ([^:\[ ]+)(?:\[\d+\])?:? ?(.*)$`)
	syslog5424     = regexp.MustCompile(`^1 (\S+) (\S+) (\S+) \S+ \S+ ((?:\[.*?\])+|-)? ?(.*)$`)
	syslog3164     = regexp.MustCompile(`^([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (\S+) ([^:\[ ]+)(?:\[\d+\])?:? ?(.*)$`)
)

// unsaid is the severity of a line that gives none: informational, as nearly
// every line of a host is, so that only one that tells of a change is kept.
const unsaid = 6

// syslogLine puts a line's parts.
func syslogLine(line []byte, r *row) string {
	priority, rest := unsaid, line
	if head := syslogPriority.FindSubmatchIndex(line); head != nil {
		priority, _ = strconv.Atoi(string(line[head[4]:head[5]]))
		rest = line[head[1]:]
	}
	m := syslog5424.FindSubmatch(rest)
	if m != nil {
		r.put("time", textCell, m[1])
		m = [][]byte{nil, nil, m[2], m[3], m[5]}
	} else if m = syslogDated.FindSubmatch(rest); m != nil {
		r.put("time", textCell, m[1])
	} else if m = syslog3164.FindSubmatch(rest); m != nil {
		r.put("syslog.yearless", textCell, m[1])
	} else {
		return "neither RFC 5424 nor RFC 3164, nor a line of a syslog file"
	}
	r.number("syslog.severity", float64(priority%8))
	r.put("syslog.host", textCell, m[2])
	r.put("syslog.app", textCell, m[3])
	r.put("syslog.message", textCell, bytes.TrimSpace(m[4]))
	return ""
}

const yearlessNote = "the lines carry neither year nor zone; the year is taken from the file's last writing, the zone as UTC"

// syslog makes events of the lines.
type syslog struct {
	origin   origin
	chatter  chatter
	yearless bool
}

func (s *syslog) holds() bool { return false }

func (s *syslog) close(*fan) []string {
	notes := s.chatter.note("syslog")
	if s.yearless {
		notes = append(notes, yearlessNote)
	}
	return notes
}

func (s *syslog) unpack(v *value, out *fan) string {
	severity, _ := v.get("syslog.severity").number()
	r := s.chatter.change(out, v.get("syslog.message").str(), int(severity))
	if r == nil {
		return ""
	}
	if text := v.get("syslog.yearless").str(); text != "" {
		s.yearless = true
		at, ok := withYear(text, s.origin.modified)
		if !ok {
			out.rows = out.rows[:0]
			return rejectf("the time %.20q does not read as Jan _2 15:04:05", text)
		}
		r.time("time", at)
	}
	r.value("time", v.get("time"))
	r.text("scope.host", v.get("syslog.host").str())
	r.text("scope.app", v.get("syslog.app").str())
	return ""
}

// withYear puts a time without a year into the last year that ends it at most
// a day after the file's last writing.
func withYear(text string, written time.Time) (time.Time, bool) {
	at, err := time.Parse(time.Stamp, text)
	if err != nil {
		return at, false
	}
	year := written.UTC().Year()
	if written.IsZero() {
		year = anchor.Year()
	}
	at = at.AddDate(year-at.Year(), 0, 0)
	if !written.IsZero() && at.After(written.Add(24*time.Hour)) {
		at = at.AddDate(-1, 0, 0)
	}
	return at, true
}
