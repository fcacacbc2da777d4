package models

import (
	"fmt"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/table"
)

// The stages of a chain: the share of all rows whose wrong answer is put down to
// each, so that the column adds up to the error rate.

func stageTable() table.Table {
	return table.New(
		table.Column{Title: "stage", Key: "stage", Width: 12, Flex: 1},
		table.Column{Title: "blamed", Width: 14, Align: table.Right},
		table.Column{Title: "change", Key: "change", Width: 9, Align: table.Right},
		table.Column{Title: "95 % interval", Width: 14, Align: table.Right, Wide: true},
		table.Column{Title: "of change", Key: "share", Width: 9, Align: table.Right})
}

func (s Screen) stageRows() [][]table.Cell {
	rows := make([][]table.Cell, len(s.known.stages))
	for i, st := range s.known.stages {
		slot := themes.Muted
		switch {
		case st.Change.Lo > 0:
			slot = themes.Bad
		case st.Change.Hi < 0:
			slot = themes.Good
		}
		rows[i] = []table.Cell{{Text: display.Escape(st.Name)},
			{Text: display.Percent(st.Blamed[0].Mean()) + " > " + display.Percent(st.Blamed[1].Mean())},
			{Text: screen.Step(analysis.Proportion, st.Delta), Slot: slot, Sort: st.Delta},
			{Text: interval(analysis.Proportion, st.Change), Slot: themes.Muted},
			{Text: display.Percent(st.Share), Sort: st.Share}}
	}
	return rows
}

// culprit is the stage that more wrong answers are put down to than before.
func (s Screen) culprit() string {
	best, most := "", 0.0
	for _, st := range s.known.stages {
		if st.Change.Lo > 0 && st.Delta > most {
			best, most = fmt.Sprintf("%s: %s of the change", display.Escape(st.Name), display.Percent(st.Share)), st.Delta
		}
	}
	if best == "" && len(s.known.stages) > 0 {
		return "no stage got certainly worse"
	}
	return best
}

func (s Screen) stageSentences() []string {
	i, ok := s.row(stages, len(s.known.stages))
	if !ok {
		return nil
	}
	st := s.known.stages[i]
	out := []string{fmt.Sprintf("%s: to blame for %s of %s rows before, %s of %s after.", st.Name,
		display.Percent(st.Blamed[0].Mean()), display.Count(int64(st.Blamed[0].Known)), display.Percent(st.Blamed[1].Mean()), display.Count(int64(st.Blamed[1].Known)))}
	if st.Right[0].Known > 0 && st.Right[1].Known > 0 {
		out = append(out, fmt.Sprintf("Where all before it were right, it was right in %s before, %s after.",
			display.Percent(st.Right[0].Mean()), display.Percent(st.Right[1].Mean())))
	}
	if st.Gate {
		out = append(out, "It says whether there is anything, not what.")
	}
	return out
}
