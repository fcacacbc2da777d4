package command

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// README's JSON of a verb names every key that the verb writes, and no other.
func TestReadmeJSON(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for verb, answer := range map[string]any{"slo": sloAnswer{}, "check": checkAnswer{}, "health": healthAnswer{}, "estimate": estimateAnswer{}, "models": modelsAnswer{}, "whatif": whatifAnswer{}} {
		_, rest, ok := strings.Cut(string(text), "// andon "+verb+" --json")
		if !ok {
			t.Errorf("README has no schema of andon %s --json", verb)
			continue
		}
		rest, _, _ = strings.Cut(rest, "// andon ")
		rest, _, _ = strings.Cut(rest, "```\n")
		keys := map[string]bool{}
		gather(reflect.TypeOf(answer), keys)
		for key := range keys {
			if !strings.Contains(rest, `"`+key+`":`) && !elsewhere(verb, key, string(text)) {
				t.Errorf("README's schema of andon %s --json does not name %q", verb, key)
			}
		}
		for _, part := range strings.Split(rest, `":`) {
			key := part[strings.LastIndexByte(part, '"')+1:]
			if strings.ContainsAny(key, " \n{}[],") || key == "line" {
				continue
			}
			if !keys[key] {
				t.Errorf("README's schema of andon %s --json names %q, which is not written", verb, key)
			}
		}
	}
}

// elsewhere reports keys of andon check that the schemas it names explain.
func elsewhere(verb, key, text string) bool {
	return verb == "check" && strings.Contains(text, `"`+key+`":`)
}

// gather collects the JSON keys of a type and of all it holds.
func gather(t reflect.Type, keys map[string]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		gather(t.Elem(), keys)
	case reflect.Struct:
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			if name != "" {
				keys[name] = true
			}
			gather(t.Field(i).Type, keys)
		}
	}
}
