package importers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"time"

	"andon/analysis"
	"andon/importers/sqlitefile"
)

// MLflow's database holds what its file store does, and more. Its rows become
// JSON lines, as those of a Parquet file do, so that all else is as ever:
//
//	metrics           ─▶ {"mlflow.metric": ...}      metrics
//	runs              ─▶ {"mlflow.run": ...}         events: a run began
//	model_versions    ─▶ {"mlflow.run": ...}         events: registered, moved to a stage
//	assessments       ─▶ {"mlflow.assessment": ...}  late labels by trace, of people
//
// Without a view the stream is one line that names what there is; see views.
// Events stand in the order of their times, the rest in that of their rows, so
// that a database that has grown is a text that has. Of a stage the database
// tells only the present one, and when the version changed last. Source: mlflow/store/tracking/dbmodels/models.py.

var _ = addEnvelope(envelope{
	layout: layout{name: "mlflow-assessment", roles: map[string]analysis.Role{"id": analysis.RoleID, "label": analysis.RoleLabel,
		"reviewer": analysis.RoleReviewer, "label_time": analysis.RoleLabelTime}},
	kind:    analysis.LabelKind,
	matches: func(v *value) bool { return v.has("mlflow.assessment", "label") },
	open: each(func(v *value, out *fan) string {
		r := out.next()
		for i, key := range v.keys {
			if key != "mlflow.assessment" {
				r.value(key, &v.kids[i])
			}
		}
		return ""
	}),
})

// mlflowTables are the tables that make a database MLflow's.
var mlflowTables = []string{"alembic_version", "runs", "metrics"}

// openMLflow opens the tables of a database, or nil where it is another's.
func openMLflow(file fs.File) *mlflowLines {
	at, ok := file.(io.ReaderAt)
	if !ok {
		return nil
	}
	info, err := file.Stat()
	if err != nil {
		return nil
	}
	db, err := sqlitefile.Open(at, info.Size())
	if err != nil {
		return nil
	}
	tables, err := db.Tables()
	if err != nil {
		return nil
	}
	for _, name := range mlflowTables {
		if _, ok := tables[name]; !ok {
			return nil
		}
	}
	return &mlflowLines{db: db, tables: tables}
}

// mlflow makes the stream the lines of a database.
func (u *unpacked) mlflow(lines *mlflowLines, view string, from int64) (*unpacked, error) {
	next, stop := iter.Pull2(lines.of(view))
	u.packed, u.Reader = "sqlite", &lineReader{next: next}
	u.close = append(u.close, func() error { stop(); return nil })
	_, err := io.CopyN(io.Discard, u.Reader, from)
	if err == io.EOF {
		err = nil
	}
	return u, err
}

// lineReader is a stream of lines that are made as they are asked for.
type lineReader struct {
	next func() ([]byte, error, bool)
	rest []byte
	err  error
}

func (l *lineReader) Read(p []byte) (int, error) {
	for len(l.rest) == 0 && l.err == nil {
		line, err, ok := l.next()
		if !ok {
			err = io.EOF
		}
		l.rest, l.err = line, err
	}
	if len(l.rest) == 0 {
		return 0, l.err
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// mlflowLines makes the lines.
type mlflowLines struct {
	db     *sqlitefile.File
	tables map[string]sqlitefile.Table
	runs   map[string]string // names by id, once they were asked for
}

// names are those of the runs.
func (l *mlflowLines) names() map[string]string {
	if l.runs == nil {
		l.runs = map[string]string{}
		for row, err := range l.rows("runs") {
			if err != nil || len(l.runs) > maxEvents {
				break
			}
			id, name := runName(row)
			l.runs[id] = name
		}
	}
	return l.runs
}

// mlflowRow is a row by its columns' names.
type mlflowRow map[string]any

func (r mlflowRow) text(name string) string {
	switch v := r[name].(type) {
	case string:
		return v
	case int64:
		return fmt.Sprint(v)
	}
	return ""
}

// time is a column of milliseconds as an instant, "" for none.
func (r mlflowRow) time(name string) any {
	if ms, ok := r[name].(int64); ok && ms > 0 {
		return time.UnixMilli(ms).UTC().Format(time.RFC3339Nano)
	}
	return nil
}

// rows are those of a table; a table that is not there has none.
func (l *mlflowLines) rows(table string) iter.Seq2[mlflowRow, error] {
	return func(yield func(mlflowRow, error) bool) {
		t, ok := l.tables[table]
		if !ok {
			return
		}
		for row, err := range l.db.Rows(t) {
			named := mlflowRow{}
			for i, v := range row {
				named[t.Columns[i]] = v
			}
			if !yield(named, err) || err != nil {
				return
			}
		}
	}
}

// of are the lines of a view; a damaged table ends them.
func (l *mlflowLines) of(view string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for m, err := range l.records(view) {
			text, no := json.Marshal(m)
			if err == nil {
				err = no
			}
			if !yield(append(text, '\n'), err) || err != nil {
				return
			}
		}
	}
}

func (l *mlflowLines) records(view string) iter.Seq2[mlflowRow, error] {
	switch view {
	case "mlflow-run":
		return l.events
	case "mlflow-assessment":
		return l.each("assessments", l.assessment)
	case "mlflow":
		return l.each("metrics", l.metric)
	}
	return func(yield func(mlflowRow, error) bool) {
		marks := mlflowRow{}
		for table, mark := range map[string]string{"metrics": "mlflow.metric", "runs": "mlflow.run", "model_versions": "mlflow.run", "assessments": "mlflow.assessment"} {
			for range l.rows(table) {
				marks[mark] = nil
				break
			}
		}
		yield(marks, nil)
	}
}

// each is the lines of a table, row by row.
func (l *mlflowLines) each(table string, line func(mlflowRow) mlflowRow) iter.Seq2[mlflowRow, error] {
	return func(yield func(mlflowRow, error) bool) {
		for row, err := range l.rows(table) {
			if err != nil {
				yield(nil, fmt.Errorf("%w: %v", ErrTruncated, err))
				return
			}
			if m := line(row); m != nil && !yield(m, nil) {
				return
			}
		}
	}
}

// maxEvents bounds the events that are put in order.
const maxEvents = 100_000

// events are what happened to runs and versions, in the order of their times.
func (l *mlflowLines) events(yield func(mlflowRow, error) bool) {
	var all []mlflowRow
	for _, part := range []struct {
		table string
		lines func(mlflowRow) []mlflowRow
	}{{"runs", l.run}, {"model_versions", l.version}} {
		for row, err := range l.rows(part.table) {
			if err != nil {
				yield(nil, fmt.Errorf("%w: %v", ErrTruncated, err))
				return
			}
			if all = append(all, part.lines(row)...); len(all) > maxEvents {
				break
			}
		}
	}
	slices.SortStableFunc(all, func(a, b mlflowRow) int { return strings.Compare(a["time"].(string), b["time"].(string)) })
	for _, event := range all {
		if !yield(event, nil) {
			return
		}
	}
}

func (l *mlflowLines) run(r mlflowRow) []mlflowRow {
	if r.time("start_time") == nil || r.text("lifecycle_stage") == "deleted" {
		return nil
	}
	id, name := runName(r)
	return []mlflowRow{{"mlflow.run": id, "time": r.time("start_time"),
		"title": strings.TrimSpace("training run " + name + " by " + r.text("user_id")), "detail": r.text("source_version")}}
}

// runName is what people know a run by.
func runName(r mlflowRow) (id, name string) {
	id, name = r.text("run_uuid"), r.text("name")
	if name == "" {
		name = id[:min(len(id), 8)]
	}
	return id, name
}

func (l *mlflowLines) version(r mlflowRow) []mlflowRow {
	at := r.time("creation_time")
	if at == nil {
		return nil
	}
	model, version, stage := r.text("name"), r.text("version"), r.text("current_stage")
	event := func(at any, title string) mlflowRow {
		return mlflowRow{"mlflow.run": model + "/" + version, "time": at, "title": title, "detail": r.text("description"),
			"scope": map[string]any{"model": model, "model_version": version}}
	}
	events := []mlflowRow{event(at, "model "+model+" version "+version+" registered")}
	if moved := r.time("last_updated_time"); moved != nil && moved != at && stage != "" && stage != "None" {
		events = append(events, event(moved, "model "+model+" version "+version+" is now "+stage))
	}
	return events
}

func (l *mlflowLines) assessment(r mlflowRow) mlflowRow {
	if r.text("source_type") != "HUMAN" || r["valid"] == int64(0) {
		return nil
	}
	var label any
	if json.Unmarshal([]byte(r.text("value")), &label) != nil {
		label = r.text("value")
	}
	switch label.(type) {
	case string, bool, float64:
	default:
		return nil
	}
	return mlflowRow{"mlflow.assessment": r.text("assessment_id"), "id": r.text("trace_id"), "label": label,
		"reviewer": r.text("source_id"), "label_time": r.time("created_timestamp"), "assessment": r.text("name")}
}

func (l *mlflowLines) metric(r mlflowRow) mlflowRow {
	if r["is_nan"] == int64(1) || r.time("timestamp") == nil {
		return nil
	}
	v := r["value"]
	if _, whole := v.(int64); !whole {
		if _, ok := v.(float64); !ok {
			return nil
		}
	}
	run := r.text("run_uuid")
	if name := l.names()[run]; name != "" {
		run = name
	}
	return mlflowRow{"mlflow.metric": r.text("key"), "value": v, "time": r.time("timestamp"), "labels": map[string]any{"run": run}}
}

// isSQLite reports whether a file begins like a database.
func isSQLite(head []byte) bool { return bytes.HasPrefix(head, []byte(sqlitefile.Magic)) }
