// Package redact takes names and secrets out of what is given away, and looks
// whether any of them is left.
//
//	names of people ─────┐            ┌─▶ Text   every occurrence replaced
//	secrets, by pattern ─┴▶ Redactor ─┤
//	                                  └─▶ Scan   the finished bytes, whatever
//	                                             they are, hold none
//
// The same value becomes the same pseudonym everywhere in one copy, so that
// what belongs together stays together; another copy has another key.
package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"
)

// Redactor knows what must not be found in one copy. It is not safe for use by
// several goroutines.
type Redactor struct {
	key      []byte
	needles  *needles
	hidden   map[string]hidden // by folded value
	Scrubbed map[string]int    // different secrets by the kind of their pattern
}

// hidden is what must not be found, as it was spelled, and the column or
// pattern it came from.
type hidden struct{ value, reason string }

// New returns a Redactor with a key, which is to be random, used for one copy
// and forgotten: who has it can try out names.
func New(key []byte) *Redactor {
	return &Redactor{key: slices.Clone(key), needles: newNeedles(), hidden: map[string]hidden{}, Scrubbed: map[string]int{}}
}

// Pseudonym is "p-" and 12 letters or digits: the first 60 bits of the value's
// HMAC-SHA-256, in base 32. "" stays "".
func (r *Redactor) Pseudonym(value string) string {
	if value == "" {
		return ""
	}
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(value))
	return "p-" + strings.ToLower(base32.StdEncoding.EncodeToString(mac.Sum(nil)[:8])[:12])
}

// nobody are values that name no one: they are given pseudonyms in their own
// column, but a text that holds such a word gives nothing away.
var nobody = []string{"", "-", "?", "n/a", "na", "nan", "nil", "no", "none", "null", "ok", "other", "others", "true", "false", "unknown", "yes", "auto", "system"}

// Hide adds a value of a column to what must not be found.
func (r *Redactor) Hide(column, value string) {
	if !slices.Contains(nobody, fold(value)) {
		r.hide(column, value)
	}
}

func (r *Redactor) hide(reason, value string) {
	folded := fold(strings.TrimSpace(value))
	if _, known := r.hidden[folded]; known || folded == "" {
		return
	}
	r.hidden[folded] = hidden{strings.TrimSpace(value), reason}
	r.needles.add(folded)
}

// Hidden counts the values of each reason, a column's name or the kind of a
// pattern.
func (r *Redactor) Hidden() map[string]int {
	counts := map[string]int{}
	for _, h := range r.hidden {
		counts[h.reason]++
	}
	return counts
}

// Learn finds the secrets in a text, so that they are taken out of every other
// text too.
func (r *Redactor) Learn(text string) {
	for _, s := range secretsIn(text) {
		if _, known := r.hidden[fold(s.value)]; !known {
			r.Scrubbed[s.kind]++
			r.hide(s.kind, s.value)
		}
	}
}

// Text is the text with every secret as "[kind]" and every hidden value as its
// pseudonym. Values of five and more letters are found within words too,
// shorter ones and numbers as whole words, single characters not at all. Cost
// is linear in the text.
func (r *Redactor) Text(text string) string {
	var b strings.Builder
	at := 0
	for _, s := range secretsIn(text) {
		b.WriteString(r.names(text[at:s.from]))
		b.WriteString("[" + s.kind + "]")
		at = s.to
	}
	b.WriteString(r.names(text[at:]))
	return b.String()
}

// names replaces the hidden values.
func (r *Redactor) names(text string) string {
	folded := fold(text)
	var b strings.Builder
	kept := 0
	for i := 0; i < len(folded); {
		n := r.needles.at(folded, i)
		if n == 0 {
			i++
			continue
		}
		b.WriteString(text[kept:i])
		b.WriteString(r.replacement(text[i : i+n]))
		i += n
		kept = i
	}
	if kept == 0 {
		return text
	}
	return b.String() + text[kept:]
}

// replacement is a value's pseudonym, or the kind of a secret.
func (r *Redactor) replacement(value string) string {
	reason := r.hidden[fold(value)].reason
	if isKind(reason) {
		return "[" + reason + "]"
	}
	return r.Pseudonym(value)
}

// Holds reports the first hidden value in a text, by the rules of Text, and
// the column or pattern it came from; "" for none.
func (r *Redactor) Holds(text string) (value, reason string) {
	folded := fold(text)
	for i := range len(folded) {
		if n := r.needles.at(folded, i); n > 0 {
			return text[i : i+n], r.hidden[folded[i:i+n]].reason
		}
	}
	return "", ""
}

// fold is a text with ASCII letters in lower case, byte for byte as long.
func fold(text string) string {
	for i := range len(text) {
		if 'A' <= text[i] && text[i] <= 'Z' {
			b := []byte(text)
			foldBytes(b)
			return string(b)
		}
	}
	return text
}

func foldBytes(b []byte) {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
}
