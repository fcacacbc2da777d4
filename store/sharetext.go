package store

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"andon/analysis"
)

// people are the columns of our own tables that name a person.
var people = []string{"author", "owner", "people"}

// eachText hands every text within a value to visit, with the name it stands
// under, and puts in its place what comes back:
//
//	author  "petra"                      author: petra
//	scope   {"line": "L2", "by": "mo"}   line: L2, by: mo
//	people  ["petra", "mo"]              author: petra, author: mo
//
// Instants and JSON's null are left alone, and JSON of which nothing changes keeps its bytes.
func eachText(column, value string, visit func(name, text string) string) string {
	if slices.Contains(people, column) {
		column = Author
	}
	if value == "" || value == "null" || parseTime(value) != analysis.NoTime {
		return value
	}
	if value[0] != '{' && value[0] != '[' {
		return visit(column, value)
	}
	decoder := json.NewDecoder(strings.NewReader(value))
	decoder.UseNumber()
	var tree any
	if decoder.Decode(&tree) != nil || decoder.More() {
		return visit(column, value)
	}
	changed := false
	tree = walk(column, tree, func(name, text string) string {
		if parseTime(text) != analysis.NoTime {
			return text
		}
		after := visit(name, text)
		changed = changed || after != text
		return after
	})
	if !changed {
		return value
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(tree) != nil {
		return visit(column, value)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func walk(name string, tree any, visit func(name, text string) string) any {
	switch t := tree.(type) {
	case string:
		return visit(name, t)
	case []any:
		for i := range t {
			t[i] = walk(name, t[i], visit)
		}
	case map[string]any:
		for key := range t {
			t[key] = walk(key, t[key], visit)
		}
	}
	return tree
}

// text is a text as the copy has it, by the name it stands under.
func (s *sharing) text(name, text string) string {
	if s.hides(name) {
		return s.redactor.Pseudonym(text)
	}
	return s.redactor.Text(text)
}

// where is a filter as the copy has it: conditions on hidden columns ask for
// the pseudonym.
func (s *sharing) where(_, text string) string {
	conditions, err := analysis.ParseWhere(text)
	if err != nil {
		return s.redactor.Text(text)
	}
	for i, c := range conditions {
		conditions[i].Value = s.text(c.Column, c.Value)
	}
	return conditions.String()
}

// value is a value of a wide table's column as the copy has it.
func (s *sharing) value(f analysis.Field) func(string) string {
	return func(value string) string {
		if f.Role == analysis.RoleFrame || f.Role == analysis.RolePath {
			value = s.shortened(value)
		}
		return s.text(f.Name, value)
	}
}

// shortened is the path of a frame without what all of them have in common.
func (s *sharing) shortened(file string) string {
	if !absolute(file) {
		return file
	}
	if rest, ok := strings.CutPrefix(slashed(file), s.stem); ok {
		return rest
	}
	return path.Base(slashed(file))
}
