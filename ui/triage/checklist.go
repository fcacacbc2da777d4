package triage

import (
	"fmt"
	"math"
	"strings"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
)

// stepsPane is the checklist, next by information per minute or by repair saved,
// with the open steps of every room above it.
func (s Screen) stepsPane(w, h int) string {
	if h <= 0 {
		return ""
	}
	done := 0
	for _, t := range tallies(s.rows) {
		done += t.done
	}
	lines := []string{s.title(checklist, fmt.Sprintf("Checklist: %d of %d answered%s", done, len(s.rows), s.manner()), w)}
	switch {
	case h > 3 && s.fast:
		lines = append(lines, s.repairLines(w)...)
	case h > 3:
		lines = append(lines, s.rooms(w, h)...)
	}
	at, room := index(s.rows, s.step), h-len(lines)
	from := max(0, min(at-room/2, len(s.rows)-room))
	for i := from; i < min(len(s.rows), from+room); i++ {
		lines = append(lines, s.stepLine(s.rows[i], i == at, w))
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}

// manner says by what the checklist is ordered.
func (s Screen) manner() string {
	if s.fast {
		return ", to act fast"
	}
	return ", to be sure"
}

// repairLines say what to do at once where no test is worth its time, or after
// the tests.
func (s Screen) repairLines(w int) []string {
	plan := s.state.Triage.Plan(s.state.Problem.Own...)
	if len(plan.Repairs) == 0 {
		return nil
	}
	r := plan.Repairs[0]
	text := fmt.Sprintf("repair %s (%s), %.0f min: %s", r.Cause, percent(r.Probability), r.Minutes, r.Do)
	if len(plan.Tests) == 0 {
		text = "no test is worth its time: " + text
	} else {
		text = "then " + text
	}
	return []string{"  " + s.sheet.Paint(themes.Muted, s.sheet.Fit(text, w-2))}
}

// rooms counts answered and all steps by room, on two lines where there is
// room; else only the open ones.
func (s Screen) rooms(w, h int) []string {
	var all, open []string
	for _, t := range tallies(s.rows) {
		all = append(all, fmt.Sprintf("%s %d/%d", t.room, t.done, t.total))
		if t.done < t.total {
			open = append(open, fmt.Sprintf("%s %d", t.room, t.total-t.done))
		}
	}
	text := strings.Join(all, "  ")
	if len(text) > w-2 && h < 12 {
		text = s.sheet.Fit("open: "+strings.Join(open, " "), w-2)
	}
	var lines []string
	for _, line := range s.wrap(display.Text(text), w-2) {
		lines = append(lines, "  "+s.sheet.Paint(themes.Muted, line))
	}
	return lines
}

// stepLine is one step: how it stands, its room, its question and its price.
func (s Screen) stepLine(r row, selected bool, w int) string {
	slot, mark, price := s.standing(r)
	const room = 9
	left := mark + " " + fmt.Sprintf("%-*s", room, r.step.Room)
	question := s.sheet.Fit(r.step.Question, max(0, w-2-2-room-priceWidth-1))
	if selected {
		left = s.sheet.Select(s.sheet.Glyphs.Pointer + " " + left)
	} else {
		left = "  " + s.sheet.Paint(slot, left)
	}
	return s.sheet.Fit(left+question+" "+s.sheet.Paint(themes.Muted, price), w)
}

// priceWidth is the right column: minutes and expected information, or how
// the step was answered.
const priceWidth = 18

// standing is the look, the mark and the right column of a step.
func (s Screen) standing(r row) (themes.Slot, string, string) {
	g := s.sheet.Glyphs
	switch r.standing() {
	case answered:
		switch r.outcome {
		case analysis.Yes:
			return themes.Good, g.Tick, fmt.Sprintf("%*s", priceWidth, "yes")
		case analysis.No:
			return themes.Good, g.Tick, fmt.Sprintf("%*s", priceWidth, "no")
		}
		return themes.Look, g.Look, fmt.Sprintf("%*s", priceWidth, r.outcome)
	case told:
		return themes.Muted, g.Tick, fmt.Sprintf("%*s", priceWidth, "by the log")
	case quiet:
		little := "< 0.01 bit"
		if s.fast {
			little = "saves none"
		}
		return themes.Muted, g.NoData, fmt.Sprintf("%*s", priceWidth, fmt.Sprintf("%.0f min  %s", r.step.Minutes, little))
	}
	worth := fmt.Sprintf("%.2f bit", r.test.Information)
	if s.fast {
		worth = fmt.Sprintf("-%.0f min", r.test.Saves)
	}
	return themes.Accent, g.NoData, fmt.Sprintf("%*s", priceWidth, fmt.Sprintf("%.0f min  %s", r.step.Minutes, worth))
}

// detailPane is all about the step on which the cursor came to rest, or the
// outcome being given.
func (s Screen) detailPane(w, h int) string {
	r, ok := s.explained()
	if !ok || h <= 0 {
		return s.sheet.Fill("", w, h)
	}
	last := s.lastLines(r, w)
	lines := []string{}
	for _, line := range s.wrap(display.Text(r.step.Question), w) {
		lines = append(lines, s.sheet.Paint(themes.Title, line))
	}
	body := []string{"why: " + r.step.Why, "yes" + moves(r.step, analysis.Yes) + ": " + r.step.IfYes, " no" + moves(r.step, analysis.No) + ": " + r.step.IfNo}
	for i, text := range body {
		wrapped, below := s.wrap(display.Text(text), w), len(body)-1-i
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
