package playbook

import "strings"

// Where is a key? The decoder keeps no places, so they are found in the text:
//
//	[[step]]       ◀─ header of step 0
//	id = "a"       ◀─ its key
//	[[step]]       ◀─ header of step 1
//
// A text in """ that holds such a line would be taken for one; the line of a
// mistake is then that one.

// lines finds keys in a playbook's text.
type lines struct {
	text    []string
	headers []int // line of each [[step]], from 0
}

func linesOf(text string) lines {
	l := lines{text: strings.Split(text, "\n")}
	for i, line := range l.text {
		head, _, _ := strings.Cut(line, "#")
		if strings.ReplaceAll(strings.TrimSpace(head), " ", "") == "[[step]]" {
			l.headers = append(l.headers, i)
		}
	}
	return l
}

// of is the line of a key of the i-th step, counted from 1; the step's header
// where it has no such key.
func (l lines) of(i int, key string) int {
	if i >= len(l.headers) {
		return 1
	}
	end := len(l.text)
	if i+1 < len(l.headers) {
		end = l.headers[i+1]
	}
	for at := l.headers[i]; at < end; at++ {
		if l.has(at, key) {
			return at + 1
		}
	}
	return l.headers[i] + 1
}

// anywhere is the first line with that key, or 1.
func (l lines) anywhere(key string) int {
	for at := range l.text {
		if l.has(at, key) {
			return at + 1
		}
	}
	return 1
}

func (l lines) has(at int, key string) bool {
	name, _, found := strings.Cut(l.text[at], "=")
	return found && strings.Trim(strings.TrimSpace(name), `"'`) == key
}
