package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

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

// Esc and the key after it, in one packet of a slow line, are two keys.
func TestEscapeAndKeyInOnePacket(t *testing.T) {
	p := play(t, uitest.Truecolour(t), 80, 24).press("4", "enter").sees("[2 Timeline]")
	p.send(tea.KeyPressMsg{Code: '3', Mod: tea.ModAlt})
	p.sees("[3 Diff]")
	p.press("4", "enter", "3").sees("[3 Diff]", "line=L2")
	p.send(tea.KeyPressMsg{Code: tea.KeyEscape, Mod: tea.ModAlt})
	p.sees("[4 Slices]")
	p.press("/", "line")
	p.send(tea.KeyPressMsg{Code: 'b', Mod: tea.ModAlt}) // a word back, in a prompt
	p.press("x").sees("xline")
}
