package clock

import "time"

// scanner reads the pieces of a time from left to right. fail is set once and
// stays; what was read after it means nothing.
type scanner struct {
	b    []byte
	i    int
	fail bool
}

func (s *scanner) peek() byte {
	if s.i < len(s.b) {
		return s.b[s.i]
	}
	return 0
}

// one takes c if it comes next.
func (s *scanner) one(c byte) bool {
	if s.peek() == c && s.i < len(s.b) {
		s.i++
		return true
	}
	return false
}

// must takes c or fails.
func (s *scanner) must(c byte) {
	if !s.one(c) {
		s.fail = true
	}
}

// number takes a number of least to most digits.
func (s *scanner) number(least, most int) int {
	v, n := 0, 0
	for n < most && s.peek() >= '0' && s.peek() <= '9' {
		v = v*10 + int(s.peek()-'0')
		s.i++
		n++
	}
	if n < least {
		s.fail = true
	}
	return v
}

// fraction takes .123456789 or ,123 as nanoseconds; digits beyond nine count
// for nothing.
func (s *scanner) fraction() int {
	if s.peek() != '.' && s.peek() != ',' {
		return 0
	}
	if s.i+1 >= len(s.b) || s.b[s.i+1] < '0' || s.b[s.i+1] > '9' {
		return 0
	}
	s.i++
	ns, unit := 0, 100_000_000
	for s.peek() >= '0' && s.peek() <= '9' {
		ns += int(s.peek()-'0') * unit
		unit /= 10
		s.i++
	}
	return ns
}

// clock takes h:m[:s[.fff]][ AM]. Separator is : or . as the column has it.
func (s *scanner) clock(separator byte) (hour, minute, second, ns int) {
	hour = s.number(1, 2)
	s.must(separator)
	minute = s.number(2, 2)
	if s.one(separator) {
		second = s.number(2, 2)
		ns = s.fraction()
	}
	return s.half(hour), minute, second, ns
}

// half takes AM or PM and turns the hour into one of 24.
func (s *scanner) half(hour int) int {
	i := s.i
	s.one(' ')
	letter := s.peek() | 0x20
	if (letter != 'a' && letter != 'p') || s.i+1 >= len(s.b) || s.b[s.i+1]|0x20 != 'm' {
		s.i = i
		return hour
	}
	s.i += 2
	if hour < 1 || hour > 12 {
		s.fail = true
	}
	hour %= 12
	if letter == 'p' {
		hour += 12
	}
	return hour
}

// zone takes Z, UTC, GMT, ±hh, ±hhmm or ±hh:mm, after an optional space, as
// seconds east of UTC. It reports false, and no failure, where none stands.
func (s *scanner) zone() (east int, ok bool) {
	s.one(' ')
	switch c := s.peek(); c {
	case 'Z', 'z':
		s.i++
		return 0, true
	case 'U', 'G':
		if s.i+3 <= len(s.b) && (string(s.b[s.i:s.i+3]) == "UTC" || string(s.b[s.i:s.i+3]) == "GMT") {
			s.i += 3
			return 0, true
		}
		s.fail = true
		return 0, false
	case '+', '-':
		s.i++
		hour := s.number(2, 2)
		s.one(':')
		minute := 0
		if s.i < len(s.b) {
			minute = s.number(2, 2)
		}
		if hour > 15 || minute > 59 {
			s.fail = true
		}
		east = hour*3600 + minute*60
		if c == '-' {
			east = -east
		}
		return east, true
	}
	return 0, false
}

// done reports whether everything was read and nothing failed.
func (s *scanner) done() bool { return !s.fail && s.i == len(s.b) }

// instant checks ranges, so that the 31st of February is no time, and returns
// nanoseconds since 1970 UTC. A leap second is the second after.
func instant(year, month, day, hour, minute, second, ns, east int) (int64, bool) {
	if year < 1678 || year > 2261 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) ||
		hour > 23 || minute > 59 || second > 60 {
		return 0, false
	}
	return (days(year, month, day)*86400+int64(hour*3600+minute*60+second-east))*int64(time.Second) + int64(ns), true
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// days is the number of days from 1970-01-01 to a date of the Gregorian
// calendar: years are counted from March, so that the leap day comes last.
func days(year, month, day int) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	return int64(365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 1 - 719468)
}
