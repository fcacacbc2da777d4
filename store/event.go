package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"

	"andon/analysis"
)

// keepEvents stores change events. The scope column holds a JSON object of
// column: value, the inference rows an event was limited to; any other column
// of no role of its own is scope by its name. An event that another source told
// already, word for word and at the same instant, is that event: exports of a
// history overlap.
func keepEvents(ctx context.Context, t *transaction, k *known, source analysis.Source, b *analysis.Batch) (span, error) {
	before, err := lastRow(ctx, t, "event")
	if err != nil {
		return span{}, err
	}
	told, err := toldElsewhere(ctx, t, source)
	if err != nil {
		return span{}, err
	}
	clock, end := b.Role(analysis.RoleTime), b.Role(analysis.RoleEnd)
	text := func(r analysis.Role, i int) string {
		if c := b.Role(r); c != nil {
			return c.String(i)
		}
		return ""
	}
	var kept int64
	for i := range b.Rows {
		if clock == nil || clock.Type != analysis.Time || clock.Null(i) {
			b.Rejects = append(b.Rejects, analysis.Reject{Offset: b.Offset, Reason: "the event has no time"})
			continue
		}
		until := ""
		if end != nil && end.Type == analysis.Time && !end.Null(i) {
			until = formatTime(end.Times[i])
		}
		kind := text(analysis.RoleKind, i)
		if !slices.Contains(analysis.EventKinds, kind) {
			kind = "other"
		}
		scope, err := json.Marshal(scopeOf(b, i))
		if err != nil {
			return span{}, err
		}
		e := eventRow{formatTime(clock.Times[i]), until, kind, text(analysis.RoleTitle, i), text(analysis.RoleDetail, i), string(scope)}
		if told[e] {
			k.repeated[source.ID]++
			continue
		}
		_, err = t.ExecContext(ctx, `INSERT INTO event (source, time, "end", kind, title, detail, scope) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			source.ID, e.time, e.end, e.kind, e.title, e.detail, e.scope)
		if err != nil {
			return span{}, err
		}
		kept++
	}
	if kept == 0 {
		return span{}, nil
	}
	return span{before + 1, before + kept}, nil
}

// eventRow is an event as the table holds it.
type eventRow struct{ time, end, kind, title, detail, scope string }

// toldElsewhere are the events of other sources.
func toldElsewhere(ctx context.Context, q querier, source analysis.Source) (map[eventRow]bool, error) {
	rows, err := q.QueryContext(ctx, `SELECT time, "end", kind, title, detail, scope FROM event WHERE source <> ?`, source.ID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	told := map[eventRow]bool{}
	for rows.Next() {
		var e eventRow
		if err := rows.Scan(&e.time, &e.end, &e.kind, &e.title, &e.detail, &e.scope); err != nil {
			return nil, err
		}
		told[e] = true
	}
	return told, rows.Err()
}

// scopeOf is the scope of event i: the columns without a role of their own, and
// what the scope column says. A scope that is no JSON object stays as it is.
func scopeOf(b *analysis.Batch, i int) map[string]string {
	scope := rest(b, i, analysis.RoleTime, analysis.RoleEnd, analysis.RoleKind, analysis.RoleTitle, analysis.RoleDetail)
	var named map[string]string
	if json.Unmarshal([]byte(scope[scopeColumn]), &named) == nil {
		delete(scope, scopeColumn)
		maps.Copy(scope, named)
	}
	return scope
}

const scopeColumn = string(analysis.RoleScope)

// rest is row i of the columns whose role is none of those named, name=value.
func rest(b *analysis.Batch, i int, but ...analysis.Role) map[string]string {
	m := map[string]string{}
	for c := range b.Columns {
		col := &b.Columns[c]
		if col.Type != analysis.Blob && !col.Null(i) && !slices.Contains(but, col.Role) {
			m[col.Name] = col.String(i)
		}
	}
	return m
}

// Events are the change events, in the order of their time.
func (f *File) Events(ctx context.Context) ([]analysis.Event, error) {
	var out []analysis.Event
	err := f.read(ctx, "read the events of", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT id, time, "end", kind, title, detail, scope FROM event`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var e analysis.Event
			var at, end, scope string
			if err := rows.Scan(&e.ID, &at, &end, &e.Kind, &e.Title, &e.Detail, &scope); err != nil {
				return err
			}
			e.Time, e.End = parseInstant(at), parseInstant(end)
			if err := json.Unmarshal([]byte(scope), &e.Scope); err != nil {
				return err
			}
			out = append(out, e)
		}
		return rows.Err()
	})
	// The texts of times with and without nanoseconds do not sort as times do.
	slices.SortStableFunc(out, func(a, b analysis.Event) int { return a.Time.Compare(b.Time) })
	return out, err
}

// AddEvent stores an event that a person tells, and returns it with its ID. It
// belongs to a source of its own in the ledger, named "by hand".
func (f *File) AddEvent(ctx context.Context, e analysis.Event) (analysis.Event, error) {
	err := f.record(ctx, "save the event in", func(ctx context.Context, t *transaction) error {
		source, err := byHand(ctx, t)
		if err != nil {
			return err
		}
		e.Scope = maps.Clone(e.Scope)
		scope, err := json.Marshal(e.Scope)
		if err != nil {
			return err
		}
		result, err := t.ExecContext(ctx, `INSERT INTO event (source, time, "end", kind, title, detail, scope) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			source, formatInstant(e.Time), formatInstant(e.End), e.Kind, e.Title, e.Detail, string(scope))
		if err != nil {
			return err
		}
		e.ID, err = result.LastInsertId()
		return err
	})
	return e, err
}

// byHand is the ID of the source that what people tell belongs to.
func byHand(ctx context.Context, q querier) (int64, error) {
	var id int64
	err := q.QueryRowContext(ctx, "SELECT ifnull(min(id), 0) FROM source WHERE path = '' AND format = 'by hand'").Scan(&id)
	if err != nil || id != 0 {
		return id, err
	}
	s := analysis.Source{Format: "by hand", Kind: analysis.EventKind}
	if err := insertSource(ctx, q, &s); err != nil {
		return 0, err
	}
	return s.ID, updateSource(ctx, q, s, true)
}
