package plot

import (
	"fmt"
	"math"
	"strings"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// Bar is one bin of a column in both windows, as shares of its window's rows.
// New marks a value that before never had.
type Bar struct {
	Label         display.Text
	Before, After float64
	New           bool
}

// Bars are the bins of a column as rows in exactly w x h cells, below a head:
// label, before, after, on one scale, so that lengths compare across both
// windows. Bins beyond the box are counted in the last row. A share that is
// not a number is shown as none.
//
//	gloves    before            after
//	grey      ███████▌  75.0 %  █▊        18.0 %
//	black               0.0 %   ███████▎  73.0 % new
func Bars(bars []Bar, w, h int, s style.Sheet) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	lay := barLayout(bars, w)
	var rows []string
	if h > 1 {
		rows = append(rows, lay.row("", s.Paint(themes.Before, "before"), s.Paint(themes.After, "after"), "", s))
	}
	room := h - len(rows)
	shown := bars
	if len(bars) > room {
		shown = bars[:max(0, room-1)]
	}
	for _, b := range shown {
		tag := ""
		if b.New {
			tag = s.Paint(themes.Look, "new")
		}
		rows = append(rows, lay.row(string(b.Label),
			lay.share(b.Before, themes.Before, s), lay.share(b.After, themes.After, s), tag, s))
	}
	if lost := len(bars) - len(shown); lost > 0 {
		rows = append(rows, s.Paint(themes.Muted, s.Glyphs.Ellipsis+" "+string(display.Count(int64(lost)))+" more"))
	}
	return s.Fill(strings.Join(rows, "\n"), w, h)
}

// widths are the cells of a row's parts; most is the greatest share.
type widths struct {
	label, half, bar int
	most             float64
}

// percentWidth is the room of "100.0 %" and a space before it.
const percentWidth = 8

// barLayout shares w cells: labels get what they need up to a third, a tag
// four, both halves the rest.
func barLayout(bars []Bar, w int) widths {
	lay := widths{}
	for _, b := range bars {
		lay.label = max(lay.label, display.Width(b.Label))
		for _, share := range []float64{b.Before, b.After} {
			if fixed(share) {
				lay.most = max(lay.most, share)
			}
		}
	}
	lay.label = min(lay.label, w/3)
	lay.half = max(0, (w-lay.label-2-4)/2)
	lay.bar = max(0, lay.half-percentWidth-1)
	return lay
}

// row sets the parts of a row.
func (l widths) row(label, before, after, tag string, s style.Sheet) string {
	return s.Fit(label, l.label) + "  " + s.Fit(before, l.half) + s.Fit(after, l.half) + tag
}

// share is one share: its bar and its number.
func (l widths) share(share float64, slot themes.Slot, s style.Sheet) string {
	text := string(display.Percent(share))
	if l.half < percentWidth && fixed(share) {
		text = fmt.Sprintf("%.0f%%", 100*share)
		return s.Paint(slot, text)
	}
	number := strings.Repeat(" ", max(0, percentWidth-1-len(text))) + text + " "
	if l.bar < 2 {
		return s.Paint(slot, number)
	}
	return s.Fit(s.Paint(slot, run(share, l.most, l.bar, s)), l.bar) + " " + s.Paint(slot, number)
}

// run is a bar whose length is share/most of w cells, to an eighth of a cell;
// a share above nothing shows at least that.
func run(share, most float64, w int, s style.Sheet) string {
	if !fixed(share) || share <= 0 || most <= 0 {
		return ""
	}
	eighths := max(1, int(math.Round(share/most*float64(8*w))))
	full := strings.Repeat(s.Glyphs.Run[7], eighths/8)
	if rest := eighths % 8; rest > 0 {
		full += s.Glyphs.Run[rest-1]
	}
	return full
}
