package clock

import (
	"testing"
	"time"

	"pgregory.net/rapid"
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

func TestInferDecidesDayOrMonthByTheColumn(t *testing.T) {
	for _, test := range []struct {
		name   string
		values []string
		first  time.Time
		note   bool
	}{
		{"a day beyond 12", []string{"04/10/2021 18:30", "18/05/2021 10:00"}, time.Date(2021, 10, 4, 18, 30, 0, 0, time.UTC), false},
		{"a month beyond 12", []string{"04/10/2021 18:30", "05/18/2021 10:00"}, time.Date(2021, 4, 10, 18, 30, 0, 0, time.UTC), false},
		{"order says month first", []string{"04/10/2021", "05/09/2021", "06/08/2021"}, time.Date(2021, 4, 10, 0, 0, 0, 0, time.UTC), true},
		{"order says day first", []string{"10/04/2021", "09/05/2021", "08/06/2021"}, time.Date(2021, 4, 10, 0, 0, 0, 0, time.UTC), true},
		{"nothing says but PM", []string{"04/10/2021 6:30 PM"}, time.Date(2021, 4, 10, 18, 30, 0, 0, time.UTC), true},
		{"nothing says", []string{"04/10/2021"}, time.Date(2021, 10, 4, 0, 0, 0, 0, time.UTC), true},
		{"points are day first", []string{"04.10.2021"}, time.Date(2021, 10, 4, 0, 0, 0, 0, time.UTC), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			layout, ok := Infer(test.values)
			got, _ := layout.Parse([]byte(test.values[0]))
			if !ok || got != test.first.UnixNano() {
				t.Errorf("read as %v, want %v", time.Unix(0, got).UTC(), test.first)
			}
			if (layout.Note != "") != test.note {
				t.Errorf("note is %q", layout.Note)
			}
		})
	}
}

func TestInferReadsEpochs(t *testing.T) {
	want := time.Date(2024, 5, 31, 9, 52, 43, 123456789, time.UTC)
	for _, test := range []struct {
		value string
		lost  time.Duration // resolution of the unit
	}{
		{"1717149163", time.Second}, {"1717149163,123456", time.Microsecond}, {"1717149163.123456", time.Microsecond}, {"1717149163123", time.Millisecond},
		{"1717149163123456", time.Microsecond}, {"1717149163123456789", 1},
	} {
		layout, ok := Infer([]string{test.value})
		got, _ := layout.Parse([]byte(test.value))
		if exact := want.Truncate(test.lost); !ok || got != exact.UnixNano() || !layout.Zone {
			t.Errorf("%s read as %v (%s), want %v", test.value, time.Unix(0, got).UTC(), layout.Name, exact)
		}
	}
}

func TestInferRefuses(t *testing.T) {
	for _, v := range []string{"", "L2", "0.0232", "12", "1.5", "31.02.2026", "2026-13-01", "25:00", "1970-01-01T00:00:00Z", "2026-03-07T24:00:01Z",
		"99999999999999999999", "-1717149163", "2026-03-07T06:28:00+99:00", "Jan", "2026-03-07 06:28:00 CEST"} {
		if layout, ok := Infer([]string{v}); ok {
			t.Errorf("%q read as %s", v, layout.Name)
		}
	}
}

// A device clock at zero in some values hides none of the others.
func TestInferBearsBrokenValues(t *testing.T) {
	layout, ok := Infer([]string{"1970-01-01T00:00:00.000Z", "2020-05-03T20:47:27.435Z", "2020-05-03T20:47:27.535Z"})
	if !ok || !layout.Zone {
		t.Fatalf("layout %+v", layout)
	}
	if ns, ok := layout.Parse([]byte("1970-01-01T00:00:00.000Z")); !ok || Plausible(ns) {
		t.Errorf("1970 is read as %d, plausible %v", ns, Plausible(ns))
	}
}

func TestElapsed(t *testing.T) {
	at := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		layout Layout
		value  string
		want   time.Duration
		ok     bool
	}{
		{Elapsed(time.Second, at.UnixNano()), "90.5", 90500 * time.Millisecond, true},
		{Elapsed(time.Millisecond, at.UnixNano()), "250", 250 * time.Millisecond, true},
		{Elapsed(time.Second, at.UnixNano()), "90,5", 90500 * time.Millisecond, true},
		{Elapsed(time.Second, at.UnixNano()), "1,234,567", 0, false},
		{Elapsed(time.Second, at.UnixNano()), "-1", 0, false},
		{Elapsed(time.Second, at.UnixNano()), "9999999999999", 0, false},
		{Stopwatch(at.UnixNano()), "0:00", 0, true},
		{Stopwatch(at.UnixNano()), "15:30", 15*time.Minute + 30*time.Second, true},
		{Stopwatch(at.UnixNano()), "1:02:03.5", time.Hour + 2*time.Minute + 3500*time.Millisecond, true},
		{Stopwatch(at.UnixNano()), "15:60", 0, false},
		{Stopwatch(at.UnixNano()), "15", 0, false},
		{Stopwatch(at.UnixNano()), "15:3", 0, false},
	} {
		got, ok := test.layout.Parse([]byte(test.value))
		if ok != test.ok || ok && got != at.Add(test.want).UnixNano() {
			t.Errorf("%s %q read as %v %v, want %v %v", test.layout.Name, test.value, time.Unix(0, got).UTC(), ok, test.want, test.ok)
		}
	}
}

func TestFindInFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"20240424_133227":              "2024-04-24T13:32:27Z",
		"20240424133227":               "2024-04-24T13:32:27Z",
		"2026-03-07T06-28-00":          "2026-03-07T06:28:00Z",
		"2026-03-07T06-28-00.250_cam1": "2026-03-07T06:28:00.25Z",
		"2026-03-07 06:28:00_000123":   "2026-03-07T06:28:00Z",
		"1717149163":                   "2024-05-31T09:52:43Z",
		"1717149163123":                "2024-05-31T09:52:43.123Z",
		"0001":                         "",
		"20241324_133227":              "",
		"2024-04-24":                   "",
		"171714916312345":              "",
	} {
		ns, ok := Find(name)
		got := ""
		if ok {
			got = time.Unix(0, ns).UTC().Format(time.RFC3339Nano)
		}
		if got != want {
			t.Errorf("%q holds %q, want %q", name, got, want)
		}
	}
}

// What time.Format writes in ISO comes back exactly, to the nanosecond.
func TestISOReadsWhatFormatWrites(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		at := time.Unix(0, rapid.Int64Range(Earliest, Latest-1).Draw(rt, "ns"))
		east := rapid.IntRange(-14*60, 14*60).Draw(rt, "minutes east") * 60
		text := at.In(time.FixedZone("", east)).Format(rapid.SampledFrom([]string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999 -0700", "20060102T150405.999999999Z0700"}).Draw(rt, "layout"))
		layout, ok := Infer([]string{text})
		if got, _ := layout.Parse([]byte(text)); !ok || got != at.UnixNano() {
			rt.Fatalf("%q read as %v by %q", text, time.Unix(0, got).UTC(), layout.Name)
		}
	})
}

// FuzzTime checks that no bytes break the reader and that a layout reads its
// own example again.
func FuzzTime(f *testing.F) {
	for _, seed := range []string{"2026-03-07T06:28:00Z", "10.11.2017 14:03:17", "02/Jan/2026:15:04:05 +0100", "1717149163.5", "20240424_133227", "Mon, 02 Feb 2026 15:04:05 GMT", "1/2/06 3:04 PM"} {
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		Find(a)
		Stopwatch(0).Parse([]byte(a))
		layout, ok := Infer([]string{a, b})
		if !ok {
			return
		}
		_, first := layout.Parse([]byte(a))
		_, second := layout.Parse([]byte(b))
		if !first && !second {
			t.Errorf("%s reads neither %q nor %q", layout.Name, a, b)
		}
	})
}
