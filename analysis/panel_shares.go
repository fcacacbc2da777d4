package analysis

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// Shares of classes, as members log them:
//
//	vote_a_ok  vote_a_nok          vote_b            answer
//	  0.83       0.17               0.91             ok      one score, two classes:
//	  0.12       0.88               0.15             nok     the share of ok
//
// A member's choice is its largest share, the first class among equals.

// shareColumn is the member and the class that a vote column is a share of.
type shareColumn struct {
	member string
	class  string
}

// shareColumns finds the number columns named for a member and a class, by
// name. A member with one such column alone is a member of that name.
func (t *Table) shareColumns(classes []string) map[string]shareColumn {
	found, count := map[string]shareColumn{}, map[string]int{}
	for i := range t.columns {
		if t.columns[i].Role != RoleVote {
			continue
		}
		c := t.wide(i)
		if !within01(c) {
			continue
		}
		for _, class := range classes {
			member, ok := strings.CutSuffix(memberName(c), "_"+folded(class))
			if ok && member != "" && folded(class) != "" {
				found[c.Name] = shareColumn{member, class}
				count[member]++
				break
			}
		}
	}
	for name, s := range found {
		if count[s.member] < 2 {
			delete(found, name)
		}
	}
	return found
}

// folded is a class as the importers would write it into a column's name.
func folded(class string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '_'
	}, class)
}

// within01 reports whether a column holds numbers, all from 0 to 1.
func within01(c *Column) bool {
	if c.Type != Number {
		return false
	}
	return !slices.ContainsFunc(c.Numbers, func(v float64) bool { return v < 0 || v > 1 })
}

// isScore reports whether a column is a score: from 0 to 1 and not whole.
func isScore(c *Column) bool {
	return within01(c) && slices.ContainsFunc(c.Numbers, func(v float64) bool { return v > 0 && v < 1 })
}

// addShare adds a column to its member, whose first column makes it.
func (p *Panel) addShare(c *Column, s shareColumn) {
	at := slices.IndexFunc(p.Members, func(b Ballot) bool { return b.Name == s.member })
	if at < 0 {
		at = len(p.Members)
		p.Members = append(p.Members, Ballot{Name: s.member})
	}
	b := &p.Members[at]
	b.Columns = append(b.Columns, c.Name)
	b.Shares = append(b.Shares, c.Numbers)
	b.classes = append(b.classes, s.class)
}

// score reads columns of fractions as the share of one of two classes: the one
// whose answers it is higher for, or whose truths where no answer is logged.
// With another number of classes the member says nothing, and a warning why.
func (p *Panel) score(columns []*Column) {
	for _, c := range columns {
		b := &p.Members[slices.IndexFunc(p.Members, func(b Ballot) bool { return b.Columns[0] == c.Name })]
		if len(p.Classes) != 2 {
			p.Warnings = append(p.Warnings, scoreWarning(c, len(p.Classes)))
			b.Said = make([]float64, len(c.Numbers))
			for i := range b.Said {
				b.Said[i] = math.NaN()
			}
			continue
		}
		rest := make([]float64, len(c.Numbers))
		for i, v := range c.Numbers {
			rest[i] = 1 - v
		}
		b.Shares, b.classes = [][]float64{c.Numbers, rest}, []string{p.Classes[0], p.Classes[1]}
		if p.rises(c.Numbers) < 0 {
			b.Shares[0], b.Shares[1] = rest, c.Numbers
		}
	}
}

// rises is positive where a score is higher for rows of class 1 than of 2.
func (p *Panel) rises(score []float64) float64 {
	for _, said := range [][]float64{p.Answer, p.Truth} {
		var sum, n [3]float64
		for i, v := range score {
			if k := said[i]; k == k && v == v && k <= 2 {
				sum[int(k)] += v
				n[int(k)]++
			}
		}
		if n[1] > 0 && n[2] > 0 {
			return sum[1]/n[1] - sum[2]/n[2]
		}
	}
	return 1
}

// choose puts each member's shares in the order of Classes and fills its choice.
func (p *Panel) choose() {
	for m := range p.Members {
		b := &p.Members[m]
		if b.Shares == nil {
			continue
		}
		ordered := make([][]float64, len(p.Classes))
		for k, class := range p.Classes {
			if at := slices.Index(b.classes, class); at >= 0 {
				ordered[k] = b.Shares[at]
			}
		}
		b.Shares = ordered
		b.Said = make([]float64, len(p.Answer))
		for i := range b.Said {
			b.Said[i] = math.NaN()
			best := math.Inf(-1)
			for k := range ordered {
				if v := b.Share(k, i); v > best {
					b.Said[i], best = float64(k+1), v
				}
			}
		}
	}
}

// Share is the member's share of class number k+1 in row i: what it logged, or
// 1 for the class it chose and 0 for the others. NaN where it said nothing.
func (b *Ballot) Share(k, i int) float64 {
	if b.Shares == nil {
		switch said := b.Said[i]; {
		case said != said:
			return math.NaN()
		case said == float64(k+1):
			return 1
		}
		return 0
	}
	if b.Shares[k] == nil {
		for _, other := range b.Shares {
			if other != nil && other[i] != other[i] {
				return math.NaN()
			}
		}
		return 0
	}
	return b.Shares[k][i]
}
