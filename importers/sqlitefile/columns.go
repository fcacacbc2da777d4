package sqlitefile

import "strings"

// columns are the names in the text of a CREATE TABLE: the first word of each
// part between commas that is no constraint.
func columns(create string) []string {
	open := strings.IndexByte(create, '(')
	if open < 0 {
		return nil
	}
	var names []string
	for _, part := range parts(create[open+1:]) {
		name, rest := word(strings.TrimSpace(part))
		switch strings.ToUpper(name) {
		case "CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN":
			if rest != "" && rest[0] != '"' {
				continue
			}
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// parts cuts a text at the commas that stand in no bracket and no quotes, up to
// the bracket that closes it.
func parts(text string) []string {
	var all []string
	depth, start := 0, 0
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c == '[':
			quote = ']'
		case c == '(':
			depth++
		case c == ')' && depth == 0:
			return append(all, text[start:i])
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			all = append(all, text[start:i])
			start = i + 1
		}
	}
	return append(all, text[start:])
}

// word is the first word of a text, without its quotes, and what follows.
func word(text string) (name, rest string) {
	if text == "" {
		return "", ""
	}
	if end := strings.IndexByte("\"`[", text[0]); end >= 0 {
		closing := "\"`]"[end : end+1]
		name, rest, _ = strings.Cut(text[1:], closing)
		return name, `"` + rest
	}
	end := strings.IndexAny(text, " \t\r\n(")
	if end < 0 {
		return text, ""
	}
	return text[:end], strings.TrimSpace(text[end:])
}
