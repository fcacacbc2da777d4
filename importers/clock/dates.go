package clock

import "bytes"

// iso reads 2006-01-02T15:04:05.999Z and its kin: / or . between the parts of
// the date, a space or an underscore for the T, seconds, fraction and zone
// optional, or the date alone.
func iso(b []byte) (int64, bool) {
	if ns, ok := fixed(b); ok {
		return ns, true
	}
	return general(b)
}

func general(b []byte) (int64, bool) {
	s := scanner{b: b}
	year := s.number(4, 4)
	separator := s.peek()
	if separator != '-' && separator != '/' && separator != '.' {
		return 0, false
	}
	s.i++
	month := s.number(1, 2)
	s.must(separator)
	day := s.number(1, 2)
	var hour, minute, second, ns, east int
	if s.i < len(b) {
		if !s.one('T') && !s.one('t') && !s.one('_') {
			s.must(' ')
		}
		hour, minute, second, ns = s.clock(':')
		east, _ = s.zone()
	}
	if !s.done() {
		return 0, false
	}
	return instant(year, month, day, hour, minute, second, ns, east)
}

// compact reads 20060102, 20060102_150405 and 20060102150405 with a fraction.
func compact(b []byte) (int64, bool) {
	s := scanner{b: b}
	year, month, day := s.number(4, 4), s.number(2, 2), s.number(2, 2)
	var hour, minute, second, ns, east int
	if s.i < len(b) {
		if !s.one('T') && !s.one('_') {
			s.one('-')
		}
		hour, minute, second = s.number(2, 2), s.number(2, 2), s.number(2, 2)
		ns = s.fraction()
		east, _ = s.zone()
	}
	if !s.done() {
		return 0, false
	}
	return instant(year, month, day, hour, minute, second, ns, east)
}

// numeric reads dates whose year comes last, 31.12.2006 or 12/31/06, with an
// optional time whose parts are separated by : or by points.
func numeric(dayFirst bool) func(b []byte) (int64, bool) {
	return func(b []byte) (int64, bool) {
		s := scanner{b: b}
		first := s.number(1, 2)
		separator := s.peek()
		if separator != '-' && separator != '/' && separator != '.' {
			return 0, false
		}
		s.i++
		second := s.number(1, 2)
		s.must(separator)
		year := s.year()
		day, month := second, first
		if dayFirst {
			day, month = first, second
		}
		return s.rest(year, month, day)
	}
}

// year takes a year of four digits, or of two: 69 to 99 are of the 1900s, as
// in POSIX.
func (s *scanner) year() int {
	from := s.i
	year := s.number(2, 4)
	switch {
	case s.i-from == 3:
		s.fail = true
	case s.i-from == 2 && year >= 69:
		year += 1900
	case s.i-from == 2:
		year += 2000
	}
	return year
}

// rest takes an optional time and zone after a date.
func (s *scanner) rest(year, month, day int) (int64, bool) {
	var hour, minute, second, ns, east int
	if s.i < len(s.b) {
		s.one(',')
		if !s.one('T') && !s.one(':') {
			s.must(' ')
		}
		separator := byte(':')
		if n := bytes.IndexAny(s.b[s.i:], ":."); n >= 0 {
			separator = s.b[s.i+n]
		}
		hour, minute, second, ns = s.clock(separator)
		east, _ = s.zone()
	}
	if !s.done() {
		return 0, false
	}
	return instant(year, month, day, hour, minute, second, ns, east)
}

// months are the first three letters of the English names, lower case, and of
// the German ones where they differ.
var months = map[string]int{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7,
	"aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12, "mai": 5, "okt": 10, "dez": 12}

// named reads dates with a month's name: 02-Jan-06 15:04:05, 2 January 2006,
// Jan 2, 2006 3:04 PM, and the dates of mail and web servers,
// Mon, 02 Jan 2006 15:04:05 +0100 and 02/Jan/2006:15:04:05 +0100.
func named(b []byte) (int64, bool) {
	s := scanner{b: b}
	if len(b) > 4 && b[3] == ',' {
		s.i = 4
		s.one(' ')
	}
	if c := s.peek(); c < '0' || c > '9' {
		month := s.month()
		s.must(' ')
		day := s.number(1, 2)
		s.one(',')
		s.must(' ')
		return s.rest(s.year(), month, day)
	}
	day := s.number(1, 2)
	separator := s.peek()
	if separator != '-' && separator != '/' && separator != '.' {
		separator = ' '
	}
	s.must(separator)
	month := s.month()
	s.must(separator)
	return s.rest(s.year(), month, day)
}

// month takes the name of a month, in full or short.
func (s *scanner) month() int {
	from := s.i
	for c := s.peek() | 0x20; c >= 'a' && c <= 'z'; c = s.peek() | 0x20 {
		s.i++
	}
	if s.i-from < 3 || s.i-from > 9 {
		s.fail = true
		return 0
	}
	month := months[string(bytes.ToLower(s.b[from:from+3]))]
	if month == 0 {
		s.fail = true
	}
	return month
}
