package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestQualityInParts works quality out row by row, too, for a table whose rows are
// divided among processors, the last part being short.
func TestQualityInParts(t *testing.T) {
	const rows = 3*partRows + 17
	random := rand.New(rand.NewPCG(1, 2))
	draw := func(most int) []uint8 {
		codes := make([]uint8, rows)
		for i := range codes {
			codes[i] = uint8(random.IntN(most))
		}
		return codes
	}
	correct := []float64{math.NaN(), 0, 1}
	times := make([]int64, rows)
	for i := range times {
		times[i] = int64(i) * 1e9
	}
	columns := []Column{
		{Field: Field{Name: "time", Role: RoleTime, Type: Time}, Times: times},
		{Field: Field{Name: "correct", Role: RoleCorrect, Type: Number}, Compact: &Compact{Bytes: draw(3), Values: correct}},
		{Field: Field{Name: "label", Role: RoleLabel}, Dict: []string{"cat", "dog"}, Compact: &Compact{Bytes: draw(3)}},
		{Field: Field{Name: "prediction", Role: RolePrediction}, Dict: []string{"dog", "cat"}, Compact: &Compact{Bytes: draw(3)}},
		{Field: Field{Name: "status", Role: RoleStatus}, Dict: []string{"ok", "timeout"}, Compact: &Compact{Bytes: draw(3)}},
	}
	table, err := NewTable(columns)
	if err != nil {
		t.Fatal(err)
	}
	known, failed := 0, 0
	for i, got := range table.Quality() {
		label, said := columns[2].String(i), columns[3].String(i)
		want := correct[columns[1].Compact.Bytes[i]]
		if want != want && label != "" && said != "" {
			want = 0
			if label == said {
				want = 1
			}
		}
		if columns[4].String(i) == "timeout" && (label != "" || want == want) {
			want = 0
			failed++
		}
		if got != want && (got == got || want == want) {
			t.Fatalf("row %d: quality %v, want %v", i, got, want)
		}
		if want == want {
			known++
		}
		if grade := table.graded[i]; grade == right != (want == 1) || grade == wrong != (want == 0) {
			t.Fatalf("row %d: grade %d of %v", i, grade, want)
		}
	}
	if m := table.Measure(); m.Known != known || m.Warnings[0] != FailedRows(failed) {
		t.Errorf("%+v, want %d known and %d failed", m, known, failed)
	}
	table.quality[rows-1] = .5
	if gradesOf(table.quality) != nil {
		t.Error("half right has a grade")
	}
}

// TestAscend puts a row back before the one in front of it: within a part, where
// two meet, and at the end.
func TestAscend(t *testing.T) {
	const rows = 2*partRows + 3
	for _, back := range []int{0, 1, partRows - 1, partRows, partRows + 1, 2 * partRows, rows - 1} {
		times := make([]int64, rows)
		for i := range times {
			times[i] = int64(i / 2)
		}
		if !ascend(times) {
			t.Fatal("equal times do not ascend")
		}
		times[back] -= 2
		if got := ascend(times); got != (back == 0) {
			t.Errorf("row %d is earlier: ascending %v", back, got)
		}
	}
}
