package slo

import "time"

// Labels come late, so "what is new since the last check" is not the newest
// rows but the newest knowledge:
//
//	           start                  last check      now
//	known then   ├── ▓▓▓▓▓▓▓▓▓░░░░░ ──────┤
//	known now    ├── ▓▓▓▓▓▓▓▓▓▓▓▓▓░ ───────────▓▓░░░──┤
//	new                       ▓▓▓▓             ▓▓
//
// A mark keeps how much was known since an instant; the difference to it is
// what has been learned meanwhile, of whatever age.

// remembered is how far back a mark reaches; later labels are too late.
const remembered = 14 * 24 * time.Hour

// Mark is what a ledger knew at one time.
type Mark struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
	Count Count     `json:"count"`
	State State     `json:"state"`
}

// Mark is what the ledger knows now, with the state it was found in.
func (l Ledger) Mark(state State) Mark {
	start := l.End.Add(-remembered)
	if start.Before(l.Start) {
		start = l.Start
	}
	return Mark{start, l.End, l.Since(start), state}
}

// News is how the objective stands on what has been learned since a mark: rows
// that came, and labels that came for older rows. Without anything new it keeps
// the mark's state and says so. ok is false for a mark that does not belong to
// this log, or is too old for the ledger to be compared.
func (l Ledger) News(m Mark) (s Standing, ok bool) {
	now := l.Since(m.Start)
	if m.Start.Before(l.Start) || m.End.After(l.End) || now.Known < m.Count.Known || now.Rows < m.Count.Rows {
		return Standing{}, false
	}
	c := now.sub(m.Count)
	if c.Guessed < 0 || c.ExpectedBad() < 0 {
		c.Guessed, c.Expected = 0, 0 // labels took the estimates' place
	}
	s = l.standOn(l.End.Sub(m.End), c)
	if _, rows := l.told(c); rows == 0 {
		s.State, s.Why = m.State, "nothing new is known since "+m.End.UTC().Format("2006-01-02T15:04Z")+": as it was then"
	}
	return s, true
}
