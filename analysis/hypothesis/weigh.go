package hypothesis

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"andon/analysis"
)

// Weighed sets the hypotheses of a triage side by side, the most probable
// first: those it proposes and those kept from earlier, a person's own among
// them, each with its probability and its evidence as of now.
//
//	P(h) = P(cause) · P(event | cause) / hypotheses that say so
//
// so that those of one cause share its probability: a person's own takes its
// part of the event that it names, or of "no logged event". A kept hypothesis
// whose event or slice is not in the triage any more stays, with what is left
// for it. Ties keep their order: proposed, then kept. Nothing proposed and
// nothing kept is nil. Cost: O((causes · events + kept)²).
func Weighed(t analysis.Triage, kept []Hypothesis) []Hypothesis {
	all := Propose(t)
	for _, h := range kept {
		if i := find(all, h); i >= 0 {
			h.Text = all[i].Text
			all[i] = h
			continue
		}
		all = append(all, h)
	}
	said := map[[2]string]int{}
	for _, h := range all {
		said[place(t, h)]++
	}
	for i, h := range all {
		score := scoreOf(t, h.Cause)
		share := eventShares(t, h.Cause)[place(t, h)[1]]
		all[i].Probability = score.Probability * share / float64(said[place(t, h)])
		all[i].For, all[i].Against, all[i].Untested = evidence(t, h, score)
		if all[i].Status == "" {
			all[i].Status = Proposed
		}
	}
	slices.SortStableFunc(all, func(a, b Hypothesis) int { return cmp.Compare(b.Probability, a.Probability) })
	return all
}

// place is the part of the probability that a hypothesis takes its share of:
// its cause, and its event where that is logged.
func place(t analysis.Triage, h Hypothesis) [2]string {
	for _, m := range t.Events {
		if m.Event != nil && h.Event != "" && m.Event.Title == h.Event {
			return [2]string{string(h.Cause), h.Event}
		}
	}
	return [2]string{string(h.Cause), ""}
}

func scoreOf(t analysis.Triage, cause analysis.Cause) analysis.CauseScore {
	for _, c := range t.Causes {
		if c.Cause == cause {
			return c
		}
	}
	return analysis.CauseScore{Cause: cause}
}

// evidence is what speaks for and against a hypothesis, and what was not
// tested: the ledger's lines about its cause, and what its slice and its event
// add to them.
func evidence(t analysis.Triage, h Hypothesis, score analysis.CauseScore) (yes, no, untested []string) {
	yes, no, untested = slices.Clone(score.For), slices.Clone(score.Against), slices.Clone(score.Untested)
	if told := eventsLine(t); told != "" && !named(told, h) {
		if i := slices.Index(yes, told); i >= 0 { // it speaks for the cause, by another event than this one
			yes, no = slices.Delete(yes, i, i+1), append(no, told)
		}
	}
	for _, s := range t.Slices {
		if h.Where == "" || s.Where.String() != h.Where {
			continue
		}
		line := fmt.Sprintf("%s carries %.0f %% of the drop", h.Where, 100*s.Contribution)
		switch {
		case s.Accepted && !slices.Contains(yes, line):
			yes = append(yes, line)
		case !s.Accepted:
			no = append(no, line+", which chance could do")
		}
	}
	for _, m := range t.Events {
		switch {
		case m.Event == nil && h.Event == "" && m.Probability >= .5:
			yes = append(yes, m.Why)
		case m.Event != nil && m.Event.Title == h.Event && m.Probability >= leastEvent:
			yes = append(yes, m.Why)
		case m.Event != nil && m.Event.Title == h.Event:
			no = append(no, m.Why)
		}
	}
	if h.Own && h.Where != "" && !slices.ContainsFunc(t.Slices, func(s analysis.SliceScore) bool { return s.Where.String() == h.Where }) {
		untested = append(untested, "whether "+h.Where+" fell by itself (filter by it, then look at Diff)")
	}
	return yes, no, untested
}

// eventsLine is what the ledger says of the events, "" for nothing.
func eventsLine(t analysis.Triage) string {
	for _, e := range t.Ledger {
		if e.ID == "event.family" && e.Tested {
			return e.Saw
		}
	}
	return ""
}

// named reports whether the ledger's line about the events is about the
// hypothesis' own: the likeliest one.
func named(told string, h Hypothesis) bool {
	return h.Event != "" && strings.Contains(told, h.Event)
}

// worthAMove is how far a probability goes before it is recorded.
const worthAMove = .01

// Moved compares the hypotheses before and after an answer: one move for each
// whose probability went by a point or more, or whose status the answer moves.
// The moves have no time, author or hypothesis ID yet where that is not kept.
//
//	first answer about its cause                proposed  ▶ testing
//	a decisive step says yes to its cause       testing   ▶ supported   the likeliest of the cause
//	a decisive step that nine in ten of its
//	cause answer with yes says no               testing   ▶ refuted
//
// A yes is about the cause: of several hypotheses that share it the others stay
// in testing. A status that a person gave stays: Andon only moves what is open.
// about is the step that was answered, outcome its answer, reason what is
// recorded. Both lists come most probable first.
func Moved(before, after []Hypothesis, about analysis.Step, outcome analysis.Outcome, reason string) []Change {
	var changes []Change
	leads := map[analysis.Cause]bool{}
	for _, now := range after {
		was := Hypothesis{Status: now.Status}
		if i := find(before, now); i >= 0 {
			was = before[i]
		}
		to := next(now, about, outcome)
		if to == Supported && leads[now.Cause] {
			to = Testing
		}
		leads[now.Cause] = true
		if to == now.Status && math.Abs(now.Probability-was.Probability) < worthAMove {
			continue
		}
		changes = append(changes, Change{Hypothesis: now, Move: Move{Hypothesis: now.ID, From: now.Status, To: to,
			Before: was.Probability, After: now.Probability, Reason: reason}})
	}
	return changes
}

// Change is a hypothesis and the move it is about to make.
type Change struct {
	Hypothesis Hypothesis
	Move       Move
}

// refutes is the chance of a yes under a cause from which a no refutes it.
const refutes = .9

// next is the status that an answer leads a hypothesis to.
func next(h Hypothesis, about analysis.Step, outcome analysis.Outcome) Status {
	told := outcome == analysis.Yes || outcome == analysis.No
	if !h.Open() || !told || !slices.Contains(about.Settles, h.Cause) {
		return h.Status
	}
	first := about.Settles[0] == h.Cause
	switch {
	case about.Decisive && first && outcome == analysis.Yes:
		return Supported
	case about.Decisive && first && outcome == analysis.No && about.Yes[slices.Index(analysis.Causes, h.Cause)] >= refutes:
		return Refuted
	}
	return Testing
}
