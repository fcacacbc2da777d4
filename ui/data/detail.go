package data

import (
	"cmp"
	"fmt"
	"strings"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
)

// detailPane is the whole of what is under the cursor.
func (s Screen) detailPane(w, h int) string { return s.footer(s.detail(), w, h) }

// footer is text below a rule, cut where it is longer than its box.
func (s Screen) footer(text []display.Text, w, h int) string {
	if h <= 0 {
		return ""
	}
	lines := []string{s.sheet.Paint(themes.Border, strings.Repeat(s.sheet.Glyphs.Horizontal, w))}
	for _, line := range text {
		lines = append(lines, screen.Wrap(line, w)...)
	}
	if len(lines) > h {
		lines = append(lines[:h-1:h-1], strings.TrimRight(s.sheet.Fit(lines[h-1], w-1), " ")+s.sheet.Glyphs.Ellipsis)
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}

func (s Screen) detail() []display.Text {
	switch s.pane {
	case columns:
		c, ok := s.column()
		if !ok {
			return nil
		}
		lines := []display.Text{display.Escape(values(c))}
		if c.Field.Path != "" && c.Field.Path != c.Field.Name {
			lines = append(lines, "from "+display.Escape(c.Field.Path))
		}
		return append(lines, display.Escape(describe(c.Field)))
	case rejects:
		r, ok := s.reject()
		if !ok {
			return nil
		}
		return append([]display.Text{display.Escape(fmt.Sprintf("line %d, byte %d: %s", r.Line, r.Offset, r.Reason))}, display.Lines(string(r.Raw))...)
	}
	source, ok := s.source()
	if !ok {
		return nil
	}
	loaded := fmt.Sprintf("%s: loaded %s, %s, SHA-256 %s", source.Path, display.Time(source.Time, s.zone), display.Bytes(source.Bytes), cmp.Or(source.Hash[:min(12, len(source.Hash))], "not known"))
	lines := []display.Text{display.Escape(loaded)}
	for _, warning := range source.Warnings {
		lines = append(lines, display.Text(s.sheet.Glyphs.Look)+" "+display.Escape(warning))
	}
	return append(append(lines, display.Escape(mapping(source))), readBy(source)...)
}

// readBy is the mapping that a person gave the source, without its comments.
func readBy(source analysis.Source) []display.Text {
	if source.ReadBy.Text == "" {
		return nil
	}
	lines := []display.Text{"by the mapping " + display.Escape(source.ReadBy.Path) + ":"}
	for _, line := range display.Lines(source.ReadBy.Text) {
		if text := strings.TrimSpace(string(line)); text != "" && text[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

// describe says what a role means for the analysis.
func describe(f analysis.Field) string {
	switch f.Role {
	case analysis.RoleText:
		return "kept and searchable, not analysed: too many values"
	case analysis.RoleDimension:
		return "a dimension: slices are made of its values"
	case analysis.RoleFeature:
		return "a feature: a number about the input" + unit(f)
	case "":
		return "no role"
	}
	return "fills the role " + string(f.Role) + unit(f)
}

func unit(f analysis.Field) string {
	if f.Unit == "" {
		return ""
	}
	return ", in " + f.Unit
}

// mapping is how a source's fields were understood: "ts is time, cls is
// prediction".
func mapping(source analysis.Source) string {
	var words []string
	for _, f := range source.Fields {
		if f.Path != "" && f.Path != f.Name {
			words = append(words, f.Path+" is "+f.Name)
		}
	}
	if len(words) == 0 {
		return "every field kept its name"
	}
	return strings.Join(words, ", ")
}
