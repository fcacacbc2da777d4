package models

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
	number   int
	ensemble analysis.Ensemble
	err      error
}

// pending reports that the last question is not answered yet.
func (s Screen) pending() bool { return s.asked.number != s.answer.number }

// ask puts a question unless the same one was put before; again asks even so.
func (s Screen) ask(again bool) (screen.Screen, tea.Cmd) {
	where, windows := s.state.Where, s.state.Windows
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
		ensemble, err := reader.Ensemble(ctx, windows, where)
		return answer{number, ensemble, err}
	}
}

// accept takes the answer to the last question and drops any other.
func (s Screen) accept(a answer) Screen {
	if a.number != s.asked.number {
		return s
	}
	s.asked.cancel()
	s.answer = a
	s.members, s.versions = s.members.With(s.memberRows()), s.versions.With(s.versionRows())
	if len(a.ensemble.Members) == 0 && len(a.ensemble.Versions) > 0 {
		s.pane = versions
	}
	return s.resize()
}
