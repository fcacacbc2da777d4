package importers

import (
	"bytes"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"andon/analysis"
)

// MLflow's file store keeps a run in files:
//
//	mlruns/EXPERIMENT/RUN/meta.yaml            start_time: 1664364007025, status, run_name
//	mlruns/EXPERIMENT/RUN/metrics/accuracy     1664364007310 0.7858 0      time in ms, value, step
//
// The metrics of a run are one source. A run that began or ended is an event
// of kind deploy: it is when a model was trained, and version and tags say
// which. An experiment's own meta.yaml, parameters and tags say no time and
// are passed over. Source: mlflow/store/tracking/file_store.py.

var _ = register(format{name: "mlflow", certain: true, parts: true, sniff: func(h head) (dialect, float64, string) {
	name := strings.ReplaceAll(h.path, "\\", "/")
	lines := firstLines(h, 20)
	if len(lines) == 0 || path.Base(path.Dir(name)) != "metrics" && lines[0][0] != partMark {
		return nil, 0, ""
	}
	metrics := 0
	for _, line := range lines {
		if _, _, ok := partLine(line); ok {
			continue
		}
		if !mlflowMetric.Match(line) {
			return nil, 0, ""
		}
		metrics++
	}
	if metrics == 0 {
		return nil, 0, ""
	}
	return lineDialect{parse: mlflowMetrics(name)}, 1, ""
}})

var mlflowMetric = regexp.MustCompile(`^(\d{13}) (\S+)( \d+)?$`)

// mlflowMetrics reads the lines of metrics' files; a part's name is the
// metric's, below metrics/, and may hold slashes.
func mlflowMetrics(file string) func() func([]byte, *row) string {
	return func() func([]byte, *row) string {
		metric := metricOf(file)
		return func(line []byte, r *row) string {
			if name, _, ok := partLine(line); ok {
				metric = metricOf(name)
				return ""
			}
			m := mlflowMetric.FindSubmatch(line)
			if m == nil {
				return "not time, value and step"
			}
			ms, _ := strconv.ParseInt(string(m[1]), 10, 64)
			r.time("time", time.UnixMilli(ms))
			r.text("mlflow.metric", metric)
			r.put("value", numCell, m[2])
			return ""
		}
	}
}

func metricOf(file string) string {
	if _, name, found := strings.Cut(file, "metrics/"); found {
		return name
	}
	return path.Base(file)
}

var _ = addEnvelope(envelope{
	layout:  layout{name: "mlflow", roles: map[string]analysis.Role{"time": analysis.RoleTime, "mlflow.metric": analysis.RoleName, "value": analysis.RoleValue}},
	kind:    analysis.MetricKind,
	matches: func(v *value) bool { return v.has("mlflow.metric", "value") },
	open: each(func(v *value, out *fan) string {
		out.next().below("", v)
		return ""
	}),
})

// mlflowRun is a run's meta.yaml.
type mlflowRun struct {
	Run     string `yaml:"run_id"`
	Name    string `yaml:"run_name"`
	Start   int64  `yaml:"start_time"`
	End     int64  `yaml:"end_time"`
	User    string `yaml:"user_id"`
	Version string `yaml:"source_version"`
}

var _ = register(format{name: "mlflow-run", certain: true, sniff: func(h head) (dialect, float64, string) {
	if path.Base(strings.ReplaceAll(h.path, "\\", "/")) != "meta.yaml" && !bytes.Contains(h.text, []byte("\nlifecycle_stage:")) {
		return nil, 0, ""
	}
	var run mlflowRun
	if err := yaml.Unmarshal(h.text, &run); err != nil || !bytes.Contains(h.text, []byte("lifecycle_stage:")) {
		return nil, 0, ""
	}
	if run.Run == "" || run.Start == 0 {
		return nil, 0, "an MLflow experiment's own description, which holds no run"
	}
	return wholeDialect{func(text []byte) *row { return run.row() }}, 1, ""
}})

func (m mlflowRun) row() *row {
	r := &row{}
	r.text("mlflow.run", m.Run)
	r.time("time", time.UnixMilli(m.Start))
	if m.End > 0 {
		r.time("end", time.UnixMilli(m.End))
	}
	name := m.Name
	if name == "" {
		name = m.Run[:min(len(m.Run), 8)]
	}
	r.text("title", "training run "+name+" by "+m.User)
	r.text("detail", m.Version)
	return r
}

var _ = addEnvelope(envelope{
	layout:  layout{name: "mlflow-run", roles: changeRoles},
	kind:    analysis.EventKind,
	matches: func(v *value) bool { return v.has("mlflow.run", "title") },
	open: each(func(v *value, out *fan) string {
		r := out.next()
		for i, key := range v.keys {
			if key != "mlflow.run" {
				r.value(key, &v.kids[i])
			}
		}
		r.text("kind", "deploy")
		return ""
	}),
})
