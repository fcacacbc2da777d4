package importers

import (
	"andon/analysis"
)

// Prometheus' HTTP API answers a query with series:
//
//	{"status":"success","data":{"resultType":"matrix","result":[
//	  {"metric":{"__name__":"up","job":"andon"},"values":[[1435781430.781,"1"], ...]}]}}
//
// Values are texts, among them NaN and +Inf, which are no numbers here.
// Source: docs/querying/api.md of Prometheus.

var seriesRoles = map[string]analysis.Role{"time": analysis.RoleTime, "name": analysis.RoleName, "value": analysis.RoleValue}

var _ = addEnvelope(envelope{
	layout: layout{name: "prometheus-json", roles: seriesRoles},
	kind:   analysis.MetricKind,
	matches: func(v *value) bool {
		kind := v.get("data", "resultType").str()
		return kind == "matrix" || kind == "vector" || kind == "scalar"
	},
	open: each(func(v *value, out *fan) string {
		if status := v.get("status").str(); status != "" && status != "success" {
			return rejectf("the server answered %.40q: %.200s", status, v.get("error").str())
		}
		result := v.get("data", "result")
		if v.get("data", "resultType").str() == "scalar" {
			prometheusSample(result, &value{kind: objectCell}, out)
			return ""
		}
		for i := range result.list() {
			series := &result.kids[i]
			prometheusSample(series.get("value"), series.get("metric"), out)
			for k := range series.get("values").list() {
				prometheusSample(&series.get("values").kids[k], series.get("metric"), out)
			}
		}
		return ""
	}),
})

// prometheusSample puts [time, "value"] of a series.
func prometheusSample(v, metric *value, out *fan) {
	pair := v.list()
	if len(pair) != 2 {
		return
	}
	if _, ok := pair[1].number(); !ok {
		return
	}
	r := out.next()
	r.value("time", &pair[0])
	r.value("value", &value{kind: numCell, text: pair[1].text})
	name := "value"
	for i, key := range orEmpty(metric).keys {
		if key == promName {
			name = metric.kids[i].str()
			continue
		}
		r.value("labels."+key, &metric.kids[i])
	}
	r.text("name", name)
}
