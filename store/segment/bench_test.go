package segment

import (
	"testing"

	"andon/analysis"
)

// BenchmarkEncodeNumbers packs a full segment of two decimals.
func BenchmarkEncodeNumbers(b *testing.B) {
	c := analysis.Column{Field: analysis.Field{Type: analysis.Number}, Numbers: make([]float64, Rows)}
	for i := range c.Numbers {
		c.Numbers[i] = float64(i*40503%65000) / 100
	}
	b.SetBytes(8 * Rows)
	for b.Loop() {
		if _, err := Encode(&c, false); err != nil {
			b.Fatal(err)
		}
	}
}
