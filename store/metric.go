package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"andon/analysis"
)

// keepMetrics stores samples of series. A batch is long (a name and a value a
// row) or wide (each number column is a series of the column's name); other
// text is labels. A value without a name is called after its source.
func keepMetrics(ctx context.Context, t *transaction, _ *known, source analysis.Source, b *analysis.Batch) (span, error) {
	clock := b.Role(analysis.RoleTime)
	if clock == nil || clock.Type != analysis.Time {
		return span{}, ErrNoTime
	}
	labels, err := labelTexts(b)
	if err != nil {
		return span{}, err
	}
	var kept span
	for c := range b.Columns {
		value := &b.Columns[c]
		if value.Type != analysis.Number {
			continue
		}
		at := make([]int, 0, b.Rows)
		for i := range b.Rows {
			if !value.Null(i) && !clock.Null(i) {
				at = append(at, i)
			}
		}
		series := []analysis.Column{constant(source.ID, len(at)), gather(clock, at), gather(seriesNames(b, value, source), at),
			gather(&labels, at), gather(value, at)}
		rows, err := keepRows(ctx, t, "metric", series, []string{"source", "time", "name", "labels", "value"}, len(at))
		if err != nil {
			return span{}, err
		}
		kept = kept.join(rows)
	}
	return kept, nil
}

// join is both spans; the second follows the first.
func (s span) join(next span) span {
	switch {
	case s.first == 0:
		return next
	case next.first == 0:
		return s
	}
	return span{s.first, next.last}
}

// seriesNames is the name of the series for every row of a value column.
func seriesNames(b *analysis.Batch, value *analysis.Column, source analysis.Source) *analysis.Column {
	name := b.Role(analysis.RoleName)
	if value.Role == analysis.RoleValue && name != nil && name.Type == analysis.Text {
		return name
	}
	text := value.Name
	if value.Role == analysis.RoleValue {
		text = strings.SplitN(path.Base(source.Path), ".", 2)[0]
	}
	c := &analysis.Column{Field: analysis.Field{Type: analysis.Text}, Dict: []string{text}, Codes: make([]uint32, b.Rows)}
	for i := range c.Codes {
		c.Codes[i] = 1
	}
	return c
}

// labelTexts is each row's labels as JSON.
func labelTexts(b *analysis.Batch) (analysis.Column, error) {
	var columns []analysis.Column
	for _, c := range b.Columns {
		if c.Type == analysis.Text && c.Role != analysis.RoleName {
			columns = append(columns, c)
		}
	}
	only := &analysis.Batch{Columns: columns, Rows: b.Rows}
	texts := analysis.NewBuilder(analysis.Field{Type: analysis.Text})
	for i := range b.Rows {
		text, err := json.Marshal(rest(only, i))
		if err != nil {
			return analysis.Column{}, err
		}
		texts.Text(string(text))
	}
	return texts.Column(), nil
}

// Metrics are the metric series, ordered by name and labels, each in the order
// of time.
func (f *File) Metrics(ctx context.Context) ([]analysis.MetricSeries, error) {
	var out []analysis.MetricSeries
	err := f.read(ctx, "read the metrics of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT name, labels, time, value FROM metric ORDER BY name, labels")
		if err != nil {
			return err
		}
		defer rows.Close()
		var lastName, lastLabels string
		for rows.Next() {
			var name, labels, at string
			var value float64
			if err := rows.Scan(&name, &labels, &at, &value); err != nil {
				return err
			}
			if len(out) == 0 || name != lastName || labels != lastLabels {
				lastName, lastLabels = name, labels
				out = append(out, analysis.MetricSeries{Name: name})
				if err := json.Unmarshal([]byte(labels), &out[len(out)-1].Labels); err != nil {
					return err
				}
			}
			s := &out[len(out)-1]
			s.Times, s.Values = append(s.Times, parseTime(at)), append(s.Values, value)
		}
		return rows.Err()
	})
	for i := range out {
		inTimeOrder(&out[i])
	}
	return out, err
}

// inTimeOrder sorts the samples of a series; equal times keep their order.
func inTimeOrder(s *analysis.MetricSeries) {
	if slices.IsSorted(s.Times) {
		return
	}
	order := make([]int, len(s.Times))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case s.Times[a] < s.Times[b]:
			return -1
		case s.Times[a] > s.Times[b]:
			return 1
		}
		return 0
	})
	times, values := make([]int64, len(order)), make([]float64, len(order))
	for to, from := range order {
		times[to], values[to] = s.Times[from], s.Values[from]
	}
	s.Times, s.Values = times, values
}
