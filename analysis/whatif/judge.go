package whatif

import (
	"andon/analysis"
)

// judge fits a proposal on all folds but one and judges it there, for each fold
// in turn, then tells the setting fitted on all rows.
func (b *bench) judge(p proposal) Remedy {
	outcomes := make([]outcome, len(b.rows))
	for f := range folds {
		var train, test []int
		for k, fold := range b.fold {
			if fold == f {
				test = append(test, k)
			} else {
				train = append(train, k)
			}
		}
		if len(test) == 0 {
			continue
		}
		decided := p.fit(train)
		for _, k := range test {
			outcomes[k] = decided.decide(k)
		}
	}
	r := p.remedy
	r.When = Now
	if p.tell != nil {
		p.tell(&r, p.fit(b.everywhere()))
	}
	b.weigh(&r, outcomes)
	return r
}

// weigh counts the outcomes into the effects of a remedy.
func (b *bench) weigh(r *Remedy, outcomes []outcome) {
	r.Overall = b.effect(outcomes, func(int) bool { return true })
	if b.slice() {
		r.Slice = b.effect(outcomes, func(k int) bool { return b.within[k] })
		r.Elsewhere = b.effect(outcomes, func(k int) bool { return !b.within[k] })
	}
	sent := 0
	for _, o := range outcomes {
		if o.reviewed {
			sent++
			continue
		}
		r.Answered.Note(b.worth(o.worth))
	}
	r.Reviewed = float64(sent) / float64(max(1, len(outcomes)))
	b.settle(r)
	if r.Elsewhere.Interval.Hi < 0 {
		r.Warnings = append(r.Warnings, "it makes the rest worse")
	}
}

// settle fills what follows from the overall effect: the share of the drop that
// comes back, and what is left after the reviews.
func (b *bench) settle(r *Remedy) {
	r.Recovered = recovered(r.Overall.Gain, b.worth(b.goal()), b.worth(r.Overall.Now.Mean()))
	r.pay(b.question.perWrong())
}

// effect compares outcomes with the logged answers over the rows that in holds
// for.
func (b *bench) effect(outcomes []outcome, in func(k int) bool) Effect {
	var e Effect
	groups := make([]analysis.Sum, blocks)
	for k, o := range outcomes {
		if !in(k) {
			continue
		}
		gain := o.worth - b.now[k]
		groups[b.block[k]].Note(gain)
		e.Now.Note(b.worth(b.now[k]))
		e.With.Note(b.worth(o.worth))
		switch {
		case b.panel.Amounts:
		case gain > 0:
			e.Better++
		case gain < 0:
			e.Worse++
		}
	}
	e.Gain, e.Interval = analysis.Clustered(groups)
	return e
}
