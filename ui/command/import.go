package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/importers"
	"andon/store"
	"andon/ui/display"
	"andon/ui/screen"
)

func importCommand(env Env) *cobra.Command {
	var out, mapping string
	var roles, frames []string
	var dry bool
	c := &cobra.Command{
		Use:   "import -o FILE SRC...",
		Short: "load logs, labels, metrics, events and frames into an incident file",
		Long: `Loads files, directories and globs (plain, .gz or .zst) into the incident file,
which is made if it does not exist. A source that is there already adds nothing;
one that has grown goes on where it was left. Rows that cannot be used are
counted and kept with their reason, and never stop the load. Of a fleet's
ClickHouse table, the file holds what the cluster says and a sample of its rows.

What is read: JSON lines, CSV, Parquet, OTLP, Prometheus text, syslog, pictures,
and what model servers and pipelines write (DeepStream, KServe, SageMaker, ...).
A column that was taken for the wrong thing is named by --role; a mapping (see
'andon map --help') does the same for good, and reads any other line of text by
an expression, such as lines: '(?P<time>\S+) (?P<prediction>\w+)'.`,
		Example: "  andon import -o plant.andon logs/\n  andon import -o plant.andon --role time=Datum 'export-*.csv.gz'\n  andon import -o plant.andon 'clickhouse://ch1/plant/inference?from=2026-03-01' events.jsonl",
		Args:    atLeastOne,
		RunE: func(c *cobra.Command, args []string) error {
			if out == "" && !dry {
				return usage("andon import wants -o FILE, the incident file to load into")
			}
			options, err := parseRoles(roles)
			if err != nil {
				return err
			}
			if err := readMap(mapping, &options); err != nil {
				return err
			}
			if dry {
				return dryRun(c.Context(), env, options, args)
			}
			if slices.ContainsFunc(args, importers.IsClickHouse) {
				return importWithFleet(c.Context(), env, out, options, args)
			}
			return runImport(c.Context(), env, out, options, frames, args)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "the incident `FILE` to load into")
	c.Flags().StringArrayVar(&frames, "frames", nil, "load the frames that the log names from below `DIR`, and from nowhere else (repeatable)")
	c.Flags().BoolVar(&dry, "dry-run", false, "print how the sources are understood, and how sure that is, and store nothing")
	roleFlag(c, &roles)
	mapFlag(c, &mapping)
	return c
}

func roleFlag(c *cobra.Command, roles *[]string) {
	c.Flags().StringArrayVar(roles, "role", nil, "what a column means, as `ROLE=COLUMN`, such as time=Datum (repeatable)")
}

// parseRoles reads role=column pairs.
func parseRoles(pairs []string) (importers.Options, error) {
	options := importers.Options{Roles: map[string]analysis.Role{}}
	for _, p := range pairs {
		role, column, ok := strings.Cut(p, "=")
		if !ok || column == "" {
			return options, usage("--role %q: write it as ROLE=COLUMN, such as time=Datum", p)
		}
		if !slices.Contains(analysis.Roles, analysis.Role(role)) {
			return options, usage("--role %q: %q is no role; the roles are %s", p, role, listRoles())
		}
		options.Roles[column] = analysis.Role(role)
	}
	return options, nil
}

func listRoles() string {
	names := []string{}
	for _, r := range analysis.Roles {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

func runImport(ctx context.Context, env Env, path string, options importers.Options, frames, args []string) error {
	sources, skipped, err := find(args, env.Now())
	if err != nil {
		return err
	}
	_, missing := os.Stat(path)
	file, err := openOrCreate(ctx, path, env.Now())
	if err != nil {
		return err
	}
	defer file.Close()
	file.Hurry()
	l := &loader{file: file, options: options, now: env.Now, tell: progressLine(env)}
	result, err := l.load(ctx, sources, skipped)
	if err == nil {
		err = l.loadNamed(ctx, frames, &result)
	}
	var named store.NamedFrames
	if err == nil {
		named, err = file.NamedFrames(ctx)
	}
	clearLine(env)
	if err == nil || len(result.loaded) > 0 || len(result.skipped) > 1 { // else the error says it all
		printSummary(env.Out, result, path)
		printMissing(env.Out, named, path)
	}
	if err != nil {
		if missing != nil {
			withdraw(context.WithoutCancel(ctx), file)
		}
		return err
	}
	return file.Close()
}

// withdraw removes the incident file that a failed import made, where it holds
// nothing: neither rows nor rejects, so no source either. It reports whether it
// did.
func withdraw(ctx context.Context, file *store.File) bool {
	sources, err := file.Sources(ctx)
	if err != nil || len(sources) > 0 {
		return false
	}
	file.Discard()
	return true
}

// openOrCreate opens the incident file at path, or makes it.
func openOrCreate(ctx context.Context, path string, now time.Time) (*store.File, error) {
	if err := ours(ctx, path); err != nil {
		return nil, err
	}
	file, err := store.Open(ctx, path)
	if errors.Is(err, store.ErrNotFound) {
		file, err = store.Create(ctx, path, now)
		if errors.Is(err, store.ErrExists) { // another import was quicker
			file, err = store.Open(ctx, path)
		}
	}
	return file, input(err)
}

// progressEvery is the least time between two progress lines.
const progressEvery = 200 * time.Millisecond

// progressLine rewrites one line on a terminal; elsewhere it stays silent.
func progressLine(env Env) func(screen.Loading) {
	if !isTerminal(env.Err) {
		return nil
	}
	last := time.Time{}
	return func(p screen.Loading) {
		now := env.Now()
		if now.Sub(last) < progressEvery {
			return
		}
		last = now
		fmt.Fprintf(env.Err, "\r%-78.78s", progressText(p))
	}
}

func clearLine(env Env) {
	if isTerminal(env.Err) {
		fmt.Fprintf(env.Err, "\r%78s\r", "")
	}
}

// progressText is the line of a load: how far, how fast, how long still.
func progressText(p screen.Loading) string {
	text := fmt.Sprintf("%s: %s rows", display.Escape(p.Source), thousands(p.Rows))
	if p.Total > 0 {
		text += fmt.Sprintf(", %d %%", 100*p.Done/p.Total)
	}
	if p.PerSec > 0 {
		text += fmt.Sprintf(", %s rows/s, %s left", thousands(int64(p.PerSec)), display.Duration(time.Duration(p.Seconds*float64(time.Second))))
	}
	return text
}

// mostSkipped is how many files of a directory are named that were passed over.
const mostSkipped = 20

// printSummary tells what was recognised, loaded, joined and passed over.
func printSummary(w io.Writer, s summary, path string) {
	for _, l := range s.loaded {
		printSource(w, l)
	}
	for i, k := range s.skipped {
		if i == mostSkipped {
			fmt.Fprintf(w, "and %s more skipped\n", thousands(int64(len(s.skipped)-i)))
			break
		}
		fmt.Fprintf(w, "%s  skipped: %s\n", display.Escape(k.Path), display.Escape(k.Why))
	}
	j := s.joined
	if j.Labels+j.Unjoined+j.Conflicts > 0 {
		fmt.Fprintf(w, "late labels: %s joined, %s without an inference, %s in conflict (the first is kept)\n",
			thousands(j.Labels), thousands(j.Unjoined), thousands(j.Conflicts))
	}
	if j.Frames+j.FramesUnjoined > 0 {
		fmt.Fprintf(w, "frames: %s joined, %s without an inference\n", thousands(j.Frames), thousands(j.FramesUnjoined))
	}
	if s.again > 0 {
		fmt.Fprintf(w, "note: %s have an id that was there before: was a copy or a part of this log loaded already?\n", plural(s.again, "new row"))
	}
	if added, _ := s.records(); len(s.loaded) > 0 {
		fmt.Fprintf(w, "%s added to %s in %.1f s\n", plural(added, "record"), display.Escape(path), s.seconds)
	}
}

func printSource(w io.Writer, l loaded) {
	r := l.recognition
	format := r.Format
	if r.Packed != "" {
		format += ", " + r.Packed
	}
	fmt.Fprintf(w, "%s  %s (%s, %.0f %% sure)", display.Escape(l.source.Path), r.Kind, format, 100*r.Confidence)
	if l.present {
		fmt.Fprintln(w, "  already present, nothing added")
		return
	}
	fmt.Fprintf(w, "  %s, %s rejected\n", plural(l.added, "row"), thousands(l.source.Rejected))
	if roles := roleText(l.source.Fields); roles != "" {
		fmt.Fprintln(w, "  roles: "+roles)
	}
	for _, warning := range l.source.Warnings {
		fmt.Fprintf(w, "  note: %s\n", display.Escape(warning))
	}
	for _, r := range l.rejects {
		fmt.Fprintf(w, "  first rejected, line %d: %s\n", r.Line, display.Escape(r.Reason))
	}
	if l.err != nil {
		fmt.Fprintf(w, "  stopped early: %s\n", display.Escape(l.err.Error()))
	}
}

// roleText names the fields of each role; dimensions, features and texts are
// listed by name.
func roleText(fields []analysis.Field) string {
	var order []analysis.Role
	names := map[analysis.Role][]string{}
	for _, f := range fields {
		name := f.Name
		if f.Role.Named() && f.Path != "" && f.Path != string(f.Role) {
			name = f.Path
		}
		if names[f.Role] == nil {
			order = append(order, f.Role)
		}
		names[f.Role] = append(names[f.Role], string(display.Escape(name)))
	}
	parts := []string{}
	for _, r := range order {
		if r == "" {
			continue
		}
		parts = append(parts, string(r)+"="+strings.Join(names[r], ","))
	}
	return strings.Join(parts, " ")
}
