package importers

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const mlflowSchema = `
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
CREATE TABLE runs (run_uuid VARCHAR(32) NOT NULL, name VARCHAR(250), start_time BIGINT, end_time BIGINT, source_version VARCHAR(50), lifecycle_stage VARCHAR(20), user_id VARCHAR(256), CONSTRAINT run_pk PRIMARY KEY (run_uuid));
CREATE TABLE metrics ("key" VARCHAR(250) NOT NULL, value FLOAT(53) NOT NULL, timestamp BIGINT NOT NULL, run_uuid VARCHAR(32) NOT NULL, step BIGINT, is_nan BOOLEAN, FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid));
CREATE TABLE model_versions (name VARCHAR(256) NOT NULL, version INTEGER NOT NULL, creation_time BIGINT, last_updated_time BIGINT, description VARCHAR(5000), current_stage VARCHAR(20));
CREATE TABLE assessments (assessment_id VARCHAR(50), trace_id VARCHAR(50), name VARCHAR(250), value TEXT, created_timestamp BIGINT, source_type VARCHAR(50), source_id VARCHAR(250), valid BOOLEAN);
INSERT INTO runs VALUES ('b7e1f0a4', 'gray-gloves', 1772618280000, 1772621880000, '9f2c1ab', 'active', 'ines'), ('d2', 'dropped', 1772704680000, NULL, '', 'deleted', 'ben');
INSERT INTO metrics VALUES ('val_accuracy', 0.921, 1772620000000, 'b7e1f0a4', 1, 0), ('val_loss', 0, 1772621000000, 'b7e1f0a4', 2, 1), ('epochs', 12, 1772621000000, 'b7e1f0a4', 2, 0);
INSERT INTO model_versions VALUES ('seating', 3, 1772622000000, 1772708400000, 'gray gloves', 'Production'), ('seating', 4, 1772704800000, 1772704800000, '', 'None');
INSERT INTO assessments VALUES ('a-1', 'tr-1', 'verdict', '"tilted"', 1772865000000, 'HUMAN', 'rev-03', 1), ('a-2', 'tr-2', 'verdict', '"seated"', 1772865060000, 'LLM_JUDGE', 'judge', 1), ('a-3', 'tr-3', 'verdict', '"missing"', 1772865120000, 'HUMAN', 'rev-01', 0);`

// A database of MLflow gives versions and runs as events, what people said of
// traces as labels, and metrics; what has come since stands behind what was.
func TestMLflowDatabase(t *testing.T) {
	if _, err := exec.LookPath("sqlite3"); err != nil {
		t.Skip("skip: needs sqlite3")
	}
	path := filepath.Join(t.TempDir(), "mlflow.db")
	run := func(sql string) {
		t.Helper()
		if out, err := exec.Command("sqlite3", path, sql).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	run(mlflowSchema)
	read := func() map[string][]string {
		t.Helper()
		sources, _, err := Find([]string{path})
		if err != nil {
			t.Fatal(err)
		}
		all := map[string][]string{}
		for _, s := range sources {
			r, got := loadSource(t, s, Options{})
			if got.err != nil || len(got.rejects) > 0 {
				t.Errorf("%s: %v, rejects %q", r.Format, got.err, got.reasons())
			}
			for _, row := range got.rows {
				all[string(r.Kind)] = append(all[string(r.Kind)], strings.TrimSuffix(strings.TrimPrefix(fmt.Sprint(row), "map["), "]"))
			}
		}
		return all
	}
	before := read()
	for kind, want := range map[string][]string{
		"event": {
			"detail:9f2c1ab kind:deploy time:2026-03-04T09:58:00Z title:training run gray-gloves by ines",
			"detail:gray gloves kind:deploy scope:{\"model\":\"seating\",\"model_version\":\"3\"} time:2026-03-04T11:00:00Z title:model seating version 3 registered",
			"kind:deploy scope:{\"model\":\"seating\",\"model_version\":\"4\"} time:2026-03-05T10:00:00Z title:model seating version 4 registered",
			"detail:gray gloves kind:deploy scope:{\"model\":\"seating\",\"model_version\":\"3\"} time:2026-03-05T11:00:00Z title:model seating version 3 is now Production",
		},
		"metric": {"name:val_accuracy run:gray-gloves time:2026-03-04T10:26:40Z value:0.921", "name:epochs run:gray-gloves time:2026-03-04T10:43:20Z value:12"},
		"label":  {"assessment:verdict id:tr-1 label:tilted label_time:2026-03-07T06:30:00Z reviewer:rev-03"},
	} {
		if !slices.Equal(before[kind], want) {
			t.Errorf("%s\n%s, want\n%s", kind, strings.Join(before[kind], "\n"), strings.Join(want, "\n"))
		}
	}
	run(fmt.Sprintf(`INSERT INTO metrics VALUES ('val_accuracy', 0.94, 1772622000000, 'b7e1f0a4', 3, 0);
		INSERT INTO runs VALUES ('e5', 'new', %d, NULL, '', 'active', 'ben'); UPDATE runs SET end_time = 1 WHERE run_uuid = 'e5'`, time.Date(2026, 3, 8, 0, 0, 0, 0, time.UTC).UnixMilli()))
	for kind, rows := range read() {
		if n := len(before[kind]); len(rows) < n || !slices.Equal(rows[:n], before[kind]) {
			t.Errorf("what was loaded of %s is no more the beginning:\n%s", kind, strings.Join(rows, "\n"))
		}
	}
	run("DROP TABLE alembic_version")
	if sources, _, err := Find([]string{path}); err == nil {
		if _, err := sources[0].Recognise(t.Context(), Options{}); err == nil || !strings.Contains(err.Error(), "an SQLite database") {
			t.Errorf("another program's database: %v", err)
		}
	}
}
