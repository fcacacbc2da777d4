package command

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"andon/analysis"
	"andon/importers"
	"andon/store"
	"andon/store/clickhouse"
	"andon/ui/display"
)

// A fleet's table is not copied:
//
//	address ─▶ columns ─▶ peek ─▶ roles ─▶ what will be read, shown
//	                                 │
//	      few rows: all copied ◀─────┼─────▶ many: a sample copied,
//	                                          then a triage asks the cluster,
//	                                          whose answers are kept

// fleetImport is one table on its way into one incident file.
type fleetImport struct {
	env     Env
	file    *store.File
	out     io.Writer
	options importers.Options
	address importers.ClickHouse
	server  *clickhouse.Server
	about   clickhouse.About
	dir     string // for rows on their way
}

// importWithFleet loads files first, so that the triage of the fleet's table
// knows their events, then the table.
func importWithFleet(ctx context.Context, env Env, path string, options importers.Options, args []string) error {
	s, err := fillWithFleet(ctx, env, path, options, args)
	if err != nil {
		return err
	}
	return s.file.Close()
}

// fillWithFleet is importWithFleet that leaves the file open, with what was
// already found out.
func fillWithFleet(ctx context.Context, env Env, path string, options importers.Options, args []string) (*session, error) {
	fleets, files := splitFleets(args)
	if len(fleets) > 1 {
		return nil, usage("%d tables: one incident file holds one; make a Distributed or Merge table over them", len(fleets))
	}
	if len(files) > 0 {
		if err := runImport(ctx, env, path, options, nil, files); err != nil {
			return nil, err
		}
	}
	_, missing := os.Stat(path)
	file, err := openOrCreate(ctx, path, env.Now())
	if err != nil {
		return nil, err
	}
	s := newSession(file, env)
	if err := loadFleet(ctx, env, s, env.Out, options, fleets[0]); err != nil {
		if missing != nil {
			withdraw(context.WithoutCancel(ctx), file)
		}
		file.Close()
		return nil, err
	}
	s.live, s.fleets = nil, nil // their connection is closed
	return s, nil
}

// splitFleets parts the addresses of tables from what lies on disk.
func splitFleets(args []string) (fleets, files []string) {
	for _, a := range args {
		if importers.IsClickHouse(a) {
			fleets = append(fleets, a)
		} else {
			files = append(files, a)
		}
	}
	return fleets, files
}

// tableOf is the table of an address, whatever rows of it are asked for.
func tableOf(a importers.ClickHouse) clickhouse.Address {
	return clickhouse.Address{Hosts: a.Hosts, User: a.User, Password: a.Password, Database: a.Database, Table: a.Table, Secure: a.Secure}
}

// loadFleet fills the session's file from a table.
func loadFleet(ctx context.Context, env Env, s *session, out io.Writer, options importers.Options, arg string) error {
	i := &fleetImport{env: env, file: s.file, out: out, options: options}
	var err error
	if i.address, err = importers.ParseClickHouse(arg, env.secrets); err != nil {
		return usage("%w", err)
	}
	if err := i.alone(ctx); err != nil {
		return err
	}
	if i.dir, err = os.MkdirTemp("", "andon-fleet-"); err != nil {
		return input(fmt.Errorf("make a directory for the sampled rows: %w; set TMPDIR to a writable place", err))
	}
	defer os.RemoveAll(i.dir)
	env.inSight(i.address.Password)
	if i.server, err = connectFleet(ctx, env, tableOf(i.address)); err != nil {
		return input(err)
	}
	defer i.server.Close()
	began := env.Now()
	if err := i.look(ctx); err != nil {
		return input(err)
	}
	i.show()
	if err := i.sample(ctx); err != nil {
		return input(err)
	}
	if i.about.Sampled < i.about.Rows || i.about.Partial != "" {
		if err := i.ask(ctx, s); err != nil {
			return input(err)
		}
	}
	t := i.server.Traffic()
	fmt.Fprintf(out, "%d queries, the servers read %s rows, %s came over the wire, %.1f s\n", t.Queries, thousands(t.Rows), megabytes(t.Bytes), env.Now().Sub(began).Seconds())
	return nil
}

// alone refuses a file that holds another log: its rows and the fleet's would
// be two answers to one question.
func (i *fleetImport) alone(ctx context.Context) error {
	about, err := i.file.Fleet(ctx)
	if err != nil {
		return err
	}
	rows, err := i.file.RowCount(ctx)
	if err != nil {
		return err
	}
	if about != "" || rows > 0 {
		return input(fmt.Errorf("%q holds a log already; import the table into a file of its own, with another -o FILE", i.file.Path()))
	}
	return nil
}

// look learns the table's columns, what they mean, and how much there is.
func (i *fleetImport) look(ctx context.Context) error {
	columns, err := i.server.Columns(ctx)
	if err != nil {
		return err
	}
	a := i.address
	i.about = clickhouse.About{Hosts: a.Hosts, Secure: a.Secure, Database: a.Database, Table: a.Table, Where: a.Where.String(), Columns: columns}
	first, err := i.rows("peek", func(w io.Writer) error { return i.server.Peek(ctx, columns, w) })
	if err != nil {
		return err
	}
	if i.about.Fields, err = i.fields(ctx, first); err != nil {
		return err
	}
	if err := i.server.Look(ctx, &i.about, analysis.Window{From: a.From, To: a.To}); err != nil {
		return err
	}
	second, err := i.rows("peek", func(w io.Writer) error { return i.server.PeekEvenly(ctx, i.about, w) })
	if err != nil {
		return err
	}
	more, err := i.fields(ctx, second)
	if err != nil {
		return err
	}
	for _, f := range i.about.Fields { // rare values that only the first rows had
		if !slices.ContainsFunc(more, func(m analysis.Field) bool { return m.Path == f.Path || m.Name == f.Name }) {
			more = append(more, f)
		}
	}
	i.about.Fields = more
	return nil
}

// rows lets write fill a file of JSON lines and makes it a source.
func (i *fleetImport) rows(name string, write func(io.Writer) error) (importers.Source, error) {
	name += ".jsonl"
	f, err := os.OpenFile(filepath.Join(i.dir, name), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return importers.Source{}, err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	err = errors.Join(write(w), w.Flush(), f.Close())
	if err != nil {
		return importers.Source{}, err
	}
	return importers.RowsOf(i.address.String(), os.DirFS(i.dir), name)
}

// fields are the roles that the importers give the columns.
func (i *fleetImport) fields(ctx context.Context, rows importers.Source) ([]analysis.Field, error) {
	r, err := rows.Recognise(ctx, i.options)
	if err != nil {
		return nil, err
	}
	if r.Kind != analysis.InferenceKind {
		return nil, fmt.Errorf("%s: the table holds %ss, not inferences; export it and import the file", rows.Path, r.Kind)
	}
	for path, factor := range r.Factors() {
		for k, c := range i.about.Columns {
			if c.Name == path {
				i.about.Columns[k].Factor = factor
			}
		}
	}
	return r.Fields, nil
}

// show says what will be read before it is.
func (i *fleetImport) show() {
	a := i.about
	fmt.Fprintf(i.out, "%s  inference (ClickHouse)  %s from %s to %s, %d columns\n", display.Escape(i.address.String()),
		plural(a.Rows, "row"), stamp(a.Span.From), stamp(a.Span.To), len(a.Columns))
	if roles := roleText(a.Fields); roles != "" {
		fmt.Fprintln(i.out, "  roles: "+roles)
	}
	if a.Rows <= int64(i.address.Sample) {
		fmt.Fprintln(i.out, "  all rows are copied: they are no more than a sample")
	} else {
		fmt.Fprintf(i.out, "  sums are asked of the cluster; about %s rows are copied, %s %%\n", thousands(int64(i.address.Sample)),
			analysis.FormatNumber(roundTo2(100*float64(i.address.Sample)/float64(a.Rows))))
	}
	if a.Partial != "" {
		fmt.Fprintf(i.out, "  note: %s\n", display.Escape(a.Partial))
	}
}

// sample copies rows evenly, all where they are few.
func (i *fleetImport) sample(ctx context.Context) error {
	rows, err := i.rows("even", func(w io.Writer) (err error) {
		i.about.Sampled, err = i.server.CopyEvenly(ctx, i.about, int64(i.address.Sample), w)
		return err
	})
	if err != nil {
		return err
	}
	return i.load(ctx, rows)
}

// load reads copied rows into the file, by the roles that were shown.
func (i *fleetImport) load(ctx context.Context, rows importers.Source) error {
	options := i.options
	options.Roles = map[string]analysis.Role{}
	if i.about.Sampled < i.about.Rows {
		options.Roles[clickhouse.Sampled] = analysis.RoleText
	}
	for _, f := range i.about.Fields {
		options.Roles[f.Path] = f.Role
	}
	l := &loader{file: i.file, options: options, now: i.env.Now, tell: progressLine(i.env)}
	_, err := l.load(ctx, []importers.Source{rows}, nil)
	clearLine(i.env)
	return err
}

// ask triages the table by the cluster, which fills the file with answers, and
// copies the wrong rows of the window after.
func (i *fleetImport) ask(ctx context.Context, s *session) error {
	text, err := json.Marshal(i.about)
	if err != nil {
		return err
	}
	if err := i.file.SetFleet(ctx, string(text)); err != nil {
		return err
	}
	s.live = i.server
	s.forget()
	defer s.forget()
	t, err := s.triage(ctx, analysis.Windows{}, nil)
	if err != nil {
		return err
	}
	if _, err := s.business(ctx, t); err != nil {
		return err
	}
	log, err := s.fleet(ctx, nil)
	if err != nil || t.Windows.After.Empty() || i.about.Sampled == i.about.Rows {
		return err
	}
	wrong := int64(0)
	rows, err := i.rows("wrong", func(w io.Writer) (err error) {
		wrong, err = log.CopyErrors(ctx, int64(i.address.Sample), t.Windows.After, w)
		return err
	})
	if err != nil || wrong == 0 {
		return err
	}
	rows.Path = strings.TrimSuffix(rows.Path, "#") + "#errors"
	fmt.Fprintf(i.out, "  %s copied evenly, and %s more after the onset that %s wrong\n", plural(i.about.Sampled, "row"), thousands(wrong), is(wrong))
	return i.load(ctx, rows)
}

func is(n int64) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// roundTo2 keeps two significant digits.
func roundTo2(v float64) float64 {
	var out float64
	fmt.Sscanf(fmt.Sprintf("%.2g", v), "%g", &out)
	return out
}
