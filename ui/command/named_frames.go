package command

import (
	"context"
	"errors"
	"fmt"
	"io"

	"andon/importers"
	"andon/store"
	"andon/ui/display"
)

// mostNamed bounds the pictures of a log that one import fetches: each is
// decoded, and a sample over all rows tells what changed.
const mostNamed = 5000

// loadNamed loads the frames that the log names and that lie below one of the
// directories; other files there are not looked at.
func (l *loader) loadNamed(ctx context.Context, dirs []string, result *summary) error {
	for _, dir := range dirs {
		names, all, err := l.file.MissingFrames(ctx, mostNamed)
		if err != nil {
			return err
		}
		if len(names) == 0 {
			return nil
		}
		source, missing, err := importers.Named(dir, names)
		if errors.Is(err, importers.ErrUnrecognised) {
			result.skipped = append(result.skipped, importers.Skip{Path: dir, Why: notUsable{err}.without(dir)})
			continue
		}
		if err != nil {
			return input(err)
		}
		more, err := l.load(ctx, []importers.Source{source}, nil)
		if err != nil {
			return err
		}
		if all > int64(len(names)) && len(more.loaded) > 0 {
			last := &more.loaded[0].source
			last.Warnings = append(last.Warnings, fmt.Sprintf("%s of the %s frames that rows name were looked for, evenly over the rows; the same command takes more", thousands(int64(len(names))), thousands(all)))
		}
		if missing > 0 && len(more.loaded) > 0 {
			last := &more.loaded[0].source
			last.Warnings = append(last.Warnings, fmt.Sprintf("not below it: %s that the log names", plural(int64(missing), "frame")))
		}
		result.loaded, result.skipped = append(result.loaded, more.loaded...), append(result.skipped, more.skipped...)
		result.joined, result.seconds = more.joined, result.seconds+more.seconds
	}
	return nil
}

// printMissing says how many rows name a frame that is not in the file, and how
// to bring it.
func printMissing(w io.Writer, n store.NamedFrames, path string) {
	if n.Missing == 0 {
		return
	}
	fmt.Fprintf(w, "frames: %s of %s name a picture that is not loaded, such as %s; andon import -o %s --frames DIR SRC loads those below DIR\n",
		thousands(n.Missing), plural(n.Rows, "row"), display.Escape(n.Example), display.Escape(path))
}
