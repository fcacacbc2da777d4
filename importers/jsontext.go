package importers

import (
	"errors"
	"fmt"
)

// maxDepth bounds the nesting of a record.
const maxDepth = 64

// errMore says that the bytes end inside the record.
var errMore = errors.New("the record is not finished")

// jsonText parses one object of b into rec, with the path of nested keys
// joined by dots. It is written by hand because the keys of a log repeat: the
// next key is first compared with the one that came there last time, which
// makes it several times faster than any library measured, and because it must
// keep the digits of numbers, read Python's NaN and Infinity, bound depth, and
// say where it stopped.
type jsonText struct {
	b     []byte
	i     int
	rec   *record
	lines bool // a line break ends the record
}

func (p *jsonText) bad(why string) error {
	return fmt.Errorf("%s at byte %d of the record", why, p.i)
}

// space passes white space; it fails at the end of the bytes.
func (p *jsonText) space() error {
	if p.i < len(p.b) && p.b[p.i] > ' ' {
		return nil // no space at all, as most programs write JSON
	}
	return p.spaces()
}

func (p *jsonText) spaces() error {
	for ; p.i < len(p.b); p.i++ {
		switch p.b[p.i] {
		case ' ', '\t', '\r':
		case '\n':
			if p.lines {
				return p.bad("the line ends inside the record,")
			}
		default:
			return nil
		}
	}
	return errMore
}

// object parses { ... } at i.
func (p *jsonText) object(n *node, depth int) error {
	if depth > maxDepth {
		return p.bad("nested deeper than 64 levels")
	}
	p.i++
	if err := p.space(); err != nil {
		return err
	}
	if p.b[p.i] == '}' {
		p.i++
		return nil
	}
	for hint := 0; ; {
		c, err := p.key(n, hint)
		if err != nil {
			return err
		}
		hint = c.index + 1
		if err := p.colon(); err != nil {
			return err
		}
		if err := p.value(c, depth); err != nil {
			return err
		}
		if err := p.space(); err != nil {
			return err
		}
		switch p.b[p.i] {
		case '}':
			p.i++
			return nil
		case ',':
			p.i++
		default:
			return p.bad("expected , or }")
		}
		if err := p.space(); err != nil {
			return err
		}
	}
}

// key parses a key; hint is the child that followed the last one before.
func (p *jsonText) key(n *node, hint int) (*node, error) {
	if hint < len(n.kids) {
		c := n.kids[hint]
		if end := p.i + 1 + len(c.key); end < len(p.b) && p.b[p.i] == '"' && p.b[end] == '"' &&
			string(p.b[p.i+1:end]) == c.key {
			p.i = end + 1
			return c, nil
		}
	}
	if p.b[p.i] != '"' {
		return nil, p.bad("expected a key in quotes")
	}
	key, err := p.text()
	if err != nil {
		return nil, err
	}
	if c, ok := n.named[string(key)]; ok {
		return c, nil
	}
	return n.child(string(key), &p.rec.fields), nil
}

func (p *jsonText) colon() error {
	if err := p.space(); err != nil {
		return err
	}
	if p.b[p.i] != ':' {
		return p.bad("expected : after the key")
	}
	p.i++
	return p.space()
}

// value parses the value of a key into the record.
func (p *jsonText) value(n *node, depth int) error {
	switch c := p.b[p.i]; c {
	case '"':
		text, err := p.text()
		if err == nil {
			p.rec.put(n.number(&p.rec.fields), textCell, text)
		}
		return err
	case '{':
		return p.object(n, depth+1)
	case '[':
		from := p.i
		if err := p.list(depth); err != nil {
			return err
		}
		p.rec.put(n.number(&p.rec.fields), listCell, p.b[from:p.i])
		return nil
	case 't':
		return p.word(n, "true", trueCell)
	case 'f':
		return p.word(n, "false", falseCell)
	case 'n':
		return p.word(n, "null", noCell)
	case 'N':
		return p.word(n, "NaN", noCell)
	case 'I':
		return p.word(n, "Infinity", noCell)
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return p.digits(n)
	}
	return p.bad("expected a value")
}

// word parses a literal. A null leaves no cell, but the field is known of.
func (p *jsonText) word(n *node, word string, kind cellKind) error {
	have := p.b[p.i:min(len(p.b), p.i+len(word))]
	if string(have) != word[:len(have)] {
		return p.bad("expected " + word)
	}
	if len(have) < len(word) {
		return errMore
	}
	p.i += len(word)
	if slot := n.number(&p.rec.fields); kind != noCell {
		p.rec.put(slot, kind, nil)
	}
	return nil
}

// digits parses a number and keeps its text: ids beyond 2^53 must not lose
// their last digits.
func (p *jsonText) digits(n *node) error {
	from := p.i
	if p.b[p.i] == '-' {
		p.i++
		if p.i < len(p.b) && p.b[p.i] == 'I' {
			return p.word(n, "Infinity", noCell)
		}
	}
	for ; p.i < len(p.b); p.i++ {
		switch c := p.b[p.i]; {
		case c >= '0' && c <= '9', c == '.', c == '-', c == '+', c == 'e', c == 'E':
		case p.i == from+1 && p.b[from] == '-':
			return p.bad("expected digits")
		default:
			p.rec.put(n.number(&p.rec.fields), numCell, p.b[from:p.i])
			return nil
		}
	}
	return errMore
}

// list passes [ ... ] at i, with what is inside unread.
func (p *jsonText) list(depth int) error {
	for open := 0; p.i < len(p.b); p.i++ {
		switch p.b[p.i] {
		case '[', '{':
			if open++; depth+open > maxDepth {
				return p.bad("nested deeper than 64 levels")
			}
		case ']', '}':
			if open--; open == 0 {
				p.i++
				return nil
			}
		case '"':
			if _, err := p.text(); err != nil {
				return err
			}
			p.i--
		case '\n':
			if p.lines {
				return p.bad("the line ends inside the record,")
			}
		}
	}
	return errMore
}
