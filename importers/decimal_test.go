package importers

import (
	"math"
	"strconv"
	"testing"
)

// TestShortDecimal has what is at the edge of the short way; the oracle is
// strconv.
func TestShortDecimal(t *testing.T) {
	for text, short := range map[string]bool{
		"0": true, "-0": true, "7": true, "12.375": true, ".5": true, "5.": true, "-.5": true, "0.1": true, "999999999999999": true,
		"99999999999999.9": true, "000000000000001": true, "0.00000000000001": true,
		"": false, "-": false, ".": false, "-.": false, "1.2.3": false, "1e5": false, "+1": false, "1234567890123456": false,
		"0.123456789012345": false, "1_000": false, "0x10": false, "NaN": false, "--1": false, "1-": false, "1 ": false,
	} {
		v, ok := shortDecimal([]byte(text))
		if ok != short {
			t.Errorf("%q: taken %v, want %v", text, ok, short)
		}
		if want, err := strconv.ParseFloat(text, 64); ok && (err != nil || math.Float64bits(v) != math.Float64bits(want)) {
			t.Errorf("%q is %v, want %v (%v)", text, v, want, err)
		}
	}
}

// FuzzShortDecimal holds the short way to the long one, bit for bit.
func FuzzShortDecimal(f *testing.F) {
	for _, seed := range []string{"0.30000000000000004", "8.41", "123456789.123456", "-0.0", "5e-324", "9007199254740993", "1.0000000000000002"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, ok := shortDecimal([]byte(text))
		if !ok {
			return
		}
		if want, err := strconv.ParseFloat(text, 64); err != nil || math.Float64bits(v) != math.Float64bits(want) {
			t.Fatalf("%q is %v, want %v (%v)", text, v, want, err)
		}
	})
}
