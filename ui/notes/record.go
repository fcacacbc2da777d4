package notes

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"andon/analysis/incident"
	"andon/analysis/rootcause"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
)

// The record of an incident, as one page:
//
//	1 Black gloves on L2, critical, open      fields, spans
//	Five whys        1 Why did accuracy fall? ...
//	Fishbone         material  found: new gloves    3 open
//	Handover         conditions, actions, needs
//	Moves            06:50 status: open to stable, ines: ...

// recordPage is the record, scrolled, with the change under way below it.
func (s Screen) recordPage(w, h int) string {
	var last []string
	switch {
	case s.change.step == askStatus:
		last = []string{s.sheet.Paint(themes.Accent, s.sheet.Fit("status: o open  s stable  c closed  esc leave", w))}
	case s.change.asking():
		last = []string{s.change.line.View(w, s.sheet)}
	case s.change.failed != nil:
		for _, line := range screen.Wrap(display.Escape("not kept: "+s.change.failed.Error()), w) {
			last = append(last, s.sheet.Paint(themes.Bad, line))
		}
	}
	last = last[:min(len(last), max(0, h-1))]
	return s.page(w, h-len(last)) + strings.TrimSuffix("\n"+strings.Join(last, "\n"), "\n")
}

// recordLines are the page's lines in w cells.
func (s Screen) recordLines(w int) []string {
	r, ok := s.record()
	p := pageOf{screen: s, width: w}
	if !ok {
		p.line(themes.Title, "", "no incident is on record yet")
		p.line(themes.Muted, "", "o opens one: it keeps its status, owner, times and people, and what the log looks like, so that it is found again")
	} else {
		p.record(r, len(s.state.Problem.Incidents))
	}
	p.whys(s.state.Problem.Whys)
	p.fishbone(s.state.Problem.Fishbone)
	if ok {
		p.handover(s.state.Problem.Handover)
		p.moves(r.Moves)
		p.alike(r, s.alike)
	}
	return p.lines
}

// recordSentence is the record for somebody who does not see the screen, and
// what y copies for the next shift.
func (s Screen) recordSentence() string {
	r, ok := s.record()
	if !ok {
		return "no incident on record"
	}
	h := s.state.Problem.Handover
	lines := []string{fmt.Sprintf("incident %d: %s, %s, %s", r.ID, r.Title, r.Severity, r.Status)}
	for _, part := range []struct {
		name  string
		lines []string
	}{{"conditions", h.Conditions}, {"actions", h.Actions}, {"needs", h.Needs}} {
		if len(part.lines) > 0 {
			lines = append(lines, part.name+": "+strings.Join(part.lines, "; "))
		}
	}
	return strings.Join(lines, "\n")
}

// pageOf collects lines of a width.
type pageOf struct {
	screen Screen
	width  int
	lines  []string
}

// line adds a text after a head that is repeated as blanks.
func (p *pageOf) line(slot themes.Slot, head, text string) {
	indent := len([]rune(head))
	for i, part := range screen.Wrap(display.Escape(text), max(1, p.width-indent)) {
		if i > 0 {
			head = strings.Repeat(" ", indent)
		}
		p.lines = append(p.lines, p.screen.sheet.Paint(slot, head+part))
	}
}

func (p *pageOf) title(text string) {
	if len(p.lines) > 0 {
		p.lines = append(p.lines, "")
	}
	p.lines = append(p.lines, p.screen.sheet.Paint(themes.Title, text))
}

func (p *pageOf) record(r incident.Record, of int) {
	p.line(themes.Title, "", fmt.Sprintf("%d of %d  %s, %s, %s", r.ID, of, r.Title, r.Severity, r.Status))
	for _, field := range []string{"owner", "people", "links", "tags"} {
		if value := r.Get(field); value != "" {
			p.line(themes.Text, fmt.Sprintf("%-10s", field), value)
		}
	}
	for _, at := range []struct {
		name string
		time time.Time
	}{{"onset", r.Onset}, {"detected", r.Detected}, {"mitigated", r.Mitigated}, {"resolved", r.Resolved}} {
		if !at.time.IsZero() {
			p.line(themes.Text, fmt.Sprintf("%-10s", at.name), string(display.Time(at.time, p.screen.zone)))
		}
	}
	var spans []string
	for _, span := range r.Spans() {
		spans = append(spans, fmt.Sprintf("%s %s", display.Duration(span.Length), span.Name))
	}
	if len(spans) > 0 {
		p.line(themes.Muted, "spans     ", strings.Join(spans, ", "))
	}
}

func (p *pageOf) whys(whys []rootcause.Why) {
	if len(whys) == 0 {
		return
	}
	p.title("Five whys")
	for i, why := range whys {
		p.line(themes.Text, fmt.Sprintf("%d ", i+1), why.Question)
		if why.Told() {
			p.line(themes.Accent, "  "+p.screen.sheet.Glyphs.Pointer+" ", why.Answer)
		}
		p.line(themes.Muted, "    ", why.Evidence)
	}
}

func (p *pageOf) fishbone(bones []rootcause.Bone) {
	if len(bones) == 0 {
		return
	}
	g := p.screen.sheet.Glyphs
	p.title("Fishbone")
	for _, b := range bones {
		p.line(themes.Text, fmt.Sprintf("%-12s", b.Category), fmt.Sprintf("%d asked, %d open", len(b.Items), b.Open))
		for _, item := range b.Items {
			slot, sign := themes.Muted, g.NoData
			switch item.State {
			case rootcause.Found:
				slot, sign = themes.Bad, g.Cross
			case rootcause.Cleared:
				slot, sign = themes.Good, g.Tick
			}
			p.line(slot, "  "+sign+" ", fmt.Sprintf("%s (%s, %s)", item.Text, item.State, item.By))
		}
	}
}

func (p *pageOf) handover(h incident.Handover) {
	p.title("Handover")
	for _, part := range []struct {
		name  string
		lines []string
	}{{"conditions", h.Conditions}, {"actions", h.Actions}, {"needs", h.Needs}} {
		head := fmt.Sprintf("%-11s", part.name)
		for _, line := range part.lines {
			p.line(themes.Text, head, line)
			head = strings.Repeat(" ", len(head))
		}
	}
}

func (p *pageOf) alike(r incident.Record, l likeness) {
	if l.of != r.ID {
		return
	}
	p.title("Incidents like it")
	switch {
	case !l.done:
		p.line(themes.Muted, "", "looking through the incident files beside this one")
	case l.err != nil:
		p.line(themes.Bad, "", l.err.Error())
	case len(l.found) == 0:
		p.line(themes.Muted, "", "none is like it")
	}
	for _, one := range l.found {
		p.line(themes.Text, fmt.Sprintf("%4s  ", display.Percent(one.Score)), one.Sentence())
	}
	for _, text := range l.warnings {
		p.line(themes.Muted, "! ", text)
	}
}

func (p *pageOf) moves(moves []incident.Move) {
	if len(moves) == 0 {
		return
	}
	p.title("Moves")
	for _, m := range moves {
		text := fmt.Sprintf("%s: %s to %s, %s", m.Field, cmp.Or(m.From, "none"), cmp.Or(m.To, "none"), m.Author)
		if m.Reason != "" {
			text += ": " + m.Reason
		}
		p.line(themes.Muted, string(display.Time(m.Time, p.screen.zone))+" ", text)
	}
}
