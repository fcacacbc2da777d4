// Package stage says which stage of a chain is to blame for its wrong answers.
//
//	detector   classifier   rule    answer   truth     blamed
//	found      ok           ok      ok       ok        nobody
//	none       -            none    none     ok        detector: it came first
//	found      nok          nok     nok      ok        classifier
//	found      nok          ok      ok       nok       rule: it undid what was right
//	found      nok          ok      ok       ok        nobody: the rule mended it
//
// A wrong answer is put down to the first stage that was wrong and that no later
// one was right after; so the stages' errors add up to the errors of the answer.
package stage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"andon/analysis"
)

// Stage is one stage of the chain, in the order of the file, or what came after
// the last (Column ""). Blamed are the rows judged and those whose wrong answer
// is put down to it; over all stages the blamed add up to the wrong answers.
// Right are the rows that reached it unspoilt, all stages before having been
// right, and those it got right. Change is that of Blamed's share, before to
// after, and Share its part of the change of all wrong answers; 0 where the
// errors did not change.
type Stage struct {
	Name   string
	Column string
	Gate   bool // it says only whether there is anything, not what
	Blamed [2]analysis.Sum
	Right  [2]analysis.Sum
	Change analysis.Interval
	Delta  float64
	Share  float64
}

// Prefix begins the names of columns that hold a stage's output; nested logs
// name them under a key "stages" or "stage".
const Prefix = "stage_"

// fewStages is below what there is no chain.
const fewStages = 2

// Columns are those that hold a stage's output, in the order of the file.
func Columns(t *analysis.Table) []string {
	var names []string
	for _, f := range t.Fields() {
		if stageName(f) != "" {
			names = append(names, f.Name)
		}
	}
	return names
}

// stageName is what a stage's column calls the stage, "" for another column.
func stageName(f analysis.Field) string {
	if f.Type == analysis.Time || f.Type == analysis.Blob || f.Role == analysis.RoleVote {
		return ""
	}
	if name, ok := strings.CutPrefix(f.Name, Prefix); ok {
		return name
	}
	segments := strings.Split(strings.ToLower(f.Path), ".")
	if at := slices.IndexFunc(segments, func(s string) bool { return s == "stages" || s == "stage" }); at >= 0 && at+1 < len(segments) {
		return segments[at+1]
	}
	return ""
}

// Blame puts the wrong answers of both windows down to stages, over the rows of
// where that have an answer and a truth. nil for a log of fewer than two stages
// or whose answers are amounts. Cost: one pass a stage.
func Blame(ctx context.Context, t *analysis.Table, w analysis.Windows, where analysis.Where) ([]Stage, error) {
	names := Columns(t)
	panel := t.Panel()
	if len(names) < fewStages || panel.Amounts {
		return nil, ctx.Err()
	}
	before, after, err := t.Split(where, w)
	if err != nil {
		return nil, fmt.Errorf("blame stages: %w", err)
	}
	c := chain{panel: panel, outputs: make([]output, len(names))}
	stages := make([]Stage, len(names)+1)
	for k, name := range names {
		column := t.Column(name)
		c.outputs[k] = read(column, panel.Classes)
		stages[k] = Stage{Name: stageName(column.Field), Column: name, Gate: c.outputs[k].gate}
	}
	stages[len(names)].Name = "the final answer"
	for side, rows := range [2][]int{before, after} {
		for _, i := range rows {
			c.judge(stages, side, i)
		}
	}
	compare(stages)
	return stages, ctx.Err()
}

// chain is the outputs of all stages beside answer and truth.
type chain struct {
	panel   *analysis.Panel
	outputs []output
}

// judge adds a row to the stages.
func (c chain) judge(stages []Stage, side, row int) {
	truth, answer := c.panel.Truth[row], c.panel.Answer[row]
	if truth != truth || answer != answer {
		return
	}
	first, unspoilt := len(c.outputs), true
	for k, out := range c.outputs {
		right, ran := out.right(row, truth, c.panel.Classes)
		if !ran {
			continue
		}
		if unspoilt {
			stages[k].Right[side].Note(one(right))
		}
		switch {
		case !right && unspoilt:
			first, unspoilt = k, false
		case right && !out.gate && !unspoilt: // it mended what came before
			first, unspoilt = len(c.outputs), true
		}
	}
	wrong := answer != truth
	for k := range stages {
		stages[k].Blamed[side].Note(one(wrong && k == first))
	}
	if last := &stages[len(c.outputs)]; unspoilt {
		last.Right[side].Note(one(!wrong))
	}
}

// one is 1 for yes.
func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// compare fills the changes; all rest on the same rows.
func compare(stages []Stage) {
	total := 0.0
	for k := range stages {
		s := &stages[k]
		s.Delta = s.Blamed[1].Mean() - s.Blamed[0].Mean()
		s.Change = analysis.DifferenceInterval(analysis.Proportion, s.Blamed[0], s.Blamed[1])
		total += s.Delta
	}
	for k := range stages {
		if total != 0 {
			stages[k].Share = stages[k].Delta / total
		}
	}
}
