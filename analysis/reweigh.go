package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// What people add to a triage that was made from the log alone, without asking
// the log again:
//
//	answers to steps, ours and a user's own ──▶ lines of the ledger ─┐
//	a swap test ──▶ model or world, for good ────────────────────────┴▶ posterior,
//	                                               verdict, events, next tests
//
// A swap test is an experiment: it answers whether the model is to blame,
// whatever the observations make of that. What it does not ask, which part of
// the world changed, the ledger goes on deciding.

// SwapStep is the checklist step that a swap test answers, and SwapQuery how
// the query of its finding begins.
const (
	SwapStep  = "model.swap"
	SwapQuery = "swap "
)

// swapSure is what a clear swap test leaves of doubt: not chance, which its
// interval holds, but a replay that was not what it was said to be.
const swapSure = .97

// Weighed is a triage with all that people found, as [Investigate] would have
// made it from the same findings, and beyond it with the answers to own steps
// and a measured swap test. t is of the log alone: an answer in its ledger
// already would count twice. Where no cause was weighed it stays as it is.
//
// For a swap test the weight is chosen so that
//
//	P(model) ≥ 0.97 (yes), ≤ 0.03 (no);  P(k) for the others in their old proportions
//
// and nothing is confounded any more. Cost: O(evidence + steps).
func (t Triage) Weighed(own []Step, findings []Finding) Triage {
	if len(t.Causes) == 0 || t.Verdict.Cause == None || len(own)+len(findings) == 0 {
		return t
	}
	all := slices.Concat(checklist(), own)
	ledger, _ := Answered(t.Ledger, findings)
	ledger = answersTo(own, ledger, findings)
	swapped, decisive := swapOutcome(findings), decided(all, findings)
	if swapped != "" {
		ledger = experiment(ledger, swapped)
	}
	posterior := Posterior(Prior(), ledger)
	unclear := ""
	if swapped == "" {
		unclear = reservation(posterior, ledger, t.Events, decisive)
	}
	t.Ledger = ledger
	t.Verdict, t.Causes = Judge(posterior, ledger, decisive, unclear)
	if t.Onset != nil {
		t.Events = MatchEvents(eventsOf(t.Events), *t.Onset, t.Slices, posterior)
	}
	t.Next = NextTests(all, posterior, Outcomes(findings), testedChecks(ledger))
	return t
}

// answersTo adds the answers to steps to a ledger.
func answersTo(steps []Step, ledger []Evidence, findings []Finding) []Evidence {
	out := slices.Clone(ledger)
	for _, f := range latest(findings) {
		i := slices.IndexFunc(steps, func(s Step) bool { return s.ID == f.Step })
		if i < 0 || steps[i].Weights(f.Outcome) == nil {
			continue
		}
		e := Evidence{ID: f.Step, Saw: fmt.Sprintf("%s (%s)", cmp.Or(f.Claim, steps[i].Question), f.Outcome),
			Number: string(f.Outcome), Weight: steps[i].Weights(f.Outcome), Tested: true}
		if f.Outcome == Yes {
			e.Yes = 1
		}
		out = replace(out, steps[i].Check, e)
	}
	return out
}

// swapOutcome is what the last measured swap test said, "" where there is none
// or it could not tell.
func swapOutcome(findings []Finding) Outcome {
	for _, f := range latest(findings) {
		if f.Step == SwapStep && strings.HasPrefix(f.Query, SwapQuery) && (f.Outcome == Yes || f.Outcome == No) {
			return f.Outcome
		}
	}
	return ""
}

// experiment gives the swap test's line of the ledger the weight that makes the
// posterior what the experiment says.
func experiment(ledger []Evidence, said Outcome) []Evidence {
	at := slices.IndexFunc(ledger, func(e Evidence) bool { return e.ID == SwapStep })
	if at < 0 {
		return ledger
	}
	ledger = slices.Clone(ledger)
	e := ledger[at]
	e.Weight = nil
	ledger[at] = e
	without := max(1e-9, min(1-1e-9, Posterior(Prior(), ledger)[Model]))
	want := max(without, swapSure)
	if said == No {
		want = min(without, 1-swapSure)
	}
	step := math.Log(want/(1-want)) - math.Log(without/(1-without))
	e.Weight = map[Cause]float64{}
	for _, c := range Causes {
		e.Weight[c] = -step / float64(len(Causes)) // against the average cause
	}
	e.Weight[Model] += step
	ledger[at] = e
	return ledger
}

// decided is the cause that a verified countermeasure proved, or that the last
// decisive answer named, None for none.
func decided(steps []Step, findings []Finding) Cause {
	cause := None
	if proved := Proved(findings); proved != None {
		return proved
	}
	for _, f := range latest(findings) {
		for _, s := range steps {
			if s.ID == f.Step && s.Decisive && f.Outcome == Yes && len(s.Settles) > 0 {
				cause = s.Settles[0]
			}
		}
	}
	return cause
}

func posteriorOf(causes []CauseScore) map[Cause]float64 {
	posterior := map[Cause]float64{}
	for _, c := range causes {
		posterior[c.Cause] = c.Probability
	}
	return posterior
}

func eventsOf(matches []EventMatch) []Event {
	var events []Event
	for _, m := range matches {
		if m.Event != nil {
			events = append(events, *m.Event)
		}
	}
	return events
}

// BroughtBy is P(cause | an event of the kind did it): what a change of that
// kind brings about. A kind nobody knows could have done anything.
//
// Source: the kinds' meanings, as in MatchEvents.
func BroughtBy(kind string, cause Cause) float64 {
	law := lawFor(kind)
	if p, own := law.causes[cause]; own {
		return p
	}
	rest := 1.0
	for _, p := range law.causes {
		rest -= p
	}
	return rest / float64(len(Causes)-len(law.causes))
}
