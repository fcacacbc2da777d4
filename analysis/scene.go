package analysis

import (
	"context"
	"fmt"
	"time"

	"andon/analysis/camera"
)

// scene is the place of the drop, looked at closely:
//
//	all rows ──▶ the guilty slice ──▶ what moved in it (inside)
//	                              ──▶ the hours just before and after the onset (near)
//
// A column that drifted somewhere else, or days earlier, is no evidence. So the
// clues look at the slice, and at the near windows where the question is
// whether something changed at the onset.
type scene struct {
	log      Log
	measure  Measure
	where    Where // filter and guilty slice
	slice    *SliceScore
	slices   []SliceScore
	windows  Windows
	near     Windows
	onset    Change
	delta    float64
	account  *Account
	inside   []Signal
	matches  []EventMatch
	regions  []camera.Region
	shift    camera.Shift
	events   int
	warnings []string
}

func newScene(ctx context.Context, q Inquiry, t *Triage) (*scene, error) {
	s := &scene{log: q.Log, measure: t.Measure, slice: t.Guilty(), slices: t.Slices, windows: t.Windows,
		where: append(Where{}, q.Where...), delta: t.Quality.Delta, account: t.Account, events: len(q.Events)}
	s.onset = Change{Onset: t.Windows.After.From, Earliest: t.Windows.Before.To, Latest: t.Windows.After.From}
	if t.Onset != nil {
		s.onset = *t.Onset
	}
	s.inside = t.Inside
	if s.slice != nil {
		s.where = append(s.where, s.slice.Where...)
	}
	s.near = nearWindows(s.onset, q.Log.Span())
	s.matches = MatchEvents(q.Events, s.onset, t.Slices, nil)
	if q.Frames == nil {
		return s, nil
	}
	before, after, err := q.Frames(ctx, t.Windows, s.where)
	if err != nil {
		return nil, fmt.Errorf("compare frames within %s: %w", s.where, err)
	}
	if min(len(before), len(after)) >= camera.Enough {
		s.regions, s.shift = camera.Regions(before, after), camera.ShiftOf(before, after)
	}
	return s, nil
}

// How close "at the onset" is: twice the onset's own interval, within these.
const (
	nearLeast = 3 * time.Hour
	nearMost  = 12 * time.Hour
)

// nearWindows are the hours on both sides of the onset's interval.
func nearWindows(onset Change, span Window) Windows {
	width := min(max(2*onset.Latest.Sub(onset.Earliest), nearLeast), nearMost)
	w := Windows{
		Before: Window{onset.Earliest.Add(-width), onset.Earliest},
		After:  Window{onset.Latest, onset.Latest.Add(width)},
	}
	if w.Before.From.Before(span.From) {
		w.Before.From = span.From
	}
	if w.After.To.After(span.To) {
		w.After.To = span.To
	}
	return w
}

// field finds the log's fields that satisfy want.
func (s *scene) fields(want func(Field) bool) []Field {
	var found []Field
	for _, f := range s.log.Fields() {
		if want(f) {
			found = append(found, f)
		}
	}
	return found
}

// answer is what a clue found: how strongly yes (0..1), in a sentence and as a
// number. The zero answer was not tested; saw then says why.
type answer struct {
	tested bool
	yes    float64
	saw    string
	number string
}

func told(yes float64, number, format string, args ...any) answer {
	return answer{tested: true, yes: max(0, min(1, yes)), number: number, saw: fmt.Sprintf(format, args...)}
}

func untested(format string, args ...any) answer {
	return answer{saw: fmt.Sprintf(format, args...)}
}

// clues answer the checks of the table, by id.
var clues = map[string]func(context.Context, *scene) (answer, error){
	"inputs.moved":     inputsMoved,
	"inputs.unseen":    inputsUnseen,
	"inputs.mix":       inputsMix,
	"slice.camera":     sliceCamera,
	"slice.place":      slicePlace,
	"slice.shift":      sliceShift,
	"shift.unseen":     shiftUnseen,
	"slice.everywhere": sliceEverywhere,
	"image.part":       imagePart,
	"image.whole":      imageWhole,
	"image.shifted":    imageShifted,
	"optics.blur":      opticsBlur,
	"optics.light":     opticsLight,
	"version.moved":    versionMoved,
	"version.worse":    versionWorse,
	"pipeline.moved":   pipelineMoved,
	"answers.moved":    answersMoved,
	"rule.moved":       ruleMoved,
	"labels.moved":     labelsMoved,
	"labels.reviewer":  labelsReviewer,
	"service.failing":  serviceFailing,
	"data.missing":     dataMissing,
	"data.survivors":   dataSurvivors,
	"inputs.apart":     inputsApart,
	"answers.apart":    answersApart,
	"answers.alone":    answersAlone,
	"answers.unsure":   answersUnsure,
	"votes.split":      votesSplit,
	"member.alone":     memberAlone,
	"optics.colour":    opticsColour,
	"optics.sharper":   opticsSharper,
	"sure.fewer":       sureFewer,
	"sure.more":        sureMore,
	"unsure.more":      unsureMore,
	"answers.mix":      answersMix,
	"votes.agreed":     votesAgreed,
}

// ledger answers every check of the table.
func (s *scene) ledger(ctx context.Context) ([]Evidence, error) {
	var ledger []Evidence
	for _, check := range Checks() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found, err := clues[check.ID](ctx, s)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", check.ID, err)
		}
		if found.saw == "" {
			continue
		}
		e := Evidence{ID: check.ID, Saw: found.saw, Number: found.number, Yes: found.yes, Tested: found.tested}
		if found.tested {
			e.Weight = check.weigh(found.yes)
		}
		ledger = append(ledger, e)
	}
	return append(ledger, s.eventEvidence()), nil
}
