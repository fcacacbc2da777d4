package importers

import "testing"

// What only some bytes above ASCII can be.
func TestIsWindows1252(t *testing.T) {
	for text, want := range map[string]bool{
		"plain":                         false,
		"Gr\xfc\xdfe":                   true,
		"Grüße":                         false,
		"\ufffd":                        false, // the replacement character is itself good UTF-8
		"\ufffd and Gr\xfc\xdfe":        false, // a file mixed already is left as it is
		"cut in the middle of \xe2\x82": false,
		"zero \x00 \xfc":                false,
	} {
		if got := isWindows1252([]byte(text)); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
