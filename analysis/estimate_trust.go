package analysis

import (
	"fmt"
	"math"
)

// When an estimate is not to be trusted.
const (
	trustKnown  = 100  // labelled rows of the reference, at least
	trustError  = 0.05 // calibration error on held-out rows, at most
	trustUnseen = 0.2  // share of production with inputs the reference never had, at most
	trustSpread = 0.15 // between Accuracy and Shift, at most
)

// trust sets Trusted and says why not.
func (e *Estimate) trust() {
	distrust := func(format string, args ...any) {
		e.Warnings = append(e.Warnings, fmt.Sprintf(format, args...))
	}
	if e.Known < trustKnown {
		distrust("only %d labelled rows to learn from", e.Known)
	}
	if !(e.Calibration <= trustError) {
		distrust("%s is off by %.0f points on held-out rows", e.From, 100*e.Calibration)
	}
	if e.Unseen > trustUnseen {
		distrust("%.0f %% of the rows have a %s that the labelled ones never had: what the model is worth there is unknown", 100*e.Unseen, e.UnseenIn)
	}
	if apart := math.Abs(e.Accuracy - e.Shift); apart > trustSpread {
		distrust("two ways to estimate are %.0f points apart", 100*apart)
	}
	if e.blind() {
		distrust("the %d rows labelled since are right in %.0f %% of cases, not %.0f %%: this fault does not show in %s",
			e.Realised.Known, 100*e.Realised.Mean(), 100*e.Accuracy, e.From)
	}
	e.Trusted = len(e.Warnings) == 0
}

// blind reports whether labels that came since contradict the estimate beyond
// chance and by more than a calibration may be off.
func (e *Estimate) blind() bool {
	if e.Realised.Known == 0 {
		return false
	}
	i := Wilson(e.Realised.Good, float64(e.Realised.Known))
	return e.Accuracy > i.Hi+trustError || e.Accuracy < i.Lo-trustError
}
