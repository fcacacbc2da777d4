package uitest

import (
	"fmt"
	"testing"
)

func TestKeys(t *testing.T) {
	tests := []struct{ name, want string }{
		{"enter", "enter"}, {"shift+tab", "shift+tab"}, {"ctrl+d", "ctrl+d"}, {"G", "G"}, {"[", "["},
		{"pgdown", "pgdown"}, {"space", "space"}, {"esc", "esc"}, {"alt+x", "alt+x"},
	}
	for _, tt := range tests {
		keys := Keys(tt.name)
		if len(keys) != 1 || keys[0].String() != tt.want {
			t.Errorf("Keys(%q) = %v, want one key %q", tt.name, keys, tt.want)
		}
	}
	if got := Keys("L2"); len(got) != 2 || got[0].Text != "L" || got[1].Text != "2" {
		t.Errorf("Keys(L2) = %v, want L and 2", got)
	}
}

// verdict collects what Exact says.
type verdict struct{ said string }

func (v *verdict) Helper()                           {}
func (v *verdict) Fatalf(format string, args ...any) { v.said = fmt.Sprintf(format, args...) }

func TestExactFindsSpill(t *testing.T) {
	tests := []struct {
		name, view string
		w, h       int
		fails      bool
	}{
		{"exact", "ab\ncd", 2, 2, false},
		{"styled", "\x1b[1mab\x1b[m", 2, 1, false},
		{"wide", "日", 2, 1, false},
		{"too wide", "abc", 2, 1, true},
		{"too narrow", "a", 2, 1, true},
		{"too high", "ab\ncd", 2, 1, true},
		{"too low", "ab", 2, 2, true},
		{"an escape", "\x1b[2Ja", 1, 1, true},
		{"an OSC", "\x1b]0;x\aa", 1, 1, true},
		{"a control", "a\rb", 2, 1, true},
		{"C1", "a\u009bb", 2, 1, true},
		{"turned around", "a\u202eb", 2, 1, true},
		{"nothing in an empty box", "", 0, 3, false},
		{"something in an empty box", "a", 0, 3, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var v verdict
			Exact(&v, tt.view, tt.w, tt.h)
			if (v.said != "") != tt.fails {
				t.Errorf("Exact said %q, want a failure: %v", v.said, tt.fails)
			}
		})
	}
}
