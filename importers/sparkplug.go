package importers

import (
	"fmt"
	"time"

	"andon/analysis"
)

// Sparkplug B is what OPC gateways publish over MQTT. Its messages are
// protobuf, but tools print them as
//
//	{"topic":"spBv1.0/GROUP/DDATA/NODE/DEVICE","payload":{"timestamp":1486144502122,"metrics":[
//	  {"name":"Inputs/A","alias":3,"timestamp":..,"dataType":"Boolean","value":true}]}}
//
// A birth names each metric and its alias; data may carry the alias alone.
// True is 1. Values that are text, such as a recipe's name, are no metric and
// are counted. Source: the Sparkplug specification, chapter 6.

var _ = addEnvelope(envelope{
	layout:  layout{name: "sparkplug", roles: seriesRoles},
	kind:    analysis.MetricKind,
	matches: func(v *value) bool { return v.has("metrics", "timestamp") && v.get("metrics").is(listCell) },
	open:    func(origin) unpacker { return &sparkplug{names: map[string]string{}} },
})

type sparkplug struct {
	names    map[string]string // alias → name
	texts    int
	nameless int
}

func (s *sparkplug) holds() bool { return false }

func (s *sparkplug) close(*fan) []string {
	var notes []string
	if s.texts > 0 {
		notes = append(notes, fmt.Sprintf("%d values are texts and no metric; they were left out", s.texts))
	}
	if s.nameless > 0 {
		notes = append(notes, fmt.Sprintf("%d values have an alias that no birth message here names; they are called alias_N", s.nameless))
	}
	return notes
}

func (s *sparkplug) unpack(v *value, out *fan) string {
	for i := range v.get("metrics").list() {
		m := &v.get("metrics").kids[i]
		name := s.name(m)
		number, ok := sparkplugNumber(m.get("value"))
		if name == "bdSeq" || m.get("is_null").is(trueCell) {
			continue
		}
		if !ok {
			s.texts++
			continue
		}
		r := out.next()
		at := m.get("timestamp")
		if at == nil {
			at = v.get("timestamp")
		}
		if ms, ok := at.number(); ok {
			r.time("time", time.UnixMilli(int64(ms)))
		}
		r.text("name", name)
		r.number("value", number)
	}
	return ""
}

// name is a metric's name, by its alias where it has no other.
func (s *sparkplug) name(m *value) string {
	name, alias := m.get("name").str(), m.get("alias").str()
	switch {
	case name != "" && alias != "":
		s.names[alias] = name
	case name == "" && s.names[alias] != "":
		return s.names[alias]
	case name == "":
		s.nameless++
		return "alias_" + alias
	}
	return name
}

func sparkplugNumber(v *value) (float64, bool) {
	switch {
	case v.is(trueCell):
		return 1, true
	case v.is(falseCell):
		return 0, true
	case v.is(numCell):
		return v.number()
	}
	return 0, false
}
