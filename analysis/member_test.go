package analysis

import (
	"context"
	"slices"
	"testing"
)

func TestMembers(t *testing.T) {
	tab := tableOf(t, minuteColumn(0, 1, 2, 60, 61, 62),
		textColumn("prediction", RolePrediction, "a", "b", "a", "a", "a", "a"),
		textColumn("label", RoleLabel, "a", "b", "", "b", "b", "a"),
		textColumn("vote_x", RoleVote, "a", "b", "a", "b", "b", "a"),
		textColumn("vote_y", RoleVote, "a", "b", "b", "a", "a", ""))
	members, err := tab.Members(context.Background(), Windows{hoursWindow(0, 1), hoursWindow(1, 2)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []Member{
		{Name: "x", Column: "vote_x", Before: Sum{3, 2, 2, 2}, After: Sum{3, 3, 3, 3},
			Agree: [2]Sum{{3, 3, 3, 3}, {3, 3, 1, 1}}, Apart: []Apart{{"y", Sum{3, 3, 1, 1}, Sum{3, 2, 2, 2}}}},
		{Name: "y", Column: "vote_y", Before: Sum{3, 2, 2, 2}, After: Sum{3, 2, 0, 0},
			Agree: [2]Sum{{3, 3, 2, 2}, {3, 2, 2, 2}}, Apart: []Apart{{"x", Sum{3, 3, 1, 1}, Sum{3, 2, 2, 2}}}},
	}
	for i, m := range members {
		if w := want[i]; m.Name != w.Name || m.Column != w.Column || m.Before != w.Before || m.After != w.After || m.Agree != w.Agree || !slices.Equal(m.Apart, w.Apart) {
			t.Errorf("got  %+v\nwant %+v", m, w)
		}
	}
	if len(members) != len(want) {
		t.Errorf("%d members, want %d", len(members), len(want))
	}
}

func TestMembersWithoutLabels(t *testing.T) {
	tab := tableOf(t, minuteColumn(0, 1, 2),
		textColumn("prediction", RolePrediction, "a", "b", "a"),
		textColumn("correct", RoleCorrect, "true", "false", ""),
		textColumn("vote_x", RoleVote, "b", "a", "a"))
	members, err := tab.Members(context.Background(), Windows{Before: hoursWindow(0, 1)}, nil)
	if err != nil || len(members) != 1 || members[0].Before != (Sum{3, 2, 1, 1}) {
		t.Errorf("%+v, %v; want one right of two known", members, err)
	}
}

func TestMembersOfNumbers(t *testing.T) {
	tab := tableOf(t, minuteColumn(0, 1),
		numberColumn("prediction", RolePrediction, 1.5, 2),
		numberColumn("label", RoleLabel, 1, 4),
		numberColumn("vote_x", RoleVote, 2, 4))
	members, err := tab.Members(context.Background(), Windows{Before: hoursWindow(0, 1)}, nil)
	if err != nil || len(members) != 1 || members[0].Before != (Sum{2, 2, 1, 1}) || members[0].Agree[0] != (Sum{2, 2, 2.5, 4.25}) {
		t.Errorf("%+v, %v", members, err)
	}
}
