package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// What people add to a triage after it was made:
//
//	a user's own steps   ──▶ more lines of the ledger ─┐
//	a swap test          ──▶ model or world, for good ─┴▶ posterior, verdict, next tests
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

// Weighed is the triage with the answers that Investigate knows nothing of: to
// own steps, and of a measured swap test. Without such answers, or where no
// cause was weighed, verdict and ledger stay as they are and only the next
// tests gain the own steps.
//
// For a swap test the weight is chosen so that
//
//	P(model) = 0.97 (yes), 0.03 (no);  P(k) for the others in their old proportions
//
// Cost: O(evidence + steps).
func (t Triage) Weighed(own []Step, findings []Finding) Triage {
	if len(t.Causes) == 0 || t.Verdict.Cause == None {
		return t
	}
	all := slices.Concat(checklist(), own)
	ledger, added := answersTo(own, t.Ledger, findings)
	swapped := swapOutcome(findings)
	if !added && swapped == "" {
		if len(own) > 0 {
			t.Next = NextTests(all, posteriorOf(t.Causes), Outcomes(findings), testedChecks(t.Ledger))
		}
		return t
	}
	confounded := t.confounded()
	posterior := Posterior(Prior(), ledger)
	if swapped != "" {
		confounded = ""
		ledger = experiment(ledger, swapped)
		posterior = Posterior(Prior(), ledger)
	}
	t.Ledger = ledger
	t.Verdict, t.Causes = Judge(posterior, ledger, decided(all, findings), confounded)
	if t.Onset != nil {
		t.Events = MatchEvents(eventsOf(t.Events), *t.Onset, t.Slices, posterior)
	}
	t.Next = NextTests(all, posterior, Outcomes(findings), testedChecks(ledger))
	return t
}

// answersTo adds the answers to steps to a ledger; added says that there were
// any.
func answersTo(steps []Step, ledger []Evidence, findings []Finding) (out []Evidence, added bool) {
	out = slices.Clone(ledger)
	for _, f := range latest(findings) {
		i := slices.IndexFunc(steps, func(s Step) bool { return s.ID == f.Step })
		strength, told := map[Outcome]float64{Yes: 1, No: 0}[f.Outcome]
		if i < 0 || !told {
			continue
		}
		e := Evidence{ID: f.Step, Saw: fmt.Sprintf("%s (%s)", either(f.Claim, steps[i].Question), f.Outcome),
			Number: string(f.Outcome), Yes: strength, Weight: weigh(steps[i].Yes, strength), Tested: true}
		out, added = replace(out, steps[i].Check, e), true
	}
	return out, added
}

func either(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
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
	want := swapSure
	if said == No {
		want = 1 - swapSure
	}
	without := max(1e-9, min(1-1e-9, Posterior(Prior(), ledger)[Model]))
	step := math.Log(want/(1-want)) - math.Log(without/(1-without))
	e.Weight = map[Cause]float64{}
	for _, c := range Causes {
		e.Weight[c] = -step / float64(len(Causes)) // against the average cause
	}
	e.Weight[Model] += step
	ledger[at] = e
	return ledger
}

// decided is the cause that the last decisive answer named, None for none.
func decided(steps []Step, findings []Finding) Cause {
	cause := None
	for _, f := range latest(findings) {
		for _, s := range steps {
			if s.ID == f.Step && s.Decisive && f.Outcome == Yes && len(s.Settles) > 0 {
				cause = s.Settles[0]
			}
		}
	}
	return cause
}

// confounded is why the leader was not called likely although it is far ahead,
// "" where it was or is not.
func (t Triage) confounded() string {
	if t.Verdict.Outcome != Inconclusive || t.Causes[0].Probability < likelyAt {
		return ""
	}
	if len(t.Causes) > 1 && t.Causes[1].Probability >= rivalAt {
		return ""
	}
	return t.Verdict.Why
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
