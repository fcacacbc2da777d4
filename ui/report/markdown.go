package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"andon/ui/display"
)

// Markdown writes the page as CommonMark with tables. Text is escaped so that
// it shows as it is: no markup, link, mention or raw HTML of a log takes
// effect. Pictures are left to the HTML; the regions table says what they show.
// The basis stands in a comment at the end, which no reader shows; a page
// without one has none.
func Markdown(w io.Writer, p Page) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n\n**%s**\n\n", escape(p.Title), escape(p.Verdict))
	for _, f := range p.Facts {
		fmt.Fprintf(b, "- %s: %s\n", escape(f.Name), escape(f.Value))
	}
	for _, s := range p.Sections {
		writeSection(b, s)
	}
	fmt.Fprintf(b, "\n---\n\n%s\n", opening(p.Foot))
	if p.Basis.Schema > 0 {
		fmt.Fprintf(b, "\n<!-- %s %s -->\n", basisMark, p.Basis.Text())
	}
	return b.Flush()
}

func writeSection(b *bufio.Writer, s Section) {
	fmt.Fprintf(b, "\n## %s\n", escape(s.Title))
	for _, l := range s.Lead {
		fmt.Fprintf(b, "\n%s\n", opening(l))
	}
	if s.Plot != nil {
		fmt.Fprintf(b, "\n%s\n", fence(s.Plot.Text()))
		fmt.Fprintf(b, "\n%s\n", opening(s.Plot.Caption))
	}
	if s.Table != nil {
		b.WriteString("\n")
		row(b, s.Table.Head)
		b.WriteString(strings.Repeat("|---", len(s.Table.Head)) + "|\n")
		for _, r := range s.Table.Rows {
			row(b, r)
		}
	}
	if len(s.Points) > 0 {
		b.WriteString("\n")
	}
	for _, point := range s.Points {
		fmt.Fprintf(b, "- %s\n", opening(point))
	}
	for _, q := range s.Quotes {
		fmt.Fprintf(b, "\n%s:\n\n%s\n", opening(q.By), fence(clean(q.Text)))
	}
}

func row(b *bufio.Writer, cells []string) {
	for _, c := range cells {
		b.WriteString("| " + escape(c) + " ")
	}
	b.WriteString("|\n")
}

// special are the characters that mean something in CommonMark or in the
// dialects that add tables, mentions and bare links.
const special = "\\`*_[]<>#!|~@&$"

// escape makes text literal: control and bidi characters are shown as escapes,
// special ones get a backslash, and "://" cannot become a link by itself.
func escape(text string) string {
	var b strings.Builder
	for _, r := range string(display.Escape(text)) {
		if strings.ContainsRune(special, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	out := strings.ReplaceAll(b.String(), "://", ":\\/\\/")
	return strings.ReplaceAll(out, "www.", "www\\.")
}

// opening escapes a text that stands at the beginning of a line, where "-",
// "+", "=" or "1." would begin a list, a rule or a heading.
func opening(text string) string {
	out := escape(text)
	end := strings.IndexFunc(out, func(r rune) bool { return r < '0' || r > '9' })
	switch {
	case end < 0 || out == "":
		return out
	case strings.ContainsRune("-+=", rune(out[0])):
		return "\\" + out
	case end > 0 && end+1 < len(out) && (out[end] == '.' || out[end] == ')') && out[end+1] == ' ':
		return out[:end] + "\\" + out[end:]
	}
	return out
}

// clean escapes each line of a longer text and keeps its line breaks.
func clean(text string) string {
	lines := display.Lines(text)
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = string(l)
	}
	return strings.Join(out, "\n")
}

// fence sets text in a code block whose fence is longer than any run of
// backticks inside.
func fence(text string) string {
	longest, run := 0, 0
	for _, r := range text {
		if r == '`' {
			run++
			longest = max(longest, run)
			continue
		}
		run = 0
	}
	bar := strings.Repeat("`", max(3, longest+1))
	return bar + "\n" + strings.TrimRight(text, "\n") + "\n" + bar
}
