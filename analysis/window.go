package analysis

import "time"

// Window is a half-open span of time [From, To).
type Window struct {
	From time.Time
	To   time.Time
}

// Empty reports whether the window holds no instant.
func (w Window) Empty() bool { return !w.From.Before(w.To) }

// Contains reports whether t lies in [From, To).
func (w Window) Contains(t time.Time) bool { return !t.Before(w.From) && t.Before(w.To) }

// Duration is To - From, never negative.
func (w Window) Duration() time.Duration { return max(0, w.To.Sub(w.From)) }

// Windows are the two spans an incident compares: Before is the reference,
// After the analysis window.
type Windows struct {
	Before Window
	After  Window
}

// Zero reports whether no windows were chosen.
func (w Windows) Zero() bool { return w.Before.Empty() && w.After.Empty() }
