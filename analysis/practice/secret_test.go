package practice

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
)

// leaves flattens a JSON object to path → text.
func leaves(prefix string, v any, into map[string]string) {
	object, ok := v.(map[string]any)
	if !ok {
		text, err := json.Marshal(v)
		must(err)
		into[prefix] = string(text)
		return
	}
	for k, inner := range object {
		leaves(strings.TrimPrefix(prefix+"."+k, "."), inner, into)
	}
}

// TestNoColumnTells reads the log as an importer would. What is logged about a
// part with black gloves, other than its picture and the image features, is
// logged about parts with gray gloves too.
func TestNoColumnTells(t *testing.T) {
	in := bundled(t, "gloves")
	zip, err := gzip.NewReader(bytes.NewReader(made["gloves"]()["inference.jsonl.gz"]))
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(zip)
	gray, black := map[string]map[string]bool{}, map[string]map[string]bool{}
	for i := 0; ; i++ {
		var object map[string]any
		if err := decoder.Decode(&object); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		row := map[string]string{}
		leaves("", object, row)
		into := gray
		if in.Records[i].Scene.Glove == blackGlove {
			into = black
		}
		for path, text := range row {
			if into[path] == nil {
				into[path] = map[string]bool{}
			}
			into[path][text] = true
		}
	}
	unique := []string{"id", "time", "frame", "latency_ms", "response.confidence"}
	for path, values := range black {
		if strings.HasPrefix(path, "features.") || slices.Contains(unique, path) {
			continue
		}
		for v := range values {
			if !gray[path][v] {
				t.Errorf("%s=%s stands only beside black gloves", path, v)
			}
		}
	}
	if len(black) != len(gray) || len(black) < 20 {
		t.Errorf("%d paths with black gloves, %d with gray", len(black), len(gray))
	}
}

// TestOnlyTruthTells: nothing people wrote down names what changed, and the
// kind of the event does not give it away.
func TestOnlyTruthTells(t *testing.T) {
	in := bundled(t, "gloves")
	for name, content := range made["gloves"]() {
		if name == "truth.json" || strings.HasSuffix(name, ".gz") || strings.HasSuffix(name, ".png") {
			continue
		}
		for _, word := range []string{"black", "dark", "colour", "color", "floor", "cause"} {
			if strings.Contains(strings.ToLower(string(content)), word) {
				t.Errorf("%s says %q", name, word)
			}
		}
	}
	kinds := map[string]int{}
	for _, e := range in.Events {
		kinds[e.Kind]++
		if e.Kind == "deploy" && in.Truth.Onset.Sub(e.Time).Hours() < 20 {
			t.Errorf("deploy %q is too near the onset", e.Title)
		}
	}
	if kinds["material"] < 3 || len(kinds) < 6 {
		t.Errorf("events by kind: %v; want ordinary life beside the cause", kinds)
	}
	if lag := in.Truth.Onset.Sub(in.Truth.Event.Time).Minutes(); lag < 1 || lag > 15 {
		t.Errorf("the material changed %v minutes before the onset, want a few", lag)
	}
}
