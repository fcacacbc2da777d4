package ui

import (
	"testing"
	"time"

	"andon/ui/uitest"
)

// While a key is held down only the row moves; the pane that explains it
// follows when the key is let go.
func TestDetailFollowsARest(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24).press("3")
	p.model.config.Rest = time.Hour
	keys := uitest.Keys("down", "down")
	var pauses []rested
	for _, k := range keys {
		next, _ := p.model.Update(k)
		p.model = next.(Model)
		pauses = append(pauses, rested(p.model.pauses))
	}
	p.sees("> confidence", "brightness, share of rows")
	p.send(pauses[0])
	p.sees("brightness, share of rows") // a key came after it
	p.send(pauses[1])
	p.sees("confidence, share of rows")
}
