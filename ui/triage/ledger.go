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

// causesPane is the causes with their probability as bar and number.
func (s Screen) causesPane(w, h int) string {
	all := s.state.Triage.Causes
	lines := []string{screen.Title("Causes", s.pane == causes, w, s.sheet)}
	from := max(0, min(s.cause-(h-2), len(all)-(h-1)))
	for i := from; i < min(len(all), from+h-1); i++ {
		c := all[i]
		name, number := fmt.Sprintf("%-9s", c.Cause), fmt.Sprintf("%6s", display.Chance(c.Probability))
		room := w - len(name) - len(number) - 3
		name = "  " + name
		if i == s.cause {
			name = s.sheet.Select(s.sheet.Glyphs.Pointer + name[1:])
		}
		lines = append(lines, name+s.sheet.Paint(themes.After, s.gauge(c.Probability, room))+" "+s.sheet.Paint(themes.Muted, number))
	}
	if len(all) == 0 {
		lines = append(lines, s.sheet.Paint(themes.Muted, "  no cause to weigh"))
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}

// gauge is a share as a bar of w cells.
func (s Screen) gauge(share float64, w int) string {
	if w <= 0 {
		return ""
	}
	eighths := max(0, min(8*w, int(math.Round(share*float64(8*w)))))
	bar := strings.Repeat(s.sheet.Glyphs.Run[7], eighths/8)
	if rest := eighths % 8; rest > 0 {
		bar += s.sheet.Glyphs.Run[rest-1]
	}
	return s.sheet.Fit(bar, w)
}

// line is one entry of the ledger as it is shown.
type line struct {
	slot themes.Slot
	text string
}

// ledgerPane is what speaks for and against the cause on which the cursor came
// to rest, and what has not been tested.
func (s Screen) ledgerPane(w, h int) string {
	c, ok := s.charged(s.settled.cause)
	if !ok {
		return s.sheet.Fill(screen.Title("Ledger", s.pane == ledger, w, s.sheet), w, h)
	}
	all := s.ledgerLines(c)
	title := fmt.Sprintf("Ledger: %d for %s, %d against, %d untested", len(c.For), c.Cause, len(c.Against), len(c.Untested))
	lines := []string{screen.Title(title, s.pane == ledger, w, s.sheet)}
	shown := all[min(s.scroll, max(0, len(all)-1)):]
	for i, one := range shown {
		if len(lines) == h-1 && i < len(shown)-1 && h > 2 {
			lines = append(lines, s.sheet.Paint(themes.Muted, s.sheet.Fit(fmt.Sprintf("  %d more below: tab, then down", len(shown)-i), w)))
			break
		}
		lines = append(lines, s.sheet.Paint(one.slot, s.sheet.Fit(one.text, w)))
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}

// ledgerLines are the entries with how many times likelier each makes the
// cause than the average cause (x), or how many times less likely (/).
func (s Screen) ledgerLines(c analysis.CauseScore) []line {
	entries := map[string]analysis.Evidence{}
	for _, e := range s.state.Triage.Ledger {
		entries[e.Saw] = e
	}
	var lines []line
	add := func(slot themes.Slot, saw []string, sign string, direction float64) {
		for _, text := range saw {
			e := entries[text]
			factor := ""
			if direction != 0 {
				factor = sign + fmt.Sprintf("%.1f", math.Exp(direction*e.Weight[c.Cause]))
			}
			lines = append(lines, line{slot, fmt.Sprintf(" %5s %s", factor, display.Escape(withNumber(text, e.Number)))})
		}
	}
	add(themes.Good, c.For, s.sheet.Glyphs.Times, 1)
	add(themes.Bad, c.Against, "/", -1)
	add(themes.Muted, c.Untested, "", 0)
	for i := len(lines) - len(c.Untested); i < len(lines); i++ {
		lines[i].text = "     ? " + strings.TrimSpace(lines[i].text)
	}
	if len(lines) == 0 {
		lines = []line{{themes.Muted, "  nothing speaks for or against it"}}
	}
	return lines
}

// withNumber adds the number unless the sentence has it already.
func withNumber(saw, number string) string {
	if number == "" || strings.Contains(saw, number) {
		return saw
	}
	return saw + " (" + number + ")"
}

// causeSentence is a cause for somebody who does not see the screen.
func causeSentence(c analysis.CauseScore) string {
	text := fmt.Sprintf("%s has %s", c.Cause, display.Chance(c.Probability))
	if len(c.For) > 0 {
		text += "; for it: " + strings.Join(c.For, "; ")
	}
	if len(c.Against) > 0 {
		text += "; against it: " + strings.Join(c.Against, "; ")
	}
	return text
}
