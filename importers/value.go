package importers

import (
	"fmt"
	"strconv"
)

// value is one JSON value as a tree, for records whose rows lie deeper than
// one object: a request of many inputs, a message within a message.
//
//	{"id":7,"out":[{"c":"ok"}]}     keys  id   out
//	                                kids  7    [ {c: ok} ]
//
// Text of numbers is kept digit by digit; raw is a list's source text. Slices
// are valid as long as the bytes that were parsed.
type value struct {
	kind cellKind // noCell for null; objectCell and listCell have kids
	text []byte   // of a text or number
	raw  []byte   // of a list or object, as it stood
	keys []string // of an object
	kids []value
}

// objectCell marks a value that is an object; no record holds one.
const objectCell = listCell + 1

// maxValues bounds the nodes of one record, whose tree takes some hundred
// bytes each.
const maxValues = 1 << 20

// get follows keys from object to object; nil where one is missing. It may be
// called on nil.
func (v *value) get(keys ...string) *value {
	for _, key := range keys {
		if v == nil {
			return nil
		}
		next := (*value)(nil)
		for i := range v.keys {
			if v.keys[i] == key {
				next = &v.kids[i] // the last of a doubled key counts
			}
		}
		v = next
	}
	return v
}

// has reports whether the object has every key, even with null.
func (v *value) has(keys ...string) bool {
	for _, key := range keys {
		if v.get(key) == nil {
			return false
		}
	}
	return v != nil
}

// is reports whether the value is of the kind.
func (v *value) is(kind cellKind) bool { return v != nil && v.kind == kind }

// str is a scalar as text, "" for anything else.
func (v *value) str() string {
	switch {
	case v == nil:
		return ""
	case v.kind == trueCell || v.kind == falseCell:
		return boolText(cell{kind: v.kind})
	case v.kind == textCell || v.kind == numCell || v.kind == bareCell:
		return string(v.text)
	}
	return ""
}

// number is a number or a text that reads as one.
func (v *value) number() (float64, bool) {
	if v == nil || v.kind != numCell && v.kind != textCell && v.kind != bareCell {
		return 0, false
	}
	return parseNumber(v.text, false)
}

// list is the kids of a list; nil for anything else.
func (v *value) list() []value {
	if v.is(listCell) {
		return v.kids
	}
	return nil
}

// parseValue reads one JSON value that fills b but for white space.
func parseValue(b []byte) (*value, error) {
	p := &treeText{jsonText: jsonText{b: b, rec: &record{}}}
	if err := p.space(); err != nil {
		return nil, err
	}
	v := &value{}
	if err := p.tree(v, 1); err != nil {
		return nil, err
	}
	if p.space() == nil {
		return nil, p.bad("more text after the value")
	}
	return v, nil
}

// treeText parses values into trees, by the rules of jsonText.
type treeText struct {
	jsonText
	count int
}

// tree parses the value at i.
func (p *treeText) tree(v *value, depth int) error {
	if p.count++; p.count > maxValues {
		return p.bad("more than " + strconv.Itoa(maxValues) + " values in one record,")
	}
	if depth > maxDepth {
		return p.bad("nested deeper than 64 levels")
	}
	if p.i >= len(p.b) {
		return errMore
	}
	switch c := p.b[p.i]; {
	case c == '"':
		text, err := p.text()
		v.kind, v.text = textCell, text
		return err
	case c == '{':
		return p.members(v, depth)
	case c == '[':
		return p.items(v, depth)
	case c == '-' || c >= '0' && c <= '9':
		return p.amount(v)
	}
	for _, w := range words4 {
		if p.b[p.i] == w.text[0] {
			v.kind = w.kind
			return p.literal(w.text)
		}
	}
	return p.bad("expected a value")
}

// words4 are JSON's literals, and Python's numbers that are none.
var words4 = []struct {
	text string
	kind cellKind
}{{"true", trueCell}, {"false", falseCell}, {"null", noCell}, {"NaN", noCell}, {"Infinity", noCell}}

func (p *treeText) literal(word string) error {
	have := p.b[p.i:min(len(p.b), p.i+len(word))]
	if string(have) != word[:len(have)] {
		return p.bad("expected " + word)
	}
	if len(have) < len(word) {
		return errMore
	}
	p.i += len(word)
	return nil
}

func (p *treeText) amount(v *value) error {
	from := p.i
	if p.b[p.i] == '-' {
		p.i++
		if p.i < len(p.b) && p.b[p.i] == 'I' {
			return p.literal("Infinity")
		}
	}
	for p.i < len(p.b) && (p.b[p.i] >= '0' && p.b[p.i] <= '9' || p.b[p.i] == '.' || p.b[p.i] == '-' || p.b[p.i] == '+' || p.b[p.i]|0x20 == 'e') {
		p.i++
	}
	if p.i == from+1 && p.b[from] == '-' {
		if p.i == len(p.b) {
			return errMore
		}
		return p.bad("expected digits")
	}
	v.kind, v.text = numCell, p.b[from:p.i]
	return nil
}

// members parses { ... }.
func (p *treeText) members(v *value, depth int) error {
	from := p.i
	v.kind = objectCell
	for first := true; ; first = false {
		end, err := p.item('}', first)
		if err != nil {
			return err
		}
		if end {
			v.raw = p.b[from:p.i]
			return nil
		}
		if p.b[p.i] != '"' {
			return p.bad("expected a key in quotes")
		}
		key, err := p.text()
		if err != nil {
			return err
		}
		if err := p.colon(); err != nil {
			return err
		}
		v.keys, v.kids = append(v.keys, string(key)), append(v.kids, value{})
		if err := p.tree(&v.kids[len(v.kids)-1], depth+1); err != nil {
			return err
		}
	}
}

// items parses [ ... ].
func (p *treeText) items(v *value, depth int) error {
	from := p.i
	v.kind = listCell
	for first := true; ; first = false {
		end, err := p.item(']', first)
		if err != nil {
			return err
		}
		if end {
			v.raw = p.b[from:p.i]
			return nil
		}
		v.kids = append(v.kids, value{})
		if err := p.tree(&v.kids[len(v.kids)-1], depth+1); err != nil {
			return err
		}
	}
}

// item goes to the next item of a list or object, or past its end.
func (p *treeText) item(closing byte, first bool) (end bool, err error) {
	if first {
		p.i++
	}
	if err := p.space(); err != nil {
		return false, err
	}
	switch c := p.b[p.i]; {
	case c == closing:
		p.i++
		return true, nil
	case first:
		return false, nil
	case c != ',':
		return false, p.bad(fmt.Sprintf("expected , or %c", closing))
	}
	p.i++
	return false, p.space()
}
