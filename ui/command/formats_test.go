package command

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"andon/analysis"
	"andon/analysis/analysistest"
	"andon/importers"
	"andon/store"
)

// formatDirs are the directories of files that others made: the kinds of
// records that importing one brings, with their roles, and who else counts
// them. Which file becomes what stands in the table of importers.
var formatDirs = []struct {
	dir   string
	kinds map[analysis.Kind]string // roles, or the reason where nothing loads, under ""
	count map[analysis.Kind]counter
}{
	{"azureml_mdc", of(ofInferences, "id model_version prediction time"), by(ofInferences, half(jsonRecords("*.jsonl")))},
	{"bentoml_monitoring", both(of(ofInferences, "id prediction time"), of(ofEvents, "kind time title")),
		both(by(ofInferences, jsonRecords("data*.log")), by(ofEvents, jsonRecords("schema*.log")))},
	{"coco_results", of(ofInferences, "confidence id prediction time"), by(ofInferences, distinct("image_id", "*.json"))},
	{"csv_torture", of(ofMetrics, "time"), by(ofMetrics, plus(numbers("mtr-utf-8.csv", "Start_Time"), numbers("time_date_timestamp_*.csv", "ts")))},
	{"deepstream", of(ofInferences, "confidence id model_version prediction time"), by(ofInferences, jsonRecords("*.jsonl"))},
	{"evidently", of(ofInferences, "prediction time"), by(ofInferences, parquetRows("*.parquet"))},
	{"frigate", of(ofInferences, "confidence id model model_version prediction time"), by(ofInferences, under("", "events.json"))},
	{"github", of(ofEvents, "kind time title"), by(ofEvents, plus(jsonRecords("deployment*.json"), jsonRecords("release*.json"), jsonRecords("workflow*.json")))},
	{"images", of(ofFrames, ""), by(ofFrames, files("*/*.jpg", "*/*.png"))},
	{"k8s_events", of(ofEvents, "kind time title"), by(ofEvents, plus(under("items", "eventlist*.json"), jsonRecords("watch*.json")))},
	{"kafka", of("", "nothing to load"), nil},
	{"kserve_logger", of(ofInferences, "confidence id latency_ms model model_version prediction time"),
		by(ofInferences, plus(jsonRecords("batch2.json"), files("batch2.csv", "batch2.parquet"), matching(func(line string) bool { return strings.TrimRight(line, ",") == "      1" }, "message*.txt")))},
	{"mlflow", both(of(ofMetrics, "name time value"), of(ofEvents, "kind time title")),
		both(by(ofMetrics, textLines("mlruns/*/*/metrics/*")), by(ofEvents, files("mlruns/*/*/meta.yaml")))},
	{"nannyml", both(of(ofInferences, "id prediction time"), of(ofLabels, "id label")),
		both(by(ofInferences, plus(parquetRows("*reference.pq"), parquetRows("*every3rd.parquet"))), by(ofLabels, parquetRows("*target.pq")))},
	{"otlp", both(of(ofMetrics, "name time value"), of(ofEvents, "kind time title")),
		both(by(ofMetrics, plus(matches("\"asDouble\"", "metrics.json", "*exporter.jsonl"), matches("\"count\"", "metrics.json", "*exporter.jsonl"), matches("\"count\"", "metrics.json", "*exporter.jsonl"))),
			by(ofEvents, matches("\"logRecords\"", "events.json", "*exporter.jsonl")))},
	{"parquet_torture", of("", "no time column found"), nil},
	{"prometheus", of(ofMetrics, "name time value"), by(ofMetrics, plus(promSamples("*.prom", "*.om.txt", "*.prom.txt"), promSeries("query_range.json")))},
	{"roboflow_inference", both(of(ofInferences, "confidence prediction time"), of(ofMetrics, "time")),
		both(by(ofInferences, csvRows("predictions.csv")), by(ofMetrics, numbers("*by_class_per_interval.csv", "minutes")))},
	{"sagemaker_datacapture", both(of(ofInferences, "confidence id label prediction time"), of(ofLabels, "id label")),
		both(by(ofLabels, jsonRecords("ground_truth*")), by(ofInferences, plus(matches("predicted_label", "*.capture.jsonl", "*.merged.jsonl"), matching(csvOutput, "*.capture.jsonl"))))},
	{"sparkplug", of(ofMetrics, "name time value"), by(ofMetrics, matches("\"Boolean\"", "*.jsonl"))},
	{"syslog", of(ofEvents, "kind time title"), by(ofEvents, textLines("*_udp.txt", "octet*.txt"))},
	{"torchserve", of(ofMetrics, "name time value"), by(ofMetrics, plus(promLines("*.prom"), matching(torchSample, "*.log")))},
	{"triton", of(ofMetrics, "name time value"), by(ofMetrics, promLines("*.prom"))},
	{"yolo_garment_faults", both(of(ofLabels, "id label"), of(ofInferences, "confidence id prediction time")),
		both(by(ofLabels, files("labels/*.txt")), by(ofInferences, files("labels/*.txt")))},
}

const (
	ofInferences = analysis.InferenceKind
	ofLabels     = analysis.LabelKind
	ofMetrics    = analysis.MetricKind
	ofEvents     = analysis.EventKind
	ofFrames     = analysis.FrameKind
)

func of(kind analysis.Kind, roles string) map[analysis.Kind]string {
	return map[analysis.Kind]string{kind: roles}
}

func by(kind analysis.Kind, c counter) map[analysis.Kind]counter {
	return map[analysis.Kind]counter{kind: c}
}

func both[V any](a, b map[analysis.Kind]V) map[analysis.Kind]V {
	maps.Copy(a, b)
	return a
}

// Every directory is recognised: kinds, roles and rows, the rows as a simple
// reading by others (encoding/json, encoding/csv, a Parquet footer) counts them.
func TestImportEveryFormatDirectory(t *testing.T) {
	root := analysistest.Shared(t, "formats")
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(formatDirs) {
		t.Errorf("%d directories of formats, and %d in the table", len(entries), len(formatDirs))
	}
	for _, c := range formatDirs {
		t.Run(c.dir, func(t *testing.T) {
			dir := filepath.Join(root, c.dir)
			rows, roles, err := importDir(t, dir)
			if want, refused := c.kinds[""]; refused {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("loaded %v, %v; want a refusal: %s", rows, err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !maps.Equal(roles, c.kinds) {
				t.Errorf("kinds and roles %v, want %v", roles, c.kinds)
			}
			for kind, count := range c.count {
				if want := count(t, dir); rows[kind] != int64(want) || want == 0 {
					t.Errorf("%d %s records, counted %d", rows[kind], kind, want)
				}
			}
		})
	}
}

// importDir imports a directory and tells rows and named roles by kind.
func importDir(t *testing.T, dir string) (map[analysis.Kind]int64, map[analysis.Kind]string, error) {
	t.Helper()
	now := time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC)
	file, err := store.Create(t.Context(), filepath.Join(t.TempDir(), "x.andon"), now)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	sources, skipped, err := importers.Find([]string{dir})
	if err != nil {
		return nil, nil, err
	}
	result, err := (&loader{file: file, now: func() time.Time { return now }}).load(t.Context(), sources, skipped)
	rows, roles := map[analysis.Kind]int64{}, map[analysis.Kind]map[string]bool{}
	for _, l := range result.loaded {
		if l.added == 0 {
			continue
		}
		kind := l.source.Kind
		rows[kind] += l.added
		if roles[kind] == nil {
			roles[kind] = map[string]bool{}
		}
		for _, f := range l.source.Fields {
			if f.Role.Named() && f.Path != "" && f.Role != analysis.RoleEnd && f.Role != analysis.RoleDetail && kind != ofFrames {
				roles[kind][string(f.Role)] = true
			}
		}
	}
	lists := map[analysis.Kind]string{}
	for kind, set := range roles {
		lists[kind] = strings.Join(slices.Sorted(maps.Keys(set)), " ")
	}
	return rows, lists, err
}

// A histogram is its count and its sum; Sparkplug's texts and its bdSeq are no
// metrics; times before 2000, as in Prometheus' own examples, are rejected, and
// NaN and Inf are no values. An event that another file told, word for word,
// is not kept twice: OTLP's others hold the record of the exporter's lines, two
// of syslog's the lines of the other two. By hand:
//
//	grep -o predicted_label *.jsonl | wc -l
//	jq '[.data.result[].values | length] | add' query_range.json
//	jq '[.. | objects | .logRecords // empty | length] | add' *exporter.jsonl events.json
//	grep -c -e '|#' -e /predictions/ ts_log_excerpts.log

// counter counts records of a directory without Andon.
type counter func(t *testing.T, dir string) int

func each(patterns []string, count func(path string) (int, error)) counter {
	return func(t *testing.T, dir string) int {
		t.Helper()
		total := 0
		for _, pattern := range patterns {
			paths, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil || len(paths) == 0 {
				t.Errorf("%s matches %d files, %v", pattern, len(paths), err)
			}
			for _, path := range paths {
				n, err := count(path)
				if err != nil {
					t.Fatalf("%s: %v", path, err)
				}
				total += n
			}
		}
		return total
	}
}

func plus(counters ...counter) counter {
	return func(t *testing.T, dir string) (total int) {
		for _, c := range counters {
			total += c(t, dir)
		}
		return total
	}
}

// half is for records that come as request and response.
func half(c counter) counter {
	return func(t *testing.T, dir string) int { return c(t, dir) / 2 }
}

func files(patterns ...string) counter {
	return each(patterns, func(string) (int, error) { return 1, nil })
}

func textLines(patterns ...string) counter {
	return matching(func(line string) bool { return strings.TrimSpace(line) != "" }, patterns...)
}

// promLines are the lines of Prometheus' text that are no comment.
func promLines(patterns ...string) counter {
	return matching(func(line string) bool {
		line = strings.TrimSpace(line)
		return line != "" && line[0] != '#'
	}, patterns...)
}

func matches(text string, patterns ...string) counter {
	return each(patterns, func(path string) (int, error) {
		all, err := os.ReadFile(path)
		return strings.Count(string(all), text), err
	})
}

// torchSample reports whether a line is a metric of TorchServe or a call's latency.
func torchSample(line string) bool {
	return strings.Contains(line, "|#") || strings.Contains(line, "/predictions/")
}

// promSamples are the lines of Prometheus' text with a finite value, and no time
// or one from 2000 on: in seconds with a fraction, in milliseconds without.
func promSamples(patterns ...string) counter {
	return matching(func(line string) bool {
		line, _, _ = strings.Cut(strings.TrimSpace(line), " # ")
		if line == "" || line[0] == '#' {
			return false
		}
		if at := strings.LastIndexByte(line, '}'); at >= 0 {
			line = "name " + line[at+1:]
		}
		fields := append(strings.Fields(line), "946684800.0")
		value, err := strconv.ParseFloat(fields[1], 64)
		at, _ := strconv.ParseFloat(fields[2], 64)
		if !strings.Contains(fields[2], ".") {
			at /= 1000
		}
		return err == nil && !math.IsNaN(value) && !math.IsInf(value, 0) && at >= 946684800
	}, patterns...)
}

// promSeries counts the pairs of time and value in an answer of Prometheus.
func promSeries(pattern string) counter {
	return decoded(func(value any) (n int) {
		data, _ := value.(map[string]any)["data"].(map[string]any)
		list, _ := data["result"].([]any)
		for _, one := range list {
			values, _ := one.(map[string]any)["values"].([]any)
			n += len(values)
		}
		return n
	}, pattern)
}

// csvOutput reports whether a captured call answered with one row of CSV.
func csvOutput(line string) bool {
	_, output, _ := strings.Cut(line, `"endpointOutput"`)
	output, _, _ = strings.Cut(output, "}")
	return strings.Contains(output, `"CSV"`)
}

func matching(is func(string) bool, patterns ...string) counter {
	return each(patterns, func(path string) (n int, err error) {
		file, err := os.Open(path)
		if err != nil {
			return 0, err
		}
		defer file.Close()
		scanner := bufio.NewScanner(file)
		for scanner.Scan() {
			if is(scanner.Text()) {
				n++
			}
		}
		return n, scanner.Err()
	})
}

// decoded gives each JSON value of the files, one after another.
func decoded(count func(value any) int, patterns ...string) counter {
	return each(patterns, func(path string) (n int, err error) {
		file, err := os.Open(path)
		if err != nil {
			return 0, err
		}
		defer file.Close()
		for d := json.NewDecoder(file); ; {
			var value any
			if err := d.Decode(&value); errors.Is(err, io.EOF) {
				return n, nil
			} else if err != nil {
				return n, err
			}
			n += count(value)
		}
	})
}

func jsonRecords(patterns ...string) counter {
	return decoded(func(any) int { return 1 }, patterns...)
}

// under counts the elements of a list: the value itself, or what is at the key.
func under(key string, patterns ...string) counter {
	return decoded(func(value any) int {
		if object, ok := value.(map[string]any); ok {
			value = object[key]
		}
		list, _ := value.([]any)
		return len(list)
	}, patterns...)
}

// distinct counts the different values that the objects of a list have at a key.
func distinct(key string, patterns ...string) counter {
	return decoded(func(value any) int {
		seen := map[string]bool{}
		list, _ := value.([]any)
		for _, object := range list {
			seen[fmt.Sprint(object.(map[string]any)[key])] = true
		}
		return len(seen)
	}, patterns...)
}

func cells(path string) ([][]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.FieldsPerRecord = -1
	return r.ReadAll()
}

func csvRows(patterns ...string) counter {
	return each(patterns, func(path string) (int, error) {
		rows, err := cells(path)
		return len(rows) - 1, err
	})
}

// numbers counts the cells that are numbers, but for the column of times: each
// is a value of a metric.
func numbers(pattern, time string) counter {
	return each([]string{pattern}, func(path string) (n int, err error) {
		rows, err := cells(path)
		if err != nil {
			return 0, err
		}
		for _, row := range rows[1:] {
			for i, cell := range row {
				var v float64
				if json.Unmarshal([]byte(cell), &v) == nil && rows[0][i] != time {
					n++
				}
			}
		}
		return n, nil
	})
}

// parquetRows is the number of rows that a Parquet file says it has.
func parquetRows(pattern string) counter {
	return each([]string{pattern}, func(path string) (int, error) {
		file, err := os.Open(path)
		if err != nil {
			return 0, err
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil {
			return 0, err
		}
		p, err := parquet.OpenFile(file, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
		if err != nil {
			return 0, err
		}
		return int(p.NumRows()), nil
	})
}
