package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"strings"
	"unicode"
	"unicode/utf16"

	"andon/analysis"
)

// Every figure of a report says where it comes from, so that anyone who has the
// incident file can have all of them worked out again:
//
//	figure ── cite ──▶ "[E3]" beside it
//	            └────▶ Basis: what was asked, what came out, its hash
//	                     └─ stored in the page ─▶ andon report --check
type Evidence struct {
	ID     string `json:"id"`     // "E3"
	Figure string `json:"figure"` // what was asked: "quality", "slice line=L2", "finding 4"
	Result string `json:"result"` // what came out, as the page says it
	Hash   string `json:"hash"`   // of figure, windows, filter and result, 12 hex digits
}

// Basis is what a report rests on: the question it was asked, with the windows
// only where they were given by hand, and the evidence of every figure.
type Basis struct {
	Schema   int              `json:"schema"`
	File     string           `json:"file"`
	Where    string           `json:"where"`
	Windows  analysis.Windows `json:"windows"`
	Evidence []Evidence       `json:"evidence"`
}

// cite keeps the evidence of a figure and returns its mark, " [E3]". The same
// figure has the same mark wherever it stands.
func (r Report) cite(figure, result string) string {
	if r.basis == nil {
		return ""
	}
	for _, e := range r.basis.Evidence {
		if e.Figure == figure {
			return " [" + e.ID + "]"
		}
	}
	w := r.Triage.Windows
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%v\x00%v\x00%s", figure, r.Where, w.Before, w.After, result))
	e := Evidence{ID: fmt.Sprintf("E%d", len(r.basis.Evidence)+1), Figure: figure, Result: result, Hash: hex.EncodeToString(sum[:6])}
	r.basis.Evidence = append(r.basis.Evidence, e)
	return " [" + e.ID + "]"
}

// FindingFigure is what a finding's evidence is filed under.
func FindingFigure(id int64) string { return fmt.Sprintf("finding %d", id) }

// FindingResult is what a finding says, claim and number.
func FindingResult(f analysis.Finding) string {
	return strings.TrimSuffix(f.Claim+"; "+f.Result, "; ")
}

// evidence lists what every figure rests on.
func (r Report) evidence() Section {
	if r.basis == nil || len(r.basis.Evidence) == 0 {
		return Section{}
	}
	s := Section{Title: "Evidence", Lead: []string{"Every figure above carries the number of its evidence. With the incident file, " +
		"“andon report " + r.File + " --check” and this page works all of them out again."},
		Table: &Table{Head: []string{"", "asked", "came out", "hash"}}}
	for _, e := range r.basis.Evidence {
		s.Table.Rows = append(s.Table.Rows, []string{e.ID, e.Figure, e.Result, e.Hash})
	}
	return s
}

// basisMark begins the basis within a page.
const basisMark = "andon-evidence"

// Text is the basis as one line of ASCII, without < and >, so that it ends no
// comment and no attribute.
func (b Basis) Text() string {
	raw, err := json.Marshal(b)
	if err != nil {
		return "" // texts and times always marshal
	}
	var out strings.Builder
	for _, r := range string(raw) {
		if r <= unicode.MaxASCII {
			out.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, `\u%04x`, unit)
		}
	}
	return out.String()
}

// ErrNoBasis is within the error of [ReadBasis] for a page without evidence.
var ErrNoBasis = errors.New("this is no report with evidence")

// ReadBasis finds the basis in a report, whichever notation it is in.
func ReadBasis(page []byte) (Basis, error) {
	var b Basis
	var document struct {
		Basis *Basis `json:"basis"`
	}
	if json.Unmarshal(page, &document) == nil && document.Basis != nil {
		return *document.Basis, nil
	}
	at := bytes.LastIndex(page, []byte("<!-- "+basisMark)) // behind all that a log can say, and < is no part of the basis
	if head := bytes.Index(page, []byte("<body>")); head >= 0 {
		at = bytes.Index(page[:head], []byte(basisMark)) // before all of it
	}
	if at < 0 {
		return b, ErrNoBasis
	}
	rest := page[at:]
	from, to := bytes.IndexByte(rest, '{'), bytes.IndexByte(rest, '\n')
	for _, end := range []string{`">`, ` -->`} {
		if i := bytes.Index(rest, []byte(end)); i >= 0 && (to < 0 || i < to) {
			to = i
		}
	}
	if from < 0 || to < from {
		return b, ErrNoBasis
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(string(rest[from:to]))), &b); err != nil {
		return b, fmt.Errorf("%w: %w", ErrNoBasis, err)
	}
	return b, nil
}
