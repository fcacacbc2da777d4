package ensemble

import (
	"math"
	"strconv"

	"andon/analysis"
)

// A Poll is the rows whose truth is known, gathered so that they can be voted
// on again and again. Rows that were voted on alike are one case:
//
//	a    b    c    truth       rows
//	ok   ok   nok  ok          311     a thousand weights cost a thousand
//	nok  ok   nok  nok          12     times the cases, not the rows
//
// Members that log shares or amounts make a case of every row.
type Poll struct {
	panel *analysis.Panel
	cases []ballotCase
	rows  int
}

// ballotCase is one row that stands for count rows like it.
type ballotCase struct {
	row   int
	count int
}

// NewPoll gathers the rows of known truth in which anybody voted. Cost: one
// look a row and member.
func NewPoll(p *analysis.Panel, rows []int) Poll {
	poll := Poll{panel: p}
	seen := map[string]int{}
	var key []byte
	for _, i := range rows {
		if p.Truth[i] != p.Truth[i] || silent(p, i) {
			continue
		}
		poll.rows++
		if key = caseKey(p, i, key[:0]); key == nil {
			poll.cases = append(poll.cases, ballotCase{i, 1})
			continue
		}
		at, ok := seen[string(key)]
		if !ok {
			at = len(poll.cases)
			seen[string(key)] = at
			poll.cases = append(poll.cases, ballotCase{row: i})
		}
		poll.cases[at].count++
	}
	return poll
}

func silent(p *analysis.Panel, row int) bool {
	for m := range p.Members {
		if v := p.Members[m].Said[row]; v == v {
			return false
		}
	}
	return true
}

// caseKey names what was voted in a row and what was true; nil where rows
// cannot be alike.
func caseKey(p *analysis.Panel, row int, key []byte) []byte {
	if p.Amounts {
		return nil
	}
	for m := range p.Members {
		b := &p.Members[m]
		if b.Shares != nil {
			return nil
		}
		if v := b.Said[row]; v == v {
			key = strconv.AppendInt(key, int64(v), 10)
		}
		key = append(key, ',')
	}
	return strconv.AppendInt(key, int64(p.Truth[row]), 10)
}

// Worth is the mean of what the weighted vote is worth over the rows, the more
// the better: the share right, or minus the mean distance of amounts. A row
// without a vote counts as wrong. 0 for no rows.
func (p Poll) Worth(weights []float64) float64 {
	sum := 0.0
	for _, c := range p.cases {
		sum += float64(c.count) * worth(p.panel, Vote(p.panel, weights, c.row), c.row)
	}
	return sum / float64(max(1, p.rows))
}

// worth is what saying something in a row is worth.
func worth(p *analysis.Panel, said float64, row int) float64 {
	v := p.Judge(said, p.Truth[row])
	switch {
	case p.Amounts:
		return -v
	case v != v:
		return 0
	}
	return v
}

// thinned is the poll with at most n cases, taken evenly.
func (p Poll) thinned(n int) Poll {
	if len(p.cases) <= n {
		return p
	}
	out := Poll{panel: p.panel}
	for k := range n {
		c := p.cases[int(math.Floor(float64(k)*float64(len(p.cases))/float64(n)))]
		out.cases = append(out.cases, c)
		out.rows += c.count
	}
	return out
}
