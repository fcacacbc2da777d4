package importers

import (
	"context"
	"path"
	"strings"
	"testing"

	"andon/analysis"
	"andon/analysis/analysistest"
)

// load reads a whole source and joins its batches' rows, as text.
func load(t *testing.T, path string, o Options) (Recognition, loaded) {
	t.Helper()
	sources, _, err := Find([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	return loadSource(t, sources[0], o)
}

func loadSource(t *testing.T, s Source, o Options) (Recognition, loaded) {
	t.Helper()
	r, err := s.Recognise(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	all := loaded{fields: map[string]analysis.Field{}}
	for b, err := range s.Read(context.Background(), r, 0, nil) {
		if err != nil {
			all.err = err
			break
		}
		all.add(t, b)
	}
	return r, all
}

// loaded are the rows of a source: column → text by row.
type loaded struct {
	fields   map[string]analysis.Field
	rows     []map[string]string
	rejects  []analysis.Reject
	warnings []string
	offset   int64
	batches  int
	err      error
}

func (l *loaded) add(t *testing.T, b *analysis.Batch) {
	t.Helper()
	for i := range b.Rows {
		row := map[string]string{}
		for c := range b.Columns {
			if n := b.Columns[c].Len(); n != b.Rows {
				t.Fatalf("column %s has %d rows of %d", b.Columns[c].Name, n, b.Rows)
			}
			if !b.Columns[c].Null(i) {
				row[b.Columns[c].Name] = b.Columns[c].String(i)
			}
		}
		l.rows = append(l.rows, row)
	}
	for _, c := range b.Columns {
		l.fields[c.Name] = c.Field
	}
	l.rejects = append(l.rejects, b.Rejects...)
	l.warnings = append(l.warnings, b.Warnings...)
	l.offset = b.Offset
	l.batches++
}

// The real files that must work without a mapping: what they are taken for and
// what must stand in them, counted by hand or with jq and awk.
func TestRealFiles(t *testing.T) {
	for _, test := range []struct {
		file    string
		format  string
		kind    analysis.Kind
		rows    int
		roles   map[analysis.Role]string // role → path
		columns map[string]int           // column → distinct values
		warning string
	}{
		{"nab/data/realKnownCause/machine_temperature_system_failure.csv", "csv", analysis.MetricKind, 22695,
			map[analysis.Role]string{analysis.RoleTime: "timestamp"},
			map[string]int{"name": 1}, "no zone; taken as UTC"},
		{"formats/deepstream/full_schema_demo-1.first1500.jsonl", "deepstream", analysis.InferenceKind, 1500,
			map[analysis.Role]string{analysis.RoleTime: "@timestamp", analysis.RoleID: "messageid", analysis.RoleVersion: "analyticsModule.version",
				analysis.RoleConfidence: "object.vehicle.confidence", analysis.RolePrediction: "object.class"},
			map[string]int{"camera": 49, "id": 1500, "place_name": 1, "aisle_id": 19, "aisle_level": 1, "model_version": 1, "prediction": 1, "confidence": 1},
			"0 is read as missing"},
		{"formats/roboflow_inference/predictions.csv", "csv", analysis.InferenceKind, 108,
			map[analysis.Role]string{analysis.RoleTime: "seconds", analysis.RolePrediction: "class", analysis.RoleConfidence: "pred_confidence"},
			map[string]int{"prediction": 25, "time": 4}, "no date in the file"},
	} {
		t.Run(path.Base(test.file), func(t *testing.T) {
			r, got := load(t, analysistest.Shared(t, test.file), Options{})
			if got.err != nil {
				t.Fatal(got.err)
			}
			if r.Format != test.format || r.Kind != test.kind || r.Confidence < 0.75 {
				t.Errorf("recognised as %s %s with %.2f", r.Format, r.Kind, r.Confidence)
			}
			if len(got.rows) != test.rows || len(got.rejects) > 0 {
				t.Errorf("%d rows, want %d; rejects %q", len(got.rows), test.rows, got.reasons())
			}
			for role, path := range test.roles {
				if f := got.fields[string(role)]; f.Path != path || f.Role != role {
					t.Errorf("%s comes from %q, want %q", role, f.Path, path)
				}
			}
			for name, want := range test.columns {
				values := map[string]bool{}
				for _, row := range got.rows {
					if v, ok := row[name]; ok {
						values[v] = true
					}
				}
				if len(values) != want {
					t.Errorf("%s has %d values, want %d", name, len(values), want)
				}
			}
			if !strings.Contains(strings.Join(r.Warnings, "\n"), test.warning) {
				t.Errorf("warnings are %q, want %q", r.Warnings, test.warning)
			}
		})
	}
}
