package clock

import "testing"

// FuzzFixed holds the short way through the common times against the general
// one: what it reads, iso reads alike, and it reads what programs write.
func FuzzFixed(f *testing.F) {
	for _, text := range []string{"2026-03-07T06:28:00Z", "2026-03-07 06:28:01", "2026-03-07T06:28:01.5", "2024-02-29T23:59:60.123456789Z",
		"2026-02-29T00:00:00Z", "2026-03-07T06:28:0xZ", "2026-03-07T06:28:00.Z", "2026-03-07T06:28:00.1234567890Z", "2026-03-07T06:28:00ZZ"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got, ok := fixed(b)
		want, reads := general(b)
		if ok && (!reads || got != want) {
			t.Errorf("%q is %d, by the general way %d, %v", b, got, want, reads)
		}
	})
}

func TestFixedReadsWhatProgramsWrite(t *testing.T) {
	for _, text := range []string{"2026-03-07T06:28:00Z", "2026-03-07 06:28:01", "2026-03-07T06:28:01.5", "2024-02-29T23:59:60.123456789Z"} {
		if _, ok := fixed([]byte(text)); !ok {
			t.Errorf("%q goes the long way", text)
		}
	}
}
