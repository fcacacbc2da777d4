package analysis

import (
	"slices"
	"sync"
)

// An investigation asks one filter of twenty columns, and of the same two
// windows by three searches. What was found out last is kept:
//
//	filter ──▶ selection ──▶ rows                 looked for once
//	               └───────▶ profiles by column   of the last windows
//
// A selection is the rows for which a filter holds, ascending; nil stands for
// all of them. Profiles are shared by all who ask and never change.
type selection struct {
	where Where
	mask  Mask
	rows  []int32

	mu       sync.Mutex
	windows  Windows
	profiles map[string]Profile
}

// keptSelections is how many filters are remembered.
const keptSelections = 3

// selections are those asked for last, the latest first; tables that share their
// rows and their quality share them.
type selections struct {
	sync.Mutex
	last []*selection
}

// selected is the selection of a filter; errors are those of Match.
func (t *Table) selected(where Where) (*selection, error) {
	kept := t.selections
	kept.Lock()
	defer kept.Unlock()
	at := slices.IndexFunc(kept.last, func(s *selection) bool { return slices.Equal(s.where, where) })
	if at >= 0 {
		s := kept.last[at]
		kept.last = slices.Insert(slices.Delete(kept.last, at, at+1), 0, s)
		return s, nil
	}
	mask, err := t.Match(where)
	if err != nil {
		return nil, err
	}
	s := &selection{where: slices.Clone(where), mask: mask}
	if mask != nil {
		s.rows = make([]int32, 0, mask.Count(t.Rows()))
		for i, in := range mask {
			if in {
				s.rows = append(s.rows, int32(i))
			}
		}
	}
	kept.last = slices.Insert(kept.last[:min(len(kept.last), keptSelections-1)], 0, s)
	return s, nil
}

// within are the rows of the selection from until (without it).
func (s *selection) within(from, until int) []int32 {
	low, _ := slices.BinarySearch(s.rows, int32(from))
	high, _ := slices.BinarySearch(s.rows, int32(until))
	return s.rows[low:high]
}

// profile is a column's profile in the windows, made by make where it was not
// asked for before. Two that ask at once may both make it.
func (s *selection) profile(column string, w Windows, make func() (Profile, error)) (Profile, error) {
	s.mu.Lock()
	if s.windows != w {
		s.windows, s.profiles = w, map[string]Profile{}
	}
	p, known := s.profiles[column]
	s.mu.Unlock()
	if known {
		return p, nil
	}
	p, err := make()
	if err != nil {
		return p, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.windows == w {
		s.profiles[column] = p
	}
	return p, nil
}
