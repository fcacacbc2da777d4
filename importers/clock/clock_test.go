package clock

import (
	"testing"
	"time"
)

// The oracle of these tables is time.Parse with the layout written out.
func TestInferReadsTheLayoutsOfPlants(t *testing.T) {
	for _, test := range []struct {
		name   string
		values []string
		layout string // of time.Parse
		zone   bool
	}{
		{"RFC 3339", []string{"2026-03-07T06:28:00Z", "2026-03-07T06:28:01.5Z"}, time.RFC3339Nano, true},
		{"RFC 3339 offset", []string{"2026-03-07T06:28:00+01:00"}, time.RFC3339Nano, true},
		{"ISO with a space", []string{"2013-12-02 21:15:00"}, "2006-01-02 15:04:05", false},
		{"ISO with a comma", []string{"2013-12-02 21:15:00,250"}, "2006-01-02 15:04:05,000", false},
		{"ISO to the minute", []string{"2013-12-02 21:15"}, "2006-01-02 15:04", false},
		{"date", []string{"2013-12-02"}, "2006-01-02", false},
		{"GitLab", []string{"2021-04-28 21:50:00 +0200"}, "2006-01-02 15:04:05 -0700", true},
		{"GitLab UTC", []string{"2016-08-12 15:23:28 UTC"}, "2006-01-02 15:04:05 UTC", true},
		{"slashes, year first", []string{"2021/04/28 21:50:00"}, "2006/01/02 15:04:05", false},
		{"compact", []string{"20240424133227"}, "20060102150405", false},
		{"German", []string{"10.11.2017 14:03:17", "28.11.2017 14:03:17"}, "02.01.2006 15:04:05", false},
		{"Excel in Italy", []string{"10/03/2004 18.00.00", "31/03/2004 18.00.00"}, "02/01/2006 15.04.05", false},
		{"United States", []string{"12/31/2024 2:15:00 PM", "01/02/2025 12:05:00 AM"}, "01/02/2006 3:04:05 PM", false},
		{"historian", []string{"02-Jan-26 15:04:05"}, "02-Jan-06 15:04:05", false},
		{"web server", []string{"02/Jan/2026:15:04:05 +0100"}, "02/Jan/2006:15:04:05 -0700", true},
		{"mail", []string{"Mon, 02 Feb 2026 15:04:05 +0100"}, time.RFC1123Z, true},
		{"spelled out", []string{"January 2, 2026 3:04 PM"}, "January 2, 2006 3:04 PM", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			layout, ok := Infer(test.values)
			if !ok {
				t.Fatalf("no layout reads %q", test.values)
			}
			if layout.Zone != test.zone {
				t.Errorf("zone %v of %q", layout.Zone, test.values)
			}
			for _, v := range test.values {
				want, err := time.Parse(test.layout, v)
				if err != nil {
					t.Fatal(err)
				}
				if got, ok := layout.Parse([]byte(v)); !ok || got != want.UnixNano() {
					t.Errorf("%q read as %v, want %v", v, time.Unix(0, got).UTC(), want.UTC())
				}
			}
		})
	}
}
