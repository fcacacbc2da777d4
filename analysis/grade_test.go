package analysis

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// TestGradesTwin works quality out row by row, and as rows without grades do: for
// a table that is divided among processors, its last part being short, and whose
// labels are judged in the file, all of them or not.
func TestGradesTwin(t *testing.T) {
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
	for _, judged := range []bool{false, true} {
		if judged {
			for i, right := range columns[1].Compact.Bytes {
				if right == 0 {
					columns[2].Compact.Bytes[i] = 0
				}
			}
		}
		table := tableOf(t, columns...)
		m, graded, ok := measureGrades(table)
		if ok != judged {
			t.Fatalf("graded as it is stored: %v, want %v", ok, judged)
		}
		slow := make([]float64, rows)
		for i := range slow {
			label, said := columns[2].String(i), columns[3].String(i)
			slow[i] = correct[columns[1].Compact.Bytes[i]]
			if slow[i] != slow[i] && label != "" && said != "" {
				slow[i] = map[bool]float64{true: 1}[label == said]
			}
			if columns[4].String(i) == "timeout" && (label != "" || slow[i] == slow[i]) {
				slow[i] = 0
			}
		}
		if !alike(table.Quality(), slow) || !slices.Equal(table.graded, gradesOf(slow)) {
			t.Errorf("judged %v: quality differs from what it is row by row", judged)
		}
		twin, quality := measure(table)
		if !alike(quality, slow) || !reflect.DeepEqual(table.Measure(), twin) || judged && !reflect.DeepEqual(m, twin) || judged && !slices.Equal(graded, table.graded) {
			t.Errorf("judged %v: %+v, want %+v", judged, table.Measure(), twin)
		}
	}
	half := &Compact{Bytes: columns[1].Compact.Bytes, Values: []float64{math.NaN(), .5, 1}}
	columns[1].Compact = half
	if table := tableOf(t, columns...); table.graded != nil {
		t.Error("half right has a grade")
	}
}

// TestGradesElsewhere leaves to the slow way what grades alone do not tell.
func TestGradesElsewhere(t *testing.T) {
	clock := minuteColumn(0, 1, 2)
	right := compacted([]Column{numberColumn("correct", RoleCorrect, 1, 0, math.NaN())}, false)[0]
	status := compacted([]Column{textColumn("status", RoleStatus, "ok", "ok", "error")}, false)[0]
	silent := compacted([]Column{textColumn("prediction", RolePrediction, "a", "", "b")}, false)[0]
	for name, c := range map[string]struct {
		columns []Column
		graded  bool
	}{
		"right and wrong":   {[]Column{clock, right}, true},
		"nothing logged":    {[]Column{clock, status}, false},
		"answers may stop":  {[]Column{clock, right, silent}, false},
		"calls may fail":    {[]Column{clock, right, silent, status}, true},
		"right by words":    {[]Column{clock, textColumn("correct", RoleCorrect, "yes", "no", "")}, true},
		"numbers not coded": {[]Column{clock, numberColumn("correct", RoleCorrect, 1, 0, 1)}, false},
		"never known":       {[]Column{clock, textColumn("correct", RoleCorrect, "", "", "")}, false},
	} {
		if _, _, ok := measureGrades(tableOf(t, c.columns...)); ok != c.graded {
			t.Errorf("%s: graded %v", name, ok)
		}
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
