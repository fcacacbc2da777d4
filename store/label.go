package store

import (
	"context"

	"andon/analysis"
)

// keepLabels stores late feedback as it came; [File.Join] brings it to its
// inferences. A time column is when the label was made, not the inference.
func keepLabels(ctx context.Context, t *transaction, k *known, source analysis.Source, b *analysis.Batch) (span, error) {
	columns := make([]analysis.Column, len(b.Columns))
	copy(columns, b.Columns)
	for i := range columns {
		if columns[i].Role == analysis.RoleTime {
			columns[i].Name, columns[i].Role = string(analysis.RoleLabelTime), analysis.RoleLabelTime
		}
	}
	k.target = nil // these labels have a say in it
	return keepWide(ctx, t, k, analysis.LabelKind, source, columns, b.Rows)
}

// keepFrames stores sampled images; [File.Join] brings their features to the
// inferences they belong to.
func keepFrames(ctx context.Context, t *transaction, k *known, source analysis.Source, b *analysis.Batch) (span, error) {
	return keepWide(ctx, t, k, analysis.FrameKind, source, b.Columns, b.Rows)
}

// keepWide stores a batch in a wide table that has no segments.
func keepWide(ctx context.Context, t *transaction, k *known, kind analysis.Kind, source analysis.Source, batch []analysis.Column, rows int) (span, error) {
	columns, values, err := k.resolve(ctx, t, kind, batch)
	if err != nil {
		return span{}, err
	}
	sqlNames := []string{"source"}
	for _, col := range columns {
		sqlNames = append(sqlNames, col.sql)
	}
	values = append([]analysis.Column{constant(source.ID, rows)}, values...)
	return keepRows(ctx, t, string(kind), values, sqlNames, rows)
}
