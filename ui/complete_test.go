package ui

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/ui/uitest"
)

var vocabulary = []Term{
	{"line", []string{"L1", "L2", "L3"}}, {"glove_vendor", []string{"acme", "acme old", "it's"}},
	{"brightness", nil}, {"vendor_line", []string{"x"}},
}

func TestComplete(t *testing.T) {
	tests := []struct {
		text, stem string
		want       []string
	}{
		{"", "", []string{"line=", "glove_vendor=", "brightness=", "vendor_line="}},
		{"li", "", []string{"line=", "vendor_line="}},
		{"LINE", "", []string{"line=", "vendor_line="}},
		{"line=", "line=", []string{"L1", "L2", "L3"}},
		{"line!=l2", "line!=", []string{"L2"}},
		{"line=L2 gl", "line=L2 ", []string{"glove_vendor="}},
		{"line=L2 glove_vendor=ac", "line=L2 glove_vendor=", []string{"acme", "'acme old'"}},
		{"glove_vendor='acme o", "glove_vendor=", []string{"'acme old'"}},
		{"glove_vendor=it", "glove_vendor=", []string{"'it''s'"}},
		{"brightness<", "brightness<", nil},
		{"nothing=", "nothing=", nil},
	}
	for _, tt := range tests {
		if got := complete(tt.text, vocabulary); got.stem != tt.stem || !slices.Equal(got.options, tt.want) {
			t.Errorf("complete(%q) = %q + %q, want %q + %q", tt.text, got.stem, got.options, tt.stem, tt.want)
		}
	}
}

// Whatever value is completed, the filter reads it back as that value.
func TestCompletedValuesAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`[a-zA-Z0-9' ._=-]{1,8}`).Draw(t, "value")
		c := complete("c=", []Term{{"c", []string{value}}})
		if len(c.options) != 1 {
			t.Fatalf("%q is not offered", value)
		}
		where, err := analysis.ParseWhere(c.stem + c.options[0])
		if err != nil || len(where) != 1 || where[0].Value != value {
			t.Fatalf("%q reads as %v (%v), want the value %q", c.stem+c.options[0], where, err, value)
		}
	})
}

func TestTabCompletes(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.model.config.Terms = func(context.Context) ([]Term, error) { return vocabulary, nil }
	p.press("2", "/").sees("tab: line=  glove_vendor=")
	p.press("li", "tab").sees("filter > line= ", "tab: line=  vendor_line=")
	p.press("tab").sees("filter > vendor_line= ")
	p.press("tab").sees("filter > line= ")
	p.press("L").sees("tab: L1  L2  L3")
	p.press("tab", "tab").sees("filter > line=L2 ")
	p.press("enter").sees("all rows > line=L2")
}
