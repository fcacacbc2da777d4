package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"andon/store"
	"andon/ui/display"
)

// The doctor looks before it touches: everything is examined in a private
// copy, and the file itself is opened only to make anew what is derived.
//
//	environment ─▶ copy ─▶ checks ─┬─ well ─────▶ settings
//	                               ├─ derived ──▶ rebuild ─▶ checks
//	                               └─ damaged ──▶ exit 1: --salvage NEW

type doctorFlags struct {
	rebuild bool
	salvage string
}

func doctorCommand(env Env) *cobra.Command {
	var flags doctorFlags
	c := &cobra.Command{
		Use:   "doctor [FILE]",
		Short: "check the environment and an incident file, and rebuild what is derived",
		Long: `Checks an incident file: SQLite's own structure, the schema, the seal of its
small tables, the digests of what was loaded, every value against the row it
came from, the chain of notes, and that writing is safe where it lies. It looks
at a private copy first. Segments and dictionaries that are damaged are made
anew from the rows. Exit code 1 means that something is wrong.

A file that is damaged otherwise is left as it is; --salvage saves what can be
read into a new one.`,
		Example: `  andon doctor plant.andon
  andon doctor plant.andon --salvage saved.andon`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				if flags != (doctorFlags{}) {
					return usage("andon doctor: --rebuild and --salvage want an incident file")
				}
				return examineEnvironment(c.Context(), env)
			}
			if flags.salvage != "" {
				return salvage(c.Context(), env, args[0], flags.salvage)
			}
			return examineFile(c.Context(), env, args[0], flags.rebuild)
		},
	}
	c.Flags().BoolVar(&flags.rebuild, "rebuild", false, "make all segments anew, and take rows that another program changed as they are now")
	c.Flags().StringVar(&flags.salvage, "salvage", "", "save what can be read of a damaged file into a new one at `NEW`")
	return c
}

// sayCheck prints one line of a check: a letter, a word and what was seen.
func sayCheck(w io.Writer, name, said string, err error) {
	mark, word := "✓", "ok  "
	if err != nil {
		mark, word, said = "✗", "bad ", err.Error()
	}
	fmt.Fprintf(w, "%s %s %-11s %s\n", mark, word, name, lines(said))
}

// examineEnvironment says what this machine offers an incident file.
func examineEnvironment(ctx context.Context, env Env) error {
	engine, err := store.Engine(ctx)
	sayCheck(env.Out, "engine", "SQLite "+engine, err)
	place := "here"
	if !writable(".") {
		place, err = statePath(env, "")
	}
	sayCheck(env.Out, "files", "new incident files are made "+place, err)
	sayDisk(env, filepath.Join(".", "x"))
	return err
}

// sayDisk prints the room and the kind of the disk that a file lies on.
func sayDisk(env Env, path string) {
	if free, ok := store.Free(path); ok {
		fmt.Fprintf(env.Out, "%s disk        %.1f GB are free\n", map[bool]string{true: "✓ ok  ", false: "! look"}[free > 1<<30], float64(free)/1e9)
	}
	if kind := store.Network(path); kind != "" {
		fmt.Fprintf(env.Out, "! look disk        %s: files are written without a write-ahead log there, one program at a time; a local disk is faster and safer\n", kind)
	}
}

// examineFile checks a file and heals what is derived.
func examineFile(ctx context.Context, env Env, path string, rebuild bool) error {
	health, err := store.Inspect(ctx, path)
	if err != nil {
		return unreadable(path, err)
	}
	for _, c := range health {
		sayCheck(env.Out, c.Name, c.Said, c.Err)
	}
	switch {
	case health.Err() == nil && !rebuild:
		return examineSettings(ctx, env, path)
	case rebuild || health.Derived():
		return rebuildDerived(ctx, env, path)
	}
	return failure{exitFinding, fmt.Errorf("%s is damaged and was left as it is; andon doctor --salvage NEW %[1]s saves what can be read, --rebuild takes changed rows as they are now", display.Escape(path))}
}

// unreadable tells damage, which may be salvaged, from what is no incident file.
func unreadable(path string, err error) error {
	if errors.Is(err, store.ErrDamaged) {
		return failure{exitFinding, fmt.Errorf("%w; try andon doctor --salvage NEW %s", err, display.Escape(path))}
	}
	return input(err)
}

// rebuildDerived makes segments and dictionaries anew and looks again.
func rebuildDerived(ctx context.Context, env Env, path string) error {
	file, err := store.Open(ctx, path)
	if err != nil {
		return input(err)
	}
	defer file.Close()
	if err := file.Rebuild(ctx); err != nil {
		return failure{exitFinding, err}
	}
	err = file.Examine(ctx).Err()
	sayCheck(env.Out, "rebuilt", "segments and dictionaries, from the rows", err)
	if err != nil {
		return failure{exitFinding, fmt.Errorf("%s is damaged beyond what is derived", display.Escape(path))}
	}
	return nil
}

// examineSettings opens the file as the console would: the store reads back
// every setting that keeps data safe, and refuses to go on without one.
func examineSettings(ctx context.Context, env Env, path string) error {
	file, err := store.Open(ctx, path)
	switch {
	case errors.Is(err, store.ErrReadOnly), errors.Is(err, store.ErrFull):
		fmt.Fprintf(env.Out, "! look settings    it can be shown, not written: %s\n", lines(err.Error()))
		sayDisk(env, path)
		return nil
	case err != nil:
		return input(err)
	}
	defer file.Close()
	sayCheck(env.Out, "settings", "write-ahead log, full synchronisation, foreign keys: as set", nil)
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
		fmt.Fprintf(env.Out, "! look access      others may read or write it (mode %v); chmod 600 makes it yours alone\n", info.Mode().Perm())
	}
	sayDisk(env, path)
	return nil
}

// salvage saves what can be read of a file into a new one.
func salvage(ctx context.Context, env Env, from, to string) error {
	s, err := store.Salvage(ctx, from, to, env.Now())
	if err != nil {
		return input(err)
	}
	fmt.Fprintf(env.Out, "saved into %s: %d inferences and %d other records\n", display.Escape(to), s.Rows, s.Other)
	if s.Lost+s.Gaps+s.Gone > 0 {
		fmt.Fprintf(env.Out, "lost: %d inferences, %d of their values, %d other records\n", s.Lost, s.Gaps, s.Gone)
	}
	return nil
}
