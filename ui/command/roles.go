package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"andon/analysis"
	"andon/store"
	"andon/ui/display"
)

// Recast gives a column of the file another role and says what became of it;
// all that was made from the roles is made again when it is asked for.
func (s *session) Recast(ctx context.Context, column string, role analysis.Role) (string, error) {
	return s.recast(ctx, store.Recast{Column: column, Role: role})
}

func (s *session) recast(ctx context.Context, wishes ...store.Recast) (string, error) {
	note, err := s.file.Recast(ctx, author(s.env), s.env.Now().UTC(), wishes...)
	if err != nil {
		return "", refused(err)
	}
	if note.ID == 0 {
		return "nothing to change: it is so already", nil
	}
	s.forget()
	return fmt.Sprintf("%s; kept as note %d", strings.TrimPrefix(note.Text, "roles: "), note.ID), nil
}

// refused is why a column cannot fill a role, without the file's path, which
// whoever asked has before them.
func refused(err error) error {
	if !errors.Is(err, store.ErrRole) {
		return input(err)
	}
	_, why, _ := strings.Cut(err.Error(), store.ErrRole.Error()+": ")
	return input(errors.New(why))
}

// Inventory counts values, nulls and distinct values per column. Those that the
// analysis does not load (ids, frames, free text) come after, counted but not
// looked into.
func (s *session) Inventory(ctx context.Context, stretches int) ([]analysis.ColumnStats, error) {
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return nil, err
	}
	stock, err := table.Inventory(stretches)
	if err != nil {
		return nil, err
	}
	unread, err := s.file.Unread(ctx)
	for _, u := range unread {
		known := func(c analysis.ColumnStats) bool { return c.Field.Name == u.Name }
		if !slices.ContainsFunc(stock, known) {
			stock = append(stock, analysis.ColumnStats{Field: u.Field, Rows: int(u.Rows), Nulls: int(u.Nulls), Distinct: analysis.Uncounted})
		}
	}
	return stock, err
}

// setRoles gives columns of an incident file the roles of ROLE=COLUMN, all or
// none.
func setRoles(ctx context.Context, env Env, path string, pairs []string) error {
	if !isDatabase(path) {
		return usage("--set changes roles in an incident file; for %s write them into its mapping, or give andon import --role", path)
	}
	var wishes []store.Recast
	for _, pair := range pairs {
		role, column, ok := strings.Cut(pair, "=")
		if !ok || column == "" || !slices.Contains(analysis.Roles, analysis.Role(role)) {
			return usage("--set %q: write it as ROLE=COLUMN, such as prediction=klass; the roles are %s", pair, listRoles())
		}
		wishes = append(wishes, store.Recast{Column: column, Role: analysis.Role(role)})
	}
	o, err := openIncident(ctx, env, path)
	if err != nil {
		return err
	}
	defer o.done()
	said, err := o.recast(ctx, wishes...)
	if err != nil {
		return err
	}
	fmt.Fprintln(env.Out, display.Escape(said))
	return nil
}

// printRecasts writes the changed roles as a mapping, with who changed them.
func printRecasts(env Env, recasts []store.Recasted) {
	if len(recasts) == 0 {
		return
	}
	fmt.Fprintln(env.Out, "# roles that people changed in the file\nfields:")
	for _, r := range recasts {
		who := string(display.Escape(r.Author))
		if who != "" {
			who = " by " + who
		}
		fmt.Fprintf(env.Out, "  %s: {role: %s}  # was %s; changed%s %s, note %d\n", display.Escape(strconv.Quote(r.Path)), r.Role, r.Was, who, stamp(r.Time), r.Note)
	}
}
