package fleet_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"andon/analysis"
	"andon/analysis/fleet"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func text(name string, role analysis.Role, values ...string) analysis.Column {
	b := analysis.NewBuilder(analysis.Field{Name: name, Role: role, Type: analysis.Text})
	for _, v := range values {
		b.Text(v)
	}
	return b.Column()
}

// Oracle: counted by hand.
func TestUnits(t *testing.T) {
	clock := analysis.Column{Field: analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time}}
	for _, hour := range []int{0, 1, 2, 3, 10, 11, 12, 13} {
		clock.Times = append(clock.Times, monday.Add(time.Duration(hour)*time.Hour).UnixNano())
	}
	tab, err := analysis.NewTable([]analysis.Column{clock,
		text("model", analysis.RoleModel, "seat", "seat", "weld", "weld", "seat", "seat", "weld", "weld"),
		text("plant_name", analysis.RoleDimension, "Graz", "Graz", "Linz", "Linz", "Graz", "Graz", "Linz", "Linz"),
		text("explant", analysis.RoleDimension, "a", "b", "a", "b", "a", "b", "a", "b"),
		text("correct", analysis.RoleCorrect, "true", "true", "true", "false", "true", "true", "false", "false")})
	if err != nil {
		t.Fatal(err)
	}
	columns := fleet.Columns(tab)
	if !slices.Equal(columns, []string{"model", "plant_name"}) {
		t.Fatalf("told apart by %v", columns)
	}
	w := analysis.Windows{Before: analysis.Window{From: monday, To: monday.Add(9 * time.Hour)}, After: analysis.Window{From: monday.Add(9 * time.Hour), To: monday.Add(24 * time.Hour)}}
	units, err := fleet.Units(context.Background(), tab, columns, w, nil)
	if err != nil || len(units) != 2 {
		t.Fatalf("%+v, %v", units, err)
	}
	if u := units[0]; u.Where.String() != "model=weld plant_name=Linz" || u.Before.Good != 1 || u.After.Good != 0 || u.Change.Delta != -.5 {
		t.Errorf("first %+v, want the one that lost most", u)
	}
	if units, err := fleet.Units(context.Background(), tab, nil, w, nil); units != nil || err != nil {
		t.Errorf("by nothing: %+v, %v", units, err)
	}
	if _, err := fleet.Units(context.Background(), tab, []string{"modle"}, w, nil); err == nil {
		t.Error("an unknown column is no error")
	}
}

// One model in one plant is no fleet.
func TestColumnsOfOne(t *testing.T) {
	clock := analysis.Column{Field: analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time}, Times: []int64{1, 2}}
	tab, err := analysis.NewTable([]analysis.Column{clock, text("model", analysis.RoleModel, "seat", "seat"), text("plant", analysis.RoleDimension, "Graz", "Graz")})
	if err != nil {
		t.Fatal(err)
	}
	if columns := fleet.Columns(tab); columns != nil {
		t.Errorf("told apart by %v", columns)
	}
}
