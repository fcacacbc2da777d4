package importers

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"andon/analysis"
	"andon/importers/clock"
)

// A template says what stands where in the paths of frames, from their end:
//
//	{line}/{camera}_{time}.jpg     /mnt/shots/L2/C05_20260307_062800.jpg
//	 L2     C05      06:28:00
//	{date}/{camera}/{clock}        2026-03-07/C05/062800.png
//
// time, or date and clock, say when, as file names carry it; id joins the frame
// to the inference of that id; any other name is a dimension of the frame, and
// joins it in time only to inferences that say the same there. A name stands
// for anything but a slash. Without an extension, any will do.
type template struct {
	text    string
	pattern *regexp.Regexp
	names   []string
}

// braced is a name of a template, in its braces.
var braced = regexp.MustCompile(`\{([^{}]*)\}`)

var placeName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// newTemplate reads a template; "" is none.
func newTemplate(text string) (*template, error) {
	if text == "" {
		return nil, nil
	}
	t := &template{text: text}
	var pattern strings.Builder
	pattern.WriteString(`(?:^|/)`)
	last := 0
	for _, at := range braced.FindAllStringSubmatchIndex(text, -1) {
		name := text[at[2]:at[3]]
		if !placeName.MatchString(name) || slices.Contains(t.names, name) || slices.Contains([]string{"path", "thumb", "width", "height"}, name) {
			return nil, fmt.Errorf("frames.path: {%s} in %q: a name is letters, digits and _, each once, and not path, thumb, width or height", name, text)
		}
		t.names = append(t.names, name)
		pattern.WriteString(regexp.QuoteMeta(text[last:at[0]]) + `([^/]+?)`)
		last = at[1]
	}
	rest := text[last:]
	pattern.WriteString(regexp.QuoteMeta(rest))
	if !strings.Contains(rest, ".") {
		pattern.WriteString(`(?:\.[^./]+)?`)
	}
	pattern.WriteString(`$`)
	if len(t.names) == 0 || strings.ContainsAny(braced.ReplaceAllString(text, ""), "{}") {
		return nil, fmt.Errorf("frames.path: %q: write what stands in a path as {time}, {camera}, ..., such as {camera}_{time}.jpg", text)
	}
	var err error
	t.pattern, err = regexp.Compile(pattern.String())
	return t, err
}

// fields are the columns that the template adds to frames.
func (t *template) fields() []analysis.Field {
	var fields []analysis.Field
	if t == nil {
		return nil
	}
	for _, name := range t.names {
		switch name {
		case "time", "date", "clock":
		case "id":
			fields = append(fields, analysis.Field{Name: name, Path: "path." + name, Role: analysis.RoleID})
		default:
			fields = append(fields, analysis.Field{Name: name, Path: "path." + name, Role: analysis.RoleDimension})
		}
	}
	return fields
}

// placed is what a path said: the fields' values in their order, "" where the
// template does not fit, and when, or NoTime.
type placed struct {
	values []string
	at     int64
	fits   bool
}

// place reads a path. zone is of times that carry none.
func (t *template) place(name string, zone *time.Location) placed {
	p := placed{values: make([]string, len(t.fields())), at: analysis.NoTime}
	found := t.pattern.FindStringSubmatch(filepath.ToSlash(name))
	if found == nil {
		return p
	}
	p.fits = true
	var when [2]string
	n := 0
	for i, name := range t.names {
		switch text := found[i+1]; name {
		case "time":
			when[0] = text
		case "date":
			when[0] = text
		case "clock":
			when[1] = "_" + text
		default:
			p.values[n] = text
			n++
		}
	}
	if ns, ok := clock.Find(when[0] + when[1]); ok {
		p.at = inZone(ns, zone)
	}
	return p
}
