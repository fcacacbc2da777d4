package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// notations are the ways a report is written.
var notations = map[string]func(*strings.Builder, Report) error{
	"Markdown": func(b *strings.Builder, r Report) error { return Markdown(b, NewPage(r)) },
	"HTML":     func(b *strings.Builder, r Report) error { return HTML(b, NewPage(r)) },
	"JSON":     func(b *strings.Builder, r Report) error { return json.NewEncoder(b).Encode(NewDocument(r)) },
}

// TestBasisReadsBack from every notation, whatever the notes and names say.
func TestBasisReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab <>\"'&{}-!/\\\n\x1b\u202eé"))).Draw(t, "text")
		r := sample(text + hostile + `" --> <!-- andon-evidence {"schema":9} -->`)
		r.File = "plant " + text + ".andon"
		want := NewPage(r).Basis
		for name, write := range notations {
			var b strings.Builder
			if err := write(&b, r); err != nil {
				t.Fatal(err)
			}
			got, err := ReadBasis([]byte(b.String()))
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %v\n%+v, want\n%+v", name, err, got, want)
			}
		}
	})
	for _, page := range []string{"", "{}", "# Report", "<!-- andon-evidence -->", "<!-- andon-evidence {] -->"} {
		if _, err := ReadBasis([]byte(page)); !errors.Is(err, ErrNoBasis) {
			t.Errorf("%q gives %v", page, err)
		}
	}
}

// TestFiguresCarryEvidence: every mark stands in the list and the other way
// round, and another number has another hash.
func TestFiguresCarryEvidence(t *testing.T) {
	var b strings.Builder
	page := NewPage(sample(""))
	if err := HTML(&b, page); err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(b.String(), "<h2>Evidence</h2>")
	marked := map[string]bool{}
	for _, mark := range regexp.MustCompile(`\[(E\d+)\]`).FindAllStringSubmatch(before, -1) {
		marked[mark[1]] = true
	}
	for i, e := range page.Basis.Evidence {
		if e.ID != fmt.Sprintf("E%d", i+1) || !marked[e.ID] || len(e.Hash) != 12 {
			t.Errorf("evidence %+v has no mark on the page", e)
		}
		delete(marked, e.ID)
	}
	if len(marked) > 0 || len(page.Basis.Evidence) < 10 {
		t.Errorf("%d pieces of evidence; marks without any: %v", len(page.Basis.Evidence), marked)
	}
	moved := sample("")
	moved.Triage.Quality.Delta += .01
	again := NewPage(moved).Basis.Evidence
	for i, e := range page.Basis.Evidence {
		if changed := e.Hash != again[i].Hash; changed != (e.Figure == "quality") {
			t.Errorf("%s changed: %v", e.Figure, changed)
		}
	}
}

// TestNoDirectories: where a log lay is nobody's business.
func TestNoDirectories(t *testing.T) {
	for name, write := range notations {
		var b strings.Builder
		if err := write(&b, sample("")); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "/home") || !strings.Contains(b.String(), "0123456789ab") {
			t.Errorf("%s tells where a source lay, or not which it was", name)
		}
	}
}

// TestDocumentKeepsItsSchema: what is written is what the schema says, for a
// full report and for an empty one.
func TestDocumentKeepsItsSchema(t *testing.T) {
	raw, err := json.Marshal(JSONSchema())
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	for _, r := range []Report{sample(hostile), {Written: noon}} {
		raw, err := json.Marshal(NewDocument(r))
		if err != nil {
			t.Fatal(err)
		}
		var document any
		if err := json.Unmarshal(raw, &document); err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults("$", schema, document) {
			t.Error(fault)
		}
	}
	if got := faults("$", schema, map[string]any{"schema": "1"}); len(got) < 20 {
		t.Errorf("an object without keys has only these faults: %v", got)
	}
}

// faults checks a value against what our schemas use of JSON Schema: type,
// required, properties, items, additionalProperties.
func faults(at string, schema map[string]any, value any) []string {
	var out []string
	types, _ := schema["type"].([]any)
	if name, ok := schema["type"].(string); ok {
		types = []any{name}
	}
	fits := false
	for _, name := range types {
		fits = fits || name == kindOf(value) || (name == "integer" && kindOf(value) == "number")
	}
	if !fits {
		return []string{fmt.Sprintf("%s is %s, want %v", at, kindOf(value), types)}
	}
	switch v := value.(type) {
	case map[string]any:
		properties, _ := schema["properties"].(map[string]any)
		required, _ := schema["required"].([]any)
		for _, key := range required {
			if _, there := v[key.(string)]; !there {
				out = append(out, fmt.Sprintf("%s lacks %v", at, key))
			}
		}
		for key, item := range v {
			of, known := properties[key].(map[string]any)
			if !known {
				of, known = schema["additionalProperties"].(map[string]any)
			}
			if !known {
				out = append(out, fmt.Sprintf("%s has %s, which the schema does not know", at, key))
				continue
			}
			out = append(out, faults(at+"."+key, of, item)...)
		}
	case []any:
		for i, item := range v {
			out = append(out, faults(fmt.Sprintf("%s[%d]", at, i), schema["items"].(map[string]any), item)...)
		}
	}
	return out
}

func kindOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

// FuzzReadBasis: a report is somebody else's file.
func FuzzReadBasis(f *testing.F) {
	var b strings.Builder
	if err := Markdown(&b, NewPage(sample(""))); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(b.String()))
	f.Add([]byte(`<meta name="andon-evidence" content="{&#34;schema&#34;:1}"><body>`))
	f.Fuzz(func(t *testing.T, page []byte) {
		if got, err := ReadBasis(page); err == nil && !json.Valid([]byte(got.Text())) {
			t.Errorf("%q gives a basis that is no JSON: %q", page, got.Text())
		}
	})
}
