package style

// Glyphs are the signs Andon draws with, all one cell wide. The ASCII set has
// the same width sign by sign, so a layout never depends on the encoding. No
// sign needs a variation selector or a joiner: terminals disagree on those.
type Glyphs struct {
	Tick, Look, Cross, NoData string // states

	Horizontal, Vertical                           string
	TopLeft, TopRight, BottomLeft, BottomRight     string
	TeeDown, TeeUp, TeeRight, TeeLeft, CrossingBox string
	Dashed, Dotted                                 string // a level and an instant within a plot

	Bullet, Ellipsis, Dash, Times, Separator string
	Up, Down, Left, Right                    string // arrows
	Ascending, Descending                    string // sort order
	Pointer                                  string // the selected row
	Thumb, Track                             string // scroll bar

	Change, Event, Cursor string // marks under a plot
	Point, Band           string // a lone sample, an interval

	Rise [8]string // a cell filled from below by 1/8 to 8/8
	Run  [8]string // a cell filled from the left by 1/8 to 8/8
	Half string    // upper half block, "" where there is none
}

var unicodeGlyphs = Glyphs{
	Tick: "✓", Look: "!", Cross: "✗", NoData: "·",
	Horizontal: "─", Vertical: "│",
	TopLeft: "┌", TopRight: "┐", BottomLeft: "└", BottomRight: "┘",
	TeeDown: "┬", TeeUp: "┴", TeeRight: "├", TeeLeft: "┤", CrossingBox: "┼",
	Dashed: "╌", Dotted: "┊",
	Bullet: "•", Ellipsis: "…", Dash: "–", Times: "×", Separator: "·",
	Up: "↑", Down: "↓", Left: "←", Right: "→",
	Ascending: "▲", Descending: "▼",
	Pointer: ">", Thumb: "█", Track: "│",
	Change: "◆", Event: "▲", Cursor: "│",
	Point: "•", Band: "░",
	Rise: [8]string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
	Run:  [8]string{"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
	Half: "▀",
}

var asciiGlyphs = Glyphs{
	Tick: "+", Look: "!", Cross: "x", NoData: ".",
	Horizontal: "-", Vertical: "|",
	TopLeft: "+", TopRight: "+", BottomLeft: "+", BottomRight: "+",
	TeeDown: "+", TeeUp: "+", TeeRight: "+", TeeLeft: "+", CrossingBox: "+",
	Dashed: "=", Dotted: ":",
	Bullet: "*", Ellipsis: "~", Dash: "-", Times: "x", Separator: "|",
	Up: "^", Down: "v", Left: "<", Right: ">",
	Ascending: "^", Descending: "v",
	Pointer: ">", Thumb: "#", Track: "|",
	Change: "*", Event: "^", Cursor: "|",
	Point: "o", Band: ".",
	Rise: [8]string{"_", "_", ".", ".", "-", "-", "=", "#"},
	Run:  [8]string{" ", " ", "-", "-", "=", "=", "#", "#"},
	Half: "",
}
