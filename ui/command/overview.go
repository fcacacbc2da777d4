package command

import (
	"context"
	"errors"
	"time"

	"andon/analysis"
	"andon/store"
)

// overview is quality over the whole log from the file's rollups: within
// milliseconds, while the rows of millions are still being read, or loaded. It
// reports false where the rollups do not tell it, or the file holds a sample of
// a fleet's rows, which must be weighed.
func (s *session) overview(ctx context.Context, name string, where analysis.Where, step time.Duration) (analysis.Series, bool, error) {
	if name != "" || len(where) > 0 {
		return analysis.Series{}, false, nil
	}
	if _, sampled, err := s.about(ctx); err != nil || sampled {
		return analysis.Series{}, false, err
	}
	series, err := s.file.Series(ctx, step)
	if errors.Is(err, store.ErrNotRolled) {
		return analysis.Series{}, false, nil
	}
	return series, err == nil, err
}
