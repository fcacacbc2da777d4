package command

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"andon/store"
	"andon/ui/display"
)

// A file from someone else is opened as a private copy, checked before anything
// of it is shown, and never written: with --foreign, or where it is another
// user's and not ours to write.

// foreignKey is how the flag travels to whoever opens a file.
type foreignKey struct{}

// foreignFlag gives every verb --foreign.
func foreignFlag(root *cobra.Command) {
	foreign := root.PersistentFlags().Bool("foreign", false, "treat the incident file as someone else's: check a private copy, and never write")
	root.PersistentPreRun = func(c *cobra.Command, _ []string) {
		c.SetContext(context.WithValue(c.Context(), foreignKey{}, *foreign))
	}
}

func isForeign(ctx context.Context) bool {
	foreign, _ := ctx.Value(foreignKey{}).(bool)
	return foreign
}

// ours refuses to write into a file that is said to be someone else's.
func ours(ctx context.Context, path string) error {
	if !isForeign(ctx) {
		return nil
	}
	return usage("%s would be written, and --foreign says that it is someone else's; write in a copy, without --foreign", display.Escape(path))
}

// openFile opens an incident file that need not be written, and says so where
// the check of a large one takes its time.
func openFile(ctx context.Context, env Env, path string) (*store.File, error) {
	if info, err := os.Stat(path); isForeign(ctx) && err == nil && info.Size() > 100<<20 {
		fmt.Fprintf(env.Err, "checking a private copy of %s, %d MB: about a second for 20 MB\n", display.Escape(path), info.Size()>>20)
	}
	file, err := store.OpenToRead(ctx, path, isForeign(ctx))
	return file, input(err)
}
