package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/table"
)

func sourceTable() table.Table {
	return table.New(
		table.Column{Title: "source", Key: "source", Width: 18, Flex: 1},
		table.Column{Title: "format", Width: 8, Wide: true},
		table.Column{Title: "kind", Width: 9, Wide: true},
		table.Column{Title: "rows", Key: "rows", Width: 11, Align: table.Right},
		table.Column{Title: "rejects", Key: "rejects", Width: 8, Align: table.Right},
		table.Column{Title: "warnings", Key: "warnings", Width: 8, Align: table.Right, Wide: true},
		table.Column{Title: "over time", Width: barCells})
}

// Cells of the coverage bars: of a source, and of a column.
const (
	barCells    = 12
	filledCells = 16
)

// bar is where the records of a source lie in time, "" until it is known. Each
// source is as high as its own most: a thousand labels beside a million rows are
// no gap.
func (s Screen) bar(source int64) string {
	counts := s.spread.counts[source]
	if len(counts) == 0 {
		return ""
	}
	most := float64(slices.Max(counts))
	shares := make([]float64, len(counts))
	for i, n := range counts {
		shares[i] = float64(n) / most
	}
	return s.coverage(shares, barCells)
}

func (s Screen) sourceRows() [][]table.Cell {
	if len(s.state.Sources) == 0 {
		return nil
	}
	rows := make([][]table.Cell, len(s.state.Sources))
	common := folder(s.state.Sources)
	for i, source := range s.state.Sources {
		rows[i] = []table.Cell{
			{Text: display.Escape(source.Path[len(common):])},
			{Text: display.Escape(source.Format), Slot: themes.Muted},
			{Text: display.Escape(string(source.Kind)), Slot: themes.Muted},
			{Text: display.Count(source.Rows), Sort: float64(source.Rows)},
			alarm(source.Rejected), alarm(int64(len(source.Warnings))),
			{Text: display.Text(s.bar(source.ID)), Slot: themes.Before},
		}
	}
	return rows
}

// folder is what the paths of all sources begin with, up to a slash: it would
// push their names out of the column. The whole path stands with the source.
func folder(sources []analysis.Source) string {
	common := sources[0].Path
	for _, source := range sources {
		for !strings.HasPrefix(source.Path, common) {
			common = common[:len(common)-1]
		}
	}
	return common[:strings.LastIndexAny(common, `/\\`)+1]
}

// alarm is a count that should be 0.
func alarm(n int64) table.Cell {
	cell := table.Cell{Text: display.Count(n), Slot: themes.Muted, Sort: float64(n)}
	if n > 0 {
		cell.Slot = themes.Look
	}
	return cell
}

func columnTable() table.Table {
	return table.New(
		table.Column{Title: "column", Key: "column", Width: 14, Flex: 2},
		table.Column{Title: "role", Key: "role", Width: 13, Wide: true},
		table.Column{Title: "type", Width: 6},
		table.Column{Title: "distinct", Key: "distinct", Width: 8, Align: table.Right},
		table.Column{Title: "empty", Key: "empty", Width: 7, Align: table.Right},
		table.Column{Title: "filled over time", Width: 16, Flex: 1})
}

func (s Screen) columnRows() [][]table.Cell {
	rows := make([][]table.Cell, len(s.stock.columns))
	for i, c := range s.stock.columns {
		empty := c.Empty()
		slot := themes.Muted
		if empty == 1 {
			slot = themes.Look
		}
		rows[i] = []table.Cell{
			{Text: display.Escape(c.Field.Name)},
			{Text: display.Escape(string(c.Field.Role)), Slot: themes.Accent},
			{Text: display.Text(c.Field.Type.String()), Slot: themes.Muted},
			{Text: distinct(c), Sort: float64(c.Distinct)},
			{Text: display.Percent(empty), Slot: slot, Sort: empty},
			{Text: display.Text(s.coverage(c.Filled, filledCells)), Slot: themes.Before},
		}
	}
	return rows
}

// distinct counts values, with a plus where counting stopped.
func distinct(c analysis.ColumnStats) display.Text {
	switch {
	case c.Field.Type == analysis.Blob || c.Distinct == analysis.Uncounted:
		return display.None
	case c.Distinct >= analysis.MaxDistinct && c.Field.Type != analysis.Text:
		return display.Count(analysis.MaxDistinct) + "+"
	}
	return display.Count(int64(c.Distinct))
}

// coverage is shares over time in w cells: a cell is as high as the share that
// is filled, a dot where nothing is, and a space where there are no rows.
func (s Screen) coverage(shares []float64, w int) string {
	var b strings.Builder
	for cell := range w {
		from, to := cell*len(shares)/w, max((cell+1)*len(shares)/w, cell*len(shares)/w+1)
		sum, n := 0.0, 0
		for _, share := range shares[min(from, len(shares)):min(to, len(shares))] {
			if !math.IsNaN(share) {
				sum, n = sum+share, n+1
			}
		}
		switch {
		case n == 0:
			b.WriteByte(' ')
		case sum == 0:
			b.WriteString(s.sheet.Glyphs.NoData)
		default:
			b.WriteString(s.sheet.Glyphs.Rise[max(0, min(7, int(math.Ceil(sum/float64(n)*8))-1))])
		}
	}
	return b.String()
}

func rejectTable() table.Table {
	return table.New(
		table.Column{Title: "line", Key: "line", Width: 8, Align: table.Right},
		table.Column{Title: "reason", Key: "reason", Width: 16, Flex: 1},
		table.Column{Title: "record", Width: 12, Flex: 2, Wide: true})
}

func (s Screen) rejectRows() [][]table.Cell {
	rows := make([][]table.Cell, len(s.refused.rejects))
	for i, r := range s.refused.rejects {
		line := display.Text("?")
		if r.Line > 0 {
			line = display.Count(r.Line)
		}
		rows[i] = []table.Cell{
			{Text: line, Slot: themes.Muted, Sort: float64(r.Line)},
			{Text: display.Escape(r.Reason), Slot: themes.Bad},
			{Text: display.Escape(string(r.Raw[:min(200, len(r.Raw))])), Slot: themes.Muted},
		}
	}
	return rows
}

// sentence is what the cursor is on, for somebody who does not see the screen.
func (s Screen) sentence() string {
	if s.sql.open {
		return s.sql.sentence()
	}
	if s.planning() {
		return s.planSentence()
	}
	switch s.pane {
	case columns:
		if c, ok := s.column(); ok {
			return fmt.Sprintf("column %s (%s, %s): %s distinct, %s empty; %s", c.Field.Name, cmp.Or(string(c.Field.Role), "no role"),
				c.Field.Type, distinct(c), display.Percent(c.Empty()), values(c))
		}
	case rejects:
		if r, ok := s.reject(); ok {
			return fmt.Sprintf("line %d was rejected: %s", r.Line, r.Reason)
		}
	default:
		if source, ok := s.source(); ok {
			return fmt.Sprintf("%s (%s, %s): %s rows, %s rejected", source.Path, source.Format, source.Kind,
				display.Count(source.Rows), display.Count(source.Rejected))
		}
	}
	return ""
}

// values are the range and the most frequent values of a column.
func values(c analysis.ColumnStats) string {
	var words []string
	if c.Distinct == analysis.Uncounted {
		return "values that no statistic uses"
	}
	if c.Lo != "" {
		words = append(words, c.Lo+" to "+c.Hi)
	}
	for _, v := range c.Top {
		words = append(words, fmt.Sprintf("%s %s", v.Value, display.Percent(float64(v.Rows)/float64(max(1, c.Rows)))))
	}
	return cmp.Or(strings.Join(words, ", "), "no values")
}
