package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/playbook"
	"andon/ui/display"
)

// playbooksFolder is where a user's own playbooks lie, beside the settings; ""
// without a home.
func playbooksFolder(env Env) string {
	if folder := settingsFolder(env); folder != "" {
		return filepath.Join(folder, "playbooks")
	}
	return ""
}

// ownPlaybooks reads the user's playbooks. One with a mistake is an error that
// names every line; so is a step whose id is taken, or whose check Andon does
// not know.
func ownPlaybooks(env Env) ([]playbook.Playbook, error) {
	folder := playbooksFolder(env)
	if folder == "" {
		return nil, nil
	}
	paths, err := filepath.Glob(filepath.Join(folder, "*.toml"))
	if err != nil {
		return nil, usage("read the playbooks: %w", err)
	}
	var books []playbook.Playbook
	var mistakes []error
	for _, path := range paths {
		book, err := readPlaybook(path)
		if err != nil {
			mistakes = append(mistakes, err)
			continue
		}
		books = append(books, book)
	}
	if err := playbook.Apart(slices.Concat(playbook.Embedded(), books)); err != nil {
		mistakes = append(mistakes, err)
	}
	if len(mistakes) > 0 {
		return nil, usage("%w", errors.Join(mistakes...))
	}
	return books, nil
}

// readPlaybook reads one file; its name is the playbook's.
func readPlaybook(path string) (playbook.Playbook, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return playbook.Playbook{}, fmt.Errorf("read the playbook: %w", err)
	}
	book, err := playbook.Parse(strings.TrimSuffix(filepath.Base(path), ".toml"), text)
	if err != nil {
		return book, err
	}
	known := map[string]bool{}
	for _, c := range analysis.Checks() {
		known[c.ID] = true
	}
	for _, s := range book.Steps {
		if s.Check != "" && !known[s.Check] {
			return book, fmt.Errorf("playbook %q: step %q runs the check %q, which Andon does not have; andon triage FILE --explain lists those it has", book.Name, s.ID, s.Check)
		}
	}
	return book, nil
}

func playbookCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "playbook [NAME | FILE.toml]",
		Short: "list what is asked in an incident, print a playbook, or check one of your own",
		Long: `A playbook is a TOML file of questions: why each matters, what either answer
means, how likely a yes is under each cause, and what it costs in minutes. From
that Andon chooses what to ask next.

Without an argument, playbook lists those in force; with a name it prints that
one, to begin your own with; with a file it checks the file and names every
mistake with its line. Your own lie in playbooks/*.toml beside the settings file
(andon config says where) and are asked like ours.`,
		Example: `  andon playbook
  andon playbook floor > ~/.config/andon/playbooks/paint.toml
  andon playbook paint.toml`,
		Args: atMost(1, "a playbook's name, a file or nothing"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listPlaybooks(env)
			}
			if text, ok := playbook.Text(args[0]); ok {
				fmt.Fprint(env.Out, text)
				return nil
			}
			return checkPlaybook(env, args[0])
		},
	}
}

// listPlaybooks prints name, steps and title of those in force.
func listPlaybooks(env Env) error {
	own, err := ownPlaybooks(env)
	if err != nil {
		return err
	}
	for _, b := range slices.Concat(playbook.Embedded(), own) {
		fmt.Fprintf(env.Out, "%-10s %2d steps  %s\n", display.Escape(b.Name), len(b.Steps), display.Escape(b.Title))
	}
	if folder := playbooksFolder(env); folder != "" && len(own) == 0 {
		fmt.Fprintf(env.Out, "\nyour own go into %s\n", display.Escape(folder))
	}
	return nil
}

// checkPlaybook reads a file as if it were in force.
func checkPlaybook(env Env, path string) error {
	book, err := readPlaybook(path)
	if errors.Is(err, fs.ErrNotExist) {
		return usage("%q is neither a playbook (%s) nor a file", path, strings.Join(playbook.Names(), ", "))
	}
	if err == nil {
		err = playbook.Apart(append(playbook.Embedded(), book))
	}
	if err != nil {
		return failure{exitFinding, err}
	}
	fmt.Fprintf(env.Out, "✓ ok: %d steps\n", len(book.Steps))
	return nil
}
