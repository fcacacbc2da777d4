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
	for _, p := range []VerifyParams{{}, {3, Floor, .025, "line=L2 shift='a b'"}, {-1, "", 1e-9, ""}} {
		if got, ok := ParseVerifyParams(p.String()); !ok || got != p {
			t.Errorf("%+v became %+v, %v", p, got, ok)
		}
	}
	for _, text := range []string{"", "margin=1", "countermeasure=x against= margin=1 slice=", "countermeasure=1 against= margin=1", "countermeasure=1 margin=1 slice="} {
		if _, ok := ParseVerifyParams(text); ok {
			t.Errorf("%q was read", text)
		}
	}
}

// TestProved: the last verification of a countermeasure counts, and only one
// against a cause proves it.
func TestProved(t *testing.T) {
	verified := func(id int64, cause Cause, outcome Outcome) Finding {
		return Finding{Step: VerifyStep, Outcome: outcome, Params: VerifyParams{Countermeasure: id, Cause: cause}.String()}
	}
	for _, c := range []struct {
		findings []Finding
		want     Cause
	}{
		{nil, None},
		{[]Finding{verified(1, Floor, Yes)}, Floor},
		{[]Finding{verified(1, Floor, Yes), verified(1, Floor, No)}, None},
		{[]Finding{verified(1, Floor, Unclear), verified(2, "", Yes)}, None},
		{[]Finding{verified(1, Floor, Yes), verified(2, Sensor, Yes)}, Sensor},
		{[]Finding{verified(1, Floor, Yes), verified(2, Sensor, No)}, Floor},
		{[]Finding{{Step: "sensor.lens", Outcome: Yes, Params: VerifyParams{Countermeasure: 1, Cause: Sensor}.String()}}, None},
	} {
		if got := Proved(c.findings); got != c.want {
			t.Errorf("%+v proves %q, want %q", c.findings, got, c.want)
		}
	}
}
