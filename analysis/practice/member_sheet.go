package practice

import (
	"fmt"
	"math"
	"time"

	"andon/analysis"
)

// memberSheet is the log of a member round while it is written.
type memberSheet struct {
	shares  bool
	clock   *analysis.Builder
	line    *analysis.Builder
	answer  *analysis.Builder
	sure    *analysis.Builder
	label   *analysis.Builder
	choices []*analysis.Builder
	votes   [][]*analysis.Builder // by member and class
}

func newMemberSheet(p *memberPlot) *memberSheet {
	b := func(name string, role analysis.Role, kind analysis.Type) *analysis.Builder {
		return analysis.NewBuilder(field(name, role, kind))
	}
	s := &memberSheet{shares: p.shares,
		clock: b("time", analysis.RoleTime, analysis.Time), line: b("line", analysis.RoleDimension, analysis.Text),
		answer: b("prediction", analysis.RolePrediction, analysis.Text), sure: b("confidence", analysis.RoleConfidence, analysis.Number),
		label: b("label", analysis.RoleLabel, analysis.Text)}
	for _, j := range p.jurors {
		if !p.shares {
			s.choices = append(s.choices, b(analysis.VotePrefix+j.name, analysis.RoleVote, analysis.Text))
			continue
		}
		var all []*analysis.Builder
		for c := range classes {
			all = append(all, b(analysis.VotePrefix+j.name+"_"+Class(c).String(), analysis.RoleVote, analysis.Number))
		}
		s.votes = append(s.votes, all)
	}
	return s
}

func (s *memberSheet) row(at time.Time, line int, answer Class, sure float64, shares [][]float64, truth Class, labelled bool) {
	s.clock.Time(at.UnixNano())
	s.line.Text(fmt.Sprintf("L%d", line))
	s.answer.Text(answer.String())
	s.sure.Number(hundredths(sure, 1000))
	for m, p := range shares {
		if !s.shares {
			s.choices[m].Text(top(p).String())
			continue
		}
		for k, v := range p {
			s.votes[m][k].Number(math.Round(float64(v*1000)) / 1000)
		}
	}
	if !labelled {
		s.label.Null()
		return
	}
	s.label.Text(truth.String())
}

func (s *memberSheet) table() *analysis.Table {
	columns := []analysis.Column{s.clock.Column(), s.line.Column(), s.answer.Column(), s.sure.Column(), s.label.Column()}
	for _, b := range s.choices {
		columns = append(columns, b.Column())
	}
	for _, all := range s.votes {
		for _, b := range all {
			columns = append(columns, b.Column())
		}
	}
	t, err := analysis.NewTable(columns)
	must(err)
	return t
}
