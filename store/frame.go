package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"andon/analysis"
	"andon/analysis/camera"
)

// Frames are the sampled images without their pictures, in the order they were
// loaded; Row is the rowid of the inference a frame belongs to, 0 for none.
func (f *File) Frames(ctx context.Context) ([]camera.Frame, error) {
	var out []camera.Frame
	err := f.read(ctx, "read the frames of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT rowid, ifnull("row", 0), ifnull(time, ''), ifnull(path, ''), ifnull(width, 0), ifnull(height, 0) FROM frame ORDER BY rowid`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var frame camera.Frame
			var at string
			if err := rows.Scan(&frame.ID, &frame.Row, &at, &frame.Path, &frame.Width, &frame.Height); err != nil {
				return err
			}
			frame.Time = parseInstant(at)
			out = append(out, frame)
		}
		return rows.Err()
	})
	return out, err
}

// ErrNoFrame is within the error of [File.Frame] for an ID that is not there.
var ErrNoFrame = errors.New("no such frame")

// Frame is one sampled image with its picture.
func (f *File) Frame(ctx context.Context, id int64) (camera.Frame, error) {
	frame := camera.Frame{ID: id}
	err := f.read(ctx, fmt.Sprintf("read frame %d of", id), func(tx *sql.Tx) error {
		var at string
		err := tx.QueryRowContext(ctx, `SELECT ifnull("row", 0), ifnull(time, ''), ifnull(path, ''), ifnull(width, 0), ifnull(height, 0), thumb FROM frame WHERE rowid = ?`, id).
			Scan(&frame.Row, &at, &frame.Path, &frame.Width, &frame.Height, &frame.Thumb)
		frame.Time = parseInstant(at)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNoFrame
		}
		return err
	})
	return frame, err
}

// FrameTable is every frame as columns, row i being frame ID i+1: path, time,
// size and computed features, whatever the sources had, without the pictures.
// "row" is the rowid of its inference, null for none.
func (f *File) FrameTable(ctx context.Context) ([]analysis.Column, error) {
	var out []analysis.Column
	err := f.read(ctx, "read the frames of", func(tx *sql.Tx) error {
		c, err := readCatalog(ctx, tx, analysis.FrameKind)
		if err != nil {
			return err
		}
		shown := []*column{{Field: analysis.Field{Name: "row", Type: analysis.Number}, sql: "row"}}
		for _, col := range c.columns {
			if col.Type != analysis.Blob {
				shown = append(shown, col)
			}
		}
		last, err := lastRow(ctx, tx, "frame")
		if err != nil {
			return err
		}
		out, err = readRows(ctx, tx, "frame", shown, 1, last)
		return err
	})
	return slices.Clip(out), err
}
