package command

import (
	"context"

	"andon/analysis"
)

// again runs the query of a finding once more, over its own windows, slice and
// parameters. The answer has the new claim, result and hash; equal hashes say
// that nothing changed.
func (s *session) again(ctx context.Context, f analysis.Finding) (analysis.Finding, error) {
	if f.Step == analysis.VerifyStep {
		return s.verifyAgain(ctx, f)
	}
	return s.reask(ctx, f)
}
