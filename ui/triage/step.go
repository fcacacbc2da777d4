package triage

import "andon/analysis"

// row is one step of the checklist as it stands now.
//
//	open      test set      its answer would tell test.Information bits
//	told      evidence set  the log answered by itself; a person may overrule
//	answered  outcome set   a person's finding
//	quiet     none set      open, but its answer would tell next to nothing
type row struct {
	step     analysis.Step
	test     analysis.Test
	evidence analysis.Evidence
	outcome  analysis.Outcome
	claim    string
}

type standing int

const (
	open standing = iota
	told
	quiet
	answered
)

func (r row) standing() standing {
	switch {
	case r.outcome != "":
		return answered
	case r.test.Step != "":
		return open
	case r.evidence.Tested:
		return told
	}
	return quiet
}

// rows orders the checklist: what to ask next in the order of tests, then what the log has told, what would tell little, and at
// the end what is answered. Within each the playbook's own order holds, so the
// list moves only when an answer comes in.
func rows(steps []analysis.Step, tests []analysis.Test, ledger []analysis.Evidence, findings []analysis.Finding) []row {
	all := make(map[string]row, len(steps))
	for _, step := range steps {
		all[step.ID] = row{step: step}
	}
	for _, e := range ledger {
		for _, step := range steps {
			if step.Check != "" && step.Check == e.ID {
				r := all[step.ID]
				r.evidence = e
				all[step.ID] = r
			}
		}
	}
	for _, f := range findings {
		if r, ok := all[f.Step]; ok {
			r.outcome, r.claim = f.Outcome, f.Claim
			all[f.Step] = r
		}
	}
	ordered := make([]row, 0, len(steps))
	for _, test := range tests {
		r, ok := all[test.Step]
		if r.test = test; ok && r.standing() == open {
			ordered = append(ordered, r)
			delete(all, test.Step)
		}
	}
	for _, want := range []standing{told, quiet, answered} {
		for _, step := range steps {
			if r, left := all[step.ID]; left && r.standing() == want {
				ordered = append(ordered, r)
			}
		}
	}
	return ordered
}

// index is the place of a step among the rows, or 0.
func index(rows []row, step string) int {
	for i, r := range rows {
		if r.step.ID == step {
			return i
		}
	}
	return 0
}

// tally counts the steps of a room: done are those that a person or the log
// has answered.
type tally struct {
	room        string
	done, total int
}

func tallies(rows []row) []tally {
	counts := make([]tally, 0, len(analysis.Rooms))
	for _, room := range analysis.Rooms {
		t := tally{room: room}
		for _, r := range rows {
			if r.step.Room != room {
				continue
			}
			t.total++
			if s := r.standing(); s == told || s == answered {
				t.done++
			}
		}
		counts = append(counts, t)
	}
	return counts
}

// pull is the cause that a piece of evidence moves most, and how far.
func pull(e analysis.Evidence) (cause analysis.Cause, weight float64) {
	for _, c := range analysis.Causes {
		if w := e.Weight[c]; w*w > weight*weight {
			cause, weight = c, w
		}
	}
	return cause, weight
}
