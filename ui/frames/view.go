package frames

import (
	"fmt"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

// Below these not even one pair fits with a word on it.
const (
	leastWidth  = 24
	leastHeight = 6
)

// View is the screen in exactly width x height cells.
func (s Screen) View(width, height int) string {
	if width < leastWidth || height < leastHeight {
		return s.sheet.Middle("frames need 24 x 6", width, height)
	}
	if text := s.message(); text != "" {
		return screen.Message(text, width, height, s.sheet)
	}
	body := height - 1
	var view string
	switch s.mode {
	case pair:
		view = s.pairView(width, body)
	case blinkBefore, blinkAfter:
		view = s.blinkView(width, body)
	case regions:
		view = s.regionView(width, body)
	case means:
		view = s.meanView(width, body)
	default:
		view = s.sheetView(width, height)
	}
	return s.sheet.Fill(style.Stack(s.head(width), view), width, height)
}

// message is what to say instead of frames, "" when there are some.
func (s Screen) message() string {
	switch {
	case s.state.Err != nil:
		return "no triage yet\n" + s.state.Err.Error()
	case !s.state.Ready:
		return "waiting for the first triage"
	case s.state.Windows.Zero():
		return "no windows to compare\npress 2 for Timeline, then w to propose windows"
	case s.answer.number == 0 || s.pending() && len(s.answer.frames.Pairs) == 0:
		return "comparing frames of " + s.scopeName()
	case s.answer.err != nil:
		return "frames could not be compared\n" + s.answer.err.Error() + "\nctrl+r asks again"
	case len(s.answer.frames.Pairs) == 0:
		return s.whyNone()
	}
	return ""
}

// whyNone says which frames are missing and what to do about it.
func (s Screen) whyNone() string {
	frames := s.answer.frames
	next := "f looks at other rows; w on Timeline moves the windows"
	switch {
	case frames.Before == 0 && frames.After == 0 && s.where().String() == "":
		return "no frames in either window\nload images: andon import -o FILE DIR\ntheir names or a log's frame column join them to inferences"
	case frames.Before == 0 && frames.After == 0:
		return "no frames of " + s.scopeName() + "\n" + next
	case frames.Before == 0:
		return fmt.Sprintf("%d frames after, none before, for %s\n%s", frames.After, s.scopeName(), next)
	case frames.After == 0:
		return fmt.Sprintf("%d frames before, none after, for %s\n%s", frames.Before, s.scopeName(), next)
	}
	return fmt.Sprintf("none of the %d frames can be decoded\nimport PNG, JPEG or WebP files", frames.Before+frames.After)
}

// scopeName is the slice in words: "line=L2 (guilty slice)", "all rows".
func (s Screen) scopeName() string {
	chosen := scopes(s.state)[s.scope]
	if len(chosen.where) == 0 {
		return chosen.name
	}
	return fmt.Sprintf("%s (%s)", chosen.where, chosen.name)
}

// head says what is compared, and how far down the list the cursor is.
func (s Screen) head(w int) string {
	frames := s.answer.frames
	place := fmt.Sprintf("pair %d/%d", s.at+1, len(frames.Pairs))
	if s.pending() {
		place = "asking again"
	}
	counts := fmt.Sprintf("%s before %s %s after", display.Count(int64(frames.Before)),
		s.sheet.Glyphs.Separator, display.Count(int64(frames.After)))
	room := w - len(place) - 1
	left := s.sheet.Paint(themes.Title, string(display.Escape(s.scopeName()))) + "  " + s.sheet.Paint(themes.Muted, counts)
	return s.sheet.Fit(left, room) + " " + s.sheet.Paint(themes.Muted, place)
}
