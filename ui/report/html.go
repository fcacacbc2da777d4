package report

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"andon/ui/display"
)

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"text":  func(s string) string { return string(display.Escape(s)) },
	"lines": clean,
	"png":   dataURL,
}).Parse(pageHTML))

// dataURL holds bytes we encoded ourselves: html/template blanks any other
// image source.
func dataURL(b []byte) template.URL {
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(b))
}

// HTML writes the page as one self-contained file: no script, nothing loaded,
// a policy that forbids both, readable on a phone and on paper.
func HTML(w io.Writer, p Page) error {
	if err := pageTemplate.Execute(w, p); err != nil {
		return fmt.Errorf("write the HTML report: %w", err)
	}
	return nil
}
