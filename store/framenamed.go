package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"andon/analysis"
)

// NamedFrames says how many inferences name a frame, and how many of them have
// none joined; Example is one of those.
type NamedFrames struct {
	Rows, Missing int64
	Example       string
}

// NamedFrames counts the frames that logs name. It reads the heads of two
// columns' segments, and rows up to the first that lacks its frame. A frame that
// was joined to rows that name none lowers Missing.
func (f *File) NamedFrames(ctx context.Context) (NamedFrames, error) {
	var n NamedFrames
	err := f.read(ctx, "count the frames named in", func(tx *sql.Tx) error {
		frame, lacks, err := frameColumns(ctx, tx)
		if err != nil || frame == nil {
			return err
		}
		held := func(id int64, into *int64) error {
			return tx.QueryRowContext(ctx, `SELECT ifnull(sum(rows - nulls), 0) FROM segment WHERE "column" = ?`, id).Scan(into)
		}
		if err := held(frame.id, &n.Rows); err != nil {
			return err
		}
		n.Missing = n.Rows
		if lacks.luma != nil {
			var joined int64
			if err := held(lacks.luma.id, &joined); err != nil {
				return err
			}
			n.Missing = max(0, n.Rows-joined)
		}
		if n.Missing == 0 {
			return nil
		}
		return tx.QueryRowContext(ctx, fmt.Sprintf("SELECT ifnull((SELECT %s FROM inference WHERE %s LIMIT 1), '')", quote(frame.sql), lacks.where)).Scan(&n.Example)
	})
	return n, err
}

// MissingFrames are the frames that inferences name and that are not joined,
// each once, at most that many, spread evenly over the rows; all counts them.
func (f *File) MissingFrames(ctx context.Context, most int) (names []string, all int64, err error) {
	err = f.read(ctx, "list the frames named in", func(tx *sql.Tx) error {
		frame, lacks, err := frameColumns(ctx, tx)
		if err != nil || frame == nil {
			return err
		}
		column := quote(frame.sql)
		if err := tx.QueryRowContext(ctx, fmt.Sprintf("SELECT count(DISTINCT %s) FROM inference WHERE %s", column, lacks.where)).Scan(&all); err != nil {
			return err
		}
		step := max(1, (all+int64(most)-1)/int64(max(1, most)))
		names, err = texts(ctx, tx, fmt.Sprintf(`SELECT name FROM (SELECT %s AS name, row_number() OVER (ORDER BY min(rowid)) AS n FROM inference WHERE %s GROUP BY 1) WHERE n %% %d = 0 ORDER BY n`, column, lacks.where, step))
		return err
	})
	return names, all, err
}

// lacking says which rows name a frame that they do not have.
type lacking struct {
	luma  *column // filled wherever a frame was joined; nil: nowhere
	where string
}

// frameColumns are the column of the frames' names, nil for none, and what a
// row lacks whose frame is not there.
func frameColumns(ctx context.Context, q querier) (*column, lacking, error) {
	c, err := readCatalog(ctx, q, analysis.InferenceKind)
	if err != nil {
		return nil, lacking{}, err
	}
	frame := c.role(analysis.RoleFrame)
	if frame == nil {
		return nil, lacking{}, nil
	}
	l := lacking{where: quote(frame.sql) + " IS NOT NULL"}
	if at := slices.IndexFunc(c.columns, func(col *column) bool { return col.Name == analysis.FramePrefix+"luma" && col.filled }); at >= 0 {
		l.luma = c.columns[at]
		l.where += " AND " + quote(l.luma.sql) + " IS NULL"
	}
	return frame, l, nil
}
