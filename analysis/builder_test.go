package analysis_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"andon/analysis"
)

// TestBuilderProperty fills a text column in any order, by string and by
// bytes, over several batches: every row reads back, no word stands twice, and
// codes come in the order of first appearance, which is what a map would give.
func TestBuilderProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		word := rapid.OneOf(rapid.StringMatching(`[a-c]{0,2}`), rapid.StringMatching(`inf-0000[0-9]{2}`), rapid.StringN(0, 2000, -1))
		b := analysis.NewBuilder(analysis.Field{Type: analysis.Text})
		for range rapid.IntRange(1, 3).Draw(rt, "batches") {
			texts := rapid.SliceOfN(word, 0, 60).Draw(rt, "texts")
			if rapid.Bool().Draw(rt, "ascending") {
				slices.Sort(texts)
			}
			codes, want := map[string]uint32{}, []uint32{}
			for _, s := range texts {
				if codes[s] == 0 {
					codes[s] = uint32(len(codes) + 1)
				}
				want = append(want, codes[s])
				if rapid.Bool().Draw(rt, "bytes") {
					p := []byte(s)
					b.TextBytes(p)
					clear(p) // the builder must not lean on it
				} else {
					b.Text(s)
				}
			}
			c := b.Column()
			if !slices.Equal(c.Codes, want) || len(c.Dict) != len(codes) {
				rt.Fatalf("codes %v over %d words, want %v over %d", c.Codes, len(c.Dict), want, len(codes))
			}
			for i, s := range texts {
				if c.String(i) != s {
					rt.Fatalf("row %d is %q, want %q", i, c.String(i), s)
				}
			}
			b.Reset()
		}
	})
}
