package clickhouse

import (
	"context"
	"sync"

	"andon/analysis"
)

// atOnce asks several questions at the same time and waits for all of them. The
// first that fails ends the others, and is the error.
func atOnce(ctx context.Context, questions ...func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	for _, ask := range questions {
		all.Go(func() {
			if err := ask(ctx); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

// inBoth asks the same of both windows at once.
func inBoth[T any](ctx context.Context, w analysis.Windows, ask func(context.Context, analysis.Window) (T, error)) (before, after T, err error) {
	err = atOnce(ctx, func(ctx context.Context) (err error) {
		before, err = ask(ctx, w.Before)
		return err
	}, func(ctx context.Context) (err error) {
		after, err = ask(ctx, w.After)
		return err
	})
	return before, after, err
}
