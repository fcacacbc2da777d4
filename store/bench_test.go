package store

import (
	"fmt"
	"testing"
	"time"

	"andon/analysis"
)

// plantBatch is n rows of a plant's log from row from on, 22 columns.
func plantBatch(from, n int) *analysis.Batch {
	b := &analysis.Batch{Kind: analysis.InferenceKind, Rows: n, Offset: int64(from+n) * 400}
	add := func(f analysis.Field, value func(i int) any) {
		builder := analysis.NewBuilder(f)
		for i := from; i < from+n; i++ {
			switch v := value(i).(type) {
			case string:
				builder.Text(v)
			case float64:
				builder.Number(v)
			case int64:
				builder.Time(v)
			default:
				builder.Null()
			}
		}
		b.Columns = append(b.Columns, builder.Column())
	}
	add(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time}, func(i int) any {
		return start.Add(time.Duration(i) * 600 * time.Millisecond).UnixNano()
	})
	add(analysis.Field{Name: "id", Role: analysis.RoleID, Type: analysis.Text}, func(i int) any { return fmt.Sprintf("inf-%09d", i*7) })
	add(analysis.Field{Name: "prediction", Role: analysis.RolePrediction, Type: analysis.Text}, func(i int) any { return []string{"ok", "nok"}[i*i%7/6] })
	add(analysis.Field{Name: "label", Role: analysis.RoleLabel, Type: analysis.Text}, func(i int) any {
		if i%3 != 0 {
			return nil
		}
		return []string{"ok", "nok"}[i%11/10]
	})
	for d, size := range []int{3, 8, 16, 40, 3, 12, 5, 64} {
		add(analysis.Field{Name: fmt.Sprintf("dimension%d", d), Role: analysis.RoleDimension, Type: analysis.Text}, func(i int) any {
			return fmt.Sprintf("value-%02d", (i*2654435761>>7)%size)
		})
	}
	for d, scale := range []float64{100, 1000, 10, 1, 10000, 100, 1000, 10, 1000, 100} {
		add(analysis.Field{Name: fmt.Sprintf("feature%d", d), Role: analysis.RoleFeature, Type: analysis.Number}, func(i int) any {
			return float64((i*40503+d)%65000) / scale
		})
	}
	return b
}

// BenchmarkAppend loads 22 columns; the rows a second are what counts.
func BenchmarkAppend(b *testing.B) {
	const each = 8192
	var batches []*analysis.Batch
	for i := range 16 {
		batches = append(batches, plantBatch(i*each, each))
	}
	f := create(b)
	l, err := f.Load(b.Context(), analysis.Source{Path: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	rows := 0
	for b.Loop() {
		if err := l.Append(b.Context(), batches[rows/each%len(batches)]); err != nil {
			b.Fatal(err)
		}
		rows += each
	}
	if err := l.Flush(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkTable reads all segments of 262,144 rows from a closed file.
func BenchmarkTable(b *testing.B) {
	f := create(b)
	var batches []*analysis.Batch
	for i := range 4 {
		batches = append(batches, plantBatch(i<<16, 1<<16))
	}
	load(b, f, analysis.Source{Path: "bench"}, batches...)
	f = reopen(b, f)
	for b.Loop() {
		if _, err := f.Table(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(4<<16)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(segmentBytes(b, f)/(4<<16), "segment-B/row")
}

// BenchmarkJoin brings 65,536 late labels to 262,144 rows.
func BenchmarkJoin(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		f := create(b)
		for i := range 4 {
			log := plantBatch(i<<16, 1<<16)
			log.Columns = append(log.Columns[:3:3], log.Columns[4:]...)
			load(b, f, analysis.Source{Path: "log"}, log)
		}
		labels := plantBatch(100_000, 1<<16)
		labels.Kind, labels.Columns = analysis.LabelKind, []analysis.Column{labels.Columns[1], labels.Columns[2]}
		labels.Columns[1].Name, labels.Columns[1].Role = "label", analysis.RoleLabel
		load(b, f, analysis.Source{Path: "labels"}, labels)
		b.StartTimer()
		if j := join(b, f); j.Labels != 1<<16 {
			b.Fatalf("joined %+v", j)
		}
	}
}

func segmentBytes(t testing.TB, f *File) float64 {
	var n float64
	if err := f.reader.QueryRowContext(t.Context(), "SELECT sum(length(data)) FROM segment").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
