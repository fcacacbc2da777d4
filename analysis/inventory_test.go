package analysis

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// texts is a text column; "" is null.
func texts(name string, values ...string) Column {
	b := NewBuilder(Field{Name: name, Type: Text})
	for _, v := range values {
		if v == "" {
			b.Null()
			continue
		}
		b.Text(v)
	}
	return b.Column()
}

// numerals is a numeric column; NaN is null.
func numerals(name string, values ...float64) Column {
	return Column{Field: Field{Name: name, Type: Number}, Numbers: values}
}

// Oracle: counted by hand.
func TestInventory(t *testing.T) {
	times := []int64{0, 10, 20, 90}
	span := Window{From: time.Unix(0, 0), To: time.Unix(0, 100)}
	got, err := Inventory([]Column{
		texts("line", "L2", "L1", "L2", ""),
		numerals("luma", 3, math.NaN(), -1.5, 3),
		{Field: Field{Name: "time", Type: Time}, Times: times},
	}, times, span, 4)
	if err != nil {
		t.Fatal(err)
	}
	line, luma, clock := got[0], got[1], got[2]
	if line.Distinct != 2 || line.Nulls != 1 || !slices.Equal(line.Top, []ValueCount{{"L2", 2}, {"L1", 1}}) {
		t.Errorf("line = %+v", line)
	}
	if f := line.Filled; f[0] != 1 || !math.IsNaN(f[1]) || !math.IsNaN(f[2]) || f[3] != 0 {
		t.Errorf("line filled = %v, want 1, gap, gap, 0", f)
	}
	if luma.Lo != "-1.5" || luma.Hi != "3" || luma.Distinct != 2 || luma.Top[0] != (ValueCount{"3", 2}) {
		t.Errorf("luma = %+v", luma)
	}
	if clock.Distinct != 4 || clock.Lo != "1970-01-01T00:00:00Z" || clock.Top != nil {
		t.Errorf("time = %+v", clock)
	}
	if line.Empty() != 0.25 {
		t.Errorf("line is %v empty, want 0.25", line.Empty())
	}
}

func TestInventoryNamesTheRaggedColumn(t *testing.T) {
	if _, err := Inventory([]Column{texts("line", "a")}, nil, Window{}, 4); err == nil {
		t.Error("a column longer than the log must be an error")
	}
}

func TestInventoryBoundsItsMemory(t *testing.T) {
	values := make([]float64, 3*MaxDistinct)
	times := make([]int64, len(values))
	for i := range values {
		values[i] = float64(i)
	}
	got, err := Inventory([]Column{numerals("id", values...)}, times, Window{}, 0)
	if err != nil || got[0].Distinct != MaxDistinct || got[0].Top != nil {
		t.Errorf("distinct %d, top %v, error %v", got[0].Distinct, got[0].Top, err)
	}
	if hi := strconv.Itoa(len(values) - 1); got[0].Hi != hi {
		t.Errorf("largest %s, want %s: the range covers all rows", got[0].Hi, hi)
	}
}

func TestInventoryAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.SampledFrom([]string{"", "a", "b", "c"})).Draw(t, "values")
		times := make([]int64, len(values))
		for i := range times {
			times[i] = rapid.Int64Range(0, 99).Draw(t, "time")
		}
		got, err := Inventory([]Column{texts("c", values...)}, times, Window{time.Unix(0, 0), time.Unix(0, 100)}, 7)
		if err != nil {
			t.Fatal(err)
		}
		rows := got[0].Nulls
		for _, v := range got[0].Top {
			rows += v.Rows
		}
		if rows != len(values) || len(got[0].Top) != got[0].Distinct {
			t.Fatalf("%d values and nulls of %d rows, %d distinct", rows, len(values), got[0].Distinct)
		}
	})
}

// TestInventoryOfCodes takes the same stock of columns as values and as codes.
func TestInventoryOfCodes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		slow, fast := twins(rt, drawLog(rt))
		want, err := slow.Inventory(5)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := fast.Inventory(5)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			rt.Fatalf("of codes %v, %v\nof values %v", got, err, want)
		}
	})
}
