package report

import "testing"

// Nothing that is weighed is told as impossible or certain.
func TestChance(t *testing.T) {
	for p, want := range map[float64]string{0: "< 1 %", .004: "< 1 %", .02: "2 %", .5: "50 %", .994: "99 %", .996: "> 99 %", .9999: "> 99 %", 1: "100 %"} {
		if got := chance(p); got != want {
			t.Errorf("%v is told as %q, want %q", p, got, want)
		}
	}
}
