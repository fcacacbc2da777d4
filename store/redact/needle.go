package redact

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// Needles are looked for all at once: the first three bytes of a needle say
// how long it may be, and one look into a set says whether it is one.
//
//	bytes  ... a n n a ...
//	           └─┬─┘   heads["ann"] = lengths 4, 7 ─▶ known["anna"]?
type needles struct {
	known map[string]bool  // folded needle: is found within words too
	heads map[uint32][]int // first three bytes: lengths, the longest first
	short map[string]bool  // of two bytes
	first [1 << 16]bool    // the first two bytes of any
	most  int              // the longest needle
}

func newNeedles() *needles {
	return &needles{known: map[string]bool{}, heads: map[uint32][]int{}, short: map[string]bool{}}
}

// whole is how many letters a needle needs to be found within words.
const whole = 5

// add takes a folded needle; one of a single byte is never found.
func (n *needles) add(needle string) {
	if len(needle) < 2 {
		return
	}
	n.first[pair(needle, 0)] = true
	n.most = max(n.most, len(needle))
	if len(needle) == 2 {
		n.short[needle] = true
		return
	}
	n.known[needle] = within(needle)
	head := triple(needle, 0)
	if !slices.Contains(n.heads[head], len(needle)) {
		n.heads[head] = append(n.heads[head], len(needle))
		slices.SortFunc(n.heads[head], func(a, b int) int { return b - a })
	}
}

// within reports whether a needle is found inside words: it is long and no
// number, hexadecimal or not, such as stand in times and hashes.
func within(needle string) bool {
	return len(needle) >= whole && alphabet(needle) > 16
}

// alphabet is how many different bytes a needle's kind of text is made of.
func alphabet(needle string) float64 {
	digits, hexadecimal := true, true
	for i := range len(needle) {
		digit := '0' <= needle[i] && needle[i] <= '9'
		digits = digits && digit
		hexadecimal = hexadecimal && (digit || ('a' <= needle[i] && needle[i] <= 'f'))
	}
	switch {
	case digits:
		return 10
	case hexadecimal:
		return 16
	}
	return 128 // a letter matches in both cases
}

// at is the length of the longest needle at byte i of a folded text, 0 for
// none.
func (n *needles) at(folded string, i int) int {
	if i+2 > len(folded) || !n.first[pair(folded, i)] {
		return 0
	}
	if i+3 <= len(folded) {
		for _, length := range n.heads[triple(folded, i)] {
			if i+length > len(folded) {
				continue
			}
			if inside, ok := n.known[folded[i:i+length]]; ok && (inside || isWord(folded, i, i+length)) {
				return length
			}
		}
	}
	if n.short[folded[i:i+2]] && isWord(folded, i, i+2) {
		return 2
	}
	return 0
}

func pair(s string, i int) uint16   { return uint16(s[i])<<8 | uint16(s[i+1]) }
func triple(s string, i int) uint32 { return uint32(s[i])<<16 | uint32(s[i+1])<<8 | uint32(s[i+2]) }

// isWord reports whether no letter or digit stands right before or behind.
func isWord(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	behind, _ := utf8.DecodeRuneInString(text[to:])
	return !wordly(before) && !wordly(behind)
}

func wordly(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
