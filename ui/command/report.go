package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/hypothesis"
	"andon/analysis/incident"
	"andon/ui/display"
	"andon/ui/report"
)

type reportFlags struct {
	question
	out    string
	check  string
	paper  string
	schema bool
}

func reportCommand(env Env) *cobra.Command {
	var flags reportFlags
	c := &cobra.Command{
		Use:   "report FILE | SRC... -o out.html|out.md|out.json",
		Short: "write the incident report, one page in A3 order",
		Long: `Writes background, current condition, goal, root cause, countermeasures,
follow-up, timeline and notes as one page: Markdown, or HTML that needs nothing
else and runs no script, printed on one A3 or, with --paper a4, on two A4. JSON
holds the same and more; --schema prints its schema. Without -o, Markdown goes to
standard output.

Every figure carries the number of its evidence. --check takes a report that was
written before and works all of its figures out again: same or changed, with both
numbers, and exit code 1 where one changed.`,
		Example: "  andon report plant.andon -o incident.html\n  andon report plant.andon --check incident.html",
		Args: func(c *cobra.Command, args []string) error {
			if flags.schema {
				return cobra.NoArgs(c, args)
			}
			return atLeastOne(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case flags.schema:
				return printJSON(env.Out, report.JSONSchema())
			case flags.check != "":
				return checkReport(c.Context(), env, flags, args)
			}
			return flags.write(c.Context(), env, args)
		},
	}
	flags.windowFlags(c)
	c.Flags().StringVarP(&flags.out, "output", "o", "", "the report `FILE`; its ending says the format")
	c.Flags().StringVar(&flags.check, "check", "", "work out the figures of this `REPORT` again; exit code 1 where one changed")
	c.Flags().StringVar(&flags.paper, "paper", "a3", "what the HTML is printed on: a3 or a4")
	c.Flags().BoolVar(&flags.schema, "schema", false, "print the schema of the JSON")
	return c
}

// write makes the report and puts it where it is wanted.
func (flags reportFlags) write(ctx context.Context, env Env, args []string) error {
	if flags.paper != "a3" && flags.paper != "a4" {
		return usage("--paper %q: it is a3 or a4", flags.paper)
	}
	if err := reportTarget(flags.out, args); err != nil {
		return err
	}
	given, where, err := flags.parse()
	if err != nil {
		return err
	}
	return flags.ask(ctx, env, args, func(s *session, t analysis.Triage) error {
		r, err := s.reportOf(ctx, t, where)
		if err != nil {
			return err
		}
		r.Given, r.SmallPaper = given, flags.paper == "a4"
		return writeReport(env, flags.out, r)
	})
}

// reportTarget refuses what must not be written over: anything that is no
// report, and the incident itself.
func reportTarget(path string, args []string) error {
	if path == "" {
		return nil
	}
	if filepath.Ext(path) == "" {
		return usage("andon report -o %q: the file's ending says the format; use .html, .md or .json", path)
	}
	if _, err := reportWriter(path); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil // made anew, or the write says why not
	}
	if !info.Mode().IsRegular() {
		return input(fmt.Errorf("andon report -o %q: this is no ordinary file; choose another place", path))
	}
	if isDatabase(path) {
		return input(fmt.Errorf("andon report -o %q: this is a database, perhaps the incident itself; choose another name", path))
	}
	for _, arg := range args {
		if source, err := os.Stat(arg); err == nil && os.SameFile(info, source) {
			return input(fmt.Errorf("andon report -o %q would write over what it reads; choose another name", path))
		}
	}
	return nil
}

// reportWriter picks the notation by the file's ending.
func reportWriter(path string) (func(io.Writer, report.Report) error, error) {
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case "", ".md", ".markdown":
		return func(w io.Writer, r report.Report) error { return report.Markdown(w, report.NewPage(r)) }, nil
	case ".html", ".htm":
		return func(w io.Writer, r report.Report) error { return report.HTML(w, report.NewPage(r)) }, nil
	case ".json":
		return func(w io.Writer, r report.Report) error { return printJSON(w, report.NewDocument(r)) }, nil
	default:
		return nil, usage("andon report cannot write %q; use .html, .md or .json", ext)
	}
}

// writeReport writes the whole report or none of it: a temporary file beside
// the target is renamed over it.
func writeReport(env Env, path string, r report.Report) error {
	write, err := reportWriter(path)
	if err != nil {
		return err
	}
	if path == "" {
		return write(env.Out, r)
	}
	if err := replaceFile(path, func(w io.Writer) error { return write(w, r) }); err != nil {
		return input(fmt.Errorf("write the report %q: %w; choose another place with -o", path, err))
	}
	fmt.Fprintf(env.Out, "report written to %s\n", display.Escape(path))
	return nil
}

// replaceFile writes a file so that a reader sees the old one or the new one,
// never half. A link is followed. The file is to be shared, so its permissions
// are the user's usual ones.
func replaceFile(path string, write func(io.Writer) error) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	temp, err := os.OpenFile(fmt.Sprintf("%s.%d.part", path, os.Getpid()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	if err := write(temp); err != nil {
		temp.Close()
		return err
	}
	if err := temp.Sync(); err != nil {
		temp.Close()
		return err
	}
	if err := temp.Close(); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

// pairsInReport is how many frame pairs are looked for; the page shows the
// first few.
const pairsInReport = 6

// report is that of all rows.
func (s *session) report(ctx context.Context, t analysis.Triage) (report.Report, error) {
	return s.reportOf(ctx, t, nil)
}

// reportOf gathers what the page is made of; the triage is of the rows of where.
func (s *session) reportOf(ctx context.Context, t analysis.Triage, where analysis.Where) (report.Report, error) {
	r := report.Report{File: filepath.Base(s.file.Path()), Written: s.env.Now(), Zone: time.Local, Where: where, Triage: t}
	var err error
	if r.Incident, err = s.incident(ctx); err != nil {
		return r, err
	}
	if r.Sources, err = s.file.Sources(ctx); err != nil {
		return r, err
	}
	if r.Events, err = s.file.Events(ctx); err != nil {
		return r, err
	}
	if r.Notes, err = s.file.Notes(ctx); err != nil {
		return r, err
	}
	if r.Findings, err = s.file.Findings(ctx); err != nil {
		return r, err
	}
	if r.Taken, err = s.file.Countermeasures(ctx); err != nil {
		return r, err
	}
	kept, err := s.file.Hypotheses(ctx)
	if err != nil {
		return r, err
	}
	r.Hypotheses = hypothesis.Weighed(t, kept)
	records, err := s.file.Incidents(ctx)
	if err != nil {
		return r, err
	}
	if current, ok := incident.Current(records); ok {
		r.Record = &current
	}
	if err := s.stakes(ctx, &r); err != nil {
		return r, err
	}
	if t.Quality == nil || t.Verdict.Cause == analysis.None {
		return r, nil
	}
	slice := analysis.Where{}
	if guilty := t.Guilty(); guilty != nil {
		slice = guilty.Where
	}
	r.Frames, err = s.Frames(ctx, t.Windows, slice, pairsInReport)
	return r, err
}

// stakes adds how the objectives stand and what the drop costs. An objective is
// a promise about all the rows that it names, whatever the report is filtered by.
func (s *session) stakes(ctx context.Context, r *report.Report) error {
	objectives, err := s.objectives(ctx, nil, r.Triage)
	if err != nil {
		return err
	}
	if r.Objectives, err = s.standings(ctx, objectives, r.Triage, time.Time{}); err != nil {
		return err
	}
	r.Currency = s.own.Impact.Currency
	r.Impact, err = s.impact(ctx, r.Triage, r.Where)
	return err
}
