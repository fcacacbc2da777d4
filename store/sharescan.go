package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"

	"andon/analysis"
)

// scan looks through the finished copy for everything that was hidden: every
// text, columns unpacked, then every byte of the file.
func (s *sharing) scan(ctx context.Context, part string) error {
	f, err := OpenReadOnly(ctx, part)
	if err != nil {
		return err
	}
	err = s.scanTexts(ctx, f)
	f.Close()
	if err != nil {
		return err
	}
	for _, suffix := range []string{"-wal", "-journal"} {
		if info, err := os.Stat(part + suffix); err == nil && info.Size() > 0 {
			return fmt.Errorf("the copy has a %s beside it that was not folded in", suffix)
		}
	}
	in, err := os.Open(part)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	s.said.Bytes = info.Size()
	leak, searched, err := s.redactor.Scan(in, info.Size())
	s.said.Searched = searched
	if err == nil && leak != nil {
		err = leaked(leak.Value, leak.Reason, fmt.Sprintf("at byte %d", leak.At))
	}
	return err
}

func leaked(value, reason, place string) error {
	return fmt.Errorf("%w: %q (%s) stands %s, perhaps as the name of a column or as one of Andon's own words; nothing was written; choose what to share with --columns, or what to hide with --redact",
		ErrLeak, value, reason, place)
}

// scanTexts looks through every text by the redactor's own rules.
func (s *sharing) scanTexts(ctx context.Context, f *File) error {
	fields, err := f.Fields(ctx)
	if err != nil {
		return err
	}
	for _, field := range fields {
		if field.Type != analysis.Text {
			continue
		}
		column, err := f.Columns(ctx, field.Name)
		if err != nil {
			return err
		}
		for _, value := range column[0].Dict {
			if err := s.scanValue("in column "+field.Name, value); err != nil {
				return err
			}
		}
	}
	return f.read(ctx, "scan", func(tx *sql.Tx) error {
		tables, err := texts(ctx, tx, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('segment', 'chunk')")
		if err != nil {
			return err
		}
		for _, table := range tables {
			columns, err := textColumns(ctx, tx, table)
			if err != nil {
				return err
			}
			for _, column := range columns {
				query := fmt.Sprintf("SELECT DISTINCT %s FROM %s", quote(column), quote(table))
				err := eachValue(ctx, tx, query, func(value string) error { return s.scanValue("in "+table+"."+column, value) })
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// scanValue looks for what was hidden in a text, or in the texts within JSON.
func (s *sharing) scanValue(place, value string) (found error) {
	eachText("", value, func(_, text string) string {
		if held, reason := s.redactor.Holds(text); held != "" && found == nil {
			found = leaked(held, reason, place)
		}
		return text
	})
	return found
}
