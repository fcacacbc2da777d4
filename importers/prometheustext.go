package importers

import (
	"bytes"
	"math"
	"regexp"
	"strings"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"

	"andon/analysis"
)

// Prometheus' text is what /metrics serves and what promtool dumps, a sample a
// line:
//
//	# TYPE up gauge
//	nv_inference_count{model="hands",version="1"} 37 1435781430781    time in ms
//	up{job="andon"} 1 1700226034.330                                   OpenMetrics: in seconds
//
// A scrape carries no time: the file's own stands for all its samples, and a
// rate takes two scrapes. Counters stay counters: a delta is not a value that
// anybody logged. Exemplars are left out. Each line is parsed by Prometheus'
// own parser. Source: prometheus/docs, exposition formats; OpenMetrics 1.0.

var _ = register(format{name: "prometheus", certain: true, sniff: sniffPrometheus})

var _ = addEnvelope(envelope{
	layout:  layout{name: "prometheus", roles: map[string]analysis.Role{"time": analysis.RoleTime, fileTime: analysis.RoleTime, "name": analysis.RoleName, "value": analysis.RoleValue}},
	kind:    analysis.MetricKind,
	matches: func(v *value) bool { return v.has("prometheus.series", "value") },
	open:    func(o origin) unpacker { return &scrape{origin: o} },
})

// prometheusLine is a sample: name or braces, a value, perhaps a time.
var prometheusLine = regexp.MustCompile(`^([a-zA-Z_:][\w:.]*\s*)?(\{.*\})?\s*([-+]?[\d.][\d.eE+-]*|[-+]?Inf|NaN)(\s+-?\d+(\.\d+)?)?(\s+#.*)?$`)

// nameFirst is how promtool's dump writes a series: the name as a label.
var nameFirst = regexp.MustCompile(`^\{__name__="([a-zA-Z_:][\w:]*)"(?:,\s*)?`)

func sniffPrometheus(h head) (dialect, float64, string) {
	good, all, typed, open := 0, 0, false, bytes.Contains(h.text, []byte("# EOF"))
	for _, line := range firstLines(h, 200) {
		if line[0] == '#' {
			typed = typed || bytes.HasPrefix(line, []byte("# TYPE ")) || bytes.HasPrefix(line, []byte("# HELP "))
			open = open || bytes.HasPrefix(line, []byte("# UNIT "))
			continue
		}
		all++
		if m := prometheusLine.FindSubmatch(line); m != nil && len(m[1])+len(m[2]) > 0 {
			good++
			typed = typed || len(m[2]) > 0
			open = open || bytes.IndexByte(m[4], '.') >= 0
		}
	}
	if !typed || 10*good < 7*all || all == 0 {
		return nil, 0, ""
	}
	return lineDialect{parse: func() func([]byte, *row) string { return promSamples(open) }}, 1, ""
}

// promSamples reads lines by one of the two parsers.
func promSamples(open bool) func(line []byte, r *row) string {
	table := labels.NewSymbolTable()
	return func(line []byte, r *row) string {
		line = bytes.TrimSpace(line)
		if line[0] == '#' {
			return ""
		}
		line = nameFirst.ReplaceAll(line, []byte("$1{"))
		var p textparse.Parser
		if open {
			p = textparse.NewOpenMetricsParser(append(bytes.Clone(line), "\n# EOF\n"...), table)
		} else {
			p = textparse.NewPromParser(append(bytes.Clone(line), '\n'), table, false)
		}
		for {
			entry, err := p.Next()
			if err != nil {
				return "not a sample of Prometheus: " + err.Error()
			}
			if entry == textparse.EntrySeries {
				return promSample(p, r)
			}
		}
	}
}

// promName is the label in which Prometheus keeps the metric's name.
const promName = "__name__"

func promSample(p textparse.Parser, r *row) string {
	_, at, v := p.Series()
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "" // no number: a summary of nothing, a bound
	}
	r.text("prometheus.series", "1")
	if at != nil {
		r.time("time", time.UnixMilli(*at))
	}
	r.number("value", v)
	var l labels.Labels
	p.Labels(&l)
	l.Range(func(l labels.Label) {
		if l.Name == promName {
			r.text("name", l.Value)
		} else {
			r.text("labels."+strings.ReplaceAll(l.Name, ".", "_"), l.Value)
		}
	})
	return ""
}

// scrape gives samples without a time the file's.
type scrape struct {
	origin  origin
	undated bool
}

func (s *scrape) holds() bool { return false }

func (s *scrape) close(*fan) []string {
	if !s.undated {
		return nil
	}
	return []string{"a scrape carries no time; the file's own stands for it, and a rate takes two scrapes"}
}

func (s *scrape) unpack(v *value, out *fan) string {
	r := out.next()
	if v.get("time") == nil {
		s.undated = true
		s.origin.when(r, "")
	}
	for i, key := range v.keys {
		if key != "prometheus.series" {
			r.value(key, &v.kids[i])
		}
	}
	return ""
}
