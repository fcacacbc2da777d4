package models

import (
	"fmt"
	"math"
	"strings"

	"andon/analysis/whatif"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/table"
)

// What could be done, one remedy a row, in the order of their certain use.

func remedyTable() table.Table {
	return table.New(
		table.Column{Title: "what if we ...", Width: 24, Flex: 1},
		table.Column{Title: "gain", Key: "gain", Width: 8, Align: table.Right},
		table.Column{Title: "95 % interval", Width: 14, Align: table.Right, Wide: true},
		table.Column{Title: "in slice", Key: "slice", Width: 8, Align: table.Right},
		table.Column{Title: "rest", Key: "rest", Width: 8, Align: table.Right},
		table.Column{Title: "people", Key: "people", Width: 6, Align: table.Right},
		table.Column{Title: "says", Width: 7})
}

func (s Screen) remedyRows() [][]table.Cell {
	rows := make([][]table.Cell, len(s.known.plan.Remedies))
	for i, r := range s.known.plan.Remedies {
		rows[i] = []table.Cell{{Text: display.Escape(r.Do)}, s.gain(r.Overall),
			{Text: interval(s.known.plan.Measure.Scale, r.Overall.Interval), Slot: themes.Muted},
			s.gain(r.Slice), s.gain(r.Elsewhere), people(r), says(r)}
	}
	return rows
}

// gain is an effect's, coloured only where its interval leaves nothing out.
func (s Screen) gain(e whatif.Effect) table.Cell {
	if e.Now.Known == 0 {
		return table.Cell{Text: display.None, Slot: themes.Muted, Sort: math.NaN()}
	}
	slot := themes.Muted
	switch {
	case e.Interval.Lo > 0:
		slot = themes.Good
	case e.Interval.Hi < 0:
		slot = themes.Bad
	}
	return table.Cell{Text: screen.Step(s.known.plan.Measure.Scale, e.Gain), Slot: slot, Sort: e.Gain}
}

func people(r whatif.Remedy) table.Cell {
	if r.Reviewed == 0 {
		return table.Cell{Text: display.None, Slot: themes.Muted}
	}
	return table.Cell{Text: display.Text(fmt.Sprintf("%.0f %%", 100*r.Reviewed)), Sort: r.Reviewed}
}

// says is what the rows say, or that it takes a retraining.
func says(r whatif.Remedy) table.Cell {
	slot := map[whatif.Finding]themes.Slot{whatif.Helps: themes.Good, whatif.Harms: themes.Bad, whatif.Open: themes.Muted}[r.Finding]
	if r.When == whatif.Retrain {
		return table.Cell{Text: "later", Slot: themes.Muted}
	}
	return table.Cell{Text: display.Text(r.Finding), Slot: slot}
}

// remedySentences are a remedy in words: what, what it brings and where, what it
// rests on, and what to beware of.
func (s Screen) remedySentences(r whatif.Remedy) []string {
	first := fmt.Sprintf("%s (%s)", r.Do, r.When)
	if r.Setting != "" {
		first += ": " + r.Setting
	}
	sentences := []string{first + ".", "Overall " + s.effect(r.Overall) + s.back(r)}
	if r.Slice.Now.Known > 0 {
		sentences = append(sentences, "In the slice "+s.effect(r.Slice), "Elsewhere "+s.effect(r.Elsewhere))
	}
	if r.Reviewed > 0 {
		cost := "a review counting as %.2g of a wrong answer"
		if s.known.plan.Assumed {
			cost += ", which is assumed"
		}
		sentences = append(sentences, fmt.Sprintf("%s of the rows go to a person, "+cost+"; what is still answered is %s right.",
			display.Percent(r.Reviewed), s.known.plan.PerWrong, s.level(r.Answered)))
	}
	if r.Kind == whatif.Abstain {
		sentences = append(sentences, s.coverage()...)
	}
	for _, w := range r.Warnings {
		sentences = append(sentences, "! "+w+".")
	}
	return sentences
}

// curveStep is every how many points of the coverage curve are told.
const curveStep = 4

// coverage is the curve of answering only when sure, in a sentence.
func (s Screen) coverage() []string {
	var parts []string
	for i := curveStep; i < len(s.known.plan.Curve); i += curveStep {
		c := s.known.plan.Curve[i]
		parts = append(parts, fmt.Sprintf("%.0f %% of the rows from %.3g on: %s", 100*c.Coverage, c.Threshold, s.level(c.Answered)))
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{"Answering " + strings.Join(parts, "; ") + "."}
}

// effect is now, with and the gain between, with the rows it rests on.
func (s Screen) effect(e whatif.Effect) string {
	scale := s.known.plan.Measure.Scale
	return fmt.Sprintf("%s > %s, gain %s (%s), on %s labelled rows.", s.level(e.Now), s.level(e.With), screen.Step(scale, e.Gain),
		interval(scale, e.Interval), display.Count(int64(e.Now.Known)))
}

// back is the share of the drop that comes back, "" where quality did not drop.
func (s Screen) back(r whatif.Remedy) string {
	if math.IsNaN(r.Recovered) {
		return ""
	}
	return fmt.Sprintf(" Takes back %s of the drop.", display.Percent(r.Recovered))
}
