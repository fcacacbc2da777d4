package store

import (
	"context"
	"database/sql"
	"fmt"

	"andon/analysis"
	"andon/store/segment"
)

// Joined counts, over the whole file, what Join has brought together: late
// labels that found their inference and those that did not (yet), labels that
// contradict the one that stands, and the same for frames.
type Joined struct {
	Labels, Unjoined, Conflicts int64
	Frames, FramesUnjoined      int64
}

// progress is how far joining has come: rows up to row have met labels up to
// label and frames up to frame.
type progress struct{ row, label, frame int64 }

// Join brings late labels and frames to their inferences: call it after all
// loads of one import, or now and then while following.
//
//	            rows ≤ row     rows beyond
//	labels ≤ label   done      ─┐
//	labels beyond    ─┐         ├─ met here, 65,536 rows a transaction
//	                  └─────────┘
//
// A label goes to every inference of its id whose own label is missing, with
// its other columns (reviewer, label_time, ...), and right or wrong is worked
// out. The first label of an id stands, and one the log had itself stands
// before all; a later one that differs is kept, and counted as a conflict.
// The features of a frame (frame.*) go to every inference it belongs to, see
// matcher and moments. The segments of what changed are made anew.
//
// Doing it again changes nothing, and so does doing it again after a kill.
// Labels and frames may come before or after their inferences.
func (f *File) Join(ctx context.Context) (Joined, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.drain(ctx); err != nil {
		return Joined{}, err
	}
	if err := f.join(ctx); err != nil {
		f.known = nil
		return Joined{}, err
	}
	return f.joined(ctx)
}

func (f *File) join(ctx context.Context) error {
	var done, all progress
	var j *joiner
	err := f.writing(ctx, func(ctx context.Context, t *transaction, k *known) (err error) {
		if done, all, err = readProgress(ctx, t); err != nil || done == all {
			return err
		}
		if j, err = newJoiner(ctx, t, k, done, all); err != nil {
			return err
		}
		return j.markRepeats(ctx, t)
	})
	if err != nil || done == all {
		return err
	}
	for first := int64(1); first <= all.row; first += segment.Rows {
		if !j.touches(first) {
			continue
		}
		err := f.writing(ctx, func(ctx context.Context, t *transaction, k *known) error {
			return j.segment(ctx, t, k, first, min(first+segment.Rows-1, all.row))
		})
		if err != nil {
			return err
		}
	}
	if err := f.joinMoments(ctx, j); err != nil {
		return err
	}
	return f.writing(ctx, func(ctx context.Context, t *transaction, k *known) error {
		if err := clearAmounts(ctx, t, k); err != nil {
			return err
		}
		_, err := t.ExecContext(ctx, "UPDATE state SET joined_row = ?, joined_label = ?, joined_frame = ?", all.row, all.label, all.frame)
		return err
	})
}

// writing is a transaction of joining: it leaves segments and dictionaries as
// they must be.
func (f *File) writing(ctx context.Context, do func(context.Context, *transaction, *known) error) error {
	return f.write(ctx, "join labels and frames in", func(ctx context.Context, t *transaction) error {
		k, err := f.refresh(ctx, t)
		if err != nil {
			return err
		}
		if err := do(ctx, t, k); err != nil {
			return err
		}
		return k.save(ctx, t)
	})
}

func readProgress(ctx context.Context, q querier) (done, all progress, err error) {
	err = q.QueryRowContext(ctx, "SELECT joined_row, joined_label, joined_frame FROM state").Scan(&done.row, &done.label, &done.frame)
	if err != nil {
		return done, all, err
	}
	for table, last := range map[string]*int64{"inference": &all.row, "label": &all.label, "frame": &all.frame} {
		if *last, err = lastRow(ctx, q, table); err != nil {
			return done, all, err
		}
	}
	return done, all, nil
}

// joined counts what is joined in the whole file.
func (f *File) joined(ctx context.Context) (Joined, error) {
	var j Joined
	err := f.read(ctx, "count the labels of", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT count("row"), count(*) - count("row"), ifnull(sum(conflict), 0) FROM label`).Scan(&j.Labels, &j.Unjoined, &j.Conflicts)
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT count("row"), count(*) - count("row") FROM frame`).Scan(&j.Frames, &j.FramesUnjoined)
	})
	return j, err
}

// joiner carries one Join over its transactions.
type joiner struct {
	done, all progress
	labels    []pairing // label columns and where they go; empty: no labels
	truth     string    // of them, the name of the one that tells: label, else correct
	frames    []pairing
	matcher   *matcher // nil: no frames
}

// pairing is a column of label or frame and the inference's column it fills.
type pairing struct{ from, to string }

func newJoiner(ctx context.Context, q *transaction, k *known, done, all progress) (*joiner, error) {
	j := &joiner{done: done, all: all}
	var err error
	if all.label > 0 {
		for _, truth := range []string{string(analysis.RoleLabel), string(analysis.RoleCorrect)} {
			if col := k.catalogs[analysis.LabelKind].find(truth); j.truth == "" && col != nil && col.filled {
				j.truth = truth
			}
		}
		if j.truth != "" {
			j.labels, err = k.pair(ctx, q, analysis.LabelKind, func(c *column) bool { return c.Name != string(analysis.RoleID) })
		}
	}
	if err != nil || all.frame == 0 {
		return j, err
	}
	if j.frames, err = k.pair(ctx, q, analysis.FrameKind, func(c *column) bool { return c.Derived() }); err != nil {
		return nil, err
	}
	j.matcher, err = newMatcher(ctx, q, k, j)
	return j, err
}

// pair gives inference a column for every column of a kind that is wanted.
func (k *known) pair(ctx context.Context, q *transaction, kind analysis.Kind, wanted func(*column) bool) ([]pairing, error) {
	var from []*column
	var empty []analysis.Column
	for _, col := range k.catalogs[kind].columns {
		if !col.filled || col.Type == analysis.Blob || !wanted(col) {
			continue
		}
		from = append(from, col)
		empty = append(empty, analysis.Column{Field: col.Field})
	}
	// No rows fit every type, so two that differ are made to agree by hand.
	to, _, err := k.resolve(ctx, q, analysis.InferenceKind, empty)
	if err != nil {
		return nil, err
	}
	pairs := make([]pairing, len(from))
	for i := range from {
		if from[i].Type != to[i].Type && to[i].Type != analysis.Text {
			if err := k.widen(ctx, q, k.inference(), to[i]); err != nil {
				return nil, err
			}
		}
		if err := to[i].fill(ctx, q, from[i].Field); err != nil {
			return nil, err
		}
		pairs[i] = pairing{from[i].Name, to[i].Name}
	}
	return pairs, nil
}

// touches reports whether anything new can meet the rows of a segment.
func (j *joiner) touches(first int64) bool {
	if j.truth == "" && j.matcher == nil {
		return false
	}
	return j.all.label > j.done.label || j.all.frame > j.done.frame || first+segment.Rows-1 > j.done.row
}

// segment joins the rows first to last and makes their segments anew.
func (j *joiner) segment(ctx context.Context, t *transaction, k *known, first, last int64) error {
	changed, err := j.joinLabels(ctx, t, k, first, last)
	if err != nil {
		return err
	}
	framed, err := j.joinFrames(ctx, t, k, first, last)
	if err != nil {
		return err
	}
	changed = append(changed, framed...)
	if len(changed) == 0 {
		return nil
	}
	return k.rebuild(ctx, t, first, changed...)
}

// newest is the highest label or frame that rows first to last have met
// already, where they are all old; rows beyond have met none.
func (j *joiner) newest(row, met int64) int64 {
	if row > j.done.row {
		return 0
	}
	return met
}

// assign is the SET list that fills the empty of the columns from source.
func assign(k *known, kind analysis.Kind, source string, pairs []pairing) string {
	text := ""
	for i, p := range pairs {
		from, to := k.catalogs[kind].find(p.from), k.inference().find(p.to)
		value := source + "." + quote(from.sql)
		if from.Type == analysis.Number && to.Type == analysis.Text {
			value = "andon_text(" + value + ")"
		}
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%s = coalesce(inference.%s, %s)", quote(to.sql), quote(to.sql), value)
	}
	return text
}
