package frames

import (
	"fmt"
	"image"
	"maps"
	"slices"
	"strings"
	"time"

	"andon/analysis/camera"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/style"
)

// details are the lines below a large picture.
const details = 3

// pairView is the pair under the cursor, large, before beside after.
func (s Screen) pairView(w, h int) string {
	p, _ := s.current()
	half := (w - gap) / 2
	rows := max(1, h-details-2)
	panes := style.Beside(
		style.Stack(s.name(themes.Before, "Before", half), s.album.Draw(p.Before.Picture, half, rows), s.detail(p.Before, half)),
		s.sheet.Fill(" ", w-2*half, 1+rows+details),
		style.Stack(s.name(themes.After, "After", half), s.album.Draw(p.After.Picture, half, rows), s.detail(p.After, half)))
	return style.Stack(panes, s.likeness(p, w))
}

// blinkView shows one picture of the pair where the other stood a key press
// ago, so that the eye catches what differs.
func (s Screen) blinkView(w, h int) string {
	p, _ := s.current()
	frame, slot, name := p.Before, themes.Before, "BEFORE"
	if s.mode == blinkAfter {
		frame, slot, name = p.After, themes.After, "AFTER"
	}
	rows := max(1, h-details-2)
	return style.Stack(s.name(slot, name+"  space flips, esc side by side", w),
		s.album.Draw(frame.Picture, w, rows), s.detail(frame, w), s.likeness(p, w))
}

func (s Screen) name(slot themes.Slot, name string, w int) string {
	return s.sheet.Paint(slot, s.sheet.Fit(name, w))
}

// detail is all that is known of a frame, in three lines.
func (s Screen) detail(frame camera.Sample, w int) string {
	lines := []string{string(display.Seconds(frame.Frame.Time, s.zone)) + "  " + s.answered(frame)}
	var words []string
	for _, column := range slices.Sorted(maps.Keys(frame.Caption)) {
		words = append(words, column+"="+frame.Caption[column])
	}
	for _, line := range display.Wrap(display.Escape(strings.Join(words, " ")), w) {
		lines = append(lines, s.sheet.Paint(themes.Muted, string(line)))
	}
	return s.sheet.Fill(strings.Join(lines, "\n"), w, details)
}

// likeness says why the pair is shown.
func (s Screen) likeness(p camera.Pair, w int) string {
	text := fmt.Sprintf("%.1fx as unlike before as an ordinary frame; ", p.Likeness)
	if p.SameView {
		text += "beside the likest before-frame of the same view"
	} else {
		text += "before has no frame of this view"
	}
	return s.sheet.Paint(themes.Muted, s.sheet.Fit(text, w))
}

// meanView is the mean of either window and where they differ.
func (s Screen) meanView(w, h int) string {
	frames := s.answer.frames
	third := (w - 2*gap) / 3
	rows := max(1, h-1)
	pane := func(slot themes.Slot, name string, img *image.RGBA) string {
		var shown image.Image
		if img != nil {
			shown = img
		}
		return style.Stack(s.name(slot, name, third), s.album.Draw(shown, third, rows))
	}
	space := s.sheet.Fill(" ", gap, h)
	return style.Beside(pane(themes.Before, "Mean before", frames.MeanBefore), space,
		pane(themes.After, "Mean after", frames.MeanAfter), space,
		pane(themes.Mark, fmt.Sprintf("Difference, white is %.0f", max(10, frames.Largest)), frames.Difference))
}

// pairSentence is the pair for somebody who does not see it.
func (s Screen) pairSentence(p camera.Pair) string {
	text := fmt.Sprintf("frame %s of %s: answered %q", p.After.Frame.Time.UTC().Format(time.RFC3339), p.After.View(), p.After.Prediction)
	switch {
	case p.After.Known && p.After.Wrong:
		text += ", wrong"
	case p.After.Known:
		text += ", right"
	}
	text += fmt.Sprintf("; %.1fx as unlike before as an ordinary frame", p.Likeness)
	if all := camera.Regions([]camera.Sample{p.Before}, []camera.Sample{p.After}); len(all) > 0 {
		text += "; " + regionWords(all[0])
	}
	return text
}

// short is a time without its year: frames of one comparison share it.
func (s Screen) short(t time.Time) display.Text { return display.Short(t, s.zone) }
