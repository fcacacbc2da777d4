package screen_test

import (
	"context"
	"testing"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/help"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
)

// one is a screen that counts its presses; the rest of the contract is nil.
type one struct {
	screen.Screen
	pressed int
}

func count(s one) (screen.Screen, tea.Cmd) {
	s.pressed++
	return s, nil
}

func TestPress(t *testing.T) {
	bindings := []screen.Binding[one]{
		{Binding: help.Binding{Keys: []string{"a", "b"}}, Press: count},
		{Binding: help.Binding{Keys: []string{"c"}, Unless: func() string { return "no rows" }}, Press: count},
		{Binding: help.Binding{Keys: []string{"b"}}, Press: func(one) (screen.Screen, tea.Cmd) { panic("b is the first binding's") }},
	}
	tests := []struct {
		key     string
		pressed int
		says    string
		done    bool
	}{
		{"a", 1, "", true}, {"b", 1, "", true}, {"c", 0, "no rows", true}, {"d", 0, "", false},
	}
	for _, test := range tests {
		next, cmd, done := screen.Press(bindings, test.key, one{})
		said := ""
		if cmd != nil {
			said = cmd().(screen.Notify).Text
		}
		if next.(one).pressed != test.pressed || said != test.says || done != test.done {
			t.Errorf("%s: pressed %d, said %q, done %v; want %+v", test.key, next.(one).pressed, said, done, test)
		}
	}
}

// A question is put once; a newer one cancels it.
func TestQuestion(t *testing.T) {
	line := analysis.Where{analysis.Is("line", "L2")}
	if _, _, ok := (screen.Question{}).Next(analysis.Windows{}, nil, true); ok {
		t.Error("a question without windows was put")
	}
	first, ctx, ok := screen.Question{}.Next(screentest.Windows, nil, false)
	if !ok || first.Number != 1 {
		t.Fatalf("the first question is %d, put %v", first.Number, ok)
	}
	if _, _, ok := first.Next(screentest.Windows, nil, false); ok {
		t.Error("the same question was put twice")
	}
	second, _, ok := first.Next(screentest.Windows, line, false)
	if !ok || second.Number != 2 || ctx.Err() != context.Canceled {
		t.Errorf("another slice gave question %d, put %v; the context of the first says %v", second.Number, ok, ctx.Err())
	}
	if third, _, ok := second.Next(screentest.Windows, line, true); !ok || third.Number != 3 {
		t.Errorf("asked again it is question %d, put %v", third.Number, ok)
	}
}
