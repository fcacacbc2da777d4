package triage

import (
	"fmt"
	"math"
	"strings"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
)

// What there is to know of one step before it is answered: why it matters, what
// either answer would mean for which cause, and what the log says by itself.

// detailPane is all about the step on which the cursor came to rest, or the
// outcome being given.
func (s Screen) detailPane(w, h int) string {
	r, ok := s.explained()
	if !ok || h <= 0 {
		return s.sheet.Fill("", w, h)
	}
	last := s.lastLines(r, w)
	lines := []string{}
	for _, line := range screen.Wrap(display.Text(r.step.Question), w) {
		lines = append(lines, s.sheet.Paint(themes.Title, line))
	}
	body := []string{"why: " + r.step.Why, "yes" + moves(r.step, analysis.Yes) + ": " + r.step.IfYes, " no" + moves(r.step, analysis.No) + ": " + r.step.IfNo}
	for i, text := range body {
		wrapped, below := screen.Wrap(display.Text(text), w), len(body)-1-i
		if len(lines)+len(wrapped)+below+len(last) > h {
			wrapped = s.cutLines(wrapped, w, 1)
		}
		lines = append(lines, wrapped...)
	}
	lines = lines[:min(len(lines), max(0, h-len(last)))]
	return s.sheet.Fill(strings.Join(append(lines, last...), "\n"), w, h)
}

// leastTold is the factor from which it is said how an answer moves a cause.
const leastTold = 1.3

// moves says what an answer means for which cause: the one it makes likelier
// than the average cause, by a factor, and the one it makes less likely.
func moves(step analysis.Step, outcome analysis.Outcome) string {
	weights := step.Weights(outcome)
	most, least := analysis.Cause(""), analysis.Cause("")
	for _, c := range analysis.Causes {
		if w := weights[c]; w > math.Log(leastTold) && (most == "" || w > weights[most]) {
			most = c
		}
		if w := weights[c]; w < -math.Log(leastTold) && (least == "" || w < weights[least]) {
			least = c
		}
	}
	var parts []string
	if most != "" {
		parts = append(parts, fmt.Sprintf("%s x%.1f", most, math.Exp(weights[most])))
	}
	if least != "" {
		parts = append(parts, fmt.Sprintf("%s /%.1f", least, math.Exp(-weights[least])))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// lastLines are what must be seen of the detail whatever the room: the prompt
// if one is open, else the evidence and the answer so far.
func (s Screen) lastLines(r row, w int) []string {
	switch {
	case s.entry.outcome != "":
		return []string{s.reason.View(w, s.sheet)}
	case s.entry.open:
		text := "y yes  n no  Y N because  u unclear  s skipped  esc leave"
		return []string{s.sheet.Paint(themes.Accent, s.sheet.Fit("answer: "+text, w))}
	case s.saving == r.step.ID:
		return []string{s.sheet.Fit("saving the outcome", w)}
	case s.failed != nil:
		text := display.Escape("not saved: " + s.failed.Error() + "; press a to try again")
		return []string{s.sheet.Paint(themes.Bad, s.sheet.Fit(string(text), w))}
	}
	slot, text := s.evidence(r)
	lines := []string{s.sheet.Paint(slot, s.sheet.Fit(string(display.Escape(text)), w))}
	if r.outcome != "" {
		said := fmt.Sprintf("answered %s%s", r.outcome, display.Escape(strings.TrimPrefix(r.claim, r.step.Question)))
		lines = append(lines, s.sheet.Paint(themes.Accent, s.sheet.Fit(said, w)))
	}
	return lines
}

// evidence is what the log says to the step by itself.
func (s Screen) evidence(r row) (themes.Slot, string) {
	run, asked := s.runs[r.step.ID]
	switch {
	case asked && run.done && run.err != nil:
		return themes.Look, "log: the check failed: " + run.err.Error()
	case asked && run.done:
		return themes.Mark, "log: " + withNumber(run.finding.Claim, run.finding.Result) + s.speaks(r)
	case r.evidence.Tested:
		return themes.Mark, "log: " + withNumber(r.evidence.Saw, r.evidence.Number) + s.speaks(r)
	case asked:
		return themes.Muted, "log: running the check"
	case r.step.Check+r.step.Query != "":
		return themes.Muted, "log: cannot tell"
	case r.step.Look != "":
		return themes.Muted, "look: enter opens " + r.step.Look + ", then a to answer"
	}
	return themes.Muted, "do: this is done on the floor; a to answer"
}

// speaks says which cause the evidence moves most.
func (s Screen) speaks(r row) string {
	cause, weight := pull(r.evidence)
	switch {
	case cause == "" || weight*weight < 0.25*0.25:
		return ""
	case weight > 0:
		return fmt.Sprintf("; speaks for %s", cause)
	}
	return fmt.Sprintf("; speaks against %s", cause)
}

// sentence is a step for somebody who does not see the screen.
func (r row) sentence(one run) string {
	text := r.step.Question
	switch {
	case one.done && one.err == nil:
		text += " Log: " + withNumber(one.finding.Claim, one.finding.Result) + "."
	case r.evidence.Tested:
		text += " Log: " + withNumber(r.evidence.Saw, r.evidence.Number) + "."
	}
	if r.outcome != "" {
		text += " Answered: " + string(r.outcome) + "."
	}
	return text
}
