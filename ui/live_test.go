package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"andon/analysis"
	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/uitest"
)

// quiet is the gloves incident before the gloves.
func quiet() screen.State {
	s := screentest.Gloves()
	s.Triage.Onset, s.Triage.Changes, s.Triage.Quality, s.Triage.Slices = nil, nil, nil, nil
	s.Triage.Verdict = analysis.Verdict{Cause: analysis.None, Outcome: analysis.NoChange, Why: "Nothing changed."}
	return s
}

// A change that rows bring while somebody looks stands above every screen, in
// words, until it is looked at.
func TestNewsStandsOnEveryScreen(t *testing.T) {
	const said = "! accuracy 92.8 % > 63.9 % since"
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		p := play(t, uitest.Mono(t), size[0], size[1])
		p.plant.state = quiet()
		p.send(Loaded{})
		p.press("!") // the change went away, which is news as well
		p.plant.state = screentest.Gloves()
		p.send(Loaded{})
		for _, key := range []string{"1", "2", "3", "4"} {
			p.press(key).sees("! accuracy", "press !")
			if size[0] >= 80 {
				p.sees(said)
			}
		}
		uitest.Golden(t, fmt.Sprintf("news-%dx%d-ascii", size[0], size[1]), p.model.View().Content, size[0], size[1])
		p.press("!").sees("[2 Timeline]")
		if p.model.alert.text != "" {
			t.Errorf("%v: looked at, it still stands:\n%s", size, p.text())
		}
		p.press("!").sees("nothing new")
	}
}

func TestNews(t *testing.T) {
	other := screentest.Gloves()
	other.Triage.Verdict.Cause = analysis.Model
	for _, test := range []struct {
		name        string
		before, now screen.State
		want        string
	}{
		{"nothing", screentest.Gloves(), screentest.Gloves(), ""},
		{"another cause", screentest.Gloves(), other, "verdict now model, likely, was floor, likely"},
		{"it was none", screentest.Gloves(), quiet(), "no change any more in accuracy"},
	} {
		p := play(t, uitest.Truecolour(t), 80, 24)
		p.plant.state = test.before
		p.send(Loaded{})
		p.plant.state = test.now
		p.send(Loaded{})
		if got := string(p.model.alert.text); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// What is found in the first part of an import, and then in all of it, is no
// news: nobody had an answer yet.
func TestImportIsNoNews(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.send(Progress{screen.Loading{Active: true, Source: "log.csv"}})
	p.plant.state = quiet()
	p.send(Loaded{})
	p.plant.state = screentest.Gloves()
	p.send(Loaded{})
	p.send(Progress{})
	p.plant.state = quiet()
	p.send(Loaded{})
	if p.model.alert.text != "" {
		t.Errorf("the import brought news: %q", p.model.alert.text)
	}
	p.plant.state = screentest.Gloves()
	p.send(Loaded{})
	p.sees("press !")
}

// A question that was asked of a part of the rows may be answered after the
// import has ended: neither that answer nor the one that follows is news.
func TestLateAnswerIsNoNews(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.send(Progress{screen.Loading{Active: true, Source: "log.csv"}})
	m, asked := p.model.Update(Loaded{})
	p.model = m.(Model)
	p.plant.state = quiet()
	late := asked() // of the part
	p.send(Progress{})
	p.send(late)
	p.plant.state = screentest.Gloves()
	p.send(Loaded{})
	if p.model.alert.text != "" {
		t.Errorf("the import brought news: %q", p.model.alert.text)
	}
	p.plant.state = quiet()
	p.send(Loaded{})
	p.sees("press !")
}

// Other windows are another question: its answer is no news.
func TestAnotherQuestionIsNoNews(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.plant.state = quiet()
	p.send(screen.Move{Windows: screentest.Windows})
	if p.model.alert.text != "" {
		t.Errorf("moved windows brought news: %q", p.model.alert.text)
	}
}

func TestFollowed(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24)
	p.send(Followed{Files: 2})
	p.sees("all rows, live ")
	p.send(Followed{Files: 2, Behind: 12_300})
	p.sees("all rows, live, 12,300 behind")
	p.send(Followed{Files: 1, Trouble: "b.log: permission denied"})
	p.sees("following: b.log: permission denied")
	p.press("2").sees("live, trouble")
	p.send(Followed{})
	if strings.Contains(p.text(), "live") {
		t.Errorf("nothing is followed:\n%s", p.text())
	}
	p.send(Loaded{Err: errors.New("following ended: disk full")})
	p.sees("disk full")
}

// The row under the cursor stays the same row on the same line while others
// come before it.
func TestNothingJumpsUnderTheCursor(t *testing.T) {
	p := play(t, uitest.Mono(t), 80, 24).press("4", "j")
	line := func() (string, int) {
		for y, l := range strings.Split(p.text(), "\n") {
			if strings.HasPrefix(l, ">") {
				return strings.Fields(l)[1], y
			}
		}
		return "", -1
	}
	where, y := line()
	grown := screentest.Gloves()
	first := grown.Triage.Slices[0]
	first.Where = analysis.Where{analysis.Is("line", "L9")}
	grown.Triage.Slices = append([]analysis.SliceScore{first}, grown.Triage.Slices...)
	p.plant.state = grown
	p.send(Loaded{})
	if now, at := line(); now != where {
		t.Errorf("the cursor was on %q, line %d, and is on %q, line %d:\n%s", where, y, now, at, p.text())
	}
	p.press("2", "left", "left")
	before := p.model.screens[p.model.at(screen.Timeline)].Under().Saw
	p.plant.state.Sources[0].Rows += 1000
	p.send(Loaded{})
	if now := p.model.screens[p.model.at(screen.Timeline)].Under().Saw; now != before {
		t.Errorf("the cursor was on %q and is on %q", before, now)
	}
}

// What the file holds shows before it is judged, and never in place of an
// answer.
func TestGlance(t *testing.T) {
	p := play(t, uitest.Mono(t), 80, 24)
	first := screentest.Gloves()
	first.Triage, first.Windows, first.Ready = analysis.Triage{}, analysis.Windows{}, false
	p.model.state = screen.State{}
	p.press("2")
	p.send(glance{state: first})
	p.sees("  accuracy ", "the windows and the verdict follow")
	p.send(Loaded{})
	p.sees("before 92.8 % of")
	p.send(glance{state: first})
	p.sees("before 92.8 % of")
	p.model.state = screen.State{Err: errors.New("page 7 is damaged")}
	p.send(glance{state: first})
	if p.model.state.Err == nil {
		t.Error("a glance hides that the file cannot be read")
	}
}
