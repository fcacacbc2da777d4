package command

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/ui"
)

// An open file is watched for what others save in it: a follower that adds
// rows, a colleague who writes a note, a label job.
//
//	every second: version ─same─▶ nothing is sent, nothing is drawn
//	                 └─other─▶ rows anew? forget them ─▶ the console asks again
//
// It polls, since a file system does not tell over a network; a look costs some
// 50 µs.

const (
	lookEvery = time.Second
	// lookFirst is for the first rows of a load, which somebody waits for.
	lookFirst = 50 * time.Millisecond
	// restFor is how many times as long as the last answer took the next waits,
	// so that a log of millions that grows all day costs a tenth of one core.
	restFor = 9
)

// look reports whether somebody saved something since the last look, and takes
// it in.
func (s *session) look(ctx context.Context) (bool, error) {
	now, err := s.file.Version(ctx)
	if err != nil {
		return false, err
	}
	s.mu.Lock()
	before := s.seen
	s.seen = now
	s.mu.Unlock()
	if now == before {
		return false, nil
	}
	if !now.SameRows(before) {
		s.forget()
	}
	return true, nil
}

// watch tells the console whatever is saved, until ctx ends. A look that fails,
// because the file is busy or gone for a moment, is made again the next time:
// what matters of it, the next question says.
func (s *session) watch(ctx context.Context, send func(tea.Msg)) {
	tick := time.NewTicker(s.hasten(ctx))
	defer tick.Stop()
	next := time.Time{}
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if s.env.Now().Before(next) {
			continue
		}
		tick.Reset(s.hasten(ctx))
		if fresh, err := s.look(ctx); err == nil && fresh {
			send(ui.Loaded{})
			next = s.env.Now().Add(restFor * time.Duration(s.took.Load()))
		}
	}
}

// hasten is when to look again: soon, while a load has not brought its first
// rows.
func (s *session) hasten(ctx context.Context) time.Duration {
	if rows, err := s.file.RowCount(ctx); err == nil && rows == 0 && s.loading.Load() {
		return lookFirst
	}
	return lookEvery
}
