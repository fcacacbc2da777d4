package store

import (
	"context"
	"database/sql"
	"fmt"
	"path"
	"strings"

	"andon/analysis"
)

// learn reads every text of the file once, so that what one place gives away is
// hidden in all others: the values of redacted columns, who wrote, and secrets.
func (s *sharing) learn(ctx context.Context) error {
	fields, err := s.from.Fields(ctx)
	if err != nil {
		return err
	}
	for _, f := range fields {
		if f.Type == analysis.Blob || (f.Type != analysis.Text && !s.hides(f.Name)) {
			continue
		}
		column, err := s.from.Columns(ctx, f.Name)
		if err != nil {
			return err
		}
		s.learnColumn(&column[0])
	}
	return s.from.read(ctx, "read", func(tx *sql.Tx) error {
		for _, kind := range []analysis.Kind{analysis.LabelKind, analysis.FrameKind} {
			if err := s.learnLate(ctx, tx, kind); err != nil {
				return err
			}
		}
		tables, err := plainTables(ctx, tx)
		if err != nil {
			return err
		}
		for _, table := range append(tables, "source", "metric", "note", "reject") {
			if err := s.learnTable(ctx, tx, table); err != nil {
				return err
			}
		}
		return nil
	})
}

// learnColumn takes in the different values of a column.
func (s *sharing) learnColumn(c *analysis.Column) {
	if c.Type == analysis.Number {
		for i := range c.Numbers {
			s.learnValue(c.Name, c.Role, c.String(i))
		}
		return
	}
	for _, value := range c.Dict {
		s.learnValue(c.Name, c.Role, value)
	}
}

func (s *sharing) learnValue(name string, role analysis.Role, value string) {
	if role == analysis.RoleFrame || role == analysis.RolePath {
		s.stem = common(s.stem, value)
	}
	if s.hides(name) {
		s.redactor.Hide(name, value)
		return
	}
	s.redactor.Learn(value)
}

// common is the directory that holds both a directory and a path; a path that
// begins nowhere in particular changes nothing.
func common(stem, file string) string {
	if !absolute(file) {
		return stem
	}
	dir := path.Dir(slashed(file)) + "/"
	if stem == "" {
		return dir
	}
	for !strings.HasPrefix(dir, stem) {
		stem = stem[:strings.LastIndexByte(strings.TrimSuffix(stem, "/"), '/')+1]
	}
	return stem
}

// absolute reports whether a path begins at a root, a drive or a host.
func absolute(file string) bool {
	file = slashed(file)
	return strings.HasPrefix(file, "/") || strings.Contains(file, "://") || (len(file) > 2 && file[1:3] == ":/")
}

// learnLate takes in the texts of labels or frames.
func (s *sharing) learnLate(ctx context.Context, q querier, kind analysis.Kind) error {
	c, err := readCatalog(ctx, q, kind)
	if err != nil {
		return err
	}
	for _, col := range c.columns {
		if col.Type == analysis.Blob || col.Type == analysis.Time {
			continue
		}
		values, err := texts(ctx, q, fmt.Sprintf("SELECT DISTINCT %s FROM %s", quote(col.sql), quote(string(kind))))
		if err != nil {
			return err
		}
		for _, value := range values {
			s.learnValue(col.Name, col.Role, value)
		}
	}
	return nil
}

// texts is the first column of an answer as texts, without nulls.
func texts(ctx context.Context, q querier, query string) ([]string, error) {
	var out []string
	err := eachValue(ctx, q, query, func(value string) error {
		out = append(out, value)
		return nil
	})
	return out, err
}

// eachValue hands the first column of an answer to visit, value by value.
func eachValue(ctx context.Context, q querier, query string, visit func(string) error) error {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var value any
		if err := rows.Scan(&value); err != nil {
			return err
		}
		if value == nil {
			continue
		}
		if err := visit(textOf(value)); err != nil {
			return err
		}
	}
	return rows.Err()
}

// learnTable takes in every different text of a table.
func (s *sharing) learnTable(ctx context.Context, q querier, table string) error {
	columns, err := textColumns(ctx, q, table)
	if err != nil {
		return err
	}
	for _, column := range columns {
		values, err := texts(ctx, q, fmt.Sprintf("SELECT DISTINCT %s FROM %s", quote(column), quote(table)))
		if err != nil {
			return err
		}
		for _, value := range values {
			eachText(column, value, func(name, text string) string {
				if s.hides(name) {
					s.redactor.Hide(name, text)
				} else {
					s.redactor.Learn(text)
				}
				return text
			})
		}
	}
	return nil
}

// textColumns are the columns of a table that are declared as text.
func textColumns(ctx context.Context, q querier, table string) ([]string, error) {
	return texts(ctx, q, "SELECT name FROM pragma_table_info("+literal(table)+") WHERE type = 'TEXT'")
}

// literal is a text as SQL writes it.
func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// lateNames are the columns of labels and frames that have a name of their own.
func (f *File) lateNames(ctx context.Context) (out []string, err error) {
	err = f.read(ctx, "read the columns of", func(tx *sql.Tx) error {
		out, err = texts(ctx, tx, `SELECT name FROM "column" WHERE kind <> 'inference'`)
		return err
	})
	return out, err
}

// fieldNames are the names of fields.
func fieldNames(fields []analysis.Field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.Name
	}
	return out
}
