package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/store"
	"andon/ui/display"
)

type shareFlags struct {
	out      string
	windows  []string
	columns  []string
	redact   []string
	noFrames bool
	json     bool
}

func shareCommand(env Env) *cobra.Command {
	var flags shareFlags
	c := &cobra.Command{
		Use:   "share FILE -o copy.andon",
		Short: "write a copy for others, without names, secrets and what they need not see",
		Long: `Writes a new incident file that holds only the chosen windows and columns, with
the notes, findings and events. The values of redacted columns become
pseudonyms, equal ones equal, there and in every text; so do the names of those
who wrote, called "author". Passwords, tokens, keys, e-mail addresses and home
directories are taken out of all texts by their pattern. Directories and hashes
of the sources and the raw bytes of rejected records are left out.

Without --redact the columns that name people are redacted (` + strings.Join(personal, ", ") + `)
where there are any; --redact '' redacts none.

The finished file is searched for all that was hidden, text by text and byte by
byte, before it gets its name; exit code 1 means that something was found and
nothing was written. Read the notes yourself all the same: no program knows
every name.`,
		Example: `  andon share plant.andon -o for-vendor.andon
  andon share plant.andon -o cut.andon --window before --window after --columns line,label --no-frames`,
		Args: exactly(1, "an incident file"),
		RunE: func(c *cobra.Command, args []string) error {
			if flags.out == "" {
				return usage("andon share wants the copy's name: -o copy.andon")
			}
			return shareFile(c.Context(), env, args[0], flags, c.Flags().Changed("redact"))
		},
	}
	c.Flags().StringVarP(&flags.out, "output", "o", "", "the copy's `FILE`, which must not exist")
	c.Flags().StringArrayVar(&flags.windows, "window", nil, "only rows of this window, `FROM..TO`, before or after; may be given again")
	c.Flags().StringSliceVar(&flags.columns, "columns", nil, "only these `COLUMNS`, and time, id, correct and frame")
	c.Flags().StringSliceVar(&flags.redact, "redact", nil, "the `COLUMNS` whose values become pseudonyms")
	c.Flags().BoolVar(&flags.noFrames, "no-frames", false, "leave out the pictures")
	c.Flags().BoolVar(&flags.json, "json", false, "print one JSON object and nothing else")
	return c
}

// personal are the columns that name people, as logs call them.
var personal = []string{store.Author, "reviewer", "operator", "inspector", "annotator", "worker", "employee", "user", "username"}

func shareFile(ctx context.Context, env Env, path string, flags shareFlags, asked bool) error {
	target, err := openToRead(ctx, env, path)
	if err != nil {
		return err
	}
	defer target.done()
	cut := store.Cut{Columns: flags.columns, Redact: flags.redact, NoFrames: flags.noFrames, Rehash: evidenceHash}
	if !asked {
		if cut.Redact, err = namesPeople(ctx, target.session); err != nil {
			return err
		}
	}
	if cut.Windows, err = shareWindows(ctx, target.session, flags.windows); err != nil {
		return err
	}
	said, err := store.Share(ctx, target.file, flags.out, cut, env.Now())
	if errors.Is(err, store.ErrLeak) {
		return failure{exitFinding, err}
	}
	if err != nil {
		return input(err)
	}
	if flags.json {
		return printJSON(env.Out, newSharedJSON(flags.out, cut, said))
	}
	sayShared(env.Out, flags.out, cut, said)
	return nil
}

// namesPeople are the columns of the file that are redacted unless told
// otherwise.
func namesPeople(ctx context.Context, s *session) ([]string, error) {
	fields, err := s.file.Fields(ctx)
	if err != nil {
		return nil, err
	}
	found := []string{store.Author}
	for _, f := range fields {
		if slices.Contains(personal, strings.ToLower(f.Name)) {
			found = append(found, f.Name)
		}
	}
	return found, nil
}

// shareWindows reads the windows; before and after are those of the triage.
func shareWindows(ctx context.Context, s *session, texts []string) ([]analysis.Window, error) {
	var out []analysis.Window
	for _, text := range texts {
		if text != "before" && text != "after" {
			w, err := parseWindow(text)
			if err != nil {
				return nil, usage("--window: %w", err)
			}
			out = append(out, w)
			continue
		}
		t, err := s.triage(ctx, analysis.Windows{}, nil)
		if err != nil {
			return nil, err
		}
		if t.Windows.Zero() {
			return nil, usage("--window %s: nothing changed in this file, so it has no such window; give FROM..TO", text)
		}
		out = append(out, map[string]analysis.Window{"before": t.Windows.Before, "after": t.Windows.After}[text])
	}
	return out, nil
}

// sayShared tells the person who gives the copy away what is in it.
func sayShared(w io.Writer, path string, cut store.Cut, said store.Shared) {
	fmt.Fprintf(w, "ROWS      %s of %s, %d columns\n", thousands(said.Rows), thousands(said.Of), len(said.Columns))
	if len(said.LeftOut) > 0 {
		fmt.Fprintf(w, "LEFT OUT  %s\n", display.Escape(strings.Join(said.LeftOut, ", ")))
	}
	with := []string{}
	for _, table := range []string{"label", "frame", "event", "metric", "note", "finding", "reject"} {
		if n := said.Copied[table]; n > 0 {
			with = append(with, plural(int64(n), sharedNames[table]))
		}
	}
	fmt.Fprintf(w, "WITH      %s\n", listed(with))
	reasons := slices.Sorted(maps.Keys(said.Hidden))
	for i, reason := range reasons {
		what := "under pseudonyms"
		if said.Scrubbed[reason] > 0 {
			what = "taken out by pattern"
		}
		fmt.Fprintf(w, "%-10s%s of %s, %s\n", heading(i, "HIDDEN"), plural(int64(said.Hidden[reason]), "value"), display.Escape(reason), what)
	}
	if len(reasons) == 0 {
		fmt.Fprintf(w, "HIDDEN    nothing: columns to redact %s, no secret known by its pattern\n", display.Escape(listed(cut.Redact)))
	}
	all := total(said.Hidden)
	fmt.Fprintf(w, "SEARCHED  every text for %s, every byte of %.1f MB for %s of them: none found\n", plural(int64(all), "value"), float64(said.Bytes)/1e6, thousands(int64(said.Searched)))
	if all > said.Searched {
		fmt.Fprintf(w, "          the other %s so short, or so like a number, that bytes hold them by chance\n", areOrIs(all-said.Searched))
	}
	fmt.Fprintf(w, "shared as %s; read its notes before you send it\n", display.Escape(filepath.Clean(path)))
}

// sharedNames are the tables as a person calls a row of them.
var sharedNames = map[string]string{"label": "label", "frame": "frame", "event": "event", "metric": "metric sample", "note": "note",
	"finding": "finding", "reject": "reject reason"}

func listed(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// areOrIs is a number with its verb.
func areOrIs(n int) string {
	if n == 1 {
		return "1 is"
	}
	return thousands(int64(n)) + " are"
}

func total(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// sharedJSON is the answer of `andon share --json`.
type sharedJSON struct {
	Schema   int            `json:"schema"`
	File     string         `json:"file"`
	Rows     int64          `json:"rows"`
	Of       int64          `json:"of"`
	Columns  []string       `json:"columns"`
	LeftOut  []string       `json:"left_out"`
	Copied   map[string]int `json:"copied"`
	Redacted []string       `json:"redacted"`
	Hidden   map[string]int `json:"hidden"`
	Scrubbed map[string]int `json:"scrubbed"`
	Searched int            `json:"searched"`
	Bytes    int64          `json:"bytes"`
}

func newSharedJSON(path string, cut store.Cut, s store.Shared) sharedJSON {
	return sharedJSON{Schema: 1, File: path, Rows: s.Rows, Of: s.Of, Columns: s.Columns, LeftOut: append([]string{}, s.LeftOut...), Copied: s.Copied,
		Redacted: append([]string{}, cut.Redact...), Hidden: s.Hidden, Scrubbed: s.Scrubbed, Searched: s.Searched, Bytes: s.Bytes}
}
