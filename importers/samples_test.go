package importers

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"andon/analysis"
)

// samples are the files of testdata/logs: one for each format and layout,
// written from its description.
const samples = "../testdata/logs"

// Every format and layout has a sample that it recognises, and no sample is
// without one.
func TestEveryFormatHasASample(t *testing.T) {
	missing := map[string]bool{}
	for _, name := range registered() {
		missing[name] = true
	}
	files, err := filepath.Glob(filepath.Join(samples, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name, _, _ := strings.Cut(filepath.Base(file), ".")
		if !missing[name] {
			t.Errorf("%s is a sample of nothing", file)
		}
		delete(missing, name)
		if r, _ := load(t, file, Options{}); !isNamed(r, name) {
			t.Errorf("%s was taken for %s", file, r.Format)
		}
	}
	if len(missing) > 0 {
		t.Errorf("no sample of %v", missing)
	}
}

// What the samples hold, read by eye.
func TestSamples(t *testing.T) {
	for _, test := range []struct {
		file    string
		rejects string
		rows    []string
	}{
		{"jsonl.jsonl", "4: a line break inside a text, at byte 35 of the record", []string{
			"camera:C07 confidence:0.94 id:r-1001 latency_ms:18.2 line:L2 model:hands model_version:3.1.0 prediction:glove shift:early status:ok time:2026-03-07T06:28:00.12Z vote_pixel:glove vote_shape:glove",
			"camera:C03 confidence:0.71 id:r-1002 latency_ms:19 line:L1 model:hands model_version:3.1.0 prediction:bare shift:early status:ok time:2026-03-07T06:28:02.31Z vote_pixel:bare vote_shape:glove",
			"camera:C08 id:r-1003 latency_ms:500 line:L2 model:hands model_version:3.1.0 shift:early status:timeout time:2026-03-07T06:28:03.555Z",
			"camera:C12 confidence:0.88 id:r-1004 latency_ms:17.7 line:L3 model:hands model_version:3.1.0 prediction:glove shift:early status:ok time:2026-03-07T06:28:05.001Z vote_pixel:glove vote_shape:glove",
		}},
		{"csv.csv", "", []string{
			"Seriennummer:00417 Spalt__mm_:0.42 Station:S1 confidence:0.975 prediction:ok reviewer:Müller time:2026-03-07T06:28:00Z",
			"Seriennummer:00418 Spalt__mm_:1204.5 Station:S2 confidence:0.61 prediction:nok reviewer:Müller time:2026-03-07T06:28:31Z",
			"Seriennummer:00419 Station:S1 confidence:0.99 prediction:ok time:2026-03-13T06:29:02Z",
		}},
		{"deepstream.jsonl", "", []string{
			"aisle_id:L2 aisle_name:line 2 bottomrightx:110 bottomrighty:220 camera:cam-07 confidence:0.94 event_id:e-1 event_type:entry id:m-1 level:0 mdsversion:1.0 model:hands model_version:3.1 object_id:17 person_type:glove place_id:1 place_name:hall 4 place_type:plant prediction:glove sensor_type:Camera time:2026-03-07T06:28:00Z topleftx:10 toplefty:20",
			"aisle_id:L1 aisle_name:line 1 bottomrightx:112 bottomrighty:222 camera:cam-03 confidence:0.51 event_id:e-2 event_type:moving id:m-2 level:0 mdsversion:1.0 model:hands model_version:3.1 object_id:18 person_type:UNKNOWN place_id:1 place_name:hall 4 place_type:plant prediction:person sensor_type:Camera time:2026-03-07T06:28:01Z topleftx:12 toplefty:22",
		}},
	} {
		t.Run(test.file, func(t *testing.T) {
			_, got := load(t, filepath.Join(samples, test.file), Options{})
			if got.err != nil {
				t.Fatal(got.err)
			}
			if got.reasons() != test.rejects {
				t.Errorf("rejects are %q, want %q", got.reasons(), test.rejects)
			}
			for i, want := range test.rows {
				if i >= len(got.rows) {
					t.Fatalf("%d rows, want %d", len(got.rows), len(test.rows))
				}
				if row := strings.TrimSuffix(strings.TrimPrefix(fmt.Sprint(got.rows[i]), "map["), "]"); row != want {
					t.Errorf("row %d is\n%s, want\n%s", i, row, want)
				}
			}
		})
	}
}

// The practice incident is a directory as a plant would hand it over.
func TestPracticeDirectory(t *testing.T) {
	sources, skips, err := Find([]string{"../testdata/gloves"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]analysis.Kind{"inference.jsonl.gz": analysis.InferenceKind, "feedback.csv": analysis.LabelKind,
		"events.jsonl": analysis.EventKind, "metrics.csv": analysis.MetricKind, "frames": analysis.FrameKind}
	for _, s := range sources {
		name := filepath.Base(s.Path)
		r, got := loadSource(t, s, Options{})
		if r.Kind != want[name] || len(got.rows) == 0 || len(got.rejects) > 0 || got.err != nil {
			t.Errorf("%s is %s with %d rows, rejects %q, error %v", name, r.Kind, len(got.rows), got.reasons(), got.err)
		}
		delete(want, name)
		if name == "inference.jsonl.gz" {
			for _, column := range []string{"time", "id", "prediction", "confidence", "label", "vote_pixel", "line", "station", "camera", "shift", "sku",
				"operator", "model_version", "preprocess_version", "latency_ms", "status", "frame"} {
				if _, ok := got.fields[column]; !ok {
					t.Errorf("no column %s", column)
				}
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
	if len(skips) != 1 || filepath.Base(skips[0].Path) != "truth.json" {
		t.Errorf("skips are %v", skips)
	}
	if _, err := sources[0].Hash(context.Background(), -1); err != nil {
		t.Error(err)
	}
}
