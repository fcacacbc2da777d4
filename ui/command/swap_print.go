package command

import (
	"fmt"
	"io"

	"andon/analysis"
	"andon/analysis/swap"
	"andon/ui/display"
	"andon/ui/report"
)

// The 2x2 for a person, and the same for a program:
//
//	SWAP           before        after    after - before
//	old model     100.0 %       66.7 %    -33.3 [-38.8, -28.1] pt
//	new model     100.0 %       66.7 %    -33.3 [-38.8, -28.1] pt
//	new - old    +0.0 pt       +0.0 pt

// printSwap writes the table, the effects and what follows.
func printSwap(w io.Writer, r swap.Reading) {
	const row = "%-10s%27s%27s%27s\n"
	fmt.Fprintf(w, row, "SWAP", "before", "after", "after - before")
	for model, name := range []string{"old model", "new model"} {
		fmt.Fprintf(w, row, name, cellText(r.Cells[model][0]), cellText(r.Cells[model][1]), effectText(r.Inputs[model]))
	}
	fmt.Fprintf(w, row, "new - old", effectText(r.Model[0]), effectText(r.Model[1]), "")
	fmt.Fprintf(w, "McNemar on the after rows: %d only the old model had right, %d only the new; p %s\n",
		r.Model[1].Discordant[0], r.Model[1].Discordant[1], display.P(r.Model[1].P))
	if r.Outcome != swap.NoDrop {
		fmt.Fprintf(w, "of the drop of %s, %s lies with the model and %s with the inputs\n", display.Points(r.Drop.Value), display.Percent(r.ModelShare), display.Percent(r.InputsShare))
	}
	if r.Compared > 0 {
		fmt.Fprintf(w, "%s of %d replayed answers are those in the log\n", display.Percent(r.Agreement), r.Compared)
	}
	fmt.Fprintf(w, "It is %s\n", r.Claim())
	printWarnings(w, r.Warnings)
}

func cellText(c swap.Cell) string {
	return fmt.Sprintf("%s (%d of %d)", display.Percent(c.Mean()), c.Good, c.Rows)
}

func effectText(e swap.Effect) string {
	return fmt.Sprintf("%+.1f [%+.1f, %+.1f] pt", 100*e.Value, 100*e.Interval.Lo, 100*e.Interval.Hi)
}

// swapJSON is the JSON of a swap test. Cells are [old, new] x [before, after].
type swapJSON struct {
	Schema    int              `json:"schema"`
	Replay    int64            `json:"replay"`
	Cells     [2][2]swapCell   `json:"cells"`
	Model     [2]swapEffect    `json:"model"`
	Inputs    [2]swapEffect    `json:"inputs"`
	Drop      swapEffect       `json:"drop"`
	Share     map[string]any   `json:"share"`
	Outcome   swap.Outcome     `json:"outcome"`
	Answer    analysis.Outcome `json:"answer"`
	Agreement *float64         `json:"agreement"`
	Claim     string           `json:"claim"`
	Hash      string           `json:"hash"`
	Warnings  []string         `json:"warnings"`
}

type swapCell struct {
	Rows int `json:"rows"`
	Good int `json:"good"`
}

type swapEffect struct {
	Value    float64    `json:"value"`
	Interval [2]float64 `json:"interval"`
	P        float64    `json:"p"`
}

func newSwapJSON(number int64, r swap.Reading, f analysis.Finding) swapJSON {
	effect := func(e swap.Effect) swapEffect {
		return swapEffect{e.Value, [2]float64{e.Interval.Lo, e.Interval.Hi}, e.P}
	}
	j := swapJSON{Schema: report.Schema, Replay: number, Drop: effect(r.Drop), Outcome: r.Outcome, Answer: r.Answered(), Claim: r.Claim(), Hash: f.Hash,
		Share: map[string]any{"model": r.ModelShare, "inputs": r.InputsShare}, Warnings: append([]string{}, r.Warnings...)}
	for i := range 2 {
		j.Model[i], j.Inputs[i] = effect(r.Model[i]), effect(r.Inputs[i])
		for k := range 2 {
			j.Cells[i][k] = swapCell(r.Cells[i][k])
		}
	}
	if r.Compared > 0 {
		j.Agreement = &r.Agreement
	}
	return j
}
