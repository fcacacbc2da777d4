package house

import (
	"fmt"
	"testing"
	"time"

	"andon/ui/screen"
	"andon/ui/screen/screentest"
	"andon/ui/uitest"
)

// Goldens are the boxes the root leaves in terminals of 40x12, 80x24 and
// 120x40 cells.
var boxes = [][2]int{{40, 9}, {80, 21}, {120, 37}}

var states = map[string]func() screen.State{
	"gloves":  screentest.Gloves,
	"loading": screentest.Loading,
	"empty":   screentest.Empty,
	"failed":  screentest.Failed,
	"hostile": screentest.Hostile,
}

func TestGoldens(t *testing.T) {
	for name, state := range states {
		for _, box := range boxes {
			w, h := box[0], box[1]
			t.Run(fmt.Sprintf("%s/%dx%d", name, w, h), func(t *testing.T) {
				s, _ := New(uitest.Truecolour(t), time.UTC).Enter(state())
				uitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, w, h), s.View(w, h), w, h)
				m, _ := New(uitest.Mono(t), time.UTC).Enter(state())
				uitest.Golden(t, fmt.Sprintf("%s-%dx%d-ascii", name, w, h), m.View(w, h), w, h)
			})
		}
	}
}
