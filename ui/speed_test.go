package ui

import (
	"testing"

	"andon/ui/uitest"
)

// BenchmarkKey is one key and the screen drawn after it, in a large terminal.
// The budget is 8 ms.
func BenchmarkKey(b *testing.B) {
	for name, keys := range map[string][2]string{
		"house": {"1", "down"}, "timeline": {"2", "left"}, "diff": {"3", "down"}, "slices": {"4", "down"}, "help": {"?", "j"},
	} {
		b.Run(name, func(b *testing.B) {
			p := play(b, uitest.Truecolour(b), 200, 50).press(keys[0])
			for b.Loop() {
				p.press(keys[1])
				p.model.View()
			}
		})
	}
}
