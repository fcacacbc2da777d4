package command

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/ui"
)

// The console follows its sources by itself with -f. It reads them as andon
// follow does; what that brings is seen by watch (news.go), as if another
// process had saved it.
//
//	load, as far as it goes ─▶ every second: read on ─▶ committed ─▶ watch ─▶ screens
//	                                          └─▶ ui.Followed: files, rows behind, trouble

// following is the target with its sources followed.
func (t target) following(args []string) (target, error) {
	if t.sources == nil {
		return t, usage("--follow wants the logs, not an incident file; what andon follow -o %s adds is shown without it", t.path)
	}
	t.follow = args
	return t, nil
}

// followInto reads the sources again and again until ctx ends; loaded is told
// when all that was there at first is in, or why it is not.
func (s *session) followInto(ctx context.Context, l *loader, t target, loaded func(error), send func(tea.Msg)) {
	f := newFollower(l, t.follow)
	defer f.close()
	err := f.recall(ctx)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	var told ui.Followed
	for first := true; err == nil && ctx.Err() == nil; first = false {
		if err = f.poll(ctx); err != nil {
			break
		}
		if first {
			loaded(nil)
		}
		now := ui.Followed{Files: f.status.files, Behind: f.status.behind, Trouble: f.status.trouble}
		if now != told {
			send(now)
			told = now
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	// What was asked to stop still brings in order what it has begun.
	if last := f.finish(context.WithoutCancel(ctx)); err == nil {
		err = last
	}
	if err == nil {
		err = ctx.Err()
	}
	loaded(fmt.Errorf("following ended: %w", err))
	send(ui.Followed{})
}
