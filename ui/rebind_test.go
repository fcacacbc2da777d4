package ui

import (
	"strings"
	"testing"

	"andon/ui/uitest"
)

func TestRebound(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	_, err := p.model.Rebound(Bindings{
		Everywhere: {"quit": {"ctrl+q"}, "go to diff": {"D", "f3"}},
		"diff":     {"next row": {"n", "down"}, "over time": {"o"}},
	})
	if err == nil || !strings.Contains(err.Error(), `diff: "n" cannot be "note" and "next row"`) {
		t.Fatalf("n for two things is answered by %v", err)
	}
	m, err := p.model.Rebound(Bindings{
		Everywhere: {"quit": {"ctrl+q"}, "go to diff": {"D", "f3"}, "note": {"N"}},
		"diff":     {"next row": {"n", "down"}, "over time": {"o"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	p.model = m
	p.press("3").sees("[1 House]")
	p.press("D").sees("[3 Diff]", "> brightness", "o over time")
	p.press("n").sees("> vendor")
	p.press("j").sees("> vendor")
	p.press("N", "n q").sees("n q") // typed, not pressed
	p.press("esc", "o").sees("[2 Timeline]", "vendor=initech")
	if p.press("q"); p.quit {
		t.Error("q still quits")
	}
	p.press("?", "j").sees("ctrl+q", "quit")
	if p.press("esc", "ctrl+q"); !p.quit {
		t.Error("ctrl+q does not quit")
	}
}

func TestReboundRefuses(t *testing.T) {
	tests := []struct {
		name string
		own  Bindings
		want string
	}{
		{"a place", Bindings{"cellar": {"quit": {"x"}}}, `no place "cellar"; there are diff, everywhere, house`},
		{"a deed", Bindings{Everywhere: {"fly": {"x"}}}, `nothing there is called "fly"; there are help`},
		{"a key", Bindings{Everywhere: {"quit": {"leap"}}}, `no key is called "leap"`},
		{"two deeds of a screen", Bindings{"diff": {"over time": {"s"}}}, `"s" cannot be "over time" and "sort by next"`},
		{"two deeds everywhere", Bindings{Everywhere: {"quit": {"w"}}}, `"w" cannot be "propose windows" and "quit"`},
		{"a screen's key everywhere", Bindings{Everywhere: {"quit": {"o"}}}, `timeline: "o" cannot be "quit" and "to the onset"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := play(t, uitest.Truecolour(t), 80, 24)
			if _, err := p.model.Rebound(tt.own); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Rebound = %v, want an error with %q", err, tt.want)
			}
		})
	}
}
