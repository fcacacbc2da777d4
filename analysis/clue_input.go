package analysis

import (
	"context"
	"math"
)

// What moved in the inputs, and what the account says about it.

// An input that moved by this many standard deviations, or a text column by
// this Jensen-Shannon distance, counts in full; smaller moves in proportion.
const (
	fullShift = .5
	fullMix   = .2
)

// isInput is a number about the picture or the part, logged or from frames.
func isInput(f Field) bool { return f.Role == RoleFeature || f.Derived() }

func inputsMoved(_ context.Context, s *scene) (answer, error) {
	if len(s.fields(isInput)) == 0 {
		return untested("no number about the inputs is logged and no frames are loaded"), nil
	}
	best := strongestSignal(s.inside, isInput)
	if best == nil {
		if half, ok := s.halfMoved(isInput); ok {
			return half, nil
		}
		return told(0, "0", "no input column moved beyond its noise%s", s.within()), nil
	}
	return told(shiftOf(*best), number(best.Effect), "%s went %s by %s%s",
		best.Column, best.Direction, effectWords(*best), s.within()), nil
}

// strongestSignal is the changed signal with the largest effect among the
// fields that satisfy want, or nil.
func strongestSignal(signals []Signal, want func(Field) bool) *Signal {
	var best *Signal
	for i := range signals {
		s := &signals[i]
		if s.Changed && want(s.Profile.Field) && (best == nil || shiftOf(*s) > shiftOf(*best)) {
			best = s
		}
	}
	return best
}

// shiftOf is the effect as a share of one that counts in full.
func shiftOf(s Signal) float64 {
	if s.Profile.Field.Type == Number {
		return math.Abs(s.Effect) / fullShift
	}
	return math.Abs(s.Effect) / fullMix
}

func effectWords(s Signal) string {
	if s.Profile.Field.Type == Number {
		return number(math.Abs(s.Effect)) + " sd"
	}
	return "JS distance " + number(math.Abs(s.Effect))
}

func number(v float64) string {
	return FormatNumber(math.Round(v*100) / 100)
}

func percent(v float64) string { return FormatNumber(math.Round(100*v)+0) + " %" }

// within names the slice for a sentence: " within line=L2", or "".
func (s *scene) within() string {
	if len(s.where) == 0 {
		return ""
	}
	return " within " + s.where.String()
}

// share is a part of the account relative to the whole change, 0 where there
// is no change to share.
func (s *scene) share(part float64) float64 {
	if s.account == nil || s.account.Delta == 0 {
		return 0
	}
	return part / s.account.Delta
}

func inputsUnseen(_ context.Context, s *scene) (answer, error) {
	if s.sliceHas(func(f Field) bool { return isVersion(f) || isPipeline(f) || isReviewer(f) }) {
		return untested("the guilty rows are told by who answered or judged, which is no input"), nil
	}
	if s.account == nil || len(s.account.By) == 0 || len(s.fields(isInput)) == 0 && len(s.fields(isPlace)) == 0 {
		return untested("no input columns to tell new inputs from known ones"), nil
	}
	share := s.share(s.account.New)
	return told(share*1.5, number(share), "%s of the drop falls on inputs never seen before (by %s)",
		percent(share), joined(s.account.By)), nil
}

func inputsMix(_ context.Context, s *scene) (answer, error) {
	if s.account == nil {
		return untested("no account of the drop"), nil
	}
	share := s.share(s.account.Mix)
	return told((share-.2)/.5, number(share), "%s of the drop is known inputs in other proportions", percent(share)), nil
}

func joined(names []string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += ", "
		}
		out += n
	}
	return out
}

// halfMoved is half an answer: a short slice, or one with few frames, has few
// stretches to compare, and one of its columns made a large move among them.
func (s *scene) halfMoved(want func(Field) bool) (answer, bool) {
	for _, sig := range s.inside {
		if want(sig.Profile.Field) && sig.Q <= halfQ && shiftOf(sig) >= 1 {
			return told(.5, number(sig.Effect), "%s moved by %s%s, in few stretches of time", sig.Column, effectWords(sig), s.within()), true
		}
	}
	return answer{}, false
}

// halfQ is the false discovery rate up to which a large move counts for half.
const halfQ = .1

// isSaid is what the model or a member said.
func isSaid(f Field) bool { return f.Role == RolePrediction || f.Role == RoleVote }

func answersMoved(_ context.Context, s *scene) (answer, error) {
	isAnswer := func(f Field) bool { return f.Role == RoleConfidence || isSaid(f) }
	if len(s.fields(isAnswer)) == 0 {
		return untested("neither predictions, confidence nor votes are logged"), nil
	}
	best := strongestSignal(s.inside, isAnswer)
	if best == nil {
		if half, ok := s.halfMoved(isAnswer); ok {
			return half, nil
		}
		if len(s.fields(isSaid)) == 0 {
			return untested("only confidence is logged, which a wrong answer may keep"), nil
		}
		return told(0, "0", "predictions, confidence and votes stayed as they were%s", s.within()), nil
	}
	return told(shiftOf(*best), number(best.Effect), "%s moved by %s%s", best.Column, effectWords(*best), s.within()), nil
}
