package importers

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// stops are the bytes at which copying a JSON string's text must stop.
var stops = [256]bool{'"': true, '\\': true, '\n': true}

// text parses the string at i. Without escapes the result is a slice of the
// input; with them it lies in the record's arena. Bytes that are not UTF-8 are
// kept as they are.
func (p *jsonText) text() ([]byte, error) {
	p.i++
	from := p.i
	for p.i < len(p.b) && !stops[p.b[p.i]] {
		p.i++
	}
	if p.i < len(p.b) && p.b[p.i] == '"' {
		p.i++
		return p.b[from : p.i-1 : p.i-1], nil
	}
	if p.i == len(p.b) {
		return nil, errMore // before a text of megabytes is copied for nothing
	}
	start := len(p.rec.arena)
	p.rec.arena = append(p.rec.arena, p.b[from:p.i]...)
	for p.i < len(p.b) {
		switch p.b[p.i] {
		case '"':
			p.i++
			return p.rec.arena[start:len(p.rec.arena):len(p.rec.arena)], nil
		case '\n':
			return nil, p.bad("a line break inside a text,")
		case '\\':
			if err := p.escape(); err != nil {
				return nil, err
			}
		}
		from = p.i
		for p.i < len(p.b) && !stops[p.b[p.i]] {
			p.i++
		}
		p.rec.arena = append(p.rec.arena, p.b[from:p.i]...)
	}
	return nil, errMore
}

// escapes are the one-letter escapes of RFC 8259.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape parses the escape at i into the arena. Half of a surrogate pair
// becomes U+FFFD.
func (p *jsonText) escape() error {
	if p.i+1 >= len(p.b) {
		return errMore
	}
	letter := p.b[p.i+1]
	if letter != 'u' {
		if escapes[letter] == 0 {
			return p.bad("an unknown escape")
		}
		p.rec.arena = append(p.rec.arena, escapes[letter])
		p.i += 2
		return nil
	}
	r, err := p.hex(p.i)
	if err != nil {
		return err
	}
	p.i += 6
	if utf16.IsSurrogate(r) {
		if p.i+1 >= len(p.b) {
			return errMore
		}
		if p.b[p.i] == '\\' && p.b[p.i+1] == 'u' {
			low, err := p.hex(p.i)
			if err != nil {
				return err
			}
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				p.i += 6
				p.rec.arena = utf8.AppendRune(p.rec.arena, pair)
				return nil
			}
		}
		r = utf8.RuneError
	}
	p.rec.arena = utf8.AppendRune(p.rec.arena, r)
	return nil
}

// hex reads the four digits of the \u escape at i.
func (p *jsonText) hex(i int) (rune, error) {
	if i+6 > len(p.b) {
		return 0, errMore
	}
	v, err := strconv.ParseUint(string(p.b[i+2:i+6]), 16, 16)
	if err != nil {
		return 0, p.bad("\\u without four hexadecimal digits")
	}
	return rune(v), nil
}
