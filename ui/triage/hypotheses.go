package triage

import (
	"errors"
	"fmt"
	"strings"

	"andon/analysis/claim"
	"andon/analysis/hypothesis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

// The hypotheses take the whole screen below the verdict:
//
//	> 93 %  supported floor  material event "gloves from new vendor", at line=L2
//	   5 %  testing   floor  something new on the floor, in no event that is logged
//	control held   line=L1 did not fall (92.7 % → 92.9 %)
//	────────────────────────────────────────────────────────
//	+ for   line=L2 carries 98 % of the drop
//	- against, ? untested, and the moves with their reasons

var errNoCause = errors.New("write it as cause: text, or cause filter: text, such as floor line=L2: winter gloves")

// mostShown is the part of the screen the list may take.
const mostShown = .45

func (s Screen) hypothesesView(w, h int) string {
	verdict := 2
	if h < 14 {
		verdict = 1
	}
	list := s.hypothesisLines(w)
	room := max(2, min(len(list)+1, int(mostShown*float64(h))))
	if h-verdict-room < 3 {
		room = max(2, h-verdict-3)
	}
	detail := max(0, h-verdict-room)
	return s.sheet.Fill(style.Stack(s.verdictPane(w, verdict), s.listed(list, w, room), s.hypothesisPane(w, detail)), w, h)
}

// listed is the title and as many lines as fit, the cursor's among them.
func (s Screen) listed(list []string, w, h int) string {
	open := 0
	for _, one := range s.decide.all {
		if one.Open() {
			open++
		}
	}
	title := fmt.Sprintf("Hypotheses: %d, %d open; most probable first", len(s.decide.all), open)
	lines := []string{s.sheet.Paint(themes.Accent, s.sheet.Fit(s.sheet.Glyphs.Pointer+" "+title, w))}
	from := max(0, min(s.decide.at-(h-2), len(list)-(h-1)))
	return s.sheet.Fill(strings.Join(append(lines, list[from:min(len(list), from+h-1)]...), "\n"), w, h)
}

// hypothesisLines are the hypotheses and the negative controls, a line each.
func (s Screen) hypothesisLines(w int) []string {
	var lines []string
	for i, h := range s.decide.all {
		slot, sign := s.statusLook(h.Status)
		head := fmt.Sprintf("%6s %s %-9s %-8s ", display.Chance(h.Probability), sign, h.Status, h.Cause)
		text := string(display.Escape(h.Text))
		if i == s.decide.at {
			lines = append(lines, s.sheet.Fit(s.sheet.Select(s.sheet.Glyphs.Pointer+" "+head)+text, w))
			continue
		}
		lines = append(lines, s.sheet.Fit("  "+s.sheet.Paint(slot, head)+text, w))
	}
	for _, c := range s.state.Problem.Controls {
		slot := map[claim.Held]themes.Slot{claim.Stayed: themes.Good, claim.Moved: themes.Bad}[c.Held]
		text := fmt.Sprintf("control %-7s %s: %s", c.Held, c.Claim(), c.Result(s.state.Triage.Measure))
		lines = append(lines, "  "+s.sheet.Paint(orMuted(slot), s.sheet.Fit(string(display.Escape(text)), w-2)))
	}
	return lines
}

func orMuted(slot themes.Slot) themes.Slot {
	if slot == "" {
		return themes.Muted
	}
	return slot
}

// statusLook is the look and the sign of a status.
func (s Screen) statusLook(status hypothesis.Status) (themes.Slot, string) {
	g := s.sheet.Glyphs
	switch status {
	case hypothesis.Supported:
		return themes.Bad, g.Tick
	case hypothesis.Refuted:
		return themes.Muted, g.Cross
	case hypothesis.Testing:
		return themes.Look, g.Look
	}
	return themes.Accent, g.NoData
}

// hypothesisPane is all about the hypothesis under the cursor, or the decision
// under way.
func (s Screen) hypothesisPane(w, h int) string {
	if h <= 0 {
		return ""
	}
	rule := s.sheet.Paint(themes.Border, strings.Repeat(s.sheet.Glyphs.Horizontal, w))
	last := s.decisionLines(w)
	body := s.evidenceLines(w)
	room := max(0, h-1-len(last))
	from := max(0, min(s.decide.scroll, len(body)-room))
	shown := body[from:min(len(body), from+room)]
	if from+room < len(body) && room > 0 {
		shown = append(shown[:room-1:room-1], s.sheet.Paint(themes.Muted, s.sheet.Fit(fmt.Sprintf("%d more: pgdown", len(body)-from-room+1), w)))
	}
	return s.sheet.Fill(strings.Join(append(append([]string{rule}, shown...), last...), "\n"), w, h)
}

// evidenceLines are the text, what speaks for and against, what nobody tested,
// and the moves.
func (s Screen) evidenceLines(w int) []string {
	h, ok := s.decide.current()
	if !ok {
		return []string{s.sheet.Paint(themes.Muted, "no hypothesis: o adds one of your own")}
	}
	var lines []string
	add := func(slot themes.Slot, sign, text string) {
		for i, part := range screen.Wrap(display.Escape(text), w-len([]rune(sign))) {
			if i > 0 {
				sign = strings.Repeat(" ", len([]rune(sign)))
			}
			lines = append(lines, s.sheet.Paint(slot, sign+part))
		}
	}
	add(themes.Title, "", h.Text)
	for _, text := range h.For {
		add(themes.Good, "+ ", text)
	}
	for _, text := range h.Against {
		add(themes.Bad, "- ", text)
	}
	for _, text := range h.Untested {
		add(themes.Muted, "? ", text)
	}
	for _, m := range h.Moves {
		add(themes.Accent, "> ", fmt.Sprintf("%s %s to %s (%s to %s) %s: %s", display.Time(m.Time, s.zone), m.From, m.To,
			display.Chance(m.Before), display.Chance(m.After), m.Author, m.Reason))
	}
	return lines
}

// decisionLines are the prompt of a decision, or why the last was not kept.
func (s Screen) decisionLines(w int) []string {
	switch {
	case s.decide.step == whichStatus:
		var parts []string
		for _, one := range statuses {
			parts = append(parts, one.key+" "+string(one.status))
		}
		return []string{s.sheet.Paint(themes.Accent, s.sheet.Fit("status: "+strings.Join(parts, "  ")+"  esc leave", w))}
	case s.decide.typing():
		lines := []string{s.decide.line.View(w, s.sheet)}
		if s.decide.failed != nil {
			lines = append(lines, s.sheet.Paint(themes.Bad, s.sheet.Fit(string(display.Escape(s.decide.failed.Error())), w)))
		}
		return lines
	case s.decide.failed != nil:
		return []string{s.sheet.Paint(themes.Bad, s.sheet.Fit(string(display.Escape("not kept: "+s.decide.failed.Error())), w))}
	}
	return nil
}

// hypothesisSentence is a hypothesis for somebody who does not see the screen.
func hypothesisSentence(h hypothesis.Hypothesis) string {
	text := fmt.Sprintf("%s, %s (%s)", h.Text, h.Status, display.Chance(h.Probability))
	if len(h.For) > 0 {
		text += "; for it: " + strings.Join(h.For, "; ")
	}
	if len(h.Against) > 0 {
		text += "; against it: " + strings.Join(h.Against, "; ")
	}
	return text
}
