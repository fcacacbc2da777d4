package practice

import (
	"maps"
	"math"
	"reflect"
	"regexp"
	"sync"
	"testing"
	"time"
)

// The bundled incidents and their files, made once for all tests. Under the
// race detector they take minutes and show nothing that TestSeeds does not:
// there they are skipped.
var (
	played = map[string]func() *Incident{}
	made   = map[string]func() map[string][]byte{}
)

func bundled(t *testing.T, name string) *Incident {
	t.Helper()
	if underRace {
		t.Skip("skip: too slow under the race detector")
	}
	return played[name]()
}

func init() {
	for _, name := range Names() {
		played[name] = sync.OnceValue(func() *Incident {
			in, err := Play(name, DefaultSeed)
			must(err)
			return in
		})
		made[name] = sync.OnceValue(func() map[string][]byte { return maps.Collect(played[name]().Files()) })
	}
}

// shareOf is how many of the records that satisfy of satisfy is, and their number.
func shareOf(in *Incident, of, is func(*Record) bool) (share float64, n int) {
	hits := 0
	for i := range in.Records {
		if r := &in.Records[i]; of(r) {
			n++
			if is(r) {
				hits++
			}
		}
	}
	return float64(hits) / float64(max(1, n)), n
}

func TestGlovesQuality(t *testing.T) {
	in := bundled(t, "gloves")
	onset := in.Truth.Onset
	tests := []struct {
		line                 string
		before0, before1     float64
		after0, after1, part float64 // part: least share of the traffic
	}{
		{"L1", 0.90, 0.95, 0.90, 0.95, 0.25},
		{"L2", 0.90, 0.95, 0.20, 0.55, 0.33},
		{"L3", 0.90, 0.95, 0.89, 0.95, 0.15},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			at := func(after bool) (float64, int) {
				return shareOf(in, func(r *Record) bool { return r.Line == tt.line && r.Time.Before(onset) != after }, (*Record).Right)
			}
			before, n0 := at(false)
			after, n1 := at(true)
			t.Logf("before %.3f of %d, after %.3f of %d", before, n0, after, n1)
			if before < tt.before0 || before > tt.before1 || after < tt.after0 || after > tt.after1 {
				t.Errorf("quality %.3f to %.3f, want %v..%v to %v..%v", before, after, tt.before0, tt.before1, tt.after0, tt.after1)
			}
			if part := float64(n0+n1) / float64(len(in.Records)); part < tt.part {
				t.Errorf("carries %.2f of the traffic, want at least %v", part, tt.part)
			}
		})
	}
	if in.Truth.Drop < 0.15 {
		t.Errorf("overall drop %.3f, want at least 0.15", in.Truth.Drop)
	}
}

// In a quiet week no half of the days, line or release is worse than another
// beyond what the night and chance explain.
func TestQuietQuality(t *testing.T) {
	in := bundled(t, "quiet")
	all, _ := shareOf(in, func(*Record) bool { return true }, (*Record).Right)
	middle := in.Calendar.Start.AddDate(0, 0, in.Calendar.Days/2)
	tests := []struct {
		name string
		of   func(*Record) bool
	}{
		{"first half", func(r *Record) bool { return r.Time.Before(middle) }},
		{"second half", func(r *Record) bool { return !r.Time.Before(middle) }},
		{"L1", func(r *Record) bool { return r.Line == "L1" }},
		{"L2", func(r *Record) bool { return r.Line == "L2" }},
		{"L3", func(r *Record) bool { return r.Line == "L3" }},
		{"first release", func(r *Record) bool { return r.Ensemble().Version == "3.4.1" }},
		{"second release", func(r *Record) bool { return r.Ensemble().Version == "3.5.0" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, n := shareOf(in, tt.of, (*Record).Right)
			if limit := 3 * math.Sqrt(all*(1-all)/float64(n)); math.Abs(got-all) > limit {
				t.Errorf("%.3f of %d, overall %.3f: beyond chance (%.3f)", got, n, all, limit)
			}
		})
	}
}

func TestPlantKeepsOrder(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			in := bundled(t, name)
			operator := regexp.MustCompile(`^op-\d{4}$`)
			seen := map[string]map[string]bool{}
			for i := range in.Records {
				r := &in.Records[i]
				if i > 0 && !in.Records[i-1].Time.Before(r.Time) {
					t.Fatalf("%s is not after the record before it", r.ID)
				}
				if !operator.MatchString(r.Operator) {
					t.Fatalf("operator %q", r.Operator)
				}
				for _, c := range []string{"line", "station", "camera", "shift", "sku", "operator"} {
					if seen[c] == nil {
						seen[c] = map[string]bool{}
					}
					seen[c][r.column(c)] = true
				}
			}
			want := map[string]int{"line": 3, "station": 8, "camera": 16, "shift": 3, "sku": 4, "operator": 24}
			for c, n := range want {
				if len(seen[c]) != n {
					t.Errorf("%d values of %s, want %d", len(seen[c]), c, n)
				}
			}
		})
	}
}

// Labels are a fifth of the rows, speak for all of them, come half late, and
// are fewer in the newest hours.
func TestLabels(t *testing.T) {
	in := bundled(t, "gloves")
	every := func(*Record) bool { return true }
	arrived := func(r *Record) bool {
		return r.Label.Known && (r.Label.Inline || r.Label.Time.Before(in.Calendar.End()))
	}
	if got, _ := shareOf(in, every, arrived); got < 0.18 || got > 0.23 {
		t.Errorf("%.3f of the rows have a label, want about a fifth", got)
	}
	if got, _ := shareOf(in, arrived, func(r *Record) bool { return r.Label.Inline }); got < 0.45 || got > 0.55 {
		t.Errorf("%.3f of the labels are in the log, want about half", got)
	}
	all, _ := shareOf(in, every, (*Record).Right)
	labelled, n := shareOf(in, arrived, (*Record).Right)
	if limit := 3 * math.Sqrt(all*(1-all)/float64(n)); math.Abs(all-labelled) > limit {
		t.Errorf("accuracy %.3f on labelled rows, %.3f on all: the sample is biased", labelled, all)
	}
	late := in.Calendar.End().Add(-3 * time.Hour)
	newest, _ := shareOf(in, func(r *Record) bool { return r.Time.After(late) }, arrived)
	if newest > 0.15 {
		t.Errorf("%.3f of the newest rows have a label; late ones cannot be in yet", newest)
	}
}

func TestPlayUnknown(t *testing.T) {
	if in, err := Play("fire", 1); err == nil || in != nil {
		t.Errorf("Play of an unknown incident: %v, %v", in, err)
	}
}

// A day of the plant plays the same twice, record by record and picture by
// picture, however its shots are spread over processors; another seed plays
// another day, and a working plant all the same.
func TestSeeds(t *testing.T) {
	day := func(seed int64) *Incident {
		s := quiet(seed)
		s.calendar.Days = 1
		return s.play("quiet", seed)
	}
	first, again, other := day(1), day(1), day(2)
	if !reflect.DeepEqual(maps.Collect(first.Files()), maps.Collect(again.Files())) {
		t.Error("the same seed played two different days")
	}
	if reflect.DeepEqual(first.Records[0].Scene, other.Records[0].Scene) {
		t.Error("seed 2 plays seed 1")
	}
	if got := other.Truth.Accuracy.Before; got < 0.88 {
		t.Errorf("quality %.3f with another seed, want a working plant", got)
	}
}
