package importers

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"andon/importers/clock"
)

// delimiters in the order that decides a tie.
var delimiters = []byte{',', ';', '\t', '|'}

// sniffCSV tries each delimiter on the head and takes the one whose rows agree
// best on their number of fields, two or more.
func sniffCSV(h head) (dialect, float64, string) {
	if behindFirstLine(h) {
		return nil, 0, ""
	}
	text := trimBOM(h.text)
	if bytes.IndexByte(text, 0) >= 0 {
		return nil, 0, "it holds zero bytes, so it is not text"
	}
	d := &csvDialect{preamble: len(h.text) - len(text)}
	d.cr = bytes.IndexByte(text, '\n') < 0 && bytes.IndexByte(text, '\r') >= 0
	candidates := delimiters
	if c, n := separatorLine(text); n > 0 {
		candidates = []byte{c}
		d.preamble += n
		text = text[n:]
	}
	best, rows, most := 0.0, [][]string(nil), 0
	for _, c := range candidates {
		t := newCSVText(c, d.cr)
		r := t.sample(text, h.whole)
		most = max(most, len(r))
		if score := agreement(r); score > best {
			best, rows, d.delimiter = score, r, c
		}
	}
	if best < 0.6 && most == 1 {
		return nil, 0, "it is one line; a table has a header and rows below it"
	}
	if best < 0.6 {
		return nil, 0, "no JSON object, and no header and rows of one length between commas, semicolons, tabs or bars"
	}
	rows = d.passTitles(text, h.whole, rows)
	d.nameColumns(rows)
	if broken := decimalCommas(rows, d.delimiter); broken != "" {
		d.guessed = append(d.guessed, broken)
	}
	return d, best, ""
}

// separatorLine recognises Excel's first line "sep=;".
func separatorLine(text []byte) (delimiter byte, n int) {
	line, _, found := bytes.Cut(text, newline)
	if trimmed := bytes.TrimRight(line, "\r"); found && len(trimmed) == 5 && bytes.EqualFold(trimmed[:4], []byte("sep=")) {
		return trimmed[4], len(line) + 1
	}
	return 0, 0
}

// sample parses the rows of the head; the last one only if it is whole.
func (t *csvText) sample(b []byte, whole bool) [][]string {
	var rows [][]string
	for len(b) > 0 && t.parse(b, whole) {
		if t.open {
			t.n = t.line(b)
		} else if !blank(t.values) {
			row := make([]string, len(t.values))
			for i, v := range t.values {
				row[i] = string(v)
			}
			rows = append(rows, row)
		}
		b = b[t.n:]
	}
	return rows
}

// agreement is the share of rows with the most frequent number of fields,
// counted from the first row's on; 0 below two fields or two rows. Many fields
// agreeing say more than two, since a comma may stand in any text.
func agreement(rows [][]string) float64 {
	if len(rows) < 2 {
		return 0
	}
	counts := map[int]int{}
	mode := 0
	for _, r := range rows {
		n := len(r)
		counts[n]++
		if counts[n] > counts[mode] || counts[n] == counts[mode] && n > mode {
			mode = n
		}
	}
	if mode < 2 {
		return 0
	}
	share := float64(counts[mode]) / float64(len(rows))
	return share * (1 - 0.1/float64(mode))
}

// nameColumns takes the first row as header if it reads like one, and gives
// every column a name of its own: col1 for a blank one, name_2 for the second
// of a name.
func (d *csvDialect) nameColumns(rows [][]string) {
	d.header = isHeader(rows)
	if d.header {
		rows = d.joinHeaders(rows)
	}
	first := rows[0]
	width := len(first)
	if !d.header {
		d.guessed = append(d.guessed, "the file has no header; its columns are called col1, col2, ...")
	}
	for d.header && width > 1 && strings.TrimSpace(first[width-1]) == "" && emptyColumn(rows, width-1) {
		width--
	}
	used, twins := map[string]bool{}, map[string]int{}
	for i := range width {
		name := ""
		if d.header {
			name = strings.TrimSpace(first[i])
		}
		if name == "" {
			name = fmt.Sprintf("col%d", i+1)
		}
		unique := name
		for used[strings.ToLower(unique)] {
			twins[name]++ // a header of thousands of one name is gone through once
			unique = fmt.Sprintf("%s_%d", name, twins[name]+1)
		}
		used[strings.ToLower(unique)] = true
		d.names = append(d.names, unique)
	}
}

// maxHeaders is how many rows a header may have.
const maxHeaders = 4

// joinHeaders makes one row of a header of several, as pandas writes one for
// columns with levels:
//
//	camera,C1,C1,C2       camera  C1/luma  C1/blur  C2/luma
//	,luma,blur,luma   ──▶
//
// A further row belongs to the header if it holds no number and no time, data
// follows, and the rows before do not yet tell the columns apart.
func (d *csvDialect) joinHeaders(rows [][]string) [][]string {
	joined := slices.Clone(rows[0])
	n := 1
	for n < min(maxHeaders, len(rows)-1) && repeats(joined) && isHeader(rows[n:]) && len(rows[n]) == len(joined) {
		for i, v := range rows[n] {
			if v = strings.TrimSpace(v); v != "" && strings.TrimSpace(joined[i]) != "" {
				joined[i] += "/" + v
			} else {
				joined[i] += v
			}
		}
		n++
	}
	for ; n > 1 && n < min(maxHeaders, len(rows)-1) && sparse(rows[n]) && isHeader(rows[n:]); n++ {
		// The names of the index stand in a row of their own, below empty cells.
		for i, v := range rows[n] {
			if v = strings.TrimSpace(v); v != "" {
				joined[i] = v
			}
		}
	}
	if n == 1 || isHeader(rows[n:]) {
		return rows
	}
	d.headers = n
	d.guessed = append(d.guessed, fmt.Sprintf("the header has %d rows; names are joined by /", n))
	return append([][]string{joined}, rows[n:]...)
}

// repeats reports whether a name stands over several columns.
func repeats(names []string) bool {
	seen := map[string]bool{}
	for _, name := range names {
		name = strings.TrimSpace(name)
		if name != "" && seen[name] {
			return true
		}
		seen[name] = true
	}
	return false
}

// sparse reports whether all but the first cell of a row are empty.
func sparse(row []string) bool {
	for _, v := range row[1:] {
		if strings.TrimSpace(v) != "" {
			return false
		}
	}
	return strings.TrimSpace(row[0]) != ""
}

// isHeader reports whether no value of the first row is a number or a time:
// data without either has no time to be placed at, so nothing is lost.
func isHeader(rows [][]string) bool {
	for i, v := range rows[0] {
		v = strings.TrimSpace(v)
		if v == "" || emptyColumn(rows[1:], i) {
			continue
		}
		if _, ok := parseNumber([]byte(v), false); ok {
			return false
		}
		if _, ok := clock.Infer([]string{v}); ok {
			return false
		}
	}
	return true
}

func emptyColumn(rows [][]string, i int) bool {
	for _, r := range rows {
		if i < len(r) && strings.TrimSpace(r[i]) != "" {
			return false
		}
	}
	return true
}

// decimalCommas recognises a file of decimal commas that was saved again with
// commas between its fields, which nothing can undo.
func decimalCommas(rows [][]string, delimiter byte) string {
	if delimiter != ',' || len(rows) < 3 {
		return ""
	}
	uneven := 0
	for _, r := range rows[1:] {
		if len(r) > len(rows[0]) {
			uneven++
		}
	}
	if 2*uneven < len(rows) {
		return ""
	}
	return "most rows have more fields than the header: decimal commas in a comma-separated file? Export it again with ; between fields"
}
