package frames

import (
	tea "charm.land/bubbletea/v2"

	"andon/analysis/camera"
	"andon/ui/screen"
)

// answer is what the Reader said to the question of that number.
type answer struct {
	number int
	frames camera.Comparison
	err    error
}

// pending reports that the last question is not answered yet.
func (s Screen) pending() bool { return s.asked.Number != s.answer.number }

// ask puts a question unless the same one was put before; again asks even so.
func (s Screen) ask(again bool) (screen.Screen, tea.Cmd) {
	where, windows := s.where(), s.state.Windows
	next, ctx, ok := s.asked.Next(windows, where, again)
	if !ok {
		return s, nil
	}
	s.asked = next
	number, reader := next.Number, s.reader
	return s, func() tea.Msg {
		frames, err := reader.Frames(ctx, windows, where, pairsAsked)
		return answer{number, frames, err}
	}
}

// accept takes the answer to the last question and drops any other.
func (s Screen) accept(a answer) Screen {
	if a.number != s.asked.Number {
		return s
	}
	s.asked.Cancel()
	s.answer = a
	s.at, s.top = 0, 0
	if len(a.frames.Pairs) == 0 {
		s.mode = sheet
	}
	return s
}
