// Package rootcause grows the two pictures of an A3 from what is known: the
// five whys and the fishbone.
//
//	why did quality fall?      line=L2 fell      ── slice of the log
//	 └ why did it?             never seen before ── ledger
//	    └ why that?            new gloves        ── hypothesis
//	       └ why could it?     nobody announced  ── a person's answer
//	          └ why unnoticed? no check looks    ── a person's answer
//
// The whys stop where the evidence stops: a link that nothing answers is open,
// and says which question would answer it. Nothing is made up.
package rootcause

import (
	"fmt"
	"slices"

	"andon/analysis"
	"andon/analysis/hypothesis"
)

// Why is one link of the chain. Answer is "" while it is open; Evidence says
// what the answer rests on, or what would give one.
type Why struct {
	Question string
	Answer   string
	Evidence string
}

// Told reports whether the link has an answer.
func (w Why) Told() bool { return w.Answer != "" }

// allowed, unnoticed and again are the checklist steps whose answers are the
// last whys.
const (
	allowed   = "why.allowed"
	unnoticed = "why.unnoticed"
	again     = "why.again"
)

// Whys is the chain as far as it is known; the first open link is its last. nil
// where nothing changed. hypotheses come most probable first.
func Whys(t analysis.Triage, findings []analysis.Finding, hypotheses []hypothesis.Hypothesis) []Why {
	if t.Quality == nil || t.Verdict.Cause == analysis.None || len(t.Causes) == 0 {
		return nil
	}
	links := []Why{fell(t), stood(t), brought(hypotheses)}
	for _, id := range []string{allowed, unnoticed, again} {
		links = append(links, answered(id, findings))
	}
	if i := slices.IndexFunc(links, func(w Why) bool { return !w.Told() }); i >= 0 {
		links = links[:i+1]
	}
	return links
}

// fell is where quality fell.
func fell(t analysis.Triage) Why {
	w := Why{Question: fmt.Sprintf("Why did %s fall?", t.Quality.Metric)}
	if slice := t.Guilty(); slice != nil {
		w.Answer = fmt.Sprintf("%s got worse", slice.Where)
		w.Evidence = fmt.Sprintf("it carries %.0f %% of the drop", 100*slice.Contribution)
		return w
	}
	w.Answer, w.Evidence = "it got worse everywhere", "no slice stands out beyond chance"
	return w
}

// stood is what the log shows there.
func stood(t analysis.Triage) Why {
	leader := t.Causes[0]
	w := Why{Question: "Why there?", Evidence: "the ledger holds nothing that speaks for a cause"}
	if len(leader.For) > 0 {
		w.Answer, w.Evidence = leader.For[0], fmt.Sprintf("ledger; speaks for %s (%.0f %%)", leader.Cause, 100*leader.Probability)
	}
	return w
}

// leastLikely is the probability from which a hypothesis that nobody has
// decided on may stand in the chain.
const leastLikely = .5

// brought is what brought it about: a hypothesis that is supported, else one
// that is likely.
func brought(hypotheses []hypothesis.Hypothesis) Why {
	w := Why{Question: "Why did that happen?", Evidence: "no hypothesis is supported yet: answer the next test"}
	for _, h := range hypotheses {
		if h.Status == hypothesis.Supported {
			w.Answer, w.Evidence = h.Text, "hypothesis, supported"
			if n := len(h.Moves); n > 0 && h.Moves[n-1].Reason != "" {
				w.Evidence += ": " + h.Moves[n-1].Reason
			}
			return w
		}
	}
	if len(hypotheses) > 0 && hypotheses[0].Open() && hypotheses[0].Probability >= leastLikely {
		w.Answer, w.Evidence = hypotheses[0].Text, fmt.Sprintf("hypothesis, %s (%.0f %%)", hypotheses[0].Status, 100*hypotheses[0].Probability)
	}
	return w
}

// answered is a link that only a person can give.
func answered(id string, findings []analysis.Finding) Why {
	step, _ := analysis.FindStep(id)
	w := Why{Question: step.Question, Evidence: fmt.Sprintf("nobody was asked yet: answer %s on Triage, or by andon answer", id)}
	for _, f := range findings {
		if f.Step != id {
			continue
		}
		w.Answer, w.Evidence = "", fmt.Sprintf("%s: %s", f.Outcome, f.Claim)
		if f.Outcome == analysis.Yes || f.Outcome == analysis.No {
			w.Answer = string(f.Outcome)
			if why := analysis.Why(step, f.Claim); why != "" {
				w.Answer += ": " + why
			}
			w.Evidence = fmt.Sprintf("finding %d", f.ID)
		}
	}
	return w
}
