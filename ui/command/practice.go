package command

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"andon/analysis/practice"
	"andon/store"
	"andon/ui/display"
)

func practiceCommand(env Env) *cobra.Command {
	var dir string
	var seed int64
	var rounds, training int
	var fresh bool
	var look looks
	c := &cobra.Command{
		Use:   "practice [NAME]",
		Short: "open an incident with a known cause, to learn on",
		Long: fmt.Sprintf(`Opens the console on a bundled incident of a practice plant, or writes its
files. The cause stands in truth.json, which no import reads. Without a name
the incidents are listed. There are: %s. --score plays fresh
incidents of twenty kinds and prints how often the triage is right; --learn
makes the table anew that its verdicts rest on.`, strings.Join(practice.Names(), ", ")),
		Example: "  andon practice gloves\n  andon practice gloves --write logs/",
		Args:    atMost(1, "the name of one incident"),
		RunE: func(c *cobra.Command, args []string) error {
			if c.Flags().Changed("score") {
				return scorePractice(c.Context(), env, rounds)
			}
			if c.Flags().Changed("learn") {
				return learnPractice(c.Context(), env, training)
			}
			if len(args) == 0 {
				return listPractice(env)
			}
			if !known(args[0]) {
				return usage("there is no practice incident %q; there are %s", args[0], strings.Join(practice.Names(), ", "))
			}
			if dir != "" {
				return writePractice(env, args[0], seed, dir)
			}
			return openPractice(c.Context(), env, args[0], fresh, look)
		},
	}
	c.Flags().StringVar(&dir, "write", "", "write the incident's files into `DIR` instead of opening it")
	c.Flags().Int64Var(&seed, "seed", practice.DefaultSeed, "with --write: another run of the same plant")
	c.Flags().BoolVar(&fresh, "fresh", false, "begin anew, without the notes and answers of the last time")
	c.Flags().IntVar(&rounds, "score", 0, "play `N` fresh incidents of the practice league and score the triage")
	c.Flags().IntVar(&training, "learn", 0, "play `N` training incidents and print the weights of the checks that they teach")
	look.flags(c)
	return c
}

// riddles are the incidents as whoever is called in hears of them.
var riddles = map[string]string{
	"gloves": "eight days of a plant; accuracy fell: since when, where and why?",
	"quiet":  "an ordinary week of the same plant: is there anything to find?",
}

func listPractice(env Env) error {
	for _, name := range practice.Names() {
		fmt.Fprintf(env.Out, "%-8s %s\n", name, riddles[name])
	}
	fmt.Fprintln(env.Out, "\nopen one with: andon practice gloves")
	return nil
}

func known(name string) bool {
	for _, n := range practice.Names() {
		if n == name {
			return true
		}
	}
	return false
}

// writePractice plays the incident and writes its files. The bundled files are
// the same bytes; playing proves it.
func writePractice(env Env, name string, seed int64, dir string) error {
	incident, err := practice.Play(name, seed)
	if err != nil {
		return err
	}
	files := 0
	for path, content := range incident.Files() {
		target := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return input(fmt.Errorf("write the practice incident: %w", err))
		}
		if err := os.WriteFile(target, content, 0o644); err != nil {
			return input(fmt.Errorf("write the practice incident: %w", err))
		}
		files++
	}
	fmt.Fprintf(env.Out, "%s written to %s; now: andon triage %s\n", plural(int64(files), "file"), display.Escape(dir), display.Escape(dir))
	return nil
}

// openPractice opens the console on the bundled files. Its incident file lives
// in the user's state directory, so notes taken while learning are kept, unless
// she begins anew.
func openPractice(ctx context.Context, env Env, name string, fresh bool, look looks) error {
	sources, err := findPractice(env.Practice, name)
	if err != nil {
		return err
	}
	stamp, err := fingerprint(env.Practice, name)
	if err != nil {
		return err
	}
	path, err := statePath(env, filepath.Join("practice", name+"-"+stamp+".andon"))
	if err != nil {
		return err
	}
	if fresh {
		if err := forgetPractice(ctx, path); err != nil {
			return err
		}
	}
	return runConsole(ctx, env, look, target{path: path, sources: sources, title: "practice: " + name})
}

// forgetPractice removes the incident file of an earlier practice, if any.
func forgetPractice(ctx context.Context, path string) error {
	file, err := store.Open(ctx, path)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return input(err)
	}
	return input(file.Discard())
}

// fingerprint tells one edition of the bundled incident from the next, by the
// names and sizes of its files.
func fingerprint(fsys fs.FS, name string) (string, error) {
	sum := fnv.New32a()
	err := fs.WalkDir(fsys, "testdata/"+name, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d;", path, info.Size())
		return nil
	})
	return fmt.Sprintf("%08x", sum.Sum32()), err
}
