package screen

import (
	"context"

	"andon/analysis"
)

// Question is what a screen last asked its Reader about two windows. Its number
// tells its answers from those to questions that the user has left behind:
//
//	1 ──────────── cancelled
//	     2 ─────────────────── answer 2: taken
//	          answer 1, late: dropped
//
// The zero Question has not been asked.
type Question struct {
	Number  int
	windows analysis.Windows
	where   string
	cancel  context.CancelFunc
}

// Next is the question to put now, with the context of its answers, and cancels
// the one before. ok is false where there are no windows to ask about, or where
// the same was asked before; again asks even so.
func (q Question) Next(windows analysis.Windows, where analysis.Where, again bool) (next Question, ctx context.Context, ok bool) {
	same := q.Number > 0 && q.windows == windows && q.where == where.String()
	if windows.Zero() || same && !again {
		return q, nil, false
	}
	q.Cancel()
	ctx, cancel := context.WithCancel(context.Background())
	return Question{q.Number + 1, windows, where.String(), cancel}, ctx, true
}

// Cancel gives the question up, or frees what an answered one holds.
func (q Question) Cancel() {
	if q.cancel != nil {
		q.cancel()
	}
}
