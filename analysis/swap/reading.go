// Package swap is the experiment that tells the model from the world: the old
// and the new model answer the same rows of both windows.
//
//	              before     after
//	old model      93 %       21 %  ┐ rows differ: the model
//	new model      92 %       20 %  ┘
//	              └─ columns differ: the world ─┘
//
// Draw picks the rows and writes the manifest, somebody replays it where the
// models run, Read reads what they answered.
package swap

import (
	"fmt"

	"andon/analysis"
)

// The models and the sides of the table.
const (
	Old    = "old"
	New    = "new"
	Before = "before"
	After  = "after"
)

// Answer is what one model said to one row: the row of the table from 1, its
// window, its slice for balance, the model and the version that ran, and
// whether the answer was right. Logged is what the log says was answered in
// production, "" where that was another model or is not known.
type Answer struct {
	Row        int64
	Side       string
	Slice      string
	Model      string
	Version    string
	Prediction string
	Logged     string
	Correct    bool
}

// Outcome is what the table says.
type Outcome string

const (
	ByModel  Outcome = "model"     // the same rows, other answers
	ByInputs Outcome = "inputs"    // the same model, worse answers
	ByBoth   Outcome = "both"      // neither alone
	NoDrop   Outcome = "no drop"   // the replay does not show the drop
	OneModel Outcome = "one model" // old and new are the same version: nothing was swapped
)

// Reading is the table and what follows from it. Cells are by model (old, new)
// and side (before, after). Model is new minus old on the rows of each side,
// Inputs is after minus before for each model, Drop is new on after minus old
// on before; ModelShare and InputsShare are the parts of Drop, and sum to 1.
// Agreement is how often a replayed answer is the one in the log, of Compared.
type Reading struct {
	Cells       [2][2]Cell
	Model       [2]Effect // on before, on after
	Inputs      [2]Effect // for old, for new
	Drop        Effect
	ModelShare  float64
	InputsShare float64
	Outcome     Outcome
	Agreement   float64
	Compared    int
	Warnings    []string
}

// The part of the drop that must lie on one side, and with how few rows or how
// little agreement a reading says so.
const (
	clearShare = 2. / 3
	fewRows    = 30
	agreesAt   = .95
)

// Read reads the table from the answers. Only rows that both models answered
// count, so that the two are compared on the same rows:
//
//	model effect on a side = (c - b) / n     b, c: only the old, only the new was right
//	inputs effect          = share right after - share right before, one model
//	drop = ½(model before + model after) + ½(inputs old + inputs new)   exactly
//
// The outcome is the side that holds two thirds of the drop, if that side's own
// effect (the model's on the after rows, the inputs' for the old model) is
// beyond its interval; else both. Where the drop itself is not beyond its
// interval it is NoDrop. An answer given twice counts as it was given last. It
// fails without a row on both sides. O(answers).
//
// Source: methods 4.2; McNemar 1947; Bonett and Price 2012 for paired
// intervals, Newcombe 1998 for the others.
func Read(answers []Answer) (Reading, error) {
	rows, alone := pairs(answers)
	var r Reading
	var discordant [2][2]int
	for _, p := range rows {
		side := 0
		if p.side == After {
			side = 1
		}
		for model := range r.Cells {
			r.Cells[model][side].Rows++
			if p.right[model] {
				r.Cells[model][side].Good++
			}
		}
		if p.right[0] != p.right[1] {
			only := 0
			if p.right[1] {
				only = 1
			}
			discordant[side][only]++
		}
	}
	for side, name := range []string{Before, After} {
		n := r.Cells[0][side].Rows
		if n == 0 {
			return r, fmt.Errorf("read the swap test: no row of the window %s was answered by both models; replay every line of the manifest", name)
		}
		r.Model[side] = paired(n, discordant[side])
		if n < fewRows {
			r.Warnings = append(r.Warnings, fmt.Sprintf("only %d rows %s: the intervals are wide; replay more (andon swap --rows)", n, name))
		}
	}
	for model := range r.Inputs {
		r.Inputs[model] = unpaired(r.Cells[model][0], r.Cells[model][1])
	}
	r.Drop = unpaired(r.Cells[0][0], r.Cells[1][1])
	if alone > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%d rows were answered by one model only and are left out", alone))
	}
	r.agree(answers)
	r.settle()
	if v, one := oneVersion(answers); one {
		r.Outcome = OneModel
		r.Warnings = append(r.Warnings, fmt.Sprintf("version %q ran as the old and as the new model: replay the one from before the onset as old (andon swap --old)", v))
	}
	return r, nil
}

// oneVersion reports whether both models are said to be the same version.
func oneVersion(answers []Answer) (version string, one bool) {
	versions := map[string]map[string]bool{Old: {}, New: {}}
	for _, a := range answers {
		versions[a.Model][a.Version] = true
		version = a.Version
	}
	return version, version != "" && len(versions[Old]) == 1 && len(versions[New]) == 1 && versions[Old][version] && versions[New][version]
}

// pair is one row with both models' answers.
type pair struct {
	side  string
	right [2]bool
	given [2]bool
}

// pairs are the rows that both models answered, and how many only one did.
func pairs(answers []Answer) (both map[int64]pair, alone int) {
	both = map[int64]pair{}
	for _, a := range answers {
		p, model := both[a.Row], 0
		if a.Model == New {
			model = 1
		}
		p.side, p.right[model], p.given[model] = a.Side, a.Correct, true
		both[a.Row] = p
	}
	for row, p := range both {
		if !p.given[0] || !p.given[1] {
			delete(both, row)
			alone++
		}
	}
	return both, alone
}

// agree compares the replay with the log where both tell of the same model.
func (r *Reading) agree(answers []Answer) {
	same := 0
	for _, a := range answers {
		if a.Logged == "" || a.Prediction == "" {
			continue
		}
		r.Compared++
		if analysis.Canonical(a.Logged) == analysis.Canonical(a.Prediction) {
			same++
		}
	}
	if r.Compared == 0 {
		return
	}
	r.Agreement = float64(same) / float64(r.Compared)
	if r.Agreement < agreesAt {
		r.Warnings = append(r.Warnings, fmt.Sprintf("only %.0f %% of %d replayed answers are those in the log: something between camera and answer differs from production; look at the pipeline before you believe the table",
			100*r.Agreement, r.Compared))
	}
}

// settle shares the drop and says what the table says.
func (r *Reading) settle() {
	model := (r.Model[0].Value + r.Model[1].Value) / 2
	if r.Drop.Value != 0 {
		r.ModelShare = model / r.Drop.Value
		r.InputsShare = 1 - r.ModelShare
	}
	switch {
	case r.Drop.Interval.Hi >= 0:
		r.Outcome = NoDrop
	case r.ModelShare >= clearShare && r.Model[1].Interval.Hi < 0:
		r.Outcome = ByModel
	case r.InputsShare >= clearShare && r.Inputs[0].Interval.Hi < 0:
		r.Outcome = ByInputs
	default:
		r.Outcome = ByBoth
	}
}

// Answered is the outcome as the answer to the checklist's question whether the
// old model does well on the after frames.
func (r Reading) Answered() analysis.Outcome {
	switch r.Outcome {
	case ByModel:
		return analysis.Yes
	case ByInputs:
		return analysis.No
	}
	return analysis.Unclear
}

// Claim is the reading in one sentence.
func (r Reading) Claim() string {
	said := map[Outcome]string{
		ByModel:  "the model: on the same rows the new one answers worse",
		ByInputs: "the world: the old model falls on the after rows as the new one does",
		ByBoth:   "both: neither the model nor the inputs explain the drop alone",
		OneModel: "nothing was swapped: one version answered as both models",
		NoDrop:   "neither: the replay does not show the drop; look at the pipeline, the labels and the service",
	}
	return said[r.Outcome]
}

// Result is the table in one line.
func (r Reading) Result() string {
	return fmt.Sprintf("old %s → %s, new %s → %s; model %s, inputs %s",
		percent(r.Cells[0][0]), percent(r.Cells[0][1]), percent(r.Cells[1][0]), percent(r.Cells[1][1]),
		points(r.Model[1]), points(r.Inputs[0]))
}
