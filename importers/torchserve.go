package importers

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"time"

	"andon/analysis"
)

// TorchServe's log mixes calls, metrics and what workers print:
//
//	2024-05-30T21:46:03,625 [INFO ] thread ACCESS_LOG - /127.0.0.1:53514 "POST /predictions/hands HTTP/1.1" 200 118
//	2024-05-30T21:46:03,626 [INFO ] thread TS_METRICS - PredictionTime.ms:83.1|#ModelName:hands|#hostname:h,timestamp:1717105563
//
// A call is the metric torchserve_ms with its model and status, since its
// answer is not logged. Lines are in the server's own zone; a metric's epoch
// tells how far that is from UTC. Source: docs/logging.md of TorchServe.

var _ = register(format{name: "torchserve", certain: true, sniff: func(h head) (dialect, float64, string) {
	good, lines := 0, firstLines(h, 50)
	for _, line := range lines {
		if torchLine.Match(line) {
			good++
		}
	}
	if good == 0 || 2*good < len(lines) {
		return nil, 0, ""
	}
	zone := torchZone(h.text)
	d := lineDialect{parse: func() func([]byte, *row) string {
		return func(line []byte, r *row) string { return torchRow(line, zone, r) }
	}}
	if zone != 0 {
		d.notes = []string{"the log's times are " + zone.String() + " from UTC, by its own metrics' epochs"}
	}
	return d, 1, ""
}})

var _ = addEnvelope(envelope{
	layout:  layout{name: "torchserve", roles: seriesRoles},
	kind:    analysis.MetricKind,
	matches: func(v *value) bool { return v.has("torchserve.line") },
	open: each(func(v *value, out *fan) string {
		r := out.next()
		for i, key := range v.keys {
			if key != "torchserve.line" {
				r.value(key, &v.kids[i])
			}
		}
		return ""
	}),
})

var (
	torchLine   = regexp.MustCompile(`^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d,\d{3}) \[([A-Z]+) *\] (\S+) (\S+) - (.*)$`)
	torchAccess = regexp.MustCompile(`"[A-Z]+ /(?:predictions|explanations|v\d/models)/([^/ ?:]+)[^"]*" (\d{3}) (\d+)`)
	torchMetric = regexp.MustCompile(`([A-Za-z0-9_]+)\.([A-Za-z]+):(-?[\d.]+)\|#([^|]*)\|(?:#type:[A-Z]+\|)?#hostname:([^,]*),(?:timestamp:)?(\d{10})`)
)

// torchRow puts a call or a metric; other lines are passed over.
func torchRow(line []byte, zone time.Duration, r *row) string {
	m := torchLine.FindSubmatch(line)
	if m == nil {
		return "" // the rest of a message of several lines
	}
	at, err := time.Parse("2006-01-02T15:04:05,000", strings.Replace(string(m[1]), " ", "T", 1))
	if err != nil {
		return "the time does not read as 2006-01-02 15:04:05,000"
	}
	at = at.Add(-zone)
	if call := torchAccess.FindSubmatch(m[5]); call != nil {
		torchSample(r, at, "torchserve_ms", call[3])
		r.put("labels.model", textCell, call[1])
		r.put("labels.status", textCell, call[2])
		return ""
	}
	metric := torchMetric.FindSubmatch(m[5])
	if metric == nil {
		return ""
	}
	epoch, _ := strconv.ParseInt(string(metric[6]), 10, 64)
	torchSample(r, time.Unix(epoch, 0), string(metric[1])+"_"+string(metric[2]), metric[3])
	for pair := range bytes.SplitSeq(metric[4], []byte{','}) {
		if key, v, ok := bytes.Cut(bytes.TrimPrefix(pair, []byte{'#'}), []byte{':'}); ok {
			r.put("labels."+string(key), textCell, v)
		}
	}
	r.put("labels.hostname", textCell, metric[5])
	return ""
}

func torchSample(r *row, at time.Time, name string, v []byte) {
	r.text("torchserve.line", "1")
	r.time("time", at)
	r.text("name", name)
	r.put("value", numCell, v)
}

// torchZone is how far the log's times are ahead of UTC, by the first metric
// that has both; 0 where none has.
func torchZone(text []byte) time.Duration {
	for line := range bytes.Lines(text) {
		m := torchLine.FindSubmatch(bytes.TrimRight(line, "\r\n"))
		if m == nil {
			continue
		}
		metric := torchMetric.FindSubmatch(m[5])
		at, err := time.Parse("2006-01-02T15:04:05,000", strings.Replace(string(m[1]), " ", "T", 1))
		if metric == nil || err != nil {
			continue
		}
		epoch, _ := strconv.ParseInt(string(metric[6]), 10, 64)
		return at.Sub(time.Unix(epoch, 0)).Round(15 * time.Minute)
	}
	return 0
}
