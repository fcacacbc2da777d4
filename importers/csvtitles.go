package importers

import (
	"fmt"
	"strings"
)

// A report's export says what it is before its table begins:
//
//	Shift report line 3;;;;          passed over
//	Exported;2026-03-02;;;           passed over
//
//	Zeit;Teil;Befund;Wert;Linie      the header: every cell is filled

// maxTitles bounds the lines above a header.
const maxTitles = 20

// passTitles makes the lines above the header part of the preamble and gives
// the rows below them. A title says something in its first cell and in less
// than half of the table's; without a header of names below, nothing is one:
// a row of data holds a time or a number.
func (d *csvDialect) passTitles(text []byte, whole bool, rows [][]string) [][]string {
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	n := 0
	for n < min(len(rows), maxTitles) && isTitle(rows[n], width) {
		n++
	}
	if n == 0 || n+1 >= len(rows) || filled(rows[n]) < width || !isHeader(rows[n:]) {
		return rows
	}
	t := newCSVText(d.delimiter, d.cr)
	for passed := 0; passed < n; {
		if !t.parse(text, whole) || t.open {
			return rows
		}
		if !blank(t.values) {
			passed++
		}
		text, d.preamble = text[t.n:], d.preamble+t.n
	}
	d.guessed = append(d.guessed, fmt.Sprintf("the first lines (%d) stand above the header and were passed over", n))
	return rows[n:]
}

func isTitle(row []string, width int) bool {
	return strings.TrimSpace(row[0]) != "" && 2*filled(row) < width
}

// filled is how many cells of a row say anything.
func filled(row []string) (n int) {
	for _, v := range row {
		if strings.TrimSpace(v) != "" {
			n++
		}
	}
	return n
}
