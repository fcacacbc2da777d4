package triage

import (
	"fmt"
	"strings"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
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
	lines := []string{screen.Title(fmt.Sprintf("Checklist: %d of %d answered%s", done, len(s.rows), s.manner()), s.pane == checklist, w, s.sheet)}
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
	text := fmt.Sprintf("repair %s (%s), %.0f min: %s", r.Cause, display.Chance(r.Probability), r.Minutes, r.Do)
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
	for _, line := range screen.Wrap(display.Text(text), w-2) {
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
