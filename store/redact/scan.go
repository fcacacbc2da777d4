package redact

import (
	"encoding/base64"
	"errors"
	"io"
	"math"
	"strings"
)

// A Leak is something hidden that was found in finished bytes.
type Leak struct {
	Value  string
	Reason string
	At     int64
}

// chance is how often a scan may find a value that is not there.
const chance = 1e-3

// telling are the hidden values that bytes of the given number would hold by
// chance less than once in a thousand times, so that finding one is a leak:
// the others can only be looked for as words in texts.
//
//	number of values · bytes / alphabet^length < 1/1000
//
// Values of nine bytes and more come in the three forms that base 64 can give
// them, too.
func (r *Redactor) telling(bytes int64) map[string]string {
	told := map[string]string{}
	for folded, h := range r.hidden {
		if expected(folded, bytes, len(r.hidden)) >= chance {
			continue
		}
		told[folded] = h.reason
		if len(h.value) >= 9 {
			for _, form := range base64Forms(h.value) {
				told[fold(form)] = h.reason
			}
		}
	}
	return told
}

func expected(value string, bytes int64, values int) float64 {
	return float64(values) * float64(bytes) / math.Pow(alphabet(value), float64(len(value)))
}

// base64Forms are the middles of a value's base 64, by where in a group of
// three it begins.
func base64Forms(value string) []string {
	var forms []string
	for before := range 3 {
		text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", before) + value))
		first := (before*8 + 5) / 6
		forms = append(forms, text[first:len(text)-1])
	}
	return forms
}

// scanAt is how many bytes are looked at at a time.
const scanAt = 1 << 20

// Scan reads all of in, size bytes, and returns the first hidden value that
// stands in it, in upper or lower case or in base 64, or nil, and how many
// values it looked for. Cost: some nanoseconds a byte.
func (r *Redactor) Scan(in io.Reader, size int64) (*Leak, int, error) {
	told := r.telling(size)
	n := newNeedles()
	values := 0
	for value := range told {
		n.add(value)
		n.known[value] = true // bytes have no words
		if _, plain := r.hidden[value]; plain {
			values++
		}
	}
	buffer := make([]byte, 0, scanAt+n.most)
	for base := int64(0); ; {
		read, err := io.ReadFull(in, buffer[len(buffer):min(cap(buffer), len(buffer)+scanAt)])
		fresh := buffer[len(buffer) : len(buffer)+read]
		foldBytes(fresh)
		buffer = buffer[:len(buffer)+read]
		text := string(buffer)
		for i := range len(text) {
			if length := n.at(text, i); length > 2 {
				return &Leak{text[i : i+length], told[text[i:i+length]], base + int64(i)}, values, nil
			}
		}
		if err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				err = nil
			}
			return nil, values, err
		}
		keep := min(len(buffer), max(0, n.most-1))
		base += int64(len(buffer) - keep)
		copy(buffer, buffer[len(buffer)-keep:])
		buffer = buffer[:keep]
	}
}
