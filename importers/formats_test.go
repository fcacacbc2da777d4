package importers

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"andon/analysis"
)

// registered are the names of all that Andon recognises.
func registered() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	for _, l := range layouts {
		names = append(names, l.name)
	}
	for _, e := range envelopes {
		names = append(names, e.name)
	}
	return slices.Compact(sorted(append(names, message.name)))
}

// isNamed reports whether a source was recognised as the name: as its format,
// or as its layout within one.
func isNamed(r Recognition, name string) bool {
	return slices.Contains(strings.Split(r.Format, ": "), name)
}

// The README's table, the registry and the samples name the same formats.
func TestFormatsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "\n## Formats\n")
	if !found {
		t.Fatal("README has no heading Formats")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var documented []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z0-9-]+)` \\|").FindAllStringSubmatch(section, -1) {
		documented = append(documented, m[1])
	}
	slices.Sort(documented)
	if want := sorted(append(registered(), "frames", "video")); !slices.Equal(documented, want) {
		t.Errorf("README names %q, the registry %q", documented, want)
	}
}

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}

// What each sample holds, read by eye from the description of its format.
func TestFormatSamples(t *testing.T) {
	for _, test := range []struct {
		sample  string
		kind    analysis.Kind
		rejects string
		rows    []string
	}{
		{"argocd.json", analysis.EventKind, "", []string{
			"detail:https://git.invalid/hands line-2 kind:deploy scope:{\"app\":\"hands\",\"namespace\":\"plant\"} time:2026-03-07T06:28:00Z title:deploy of hands 9f3c2d1e",
		}},
		{"azureml.jsonl", analysis.InferenceKind, "3: the body was too large for the log and lies in a blob", []string{
			"confidence:0.9 deployment:blue endpoint:hands id:k-1#0 line:L1 luma:0.4 model_version:3 prediction:glove time:2026-03-07T06:28:05Z",
			"confidence:0.6 deployment:blue endpoint:hands id:k-1#1 line:L2 luma:0.1 model_version:3 prediction:bare time:2026-03-07T06:28:05Z",
		}},
		{"bentoml", analysis.InferenceKind, "", []string{
			"id:14642743634293743168 line:L2 luma:0.4 model:hands model_version:v3 prediction:glove time:2026-03-07T06:28:05.5Z",
			"id:14642743634293743168#1 line:L2 luma:0.1 model:hands model_version:v3 prediction:bare time:2026-03-07T06:28:05.5Z",
		}},
		{"cloudevents.txt", analysis.InferenceKind, "", []string{
			"id:c-1 input_0:0.4 input_1:12 latency_ms:20 model:hands prediction:glove time:2026-03-07T06:28:05.12Z",
		}},
		{"coco", analysis.InferenceKind, "", []string{
			"confidence:0.7 id:20260307_062800 objects:2 prediction:hole+stain time:2026-03-07T06:28:00Z",
			"confidence:0.4 id:20260307_062805 objects:1 prediction:stain time:2026-03-07T06:28:05Z",
		}},
		{"coco-truth.json", analysis.LabelKind, "", []string{
			"frame:42.jpg id:42 label:dog",
			"frame:43.jpg id:43 label:none",
		}},
		{"deepstream-frame.json", analysis.InferenceKind, "", []string{
			"camera:cam-07 id:cam-07/7/0/2026-03-07T06:28:00.120Z objects:2 prediction:glove time:2026-03-07T06:28:00.12Z x1:10 x2:110 y1:20 y2:220",
			"attribute_1:black camera:cam-07 confidence:0.91 id:cam-07/7/1/2026-03-07T06:28:00.120Z objects:2 prediction:person time:2026-03-07T06:28:00.12Z track:17 x1:12 x2:112 y1:22 y2:222",
			"camera:cam-07 id:cam-07/8/2026-03-07T06:28:00.160Z objects:0 prediction:none time:2026-03-07T06:28:00.16Z",
		}},
		{"dlstreamer.jsonl", analysis.InferenceKind, "", []string{
			"camera:rtsp://cam-07 confidence:0.93 grade_confidence:0.7 grade_label:heavy h:20 id:rtsp://cam-07/1200000000/0 prediction:porosity time:2026-03-07T05:28:00.12Z w:20 x:10 y:10",
			"camera:rtsp://cam-07 id:rtsp://cam-07/1240000000 prediction:none time:2026-03-07T06:28:00.16Z",
		}},
		{"frigate.jsonl", analysis.InferenceKind, "", []string{
			"camera:c07 confidence:0.92 correct:0 id:1772864880.1-a prediction:person seen_s:10 sub_label:visitor time:2026-03-07T06:28:00.1Z zone:dock",
			"area:0.2 camera:c08 confidence:0.87 id:e-2 model:ssd model_version:abc123 prediction:forklift seen_s:4 time:2026-03-07T06:28:15.5Z zone:aisle",
		}},
		{"github.json", analysis.EventKind, "", []string{
			"detail:rolled out kind:deploy scope:{\"environment\":\"line-2\",\"repository\":\"hands\"} time:2026-03-07T06:28:30Z title:deploy of main 9f3c2d1e to line-2: success",
			"kind:deploy scope:{\"environment\":\"line-1\"} time:2026-03-07T06:28:00Z title:deploy of main 9f3c2d1e to line-1: asked for",
		}},
		{"gitlab.jsonl", analysis.EventKind, "", []string{
			"detail:New weights kind:deploy scope:{\"environment\":\"line-2\",\"project\":\"hands\"} time:2026-03-07T06:28:30Z title:deploy of main to line-2: success",
			"kind:deploy scope:{\"project\":\"hands\"} time:2026-03-07T06:23:00Z title:pipeline of main: failed",
		}},
		{"journald.jsonl", analysis.EventKind, "", []string{
			"kind:infra scope:{\"host\":\"edge-3\",\"unit\":\"init.scope\"} time:2026-03-07T06:28:00Z title:Started vision.service - Vision.",
			"kind:other scope:{\"host\":\"edge-3\"} time:2026-03-07T06:28:00.9Z title:no space",
		}},
		{"kafka.txt", analysis.InferenceKind, "", []string{
			"confidence:0.9 id:r-1 key:cam-07 line:L2 offset:17 partition:0 prediction:glove time:2026-03-07T06:28:00.5Z",
			"confidence:0.6 id:r-2 key:cam-07 line:L2 offset:18 partition:0 prediction:bare time:2026-03-07T06:28:01.5Z",
		}},
		{"kserve.jsonl", analysis.InferenceKind, "", []string{
			"confidence:0.9 id:c-1#0 latency_ms:23 luma_0:0.4 luma_1:0.5 model:hands model_version:7 namespace:plant-a prediction:glove time:2026-03-07T06:28:05.123Z",
			"confidence:0.7 id:c-1#1 latency_ms:23 luma_0:0.1 luma_1:0.2 model:hands model_version:7 namespace:plant-a prediction:bare time:2026-03-07T06:28:05.123Z",
			"confidence:0.8 id:c-2 line:L3 model:hands namespace:plant-a prediction:1 time:2026-03-07T06:28:06Z",
		}},
		{"kubernetes.json", analysis.EventKind, "", []string{
			"detail:Back-off restarting failed container kind:infra scope:{\"host\":\"edge-3\",\"namespace\":\"plant\"} time:2026-03-07T06:28:40Z title:BackOff pod hands-1",
			"detail:Scaled up kind:deploy scope:{\"namespace\":\"plant\"} time:2026-03-07T06:28:50Z title:ScalingReplicaSet deployment hands",
		}},
		{"loki.jsonl", analysis.EventKind, "", []string{
			"kind:deploy scope:{\"app\":\"vision\"} time:2026-03-07T06:28:00Z title:model version 3.2 loaded",
			"kind:other scope:{\"app\":\"vision\"} time:2026-03-07T06:28:02Z title:queue is long",
		}},
		{"message.jsonl", analysis.InferenceKind, "2: the message is no JSON object", []string{
			"id:r-1 key:cam-07 line:L2 offset:17 partition:0 prediction:glove time:2026-03-07T06:28:00.5Z topic:plant/L2/hands",
		}},
		{"mlflow", analysis.MetricKind, "", []string{
			"name:accuracy time:2026-03-07T06:28:00Z value:0.91",
			"name:accuracy time:2026-03-07T06:29:00Z value:0.93",
			"name:loss time:2026-03-07T06:28:00Z value:0.4",
		}},
		{"mlflow-run.yaml", analysis.EventKind, "", []string{
			"end:2026-03-07T06:30:00Z kind:deploy time:2026-03-07T06:28:00Z title:training run gray-gloves by ada",
		}},
		{"opc.jsonl", analysis.MetricKind, "2: the value is no number", []string{
			"ApplicationUri:urn:press name:Lamp time:2026-03-07T06:28:00Z value:2.1",
			"ApplicationUri:urn:press name:Door time:2026-03-07T06:28:01Z value:0",
		}},
		{"otlp-binary.bin", analysis.InferenceKind, "", []string{
			"confidence:0.9 line:L2 model:hands model_version:3.1 prediction:glove time:2026-03-07T06:28:00Z",
			"confidence:0.6 model:hands model_version:3.1 prediction:bare retries:2 time:2026-03-07T06:28:01Z",
		}},
		{"otlp-logs.jsonl", analysis.InferenceKind, "", []string{
			"confidence:0.9 line:L2 model:hands model_version:3.1 prediction:glove time:2026-03-07T06:28:00Z",
			"confidence:0.6 model:hands model_version:3.1 prediction:bare retries:2 time:2026-03-07T06:28:01Z",
		}},
		{"otlp-metrics.jsonl", analysis.MetricKind, "", []string{
			"host_name:edge-3 name:gpu.temperature time:2026-03-07T06:28:00Z value:61.5",
			"host_name:edge-3 name:latency_count time:2026-03-07T06:28:00Z value:2",
			"host_name:edge-3 name:latency_sum time:2026-03-07T06:28:00Z value:41",
		}},
		{"parquet.parquet", analysis.InferenceKind, "", []string{
			"boxes:[1,2] confidence:0.94 id:r-1 line:L2 prediction:glove time:2026-03-07T06:28:00.123456Z",
			"confidence:0.61 id:r-2 prediction:bare time:2026-03-07T06:28:01.123456Z",
		}},
		{"prometheus-json.json", analysis.MetricKind, "", []string{
			"line:L2 name:gpu_temperature time:2026-03-07T06:28:00.5Z value:61.5",
			"line:L2 name:gpu_temperature time:2026-03-07T06:28:30.5Z value:63",
		}},
		{"prometheus.prom", analysis.MetricKind, "", []string{
			"model:hands name:nv_inference_count time:2026-03-07T06:28:00Z value:37 version:3",
			"model:hands name:nv_inference_count time:2026-03-07T06:28:15Z value:41 version:3",
			"line:L2 name:gpu_temperature time:2026-03-07T06:28:15Z value:61.5",
		}},
		{"sagemaker-truth.jsonl", analysis.LabelKind, "", []string{
			"id:e-1 label:glove",
			"id:e-3#0 label:bare",
			"id:e-3#1 label:glove",
		}},
		{"sagemaker.jsonl", analysis.InferenceKind, "", []string{
			"confidence:0.9 id:e-1#0 input_0:0.4 input_1:12 time:2026-03-07T06:28:05Z",
			"confidence:0.2 id:e-1#1 input_0:0.1 input_1:11 time:2026-03-07T06:28:05Z",
			"confidence:0.8 id:i-2 label:bare luma:0.4 prediction:glove time:2026-03-07T06:28:06Z",
		}},
		{"sparkplug.jsonl", analysis.MetricKind, "", []string{
			"name:Lamp/Current time:2026-03-07T06:28:00Z topic:spBv1.0/plant/DBIRTH/edge-3/press value:2.1",
			"name:Lamp/Current time:2026-03-07T06:28:01Z topic:spBv1.0/plant/DDATA/edge-3/press value:1.9",
			"name:alias_9 time:2026-03-07T06:28:01Z topic:spBv1.0/plant/DDATA/edge-3/press value:1",
		}},
		{"syslog.log", analysis.EventKind, "", []string{
			"kind:config scope:{\"app\":\"vision\",\"host\":\"edge-3\"} time:2026-03-07T05:28:00Z title:reloaded settings",
			"kind:other scope:{\"app\":\"app\",\"host\":\"edge-3\"} time:2026-03-07T06:28:02Z title:operator changed the reel",
		}},
		{"torchserve.log", analysis.MetricKind, "", []string{
			"model:hands name:torchserve_ms status:200 time:2026-03-07T06:28:00.125Z value:118",
			"Level:Model ModelName:hands hostname:edge-3 name:PredictionTime_ms time:2026-03-07T06:28:02Z value:83.1",
		}},
		{"yolo", analysis.LabelKind, "", []string{
			"id:20260307_062800 label:hole+stain objects:2",
			"id:20260307_062805 label:stain objects:1",
			"id:20260307_062810 label:none objects:0",
		}},
		{"yolo-predictions", analysis.InferenceKind, "", []string{
			"confidence:0.6 id:20260307_062800 objects:2 prediction:0+1 time:2026-03-07T06:28:00Z",
		}},
	} {
		t.Run(test.sample, func(t *testing.T) {
			r, got := load(t, filepath.Join(samples, test.sample), Options{})
			name, _, _ := strings.Cut(test.sample, ".")
			if !isNamed(r, name) || r.Kind != test.kind || got.err != nil {
				t.Errorf("recognised as %s %s, error %v", r.Format, r.Kind, got.err)
			}
			if got.reasons() != test.rejects {
				t.Errorf("rejects are %q, want %q", got.reasons(), test.rejects)
			}
			var rows []string
			for _, row := range got.rows {
				rows = append(rows, strings.TrimSuffix(strings.TrimPrefix(fmt.Sprint(row), "map["), "]"))
			}
			if !slices.Equal(rows, test.rows) {
				t.Errorf("rows are\n%s\nwant\n%s", strings.Join(rows, "\n"), strings.Join(test.rows, "\n"))
			}
		})
	}
}

// A source that is read on from any batch's end gives the rows that are
// missing, once each: half a record is never left behind.
func TestFormatsResume(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(samples, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		sources, _, err := Find([]string{file})
		if err != nil {
			t.Fatal(err)
		}
		r, all := loadSource(t, sources[0], Options{})
		rest := loaded{fields: map[string]analysis.Field{}}
		for b, err := range sources[0].Read(t.Context(), r, all.offset, nil) {
			if err != nil {
				t.Fatal(err)
			}
			rest.add(t, b)
		}
		if len(rest.rows) > 0 {
			t.Errorf("%s: %d rows again from its end at %d", file, len(rest.rows), all.offset)
		}
	}
}
