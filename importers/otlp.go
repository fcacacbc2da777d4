package importers

import (
	"strconv"
	"strings"
	"time"

	"andon/analysis"
)

// OpenTelemetry's collector writes export requests as JSON, one a line, each
// with many records under one resource:
//
//	{"resourceLogs":[{"resource":{"attributes":[..]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"15..","body":{..},"attributes":[..]}]}]}]}
//	{"resourceMetrics":[{"resource":{..},"scopeMetrics":[{"metrics":[{"name":..,"gauge":{"dataPoints":[..]}}]}]}]}
//
// Log records whose attributes hold an answer of a model are inferences, the
// others change events. Of a histogram, count and sum are metrics. Numbers of
// 64 bits are texts there. Source: opentelemetry-proto's JSON mapping and the
// collector's fileexporter.

var _ = addEnvelope(envelope{
	layout:  layout{name: "otlp-logs", roles: otlpRoles, columns: map[string]string{"service.name": "service"}},
	matches: func(v *value) bool { return v.get("resourceLogs").is(listCell) },
	open:    func(o origin) unpacker { return &otlpLogs{others: others{loaded: o.view != ""}} },
})

var _ = addEnvelope(envelope{
	layout:  layout{name: "otlp-metrics", roles: seriesRoles},
	kind:    analysis.MetricKind,
	matches: func(v *value) bool { return v.get("resourceMetrics").is(listCell) },
	open:    func(o origin) unpacker { return &otlpMetrics{others{loaded: o.view != ""}} },
})

var otlpRoles = map[string]analysis.Role{"time": analysis.RoleTime, "service.version": analysis.RoleVersion, "service.name": analysis.RoleModel}

// resources visits each list of records below a request's resources, with the
// resource's attributes.
func resources(v *value, of, scopes, records string, visit func(resource, record *value)) {
	for i := range v.get(of).list() {
		r := &v.get(of).kids[i]
		for k := range r.get(scopes).list() {
			scope := &r.get(scopes).kids[k]
			for n := range scope.get(records).list() {
				visit(r.get("resource", "attributes"), &scope.get(records).kids[n])
			}
		}
	}
}

// others counts the requests of another signal in the same file, unless they
// are loaded as a source of their own.
type others struct {
	loaded bool
	n      int
}

func (o *others) pass(v *value, wanted string) bool {
	if v.has(wanted) {
		return false
	}
	o.n++
	return true
}

func (o *others) note() []string {
	if o.n == 0 || o.loaded {
		return nil
	}
	return []string{strconv.Itoa(o.n) + " requests of another signal are in the same file and were passed over; split the file to load them too"}
}

type otlpLogs struct {
	others  others
	chatter chatter
}

func (o *otlpLogs) holds() bool { return false }
func (o *otlpLogs) close(*fan) []string {
	return append(o.others.note(), o.chatter.note("the log")...)
}

func (o *otlpLogs) unpack(v *value, out *fan) string {
	if o.others.pass(v, "resourceLogs") {
		return ""
	}
	resources(v, "resourceLogs", "scopeLogs", "logRecords", func(resource, record *value) {
		var r row
		nanoTime(&r, record, "timeUnixNano", "observedTimeUnixNano")
		attributes(&r, "", resource)
		attributes(&r, "", record.get("attributes"))
		body := record.get("body")
		if inner := body.get("kvlistValue"); inner != nil {
			attributes(&r, "", inner.get("values"))
		}
		if answers(&r) {
			*out.next() = r
			return
		}
		line := strings.TrimSpace(firstOf(record, "eventName") + " " + anyText(body))
		number, _ := record.get("severityNumber").number()
		severity := otlpSeverity(number)
		if record.get("eventName").str() != "" {
			severity = notice // whoever names an event means it
		}
		if e := o.chatter.change(out, line, severity); e != nil {
			*e = joinRows(*e, scoped(r))
		}
	})
	return ""
}

// answers reports whether a row holds what a model said.
func answers(r *row) bool {
	for _, path := range r.paths {
		words := foldPath(path)
		if match(words, answerWords) > 0 {
			return true
		}
	}
	return false
}

var answerWords = words("prediction predicted_class predicted_label y_pred verdict confidence")

// scoped is the row with all but its time below scope.
func scoped(r row) row {
	for i, path := range r.paths {
		if path != "time" {
			r.paths[i] = "scope." + strings.ReplaceAll(path, ".", "_")
		}
	}
	return r
}

// otlpSeverity is OTLP's severity on syslog's scale: 9-12 is info there. None
// at all is taken for a notice, since nobody said that it is chatter.
func otlpSeverity(n float64) int {
	switch {
	case n == 0 || n >= 10 && n < 13:
		return notice
	case n >= 13:
		return 4
	case n == 9:
		return 6
	}
	return 7
}

// nanoTime puts the first of the times that is set.
func nanoTime(r *row, v *value, keys ...string) {
	for _, key := range keys {
		if ns, err := strconv.ParseInt(v.get(key).str(), 10, 64); err == nil && ns > 0 {
			r.time("time", time.Unix(0, ns))
			return
		}
	}
}

// attributes puts a list of key and value.
func attributes(r *row, below string, list *value) {
	for i := range list.list() {
		if r.full() {
			return
		}
		a := &list.kids[i]
		path := below + a.get("key").str()
		if kv := a.get("value", "kvlistValue"); kv != nil {
			attributes(r, path+".", kv.get("values"))
			continue
		}
		if v := anyValue(a.get("value")); v != nil {
			r.value(path, v)
		}
	}
}

// anyValue is the scalar in OTLP's union of types, or nil.
func anyValue(v *value) *value {
	for _, key := range []string{"stringValue", "intValue", "doubleValue", "boolValue"} {
		if inner := v.get(key); inner != nil {
			if key == "intValue" && inner.kind == textCell {
				return &value{kind: numCell, text: inner.text}
			}
			return inner
		}
	}
	return nil
}

// anyText is a body as a line of text.
func anyText(v *value) string {
	if s := anyValue(v); s != nil {
		return s.str()
	}
	if kv := v.get("kvlistValue", "values"); kv != nil {
		return string(kv.raw)
	}
	return ""
}

type otlpMetrics struct{ others others }

func (o *otlpMetrics) holds() bool         { return false }
func (o *otlpMetrics) close(*fan) []string { return o.others.note() }

func (o *otlpMetrics) unpack(v *value, out *fan) string {
	if o.others.pass(v, "resourceMetrics") {
		return ""
	}
	resources(v, "resourceMetrics", "scopeMetrics", "metrics", func(resource, metric *value) {
		for _, shape := range []string{"gauge", "sum", "histogram", "exponentialHistogram", "summary"} {
			points := metric.get(shape, "dataPoints")
			for i := range points.list() {
				otlpPoint(out, metric.get("name").str(), resource, &points.kids[i])
			}
		}
	})
	return ""
}

// otlpPoint puts a point: its value, or count and sum where it has many.
func otlpPoint(out *fan, name string, resource, p *value) {
	for _, part := range []struct{ key, suffix string }{{"asDouble", ""}, {"asInt", ""}, {"count", "_count"}, {"sum", "_sum"}} {
		v, ok := p.get(part.key).number()
		if !ok {
			continue
		}
		r := out.next()
		nanoTime(r, p, "timeUnixNano", "startTimeUnixNano")
		r.text("name", name+part.suffix)
		r.number("value", v)
		attributes(r, "labels.", resource)
		attributes(r, "labels.", p.get("attributes"))
	}
}
