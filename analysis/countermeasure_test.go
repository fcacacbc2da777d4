package analysis

import (
	"strings"
	"testing"
)

func TestWhyClose(t *testing.T) {
	for _, c := range []struct {
		taken []Taken
		want  string
	}{
		{nil, "no countermeasure is recorded"},
		{[]Taken{{ID: 1, Do: "old gloves"}}, "countermeasure 1 (old gloves) was not verified yet"},
		{[]Taken{{ID: 1, Outcome: No, Do: "wiped"}}, "quality is not back"},
		{[]Taken{{ID: 1, Outcome: Unclear, Do: "wiped"}}, "labels are too few"},
		{[]Taken{{ID: 1, Outcome: Yes}, {ID: 2}}, ""},
	} {
		if got := WhyClose(c.taken); !strings.Contains(got, c.want) || (c.want == "") != (got == "") {
			t.Errorf("%+v asks %q, want %q", c.taken, got, c.want)
		}
	}
}

func TestVerifyParamsReadBack(t *testing.T) {
	for _, p := range []VerifyParams{{}, {3, .025, "line=L2 shift='a b'"}, {-1, 1e-9, ""}} {
		if got, ok := ParseVerifyParams(p.String()); !ok || got != p {
			t.Errorf("%+v became %+v, %v", p, got, ok)
		}
	}
	for _, text := range []string{"", "margin=1", "countermeasure=x margin=1 slice=", "countermeasure=1 margin=1"} {
		if _, ok := ParseVerifyParams(text); ok {
			t.Errorf("%q was read", text)
		}
	}
}
