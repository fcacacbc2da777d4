package analysis

import "context"

// Things that usually move together, and did not:
//
//	logged inputs moved, the raw frames did not    → something between camera and model
//	answers moved, confidence did not              → what is made of the answer
//	answers moved, nothing in the pictures did     → whoever looks at them
//
// Each pair says where along the way from the part to the log the change is.

// calm is how much of a full shift a column may show and still count as still.
const calm = .3

func inputsApart(_ context.Context, s *scene) (answer, error) {
	logged := func(f Field) bool { return f.Role == RoleFeature && f.Type == Number && !f.Derived() }
	raw := func(f Field) bool { return f.Derived() && f.Type == Number }
	if len(s.fields(logged)) == 0 || len(s.fields(raw)) == 0 {
		return untested("there are not both logged numbers about the inputs and frames to compare them with"), nil
	}
	return s.moveApart(logged, raw, "the frames as the camera took them")
}

func answersApart(_ context.Context, s *scene) (answer, error) {
	said := func(f Field) bool { return f.Role == RolePrediction && f.Type == Text }
	sure := func(f Field) bool { return f.Role == RoleConfidence && f.Type == Number }
	if len(s.fields(said)) == 0 || len(s.fields(sure)) == 0 {
		return untested("there are not both answers and confidence"), nil
	}
	return s.moveApart(said, sure, "confidence")
}

// answersAlone asks whether the floor changed or the network did: how far the
// answers moved, as far as nothing about the pictures did.
func answersAlone(ctx context.Context, s *scene) (answer, error) {
	said, err := answersMoved(ctx, s)
	if err != nil {
		return answer{}, err
	}
	moved := 0.0
	for _, look := range []func(context.Context, *scene) (answer, error){inputsMoved, inputsUnseen, imagePart, imageWhole, imageShifted, opticsBlur, opticsLight, opticsColour} {
		a, err := look(ctx, s)
		if err != nil {
			return answer{}, err
		}
		moved = max(moved, a.yes)
	}
	if !said.tested || len(s.regions) == 0 && len(s.fields(isInput)) == 0 {
		return untested("there are not both answers and numbers or frames of the pictures"), nil
	}
	alone := said.yes * (1 - moved)
	if alone < calm {
		return told(alone, number(alone), "the answers did not move without the pictures%s", s.within()), nil
	}
	return told(alone, number(alone), "the answers moved, and nothing in the pictures tells why%s", s.within()), nil
}

// moveApart is how far what one is moved while what other is did not.
func (s *scene) moveApart(one, other func(Field) bool, name string) (answer, error) {
	first, second := strongestSignal(s.inside, one), strongestSignal(s.inside, other)
	if first == nil {
		return told(0, "0", "nothing moved that %s could contradict%s", name, s.within()), nil
	}
	still := 0.0
	if second != nil {
		still = shiftOf(*second)
	}
	return told(min(1, shiftOf(*first))*(1-still/calm), number(still), "%s moved by %s, %s by %s of that%s",
		first.Column, effectWords(*first), name, percent(min(1, still/max(shiftOf(*first), 1e-9))), s.within()), nil
}

// answersUnsure asks whether the model itself noticed: its confidence fell.
func answersUnsure(_ context.Context, s *scene) (answer, error) {
	sure := func(f Field) bool { return f.Role == RoleConfidence && f.Type == Number }
	if len(s.fields(sure)) == 0 {
		return untested("no confidence is logged"), nil
	}
	best := strongestSignal(s.inside, sure)
	if best == nil || best.Direction != "down" {
		return told(0, "0", "confidence did not fall%s", s.within()), nil
	}
	return told(shiftOf(*best)/2, number(best.Effect), "%s fell by %s%s", best.Column, effectWords(*best), s.within()), nil
}

// splitFull is the rise of the share of rows whose votes differ that counts in
// full.
const splitFull = .2

// votesSplit asks whether the members came to differ more: they were taught
// apart and meet something none was taught.
func votesSplit(ctx context.Context, s *scene) (answer, error) {
	log, ok := s.log.(Trender)
	if !ok || len(s.fields(func(f Field) bool { return f.Role == RoleVote && f.Type == Text })) < 2 {
		return untested("fewer than two votes are logged"), nil
	}
	series, err := log.Trend(ctx, Disagreement, s.where, StepFor(s.log.Span(), s.log.Rows()))
	if err != nil {
		return answer{}, err
	}
	rise := series.Over(s.windows.After).Mean() - series.Over(s.windows.Before).Mean()
	return told(rise/splitFull, number(rise), "the share of rows whose votes differ changed by %s points%s", number(100*rise), s.within()), nil
}
