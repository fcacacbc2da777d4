package command

import (
	"context"
	"fmt"

	"andon/analysis"
	"andon/analysis/practice"
)

// scorePractice plays n fresh rounds of the practice league and prints how
// often the triage was right, beside a simple baseline.
func scorePractice(ctx context.Context, env Env, n int) error {
	if n < 1 {
		return usage("andon practice --score wants a number of rounds, at least 1, got %d", n)
	}
	result, err := practice.Score(ctx, practice.ScoringSeeds(n), analysis.Investigate, env.Now)
	if err != nil {
		return err
	}
	fmt.Fprintln(env.Out, result)
	fmt.Fprintln(env.Out, result.Line())
	return nil
}
