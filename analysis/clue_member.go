package analysis

import (
	"context"
	"fmt"
)

// Did one member of the ensemble break alone? The world meets all members, if
// not all alike; a member's own weights, or its own way to the picture, meet
// one:
//
//	            right before   after     fell by
//	vote_a          .90         .88        .02
//	vote_b          .91         .52        .39    alone
//	vote_c          .88         .87        .01

// panelled is what a Log may offer besides: its members, judged.
type panelled interface {
	Members(ctx context.Context, w Windows, where Where) ([]Member, error)
}

// When a member fell alone.
//
// Source: judgement; in the practice plant's glove incidents the members' falls
// differ by less than half.
const (
	aloneMembers = 3   // fewer do not tell who is alone
	aloneZ       = 4.0 // standard errors by which it fell
	aloneShare   = .5  // of its fall that no other may share
)

func memberAlone(ctx context.Context, s *scene) (answer, error) {
	log, ok := s.log.(panelled)
	if !ok || len(s.fields(func(f Field) bool { return f.Role == RoleVote })) < aloneMembers {
		return untested("fewer than %d votes are logged", aloneMembers), nil
	}
	members, err := log.Members(ctx, s.windows, s.where)
	if err != nil {
		return answer{}, fmt.Errorf("judge the members%s: %w", s.within(), err)
	}
	var worst Member
	var falls [2]float64 // the largest, the next
	for _, m := range members {
		fell := CompareQuality(s.measure, m.Before, m.After)
		switch {
		case m.Before.Known < nearRows || m.After.Known < nearRows:
			return untested("fewer than %d of the votes of %s can be judged in a window", nearRows, m.Name), nil
		case fell.Loss() > falls[0]:
			worst, falls = m, [2]float64{fell.Loss(), falls[0]}
		case fell.Loss() > falls[1]:
			falls[1] = fell.Loss()
		}
	}
	if len(members) < aloneMembers {
		return untested("fewer than %d members voted", aloneMembers), nil
	}
	if z := lossZ(CompareQuality(s.measure, worst.Before, worst.After)); falls[0] == 0 || z < aloneZ {
		return told(0, number(falls[0]), "no member fell beyond chance%s", s.within()), nil
	}
	return told(1-falls[1]/(aloneShare*falls[0]), number(falls[1]/falls[0]),
		"member %s fell by %s points, the next by %s%s", worst.Name, number(100*falls[0]), number(100*falls[1]), s.within()), nil
}
