package store

import (
	"context"
	"fmt"

	"andon/analysis"
	"andon/analysis/hypothesis"
)

// AddAnswer keeps an answer to a step with all that it brought about, or nothing
// of it:
//
//	finding ─┬▶ moves of hypotheses, each with its reason
//	         └▶ note, pinned to the finding: how the causes moved
//
// A finding alone would move the causes without a word of why. The note's Saw
// is set here, since it names the finding. It is safe when it returns.
func (f *File) AddAnswer(ctx context.Context, n analysis.Finding, moved []hypothesis.Change, note analysis.Note) error {
	return f.record(ctx, "save the answer in", func(ctx context.Context, t *transaction) error {
		finding := n // write may run this twice
		if err := addFinding(ctx, t, &finding); err != nil {
			return err
		}
		for _, c := range moved {
			if err := moveHypothesis(ctx, t, &c.Hypothesis, &c.Move); err != nil {
				return err
			}
		}
		note := note
		note.Pin.Saw = fmt.Sprintf("finding %d", finding.ID)
		return addNote(ctx, t, &note)
	})
}
