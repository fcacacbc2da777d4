package store

import (
	"context"
	"database/sql"
	"fmt"

	"andon/analysis"
	"andon/store/segment"
)

// check refuses what would change values, or leave the file without sense. A
// value as it was read is never read in another way here: that takes the source
// and another import.
func (r *recasting) check(ctx context.Context, t *transaction) error {
	var fleet bool
	if err := t.QueryRowContext(ctx, "SELECT count(*) > 0 FROM fleet").Scan(&fleet); err != nil {
		return err
	}
	if fleet {
		return fmt.Errorf("%w: the file holds a sample of a fleet's table and its answers; import it anew with --role", ErrRole)
	}
	filled := map[analysis.Role]string{}
	for _, m := range r.moved {
		if other := filled[m.to.Role]; other != "" && m.to.Role.Named() {
			return fmt.Errorf("%w: %q and %q cannot both be %s", ErrRole, other, m.from.Name, m.to.Role)
		}
		filled[m.to.Role] = m.from.Name
		if err := r.checkMove(ctx, t, m); err != nil {
			return err
		}
	}
	if r.touches(analysis.RoleTime) && filled[analysis.RoleTime] == "" {
		return fmt.Errorf("%w: every row needs a time; give the role time to another column, and this one steps down", ErrRole)
	}
	return nil
}

func (r *recasting) checkMove(ctx context.Context, t *transaction, m move) error {
	refuse := func(why string, args ...any) error {
		return fmt.Errorf("%w: %q as %s: %s", ErrRole, m.from.Name, m.to.Role, fmt.Sprintf(why, args...))
	}
	late := r.k.catalogs[analysis.LabelKind].find(m.from.Name)
	switch {
	case !castable(m.to.Role):
		return refuse("it is no role of inferences")
	case m.from.Type == analysis.Blob || m.from.Derived() || len(m.paths) == 0:
		return refuse("Andon worked its values out; only what a log says can change its role")
	case late != nil && late.filled && !m.from.Role.Named() && m.to.Name != m.from.Name:
		return refuse("it comes with late labels; load them into a new file with andon import --role")
	}
	if fits, err := r.convertible(ctx, t, m); err != nil {
		return err
	} else if !fits {
		return refuse("its values were read as %s; load the source into a new file with andon import --role %s=%s", m.from.Type, m.to.Role, m.column.Path)
	}
	return r.checkRange(ctx, t, m, refuse)
}

// castable are the roles that a column of inferences may fill.
func castable(role analysis.Role) bool {
	for _, known := range analysis.Roles {
		if known == role {
			return true
		}
		if known == analysis.RoleText {
			break // what follows is of metrics and events
		}
	}
	return false
}

// convertible reports whether every value can be told in the new type and back.
func (r *recasting) convertible(ctx context.Context, t *transaction, m move) (bool, error) {
	if m.from.Type == m.to.Type || m.to.Type == analysis.Text {
		return true, nil
	}
	for first := int64(1); first <= r.k.rows; first += segment.Rows {
		values, err := readRows(ctx, t, inferenceTable, []*column{m.column}, first, min(first+segment.Rows-1, r.k.rows))
		if err != nil {
			return false, err
		}
		if _, ok := convert(&values[0], m.to.Type); !ok {
			return false, nil
		}
	}
	return true, nil
}

// checkRange refuses numbers that mean something else in the role.
func (r *recasting) checkRange(ctx context.Context, t *transaction, m move, refuse func(string, ...any) error) error {
	name := quote(m.column.sql)
	var low, high sql.NullFloat64
	var nulls int64
	if m.to.Type == analysis.Number {
		err := t.QueryRowContext(ctx, fmt.Sprintf("SELECT min(CAST(%[1]s AS REAL)), max(CAST(%[1]s AS REAL)) FROM inference", name)).Scan(&low, &high)
		if err != nil {
			return err
		}
	}
	if m.to.Role == analysis.RoleTime {
		if err := t.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) - count(%s) FROM inference", name)).Scan(&nulls); err != nil {
			return err
		}
	}
	switch beyond := low.Float64 < 0 || high.Float64 > 1; {
	case nulls > 0:
		return refuse("%d rows have none, and every row needs a time", nulls)
	case m.to.Role == analysis.RoleConfidence && beyond:
		return refuse("it goes from %s to %s and a confidence from 0 to 1; load the source into a new file by a mapping with scale: 0.01", analysis.FormatNumber(low.Float64), analysis.FormatNumber(high.Float64))
	case m.to.Role == analysis.RoleCorrect && beyond:
		return refuse("it goes from %s to %s, and right is 1, wrong 0", analysis.FormatNumber(low.Float64), analysis.FormatNumber(high.Float64))
	}
	return nil
}
