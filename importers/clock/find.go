package clock

import "time"

// Find reads a time at the beginning of s, as file names carry it: date and
// clock as digits in that order with single separators anywhere between them
// (20240424_133227, 2026-03-07T06-28-00), or an epoch of 10 or 13 digits. What
// follows must not be a digit.
func Find(s string) (ns int64, ok bool) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n == 10 || n == 13 {
		unit := int64(time.Second)
		if n == 13 {
			unit = int64(time.Millisecond)
		}
		ns, ok := scaled([]byte(s[:n]), unit)
		return ns, ok && Plausible(ns)
	}
	p := scanner{b: []byte(s)}
	parts := [6]int{p.number(4, 4)}
	for i := range parts[1:] {
		if c := p.peek(); c == '-' || c == '_' || c == 'T' || c == ' ' || c == '.' || c == ':' || c == 'h' {
			p.i++
		}
		parts[i+1] = p.number(2, 2)
	}
	fraction := 0
	if c := p.peek(); !p.fail && (c == '.' || c == '_' || c == '-') {
		fraction = p.milliseconds()
	}
	if p.fail || p.peek() >= '0' && p.peek() <= '9' {
		return 0, false
	}
	ns, ok = instant(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], fraction, 0)
	return ns, ok && Plausible(ns)
}

// milliseconds takes a separator and three digits; fewer or more are something
// else, such as a counter, and stay.
func (s *scanner) milliseconds() int {
	i := s.i
	s.i++
	v := s.number(3, 3)
	if s.fail || s.peek() >= '0' && s.peek() <= '9' {
		s.i, s.fail = i, false
		return 0
	}
	return v * int(time.Millisecond)
}
