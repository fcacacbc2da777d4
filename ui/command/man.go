package command

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"andon/ui/display"
)

// manCommand writes a page per verb. Completions come with cobra: andon
// completion bash|zsh|fish|powershell.
func manCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "man DIR",
		Short: "write the man pages into a directory",
		Args:  exactly(1, "a directory"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return input(fmt.Errorf("write the man pages: %w", err))
			}
			now := env.Now()
			head := &doc.GenManHeader{Title: "ANDON", Section: "1", Date: &now, Source: "andon " + env.Version, Manual: "Andon"}
			if err := doc.GenManTree(c.Root(), head, args[0]); err != nil {
				return input(fmt.Errorf("write the man pages into %q: %w", args[0], err))
			}
			fmt.Fprintf(env.Out, "man pages written to %s\n", display.Escape(args[0]))
			return nil
		},
	}
}
