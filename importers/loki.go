package importers

import (
	"strconv"
	"strings"
	"time"

	"andon/analysis"
)

// Loki's lines are text with labels; logcli prints them one a line, the API as
// streams:
//
//	{"labels":{"app":"vision"},"line":"model version 3.2 loaded","timestamp":"2026-03-07T06:28:00Z"}
//	{"data":{"resultType":"streams","result":[{"stream":{..},"values":[["1772864880000000000","line"]]}]}}
//
// journald's export says the same with keys of its own, its priority on
// syslog's scale:
//
//	{"__REALTIME_TIMESTAMP":"1772864880000000","MESSAGE":"Started vision.service","PRIORITY":"6","_HOSTNAME":"edge-3"}
//
// What a line tells is found by its words; see changeWords. Sources: Loki's
// HTTP API and logcli; systemd's Journal JSON Format.

var _ = addEnvelope(envelope{
	layout: layout{name: "loki", roles: changeRoles},
	kind:   analysis.EventKind,
	matches: func(v *value) bool {
		return v.has(logcliLabels) || v.has("line", "timestamp") && (len(v.keys) == 2 || len(v.keys) == 3 && v.get("labels").is(objectCell)) ||
			v.get("data", "resultType").str() == "streams"
	},
	open: func(origin) unpacker { return &loki{} },
})

var _ = addEnvelope(envelope{
	layout:  layout{name: "journald", roles: changeRoles},
	kind:    analysis.EventKind,
	matches: func(v *value) bool { return v.has("MESSAGE") && (v.has("__REALTIME_TIMESTAMP") || v.has("__CURSOR")) },
	open:    func(origin) unpacker { return &journald{} },
})

type loki struct{ chatter chatter }

func (l *loki) holds() bool         { return false }
func (l *loki) close(*fan) []string { return l.chatter.note("Loki") }

func (l *loki) unpack(v *value, out *fan) string {
	if line := v.get("line"); line != nil {
		labels := v.get("labels")
		if text := v.get(logcliLabels); text != nil {
			labels = logcliSet(text.text)
		}
		if r := l.chatter.change(out, line.str(), levelOf(labels)); r != nil {
			r.value("time", v.get("timestamp"))
			scopeOf(r, labels)
		}
		return ""
	}
	for i := range v.get("data", "result").list() {
		stream := &v.get("data", "result").kids[i]
		for k := range stream.get("values").list() {
			pair := stream.get("values").kids[k].list()
			if len(pair) < 2 {
				continue
			}
			r := l.chatter.change(out, pair[1].str(), levelOf(stream.get("stream")))
			if ns, err := strconv.ParseInt(pair[0].str(), 10, 64); r != nil && err == nil {
				r.time("time", time.Unix(0, ns))
				scopeOf(r, stream.get("stream"))
			}
		}
	}
	return ""
}

// scopeOf puts labels as the scope, but for the level, which is of the line.
func scopeOf(r *row, labels *value) {
	for i, key := range orEmpty(labels).keys {
		if key != "level" && key != "detected_level" && key != "severity" {
			r.value("scope."+key, &labels.kids[i])
		}
	}
}

// levelOf is a stream's level on syslog's scale; a notice where it has none.
func levelOf(labels *value) int {
	switch level := strings.ToLower(firstOf(labels, "level", "detected_level", "severity")); {
	case strings.HasPrefix(level, "err"), level == "fatal", level == "critical":
		return 3
	case strings.HasPrefix(level, "warn"):
		return 4
	case level == "info":
		return 6
	case level == "debug", level == "trace":
		return 7
	}
	return notice
}

type journald struct{ chatter chatter }

func (j *journald) holds() bool         { return false }
func (j *journald) close(*fan) []string { return j.chatter.note("the journal") }

func (j *journald) unpack(v *value, out *fan) string {
	severity, err := strconv.Atoi(v.get("PRIORITY").str())
	if err != nil {
		severity = 6
	}
	r := j.chatter.change(out, journalText(v.get("MESSAGE")), severity)
	if r == nil {
		return ""
	}
	for _, key := range []string{"_SOURCE_REALTIME_TIMESTAMP", "__REALTIME_TIMESTAMP"} {
		if us, err := strconv.ParseInt(v.get(key).str(), 10, 64); err == nil {
			r.time("time", time.UnixMicro(us))
			break
		}
	}
	r.text("scope.host", v.get("_HOSTNAME").str())
	r.text("scope.unit", firstOf(v, "_SYSTEMD_UNIT", "SYSLOG_IDENTIFIER"))
	return ""
}

// journalText is a message: text, or a list of bytes where it was not UTF-8.
func journalText(v *value) string {
	if !v.is(listCell) {
		return v.str()
	}
	text := make([]byte, 0, len(v.kids))
	for i := range v.kids {
		if n, ok := v.kids[i].number(); ok && n >= 0 && n < 256 {
			text = append(text, byte(n))
		}
	}
	return string(text)
}
