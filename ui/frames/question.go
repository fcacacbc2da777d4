package frames

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/screen"
)

// question is the last one asked; its number tells its answer from those to
// questions that the user has left behind.
type question struct {
	number  int
	windows analysis.Windows
	where   string
	cancel  context.CancelFunc
}

// answer is what the Reader said to the question of that number.
type answer struct {
	number int
	frames analysis.FramePairs
	err    error
}

// pending reports that the last question is not answered yet.
func (s Screen) pending() bool { return s.asked.number != s.answer.number }

// ask puts a question unless the same one was put before; again asks even so.
func (s Screen) ask(again bool) (screen.Screen, tea.Cmd) {
	where, windows := s.where(), s.state.Windows
	same := s.asked.number > 0 && s.asked.windows == windows && s.asked.where == where.String()
	if windows.Zero() || same && !again {
		return s, nil
	}
	if s.asked.cancel != nil {
		s.asked.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.asked = question{s.asked.number + 1, windows, where.String(), cancel}
	number, reader := s.asked.number, s.reader
	return s, func() tea.Msg {
		frames, err := reader.Frames(ctx, windows, where, pairsAsked)
		return answer{number, frames, err}
	}
}

// accept takes the answer to the last question and drops any other.
func (s Screen) accept(a answer) Screen {
	if a.number != s.asked.number {
		return s
	}
	s.asked.cancel()
	s.answer = a
	s.at, s.top = 0, 0
	if len(a.frames.Pairs) == 0 {
		s.mode = sheet
	}
	return s
}
