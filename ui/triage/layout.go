package triage

// layout divides the box. Narrow, the panes lie one below the other; wide, the
// checklist stands to the right of the verdict:
//
//	┌ verdict ──────────┐        ┌ verdict ─┬ checklist ┐
//	├ causes ─┬ ledger ─┤        ├ causes ──┤  steps    │
//	├ checklist ────────┤        ├ ledger ──┤           │
//	└ detail ───────────┘        └──────────┴ detail ───┘
type layout struct {
	wide           bool
	left           int // cells of the left column, all of them when narrow
	right          int
	verdict        int // rows, as all that follow
	causes, ledger int
	steps, detail  int
}

const (
	wideBox    = 110
	causeWidth = 32 // cells of the causes beside the ledger
)

// arrange divides w x h cells; steps is how many there are to list.
func arrange(w, h, steps int) layout {
	if w >= wideBox {
		l := layout{wide: true, left: (w - 3) * 9 / 20, verdict: min(4, h/4), causes: 8}
		l.right = w - l.left - 3
		l.causes = min(l.causes, (h-l.verdict)/2)
		l.ledger = h - l.verdict - l.causes
		l.steps = min(steps+3, h-min(9, h/3))
		l.detail = h - l.steps
		return l
	}
	l := layout{left: w, right: w, verdict: 2, causes: 6, detail: 6}
	if h >= 26 {
		l.verdict, l.causes, l.detail = 3, 8, 7
	}
	if h < 18 {
		l.verdict, l.causes, l.detail = 1, 4, 3
	}
	if h < 11 || w < 2*causeWidth {
		l.causes, l.detail = 0, min(3, h/3)
	}
	l.ledger = l.causes
	l.steps = max(0, h-l.verdict-l.causes-l.detail)
	return l
}
