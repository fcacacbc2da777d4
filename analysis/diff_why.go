package analysis

import (
	"fmt"
	"math"
)

// why is one sentence on what moved, by how much, and what it tells of the
// drop. Values from the log are left out: they are hostile.
func (c columnDiff) why() string {
	s := c.signal
	what := ""
	switch s.Direction {
	case "up", "down":
		what = fmt.Sprintf("its mean went %s by %s sd, from %s to %s", s.Direction, brief(s.Effect), brief(c.means[0]), brief(c.means[1]))
	case "wider", "narrower":
		what = fmt.Sprintf("its values lie %s, moved by %s sd on average", s.Direction, brief(s.Effect))
	case "missing":
		what = fmt.Sprintf("rows without a value went from %s to %s", asPercent(c.nulls[0]), asPercent(c.nulls[1]))
	default:
		what = fmt.Sprintf("its values come in other proportions (Jensen-Shannon distance %s)", brief(s.Effect))
	}
	if s.Unseen >= leastUnseen {
		what += fmt.Sprintf("; %s of them were never seen before", asPercent(s.Unseen))
	}
	if !s.Changed {
		return "not beyond its noise: " + what
	}
	if s.Relevance == 0 {
		return what + "; it tells nothing of the drop"
	}
	return what + "; it tells " + asPercent(s.Relevance) + " of the drop"
}

// brief writes three significant digits.
func brief(v float64) string {
	if v == 0 || math.IsNaN(v) {
		return "0"
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(v)))-2)
	if unit >= 1 {
		return FormatNumber(math.Round(v))
	}
	return FormatNumber(roundTo(v, unit))
}

// asPercent writes whole percents, and "<1 %" rather than nothing.
func asPercent(share float64) string {
	if share > 0 && share < .01 {
		return "<1 %"
	}
	return FormatNumber(math.Round(100*share)) + " %"
}
