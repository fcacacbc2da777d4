package store

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxName is the longest column name kept whole. SQLite has no limit of its
// own, but 2,000 columns must fit one statement.
const maxName = 120

// rowidNames would hide the rowid if a column took them.
var rowidNames = []string{"rowid", "oid", "_rowid_"}

// quote writes a name as an SQL identifier.
func quote(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// fold is a name as SQLite compares it: ASCII letters without case.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, name)
}

// columnName is the SQL name for a field: the field's own name wherever SQLite
// can tell it from the others, else with a number behind. It is valid UTF-8
// without NUL, where SQLite would stop reading.
func columnName(name string, taken func(folded string) bool) string {
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), "\x00", "\uFFFD")
	if name == "" {
		name = "unnamed"
	}
	if len(name) > maxName {
		cut := maxName
		for !utf8.RuneStart(name[cut]) {
			cut--
		}
		name = name[:cut]
	}
	unique := name
	for i := 2; taken(fold(unique)); i++ {
		unique = fmt.Sprintf("%s_%d", name, i)
	}
	return unique
}

// insertSQL is a statement that inserts n rows.
func insertSQL(table string, columns []string, n int) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = quote(c)
	}
	row := "(" + strings.Repeat("?,", len(columns)-1) + "?)"
	return "INSERT INTO " + quote(table) + " (" + strings.Join(names, ",") + ") VALUES " +
		strings.Repeat(row+",", n-1) + row
}
