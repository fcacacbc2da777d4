package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"weak"
)

// A panel is everybody who had a say in an answer, row by row:
//
//	row   vote_a  vote_b  vote_c │ prediction │ label
//	 1    ok      ok      nok    │ ok         │ ok       classes as numbers 1, 2, …
//	 2    nok     ok      nok    │ nok        │ ?        NaN where nothing is known
//
// A member is logged in one of four ways, told from its columns:
//
//	vote_a = ok                             the class it chose
//	vote_a_ok = 0.8, vote_a_nok = 0.2       its share of each class
//	vote_a = 0.8, two classes               its share of the one it rises with
//	vote_a = 3.17, quality is an amount     its amount

// Panel holds what every member said beside the final answer and the truth.
// Class k > 0 is Classes[k-1]; on the Amount scale Amounts is true, Classes is
// nil and every number is an amount. All slices have one number a row.
type Panel struct {
	Amounts  bool
	Classes  []string
	Members  []Ballot
	Answer   []float64
	Truth    []float64
	Deduced  bool // some truth was worked out from right or wrong, not logged
	OneSided bool // of wrong answers only that they were wrong is known
	Warnings []string

	whole *Panel // that this one was taken from; its numbers are the same ones
}

// Ballot is what one member said. Said is its choice: a class number, or an
// amount. Shares are its probabilities, by class number - 1 and then by row;
// nil where only the choice is logged.
type Ballot struct {
	Name    string // without VotePrefix
	Columns []string
	Said    []float64
	Shares  [][]float64
	classes []string // of Shares, while they are gathered
}

// Panel reads the votes, in the order of the file. Truth is the label; where
// only right or wrong is logged it is the answer if that was right, or the
// other class if it was wrong and there are just two. A log without votes has
// no members. The panel is the table's own and is not to be changed. Cost: one
// pass a column and 8 bytes a row and member, once as long as anybody holds it.
func (t *Table) Panel() *Panel {
	t.panels.Lock()
	defer t.panels.Unlock()
	if p := t.panels.last.Value(); p != nil && p.Amounts == t.amounts() {
		return p
	}
	p := t.readPanel()
	t.panels.last = weak.Make(p)
	return p
}

// panels keeps the last panel that was read for as long as anybody holds it, so
// that those who ask at once share one; nobody else pays for its memory.
type panels struct {
	sync.Mutex
	last weak.Pointer[Panel]
}

func (t *Table) amounts() bool { return t.measure.Metric == MAE }

func (t *Table) readPanel() *Panel {
	p := &Panel{Amounts: t.amounts(), Answer: t.unknown(), Truth: t.unknown()}
	ids := map[string]uint32{}
	answer, label := t.Role(RolePrediction), t.Role(RoleLabel)
	if answer != nil {
		p.Answer = p.read(answer, ids)
	}
	if label != nil {
		p.Truth = p.read(label, ids)
	}
	var fractions []*Column
	shares := t.shareColumns(classNames(ids))
	for i := range t.columns {
		if t.columns[i].Role != RoleVote {
			continue
		}
		c := t.wide(i)
		switch {
		case p.Amounts:
			p.add(c, p.read(c, ids))
		case shares[c.Name].member != "":
			p.addShare(c, shares[c.Name])
		case isScore(c):
			p.Members = append(p.Members, Ballot{Name: memberName(c), Columns: []string{c.Name}})
			fractions = append(fractions, c)
		default:
			p.add(c, p.read(c, ids))
		}
	}
	if !p.Amounts {
		p.Classes = classNames(ids)
	}
	p.score(fractions)
	p.choose()
	if c := t.Role(RoleCorrect); c != nil && !p.Amounts {
		p.deduce(reader(c, readCorrect))
	}
	return p
}

// Voting is the panel without the members that said nothing in any of the rows,
// such as those of another model of the same log; kept are their places in p.
func (p *Panel) Voting(rows ...[]int) (voting *Panel, kept []int) {
	voting = &Panel{}
	*voting = *p
	voting.Members, voting.whole = nil, p
	for m := range p.Members {
		said := p.Members[m].Said
		if slices.ContainsFunc(rows, func(in []int) bool {
			return slices.ContainsFunc(in, func(i int) bool { return said[i] == said[i] })
		}) {
			voting.Members, kept = append(voting.Members, p.Members[m]), append(kept, m)
		}
	}
	return voting, kept
}

func (t *Table) unknown() []float64 {
	out := make([]float64, t.Rows())
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}

func memberName(c *Column) string { return strings.TrimPrefix(c.Name, VotePrefix) }

// read is a column as amounts or class numbers.
func (p *Panel) read(c *Column, ids map[string]uint32) []float64 {
	if p.Amounts {
		if values, _, ok := numbers(c); ok {
			return values
		}
	}
	out := make([]float64, c.Len())
	for i, k := range classes(c, ids) {
		if out[i] = float64(k); k == 0 {
			out[i] = math.NaN()
		}
	}
	return out
}

// classNames are the classes in the order of their numbers.
func classNames(ids map[string]uint32) []string {
	names := make([]string, len(ids))
	for name, k := range ids {
		names[k-1] = name
	}
	return names
}

func (p *Panel) add(c *Column, said []float64) {
	p.Members = append(p.Members, Ballot{Name: memberName(c), Columns: []string{c.Name}, Said: said})
}

// deduce fills the truth of rows without a label from whether the answer was
// right.
func (p *Panel) deduce(correct func(i int) float64) {
	two := len(p.Classes) == 2
	for i, known := range p.Truth {
		if known == known || p.Answer[i] != p.Answer[i] {
			continue
		}
		switch correct(i) {
		case 1:
			p.Truth[i], p.Deduced = p.Answer[i], true
		case 0:
			if p.Deduced = true; two {
				p.Truth[i] = 3 - p.Answer[i] // class numbers are 1 and 2
			} else {
				p.OneSided = true
			}
		}
	}
	if p.OneSided {
		p.Warnings = append(p.Warnings, "of wrong answers the log tells only that they were wrong: what a vote that differs from one was worth is unknown, and members look better than they are")
	}
}

// Judge is 1 where said is the class of truth and 0 where it is another, or the
// distance of two amounts; NaN where one is unknown.
func (p *Panel) Judge(said, truth float64) float64 {
	switch {
	case p.Amounts:
		return math.Abs(said - truth)
	case said != said || truth != truth:
		return math.NaN()
	case said == truth:
		return 1
	}
	return 0
}

// Apart is 1 for two classes and 0 for one, or the distance of two amounts;
// NaN where one is unknown.
func (p *Panel) Apart(a, b float64) float64 {
	if p.Amounts {
		return math.Abs(a - b)
	}
	return 1 - p.Judge(a, b)
}

// Disputed is 1 where two members of a row differ, 0 where none do, and NaN with
// fewer than two that said anything.
func (p *Panel) Disputed(row int) float64 {
	first, cast := 0.0, 0
	for m := range p.Members {
		v := p.Members[m].Said[row]
		switch {
		case v != v:
			continue
		case cast > 0 && v != first:
			return 1
		}
		first, cast = v, cast+1
	}
	if cast < 2 {
		return math.NaN()
	}
	return 0
}

// scoreWarning says why a column of fractions is no vote.
func scoreWarning(c *Column, classes int) string {
	return fmt.Sprintf("%s holds fractions and the answers have %d classes: of which class it is the share cannot be told; log %s_<class> for each", c.Name, classes, c.Name)
}
