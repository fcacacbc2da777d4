package analysis

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"
)

// TestSelections asks more filters and windows than are kept, from many sides at
// once: every answer is that of a table that was never asked before.
func TestSelections(t *testing.T) {
	columns := plainColumns(400)
	asked, err := NewTable(columns)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(tab *Table, i int) (Profile, error) {
		w := HalfWindows(tab.Span())
		if i%3 == 1 {
			w.Before.From = w.Before.From.Add(time.Hour)
		}
		where := Where{Is("line", fmt.Sprint("L", i%5))}
		return tab.Profile(t.Context(), []string{"line", "luma"}[i%2], where[:min(1, i%6)], w)
	}
	err = each(120, func(i int) error {
		fresh, err := NewTable(columns)
		if err != nil {
			return err
		}
		want, err := ask(fresh, i)
		if err != nil {
			return err
		}
		got, err := ask(asked, i)
		if err == nil && !reflect.DeepEqual(got, want) {
			err = fmt.Errorf("question %d: %+v, want %+v", i, got, want)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if n := len(asked.selections.last); n > keptSelections {
		t.Errorf("%d selections are kept", n)
	}
}

// plainColumns is a log of n rows a minute, five lines and a number.
func plainColumns(n int) []Column {
	clock, line := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time}), NewBuilder(Field{Name: "line", Role: RoleDimension})
	luma, correct := NewBuilder(Field{Name: "luma", Role: RoleFeature, Type: Number}), NewBuilder(Field{Name: "correct", Role: RoleCorrect, Type: Number})
	for i := range n {
		clock.Time(monday.Add(time.Duration(i) * time.Minute).UnixNano())
		line.Text(fmt.Sprint("L", i*7%5))
		luma.Number(float64(i * 31 % 90))
		correct.Number(float64(i % 2))
	}
	return []Column{clock.Column(), line.Column(), luma.Column(), correct.Column()}
}

// TestEach does everything once, and tells the first error by number.
func TestEach(t *testing.T) {
	done := make([]int, 50)
	err := each(len(done), func(i int) error {
		done[i]++
		if i == 7 || i == 30 {
			return fmt.Errorf("number %d", i)
		}
		return nil
	})
	if err == nil || err.Error() != "number 7" {
		t.Errorf("%v", err)
	}
	for i, n := range done {
		if n != 1 {
			t.Errorf("%d was done %d times", i, n)
		}
	}
	if err := each(0, func(int) error { return errors.New("asked") }); err != nil {
		t.Error(err)
	}
}
