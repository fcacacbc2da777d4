package analysis

import "fmt"

// Answered applies a person's checklist results to the ledger: an answer
// replaces the automatic check it is about (no evidence counts twice) and is
// otherwise added. Later findings of the same step win. It returns the new
// ledger and the cause a decisive step or a verified countermeasure named, None
// if there was none.
func Answered(ledger []Evidence, findings []Finding) ([]Evidence, Cause) {
	steps := map[string]Step{}
	for _, s := range Checklist() {
		steps[s.ID] = s
	}
	decisive := None
	out := append([]Evidence(nil), ledger...)
	for _, f := range latest(findings) {
		step, known := steps[f.Step]
		if !known {
			continue
		}
		strength, told := map[Outcome]float64{Yes: 1, No: 0}[f.Outcome]
		if !told {
			continue
		}
		e := Evidence{ID: step.ID, Saw: fmt.Sprintf("%s: %s", step.Question, f.Outcome),
			Number: string(f.Outcome), Weight: weigh(step.Yes, strength), Tested: true}
		if f.Claim != "" {
			e.Saw = fmt.Sprintf("%s (%s)", f.Claim, f.Outcome)
		}
		out = replace(out, step.Check, e)
		if step.Decisive && f.Outcome == Yes && len(step.Settles) > 0 {
			decisive = step.Settles[0]
		}
	}
	if proved := Proved(findings); proved != None {
		decisive = proved
	}
	return out, decisive
}

// Outcomes is the last outcome recorded for each step.
func Outcomes(findings []Finding) map[string]Outcome {
	outcomes := map[string]Outcome{}
	for _, f := range findings {
		if f.Step != "" {
			outcomes[f.Step] = f.Outcome
		}
	}
	return outcomes
}

// latest keeps the last finding of each step, in the order of the first.
func latest(findings []Finding) []Finding {
	var kept []Finding
	at := map[string]int{}
	for _, f := range findings {
		if i, ok := at[f.Step]; ok {
			kept[i] = f
			continue
		}
		at[f.Step] = len(kept)
		kept = append(kept, f)
	}
	return kept
}

// replace puts e in the place of the evidence called id, or at the end.
func replace(ledger []Evidence, id string, e Evidence) []Evidence {
	for i := range ledger {
		if id != "" && ledger[i].ID == id {
			e.ID = id
			ledger[i] = e
			return ledger
		}
	}
	return append(ledger, e)
}
