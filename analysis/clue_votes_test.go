package analysis

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"
)

// judged is a part with three members' votes, an answer and a label.
type judged struct {
	votes        [3]string
	said, really string
}

// judgedLog draws rows whose members are right nine times in ten, each by
// itself, and answer by majority; change alters those after the onset.
func judgedLog(t testing.TB, onset time.Time, change func(*rand.Rand, *judged)) *Table {
	random := rand.New(rand.NewPCG(9, 9))
	classes := []string{"ok", "tilted", "missing"}
	const n = 12_000
	names := []string{"vote_a", "vote_b", "vote_c", "prediction", "label"}
	roles := []Role{RoleVote, RoleVote, RoleVote, RolePrediction, RoleLabel}
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	texts := make([]*Builder, len(names))
	for k, name := range names {
		texts[k] = NewBuilder(Field{Name: name, Role: roles[k], Type: Text})
	}
	for i := range n {
		at := monday.Add(time.Duration(i) * (6 * oneDay / n))
		clock.Time(at.UnixNano())
		j := judged{really: classes[random.IntN(3)]}
		for k := range j.votes {
			if j.votes[k] = j.really; random.IntN(10) == 0 {
				j.votes[k] = classes[random.IntN(3)]
			}
		}
		if j.said = j.votes[0]; j.votes[1] == j.votes[2] {
			j.said = j.votes[1]
		}
		if !at.Before(onset) {
			change(random, &j)
		}
		for k, v := range []string{j.votes[0], j.votes[1], j.votes[2], j.said, j.really} {
			texts[k].Text(v)
		}
	}
	columns := []Column{clock.Column()}
	for _, b := range texts {
		columns = append(columns, b.Column())
	}
	return tableOf(t, columns...)
}

// TestNewErrors plants errors of several makes. The oracle is what was planted.
func TestNewErrors(t *testing.T) {
	onset := monday.Add(3 * oneDay)
	for _, test := range []struct {
		name        string
		change      func(*rand.Rand, *judged)
		mix, agreed bool
	}{
		{"a threshold: tilted is never said", func(_ *rand.Rand, j *judged) {
			if j.said == "tilted" {
				j.said = "ok"
			}
		}, true, true},
		{"a reviewer calls anything anything", func(r *rand.Rand, j *judged) {
			if r.IntN(4) == 0 {
				j.really = []string{"ok", "tilted", "missing"}[r.IntN(3)]
			}
		}, false, true},
		{"hard pictures", func(r *rand.Rand, j *judged) {
			if r.IntN(3) == 0 {
				for k := range j.votes {
					j.votes[k] = []string{"ok", "tilted", "missing"}[(k+r.IntN(2))%3]
				}
				j.said = j.votes[r.IntN(3)]
			}
		}, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			log := judgedLog(t, onset, test.change)
			s := &scene{log: log, measure: log.Measure(), windows: Windows{Window{monday, onset}, Window{onset, log.Span().To}}}
			for id, c := range map[string]struct {
				ask  func(context.Context, *scene) (answer, error)
				want bool
			}{"mix": {answersMix, test.mix}, "agreed": {votesAgreed, test.agreed}} {
				got, err := c.ask(context.Background(), s)
				if err != nil || !got.tested || (got.yes > .5) != c.want {
					t.Errorf("%s: %+v, %v, want yes: %t", id, got, err, c.want)
				}
			}
		})
	}
	t.Run("no more errors", func(t *testing.T) {
		log := judgedLog(t, onset, func(*rand.Rand, *judged) {})
		s := &scene{log: log, measure: log.Measure(), windows: Windows{Window{monday, onset}, Window{onset, log.Span().To}}}
		if got, err := votesAgreed(context.Background(), s); err != nil || got.yes > 0 && got.tested {
			t.Errorf("agreed: %+v, %v", got, err)
		}
		if got, err := answersMix(context.Background(), s); err != nil || got.yes > .1 {
			t.Errorf("mix: %+v, %v", got, err)
		}
	})
}
