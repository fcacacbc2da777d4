package importers

import "andon/analysis"

// OPC Publisher sends what an OPC UA server says, a message a value, alone or
// in an array:
//
//	{"NodeId":"ns=2;s=Lamp","ApplicationUri":"urn:press","DisplayName":"Lamp",
//	 "Value":{"Value":2.1,"SourceTimestamp":"2026-03-07T06:28:00Z"}}
//
// A truth value is 1 or 0. Text is no metric and a reject. Source: the
// telemetry format of Microsoft's OPC Publisher 2.x.

var _ = addEnvelope(envelope{
	layout:  layout{name: "opc", roles: seriesRoles},
	kind:    analysis.MetricKind,
	matches: func(v *value) bool { return v.has("NodeId") && v.get("Value").has("Value", "SourceTimestamp") },
	open: each(func(v *value, out *fan) string {
		number, ok := sparkplugNumber(v.get("Value", "Value"))
		if !ok {
			return "the value is no number"
		}
		r := out.next()
		r.value("time", v.get("Value", "SourceTimestamp"))
		r.text("name", firstOf(v, "DisplayName", "NodeId"))
		r.number("value", number)
		r.value("labels.ApplicationUri", v.get("ApplicationUri"))
		return ""
	}),
})
