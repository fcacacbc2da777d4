package house

import (
	"strings"

	"andon/themes"
	"andon/ui/style"
)

// The smallest box that holds the drawn house; below it the rooms are a list.
const (
	minWidth  = 64
	minHeight = 16
	maxWidth  = 132 // wider, the eye loses the line from wall to wall
)

// View draws the house, or lists its rooms where it does not fit. Over a slow
// link the first paint is one sentence, then the verdict and the rooms, and last
// what only adds to them: the course of quality and the topics below.
func (s Screen) View(w, h int) string {
	head := s.head(w)
	if !s.state.Ready {
		return s.sheet.Fill(strings.Join(head, "\n"), w, h)
	}
	if h >= minHeight+4 {
		head = append(head, s.spark(w, h)...)
	}
	if w < minWidth || h < minHeight {
		return s.sheet.Fill(strings.Join(append(head[:min(len(head), max(0, h-len(s.rooms)))], s.list(w)...), "\n"), w, h)
	}
	width := min(w, maxWidth)
	building := s.building(width)
	lines := append(head, "")
	if spare := h - len(lines) - len(building); spare < 0 {
		lines = lines[:max(0, len(lines)+spare)]
	}
	indent := strings.Repeat(" ", (w-width)/2)
	for _, b := range building {
		lines = append(lines, indent+b)
	}
	if more := s.more(w, h-len(lines)-1); len(more) > 0 {
		lines = append(append(lines, ""), more...)
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, h)
}

// list is one line a room: its state, and the door under the cursor or else
// the one that gave the room its state.
func (s Screen) list(w int) []string {
	lines := make([]string, len(s.rooms))
	for i, r := range s.rooms {
		shown := r.telling()
		pointer := " "
		if i == s.at.room {
			shown, pointer = r.doors[s.at.door], s.sheet.Glyphs.Pointer
		}
		line := pointer + s.sheet.Fit(r.name, 9) + s.sheet.Fit(s.sheet.State(r.state()), 10) +
			shown.name + " " + string(shown.detail)
		line = s.sheet.Fit(line, w)
		if i == s.at.room {
			line = s.sheet.Select(line)
		}
		lines[i] = line
	}
	return lines
}

// telling is the first door in the room's own state.
func (r room) telling() door {
	for _, d := range r.doors {
		if d.state == r.state() {
			return d
		}
	}
	return r.doors[0]
}

// building is the drawn house, each line exactly w wide.
//
//	   ________________
//	  ╱   BUSINESS     ╲
//	 ╱    SLO  report   ╲
//	┌─────┬────────┬─────┐
//	│ ML  │PROBLEM │ OPS │
//	├─────┴────────┴─────┤
//	│ DATA               │
//	└────────────────────┘
func (s Screen) building(w int) []string {
	g := s.sheet.Glyphs
	left, middle, right := s.walls(w)
	rule := func(a, b, c, d string) string {
		return s.edge(a + strings.Repeat(g.Horizontal, left) + b + strings.Repeat(g.Horizontal, middle) +
			c + strings.Repeat(g.Horizontal, right) + d)
	}
	lines := append(s.roof(w), rule(g.TopLeft, g.TeeDown, g.TeeDown, g.TopRight))
	lines = append(lines, s.storey(left, middle, right)...)
	lines = append(lines, rule(g.TeeRight, g.TeeUp, g.TeeUp, g.TeeLeft))
	for _, line := range s.wide(data, w-2) {
		lines = append(lines, s.edge(g.Vertical)+line+s.edge(g.Vertical))
	}
	return append(lines, s.edge(g.BottomLeft+strings.Repeat(g.Horizontal, w-2)+g.BottomRight))
}

func (s Screen) edge(text string) string { return s.sheet.Paint(themes.Border, text) }

// walls are the widths of the three middle rooms.
func (s Screen) walls(w int) (left, middle, right int) {
	inner := w - 4
	left, right = inner*28/100, inner*34/100
	return left, inner - left - right, right
}

// roof is the BUSINESS room under two slopes.
func (s Screen) roof(w int) []string {
	up, down := "/", `\`
	if s.sheet.Terminal.UTF8 {
		up, down = "╱", "╲"
	}
	const eaves = 4 // how far the lowest slope stands in from the wall
	margin := func(rows int) string { return strings.Repeat(" ", eaves+2*rows) }
	ridge := strings.Repeat("_", max(0, w-2*(eaves+3))) // one byte a cell, and it meets the slopes
	lines := []string{margin(1) + " " + s.edge(ridge) + " " + margin(1)}
	for i, row := range s.wide(business, w-2*(eaves+2)-2) {
		if i > 0 {
			row = s.wide(business, w-2*eaves-2)[i]
		}
		lines = append(lines, margin(1-i)+s.edge(up)+row+s.edge(down)+margin(1-i))
	}
	return lines
}

// storey is the three middle rooms side by side.
func (s Screen) storey(widths ...int) []string {
	var panes []string
	for i, width := range widths {
		panes = append(panes, s.edge(s.sheet.Glyphs.Vertical)+"\n"+strings.Repeat(s.edge(s.sheet.Glyphs.Vertical)+"\n", doors[problem]-1)+s.edge(s.sheet.Glyphs.Vertical))
		panes = append(panes, s.sheet.Fill(strings.Join(s.tall(ml+i, width), "\n"), width, doors[problem]+1))
	}
	panes = append(panes, panes[0])
	return strings.Split(style.Beside(panes...), "\n")
}

// tall is a room with its doors one below the other.
func (s Screen) tall(at, width int) []string {
	r := s.rooms[at]
	name := " " + s.sheet.Paint(themes.Title, r.name)
	state := s.sheet.State(r.state()) + " "
	lines := []string{s.sheet.Fit(name, width-style.Width(state)) + state}
	for i, d := range r.doors {
		lines = append(lines, s.doorway(position{at, i}, d, width))
	}
	return lines
}

// wide is a room with its doors side by side below its name.
func (s Screen) wide(at, width int) []string {
	r := s.rooms[at]
	name := " " + s.sheet.Paint(themes.Title, r.name) + "  " + s.sheet.State(r.state())
	var doors []string
	each := width / len(r.doors)
	for i, d := range r.doors {
		doors = append(doors, s.doorway(position{at, i}, d, each))
	}
	return []string{s.sheet.Fit(name, width), s.sheet.Fit(strings.Join(doors, ""), width)}
}

// doorway is one door in exactly width cells; the one under the cursor has a
// pointer besides its colour.
func (s Screen) doorway(at position, d door, width int) string {
	pointer := " "
	if at == s.at {
		pointer = s.sheet.Glyphs.Pointer
	}
	line := pointer + s.mark(d.state) + s.sheet.Paint(themes.Title, " "+d.name)
	if d.detail != "" {
		line += " " + string(d.detail)
	}
	line = s.sheet.Fit(line, width-1) + " "
	if at == s.at {
		return s.sheet.Select(line)
	}
	return line
}
