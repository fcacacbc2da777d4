package practice

import (
	"reflect"
	"testing"

	"andon/analysis"
)

// A member round is the same every time, falls, and its log tells the votes.
func TestDrawMember(t *testing.T) {
	for _, seed := range []int64{2, 3} {
		a := DrawMember(seed)
		if seed == 2 {
			b := DrawMember(seed)
			for _, f := range a.Log.Fields() {
				if !reflect.DeepEqual(a.Log.Column(f.Name), b.Log.Column(f.Name)) {
					t.Errorf("column %s of two rounds of one seed differs", f.Name)
				}
			}
			if !reflect.DeepEqual(a.Key, b.Key) {
				t.Errorf("two keys of one seed: %+v and %+v", a.Key, b.Key)
			}
		}
		p := a.Log.Panel()
		if want := map[int64]int{2: 3, 3: 5}[seed]; len(p.Members) != want {
			t.Errorf("seed %d: %d members, want %d", seed, len(p.Members), want)
		}
		for _, m := range p.Members {
			if (m.Shares != nil) != (seed%2 != 0) {
				t.Errorf("seed %d: member %s with shares %t", seed, m.Name, m.Shares != nil)
			}
		}
		if a.Key.Causes[0] != analysis.Model || a.Member == "" || a.Key.Onset.IsZero() {
			t.Errorf("seed %d: key %+v", seed, a.Key)
		}
	}
}

// The league does not know member rounds: what it scores stays what it was.
func TestMemberRoundsAreNoLeagueKind(t *testing.T) {
	for _, name := range Kinds() {
		if name == "bad member" {
			t.Error("bad member is a kind of the league")
		}
	}
}
