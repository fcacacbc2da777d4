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

// learnPractice plays n training rounds of the league and prints the weights
// they teach, as the table of checks in analysis has them.
func learnPractice(ctx context.Context, env Env, n int) error {
	if n < 1 {
		return usage("andon practice --learn wants a number of rounds, at least 1, got %d", n)
	}
	lessons, err := practice.Lessons(ctx, practice.TrainingSeeds(n), analysis.Investigate)
	if err != nil {
		return err
	}
	learned, err := practice.Learn(lessons)
	if err != nil {
		return err
	}
	fmt.Fprintf(env.Out, "%d lessons\n%s", len(lessons), learned)
	return nil
}
