package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
)

// strewn is a log of n rows over some hours, in any order, with everything a
// rollup sums: a batch of inferences and one of labels that come late.
func strewn(t *rapid.T, n int) (log, late *analysis.Batch) {
	field := func(name string, role analysis.Role, typ analysis.Type) *analysis.Builder {
		return analysis.NewBuilder(analysis.Field{Name: name, Role: role, Type: typ})
	}
	clock, id := field("time", analysis.RoleTime, analysis.Time), field("id", analysis.RoleID, analysis.Text)
	said, truth := field("prediction", analysis.RolePrediction, analysis.Text), field("label", analysis.RoleLabel, analysis.Text)
	status, line := field("status", analysis.RoleStatus, analysis.Text), field("line", analysis.RoleDimension, analysis.Text)
	bright := field("brightness", analysis.RoleFeature, analysis.Number)
	lateID, lateTruth := field("id", analysis.RoleID, analysis.Text), field("label", analysis.RoleLabel, analysis.Text)
	late = &analysis.Batch{Kind: analysis.LabelKind, Offset: 1}
	for i := range n {
		clock.Time(start.UnixNano() + rapid.Int64Range(0, int64(5*time.Hour)).Draw(t, "time"))
		id.Text(fmt.Sprint("id", i))
		said.Text(rapid.SampledFrom([]string{"ok", "nok"}).Draw(t, "said"))
		status.Text(rapid.SampledFrom([]string{"ok", "ok", "ok", "timeout"}).Draw(t, "status"))
		switch rapid.IntRange(0, 2).Draw(t, "labelled") {
		case 0:
			truth.Null()
		case 1:
			truth.Text("ok")
		default:
			truth.Null()
			lateID.Text(fmt.Sprint("id", i))
			lateTruth.Text("nok")
			late.Rows++
		}
		if rapid.Bool().Draw(t, "has a line") {
			line.Text(rapid.SampledFrom([]string{"L1", "L2", "L3"}).Draw(t, "line"))
		} else {
			line.Null()
		}
		if rapid.IntRange(0, 4).Draw(t, "has brightness") > 0 {
			bright.Number(float64(rapid.IntRange(-50, 300).Draw(t, "brightness")))
		} else {
			bright.Null()
		}
	}
	log = &analysis.Batch{Kind: analysis.InferenceKind, Rows: n, Offset: 1}
	for _, b := range []*analysis.Builder{clock, id, said, truth, status, line, bright} {
		log.Columns = append(log.Columns, b.Column())
	}
	late.Columns = []analysis.Column{lateID.Column(), lateTruth.Column()}
	return log, late
}

// TestOverviewProperty asks the rollups and the rows the same questions.
func TestOverviewProperty(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		path := filepath.Join(dir, fmt.Sprint(n, ".andon"))
		f, err := Create(t.Context(), path, start)
		if err != nil {
			rt.Fatal(err)
		}
		defer os.Remove(path)
		defer f.Close()
		log, late := strewn(rt, rapid.IntRange(1, 200).Draw(rt, "rows"))
		load(rt, f, analysis.Source{Path: "log"}, log)
		if late.Rows > 0 {
			load(rt, f, analysis.Source{Path: "late"}, late)
			if _, err := f.Join(t.Context()); err != nil {
				rt.Fatal(err)
			}
		}
		if rapid.Bool().Draw(rt, "rebuilt") {
			if err := f.Rebuild(t.Context()); err != nil {
				rt.Fatal(err)
			}
		}
		table, err := f.Table(t.Context())
		if err != nil {
			rt.Fatal(err)
		}
		sameSeries(rt, f, table)
		sameProfiles(rt, f, table)
		if said, err := checkRollups(t.Context(), f.reader); err != nil {
			rt.Fatalf("%s: %v", said, err)
		}
	})
}

// TestOverviewOfSilence loads logs of which one row in ten has no answer: without
// a status the rollups do not know whether it is wrong, and leave it to the table.
func TestOverviewOfSilence(t *testing.T) {
	for _, test := range []struct {
		name           string
		status, answer bool
		want           error
	}{
		{"every row answered", false, true, nil},
		{"a status tells", true, false, nil},
		{"nothing tells", false, false, ErrNotRolled},
	} {
		t.Run(test.name, func(t *testing.T) {
			names := []string{"time:time", "id:id", "prediction:prediction", "label:label"}
			if test.status {
				names = append(names, "status:status")
			}
			rows := make([][]string, 200)
			for i := range rows {
				said := "ok"
				if i%10 == 0 && !test.answer {
					said = ""
				}
				rows[i] = append([]string{stamp(i), fmt.Sprint("id", i), said, "ok"}, []string{"ok"}[:len(names)-4]...)
			}
			f := create(t)
			load(t, f, analysis.Source{Path: "log", Kind: analysis.InferenceKind}, batch(analysis.InferenceKind, names, rows...))
			if _, err := f.Series(t.Context(), time.Hour); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func sameSeries(t *rapid.T, f *File, table *analysis.Table) {
	t.Helper()
	for _, step := range []time.Duration{time.Minute, 7 * time.Minute, time.Hour, 24 * time.Hour} {
		got, err := f.Series(context.Background(), step)
		if errors.Is(err, ErrNotRolled) && table.Measure().Labelled == 0 {
			continue
		}
		want, wrong := table.Series(context.Background(), nil, step)
		if err != nil || wrong != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("in steps of %s %v %v, %v\nwant %v %v, %v", step, got.Start, got.Buckets, err, want.Start, want.Buckets, wrong)
		}
	}
}

// sameProfiles counts the rows of two windows one by one.
func sameProfiles(t *rapid.T, f *File, table *analysis.Table) {
	t.Helper()
	minute := func(label string) time.Time {
		return start.Add(time.Duration(rapid.IntRange(-30, 330).Draw(t, label)) * time.Minute)
	}
	w := analysis.Windows{Before: analysis.Window{From: minute("from")}, After: analysis.Window{From: minute("after")}}
	w.Before.To, w.After.To = w.Before.From.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "length"))*time.Minute), w.After.From.Add(90*time.Minute)
	profiles, err := f.Profiles(context.Background(), w)
	if errors.Is(err, ErrNotRolled) {
		return // some minute at an edge has too few rows
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range profiles {
		c := table.Column(p.Field.Name)
		for which, window := range []analysis.Window{w.Before, w.After} {
			block := [][]analysis.Block{p.Before, p.After}[which][0]
			for b, bin := range p.Bins {
				want := 0
				for i, at := range table.Role(analysis.RoleTime).Times {
					if at >= window.From.UnixNano() && at < window.To.UnixNano() && inBin(c, bin, i) {
						want++
					}
				}
				if block.Bins[b].Rows != want {
					t.Fatalf("%s %+v in %v: %d rows, want %d", p.Field.Name, bin, window, block.Bins[b].Rows, want)
				}
			}
		}
	}
}

func inBin(c *analysis.Column, bin analysis.Bin, i int) bool {
	switch {
	case c.Null(i) || bin.Null:
		return c.Null(i) && bin.Null
	case c.Type == analysis.Text:
		return c.String(i) == bin.Value
	}
	v := math.Floor(c.Numbers[i]*1e6) / 1e6
	return v >= bin.Lo && v < bin.Hi
}

// TestOverviewLarge rolls up several segments, the last of them in parts.
func TestOverviewLarge(t *testing.T) {
	f := create(t)
	for i := range 3 {
		load(t, f, analysis.Source{Path: fmt.Sprint("log", i)}, plantBatch(i*50_000, 50_000))
	}
	f = reopen(t, f)
	table, err := f.Table(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Series(t.Context(), time.Hour)
	want, _ := table.Series(t.Context(), nil, time.Hour)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v\nwant %v", got, err, want)
	}
	span := table.Span()
	half := span.From.Add(span.Duration() / 2).Truncate(time.Minute)
	w := analysis.Windows{Before: analysis.Window{From: span.From, To: half}, After: analysis.Window{From: half, To: span.To.Add(time.Minute)}}
	profiles, err := f.Profiles(t.Context(), w)
	if err != nil || len(profiles) != 21 { // all but time and id, and correct
		t.Fatalf("%d profiles, %v", len(profiles), err)
	}
	for _, p := range profiles {
		rows := 0
		for _, s := range append(p.Before[0].Bins, p.After[0].Bins...) {
			rows += s.Rows
		}
		if rows != 150_000 {
			t.Errorf("%s: %d rows", p.Field.Name, rows)
		}
	}
	if said, err := checkRollups(t.Context(), f.reader); err != nil {
		t.Error(said, err)
	}
}

// TestOverviewDamaged does not tell what was changed as if it were so.
func TestOverviewDamaged(t *testing.T) {
	f := create(t)
	load(t, f, analysis.Source{Path: "log"}, plantBatch(0, 5000))
	path := f.Path()
	f.Close()
	tamper(t, path, "UPDATE rollup SET counts = x'0102030405'")
	f, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Series(t.Context(), time.Hour); !errors.Is(err, ErrDamaged) {
		t.Errorf("error %v, want ErrDamaged", err)
	}
	h := f.Examine(t.Context())
	if h.Err() == nil || !h.Derived() {
		t.Errorf("the doctor says %v", h)
	}
	if err := f.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := f.Examine(t.Context()).Err(); err != nil {
		t.Error(err)
	}
}

// BenchmarkProfiles compares two halves of 1 M rows from a closed file.
func BenchmarkProfiles(b *testing.B) {
	f := create(b)
	for i := range 16 {
		load(b, f, analysis.Source{Path: fmt.Sprint(i)}, plantBatch(i<<16, 1<<16))
	}
	half := start.Add(3*24*time.Hour + 7*time.Minute)
	w := analysis.Windows{Before: analysis.Window{From: start, To: half}, After: analysis.Window{From: half, To: start.Add(7*24*time.Hour - 5*time.Minute)}}
	for b.Loop() {
		if _, err := f.Profiles(b.Context(), w); err != nil {
			b.Fatal(err)
		}
	}
}
