package importers

import (
	"strings"
	"testing"

	"andon/analysis"
)

// What is said of a source key by key is the mapping that a person would write,
// and reads back as what was said.
func TestSaying(t *testing.T) {
	var m *Mapping
	var err error
	for _, say := range []func() (*Mapping, error){
		func() (*Mapping, error) { return m.SayKind(analysis.InferenceKind) },
		func() (*Mapping, error) { return m.SayRole("r.klass", analysis.RolePrediction) },
		func() (*Mapping, error) { return m.SayRole("a: b", analysis.RolePrediction) },
		func() (*Mapping, error) { return m.SayRole("debug", dropped) },
		func() (*Mapping, error) { return m.SayRole("noise", dropped) },
	} {
		if m, err = say(); err != nil {
			t.Fatal(err)
		}
	}
	want := "kind: inference\nfields:\n    'a: b':\n        role: prediction\n    debug:\n        role: drop\n    noise:\n        role: drop\n"
	if m.Text != want {
		t.Errorf("it reads\n%s", m.Text)
	}
	again, err := ReadMapping(strings.NewReader(m.Text))
	if err != nil || len(again.Fields) != 3 || again.Fields["a: b"].Role != "prediction" {
		t.Errorf("read back: %+v, %v", again, err)
	}
	if m, err = m.SayKind(analysis.LabelKind); err != nil || m.Text != "kind: label\n" {
		t.Errorf("of another kind: %q, %v", m.Text, err)
	}
	if _, err := m.SayRole("x", "guess"); err == nil {
		t.Error("a role that is none was taken")
	}
}
