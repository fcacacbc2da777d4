package style

import "andon/themes"

// State is how a room of the house stands.
type State uint8

const (
	NoData State = iota
	OK
	Look
	Bad
)

// State is a letter and a word, so that nothing rests on colour:
// "✓ ok", "! look", "✗ bad", "· no data".
func (s Sheet) State(st State) string {
	switch st {
	case OK:
		return s.Paint(themes.Good, s.Glyphs.Tick+" ok")
	case Look:
		return s.Paint(themes.Look, s.Glyphs.Look+" look")
	case Bad:
		return s.Paint(themes.Bad, s.Glyphs.Cross+" bad")
	}
	return s.Paint(themes.Muted, s.Glyphs.NoData+" no data")
}
