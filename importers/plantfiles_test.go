package importers

import (
	"fmt"
	"testing"
	"testing/fstest"

	"andon/analysis"
)

// Files as a plant hands them over, each with a turn that its format's
// description does not show: what it is taken for, and its first row.
func TestPlantFiles(t *testing.T) {
	const report = "Shift report line 3;;;;\nExported;2026-03-07;;;\n\nZeit;Teil;prediction;Wert;Linie\n" +
		"07.03.2026 06:28:00;a;glove;2,5;L2\n07.03.2026 06:29:00;b;bare;2,6;L3\n"
	for _, test := range []struct {
		name, file, text string
		kind             analysis.Kind
		rejects          string
		row              string
	}{
		{"a report's lines above its table", "a.csv", report, analysis.InferenceKind, "",
			"map[Linie:L2 Teil:a Wert:2.5 prediction:glove time:2026-03-07T06:28:00Z]"},
		{"the same without delimiters", "a.csv", "Shift report line 3\n\n" + report[len("Shift report line 3;;;;\nExported;2026-03-07;;;\n\n"):], analysis.InferenceKind, "",
			"map[Linie:L2 Teil:a Wert:2.5 prediction:glove time:2026-03-07T06:28:00Z]"},
		{"a machine's setting among its readings", "a.csv", "time,force,recipe,machine\n2026-03-07T06:28:00Z,1.5,7,M1\n2026-03-07T06:29:00Z,1.6,8,M1\n", analysis.MetricKind, "",
			"map[machine:M1 name:force time:2026-03-07T06:28:00Z value:1.5] map[machine:M1 name:recipe time:2026-03-07T06:28:00Z value:7]"},
		{"a time before the topic", "a.txt", `2026-03-07T06:28:00+0100 hall4/L2/verdict {"id":"r-1","prediction":"glove"}` + "\n", analysis.InferenceKind, "",
			"map[id:r-1 prediction:glove time:2026-03-07T05:28:00Z topic:hall4/L2/verdict]"},
		{"a message that is none", "a.txt", `hall4/L2/verdict {"time":"2026-03-07T06:28:00Z","id":"r-1","prediction":"glove"}` + "\nhall4/L2/alive 1\n" + `hall4/L2/verdict {"time":"2026-03-07T06:29:00Z","id":"r-2","prediction":"glove"}` + "\n",
			analysis.InferenceKind, "2: no topic with a JSON object behind it", "map[id:r-1 prediction:glove time:2026-03-07T06:28:00Z topic:hall4/L2/verdict]"},
		{"Azure's own name of a collection", "a.jsonl", `{"specversion":"1.0","id":"k","source":"/x","type":"azureml.inference.model_outputs","time":"2026-03-07T06:28:00Z","data":[{"label":"glove"}],"correlationid":"k-1"}` + "\n",
			analysis.InferenceKind, "", "map[id:k-1 prediction:glove time:2026-03-07T06:28:00Z]"},
		{"the history alone of Argo CD", "a.json", `[{"id":4,"revision":"9f3c2d1e77","deployedAt":"2026-03-07T06:28:00Z","source":{"repoURL":"https://git.invalid/hands","path":"line-2"}}]`, analysis.EventKind, "",
			"map[detail:https://git.invalid/hands line-2 kind:deploy time:2026-03-07T06:28:00Z title:deploy of 9f3c2d1e]"},
		{"a host's own syslog", "syslog", "2026-03-07T06:28:00.5+01:00 edge-3 vision[7]: model version 4 loaded\n2026-03-07T06:28:01+01:00 edge-3 kernel: usb 1-1: new device\n", analysis.EventKind, "",
			`map[kind:deploy scope:{"app":"vision","host":"edge-3"} time:2026-03-07T05:28:00.5Z title:model version 4 loaded]`},
		{"the same without a year", "syslog", "Mar  7 06:28:00 edge-3 vision[7]: model version 4 loaded\n", analysis.EventKind, "",
			`map[kind:deploy scope:{"app":"vision","host":"edge-3"} time:2026-03-07T06:28:00Z title:model version 4 loaded]`},
		{"lines of Loki", "a.txt", "2026-03-07T06:28:00+01:00 {app=\"vision\", level=\"info\"} model version 3.2 loaded\n2026-03-07T06:28:02Z {app=\"vision\", level=\"info\"} tick\n", analysis.EventKind, "",
			`map[kind:deploy scope:{"app":"vision"} time:2026-03-07T05:28:00Z title:model version 3.2 loaded]`},
		{"verdicts in lines of Loki", "a.txt", "2026-03-07T06:28:00Z {app=\"vision\"} {\"id\":\"r-1\",\"prediction\":\"glove\"}\n", analysis.InferenceKind, "",
			`map[id:r-1 prediction:glove time:2026-03-07T06:28:00Z topic:{app="vision"}]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			sources, skips, err := FindFS(fstest.MapFS{test.file: {Data: []byte(test.text), ModTime: anchor.AddDate(26, 6, 0)}}, ".")
			if err != nil || len(sources) != 1 {
				t.Fatalf("sources %v, skips %v, error %v", sources, skips, err)
			}
			r, got := loadSource(t, sources[0], Options{})
			if r.Kind != test.kind || got.reasons() != test.rejects || got.err != nil || len(got.rows) == 0 {
				t.Fatalf("%s with %d rows, rejects %q, %v; want %s, %q", r.Kind, len(got.rows), got.reasons(), got.err, test.kind, test.rejects)
			}
			first := fmt.Sprint(got.rows)
			if len(first) < len(test.row)+2 || first[1:1+len(test.row)] != test.row {
				t.Errorf("rows are\n%s, want first\n%s", first, test.row)
			}
		})
	}
}

// Results count from when their images were taken, where the ground truth
// beside them says so: by itself, or in the name of the file.
func TestCOCOTimes(t *testing.T) {
	const truth = `{"images":[{"id":1,"file_name":"a.jpg","date_captured":"2026-03-07 06:28:00"},{"id":2,"file_name":"cam_20260307_062900.jpg"}],
		"annotations":[{"id":1,"image_id":1,"category_id":1}],"categories":[{"id":1,"name":"glove"}]}`
	const results = `[{"image_id":1,"category_id":1,"bbox":[1,2,3,4],"score":0.9},{"image_id":2,"category_id":1,"bbox":[1,2,3,4],"score":0.8}]`
	sources, _, err := FindFS(fstest.MapFS{"instances.json": {Data: []byte(truth)}, "results.json": {Data: []byte(results), ModTime: anchor}}, ".")
	if err != nil || len(sources) != 2 {
		t.Fatalf("sources %v, error %v", sources, err)
	}
	_, got := loadSource(t, sources[1], Options{})
	if times := got.column("time"); times != "2026-03-07T06:28:00Z 2026-03-07T06:29:00Z" {
		t.Errorf("times are %s", times)
	}
}
