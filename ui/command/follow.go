package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"andon/importers"
	"andon/ui/display"
)

// Following is importing that does not end: every interval the sources are
// listed again, and each file is read on from where it was left. Files are
// known by what is in them, not by name; see stream.
//
//	every second:  list ─▶ each stream read on ─▶ new files begun ─▶ commit ─▶ status
//
// It polls, since notification does not cross network file systems, where
// plants keep their logs.

// joinEvery is the least time between two joins of late labels.
const joinEvery = 5 * time.Second

func followCommand(env Env) *cobra.Command {
	var out, mapping string
	var roles []string
	every := time.Second
	c := &cobra.Command{
		Use:   "follow -o FILE SRC...",
		Short: "keep loading sources as they grow or rotate",
		Long: `Loads files and directories as andon import does, and goes on loading what is
written to them: growing files, new ones, and rotated ones (renamed, copied and
truncated, or packed), each row once. A line that is not ended yet waits for its
end. Rows and the place up to which they were read are committed together, so
that a killed follower goes on where it was. It ends with ctrl-c.

Frames are not followed; load them with andon import.`,
		Example: "  andon follow -o plant.andon /var/log/vision/",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			if out == "" {
				return usage("andon follow wants -o FILE, the incident file to load into")
			}
			if every < 10*time.Millisecond {
				return usage("--every %s: at least 10ms", every)
			}
			options, err := parseRoles(roles)
			if err != nil {
				return err
			}
			if err := readMap(mapping, &options); err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return runFollow(ctx, env, out, options, args, every)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "the incident `FILE` to load into")
	c.Flags().DurationVar(&every, "every", every, "how often to look, such as 500ms")
	roleFlag(c, &roles)
	mapFlag(c, &mapping)
	return c
}

func runFollow(ctx context.Context, env Env, path string, options importers.Options, args []string, every time.Duration) error {
	file, err := openOrCreate(ctx, path, env.Now())
	if err != nil {
		return err
	}
	defer file.Close()
	f := newFollower(&loader{file: file, options: options, now: env.Now}, args)
	f.tell = func(s followed) { statusLine(env, s) }
	defer f.close()
	if err := f.recall(ctx); err != nil {
		return err
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for first := true; ; first = false {
		if err := f.poll(ctx); err != nil && ctx.Err() == nil {
			return err
		}
		if ctx.Err() != nil {
			break
		}
		if first && f.status.files == 0 {
			fmt.Fprintf(env.Err, "nothing to follow yet in %s; waiting for it%s\n", display.Escape(quoted(args)), display.Escape(f.status.because()))
		}
		statusLine(env, f.status)
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	// What was asked to stop still brings in order what it has begun.
	last := context.WithoutCancel(ctx)
	err = errors.Join(f.finish(last), file.Close())
	clearLine(env)
	fmt.Fprintf(env.Out, "%s followed into %s\n", plural(f.status.rows, "record"), display.Escape(path))
	return err
}

// followed is how far the follower has come.
type followed struct {
	rows    int64
	files   int
	behind  int64         // rows not loaded yet, by the bytes and the rows so far
	age     time.Duration // since the files were written to, while some are not loaded
	trouble string        // what could not be read this time
}

// text is the status for people.
func (s followed) text() string {
	text := fmt.Sprintf("%s from %s, ", plural(s.rows, "row"), plural(int64(s.files), "file"))
	if s.behind > 0 {
		text += fmt.Sprintf("behind by about %s rows, %s", thousands(s.behind), display.Duration(s.age))
	} else {
		text += "up to date"
	}
	if s.trouble != "" {
		text += "; " + s.trouble
	}
	return text
}

// because is the trouble as the end of a sentence.
func (s followed) because() string {
	if s.trouble == "" {
		return ""
	}
	return " (" + s.trouble + ")"
}

// statusLine rewrites one line on a terminal; elsewhere it stays silent.
func statusLine(env Env, s followed) {
	if isTerminal(env.Err) {
		fmt.Fprintf(env.Err, "\r%-78.78s", display.Escape(s.text()))
	}
}
