package command

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/store"
	"andon/ui/display"
)

func noteCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use:     "note FILE TEXT",
		Short:   "add a note to an incident file",
		Example: `  andon note plant.andon "gloves on L2 are new since this morning"`,
		Args:    exactly(2, "an incident file and a text"),
		RunE: func(c *cobra.Command, args []string) error {
			if strings.TrimSpace(args[1]) == "" {
				return usage("andon note: the text is empty")
			}
			target, err := openIncident(c.Context(), env, args[0])
			if err != nil {
				return err
			}
			defer target.done()
			note, err := target.file.AddNote(c.Context(), analysis.Note{Time: env.Now().UTC(), Author: author(env), Text: args[1]})
			if err != nil {
				return input(err)
			}
			fmt.Fprintf(env.Out, "note %d saved\n", note.ID)
			return nil
		},
	}
}

// author is who is at the keyboard, as the shell knows it.
func author(env Env) string {
	if user := env.Getenv("SUDO_USER"); user != "" {
		return user
	}
	return env.Getenv("USER")
}

func notesCommand(env Env) *cobra.Command {
	verify := false
	c := &cobra.Command{
		Use:   "notes FILE",
		Short: "list the notes of an incident file, or verify their chain",
		Args:  exactly(1, "an incident file"),
		RunE: func(c *cobra.Command, args []string) error {
			target, err := openToRead(c.Context(), env, args[0])
			if err != nil {
				return err
			}
			defer target.done()
			notes, err := target.file.Notes(c.Context())
			if verify && errors.Is(err, store.ErrBroken) {
				return failure{exitFinding, err}
			}
			if err != nil {
				return input(err)
			}
			if verify {
				return verifyNotes(env, notes)
			}
			if len(notes) == 0 {
				fmt.Fprintln(env.Out, "no notes yet; add one with: andon note FILE TEXT")
			}
			for _, n := range notes {
				printNote(env, n)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&verify, "verify", false, "check that no note was altered, removed or added between; exit code 1 if one was")
	return c
}

func printNote(env Env, n analysis.Note) {
	fmt.Fprintf(env.Out, "%d  %s  %s", n.ID, stamp(n.Time), display.Escape(n.Author))
	if n.Supersedes > 0 {
		fmt.Fprintf(env.Out, "  replaces %d", n.Supersedes)
	}
	if n.Pin.Saw != "" {
		fmt.Fprintf(env.Out, "  on %s", display.Escape(n.Pin.Saw))
	}
	fmt.Fprintln(env.Out)
	for _, line := range display.Lines(n.Text) {
		fmt.Fprintf(env.Out, "   %s\n", line)
	}
}
