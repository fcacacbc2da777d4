package importers

import (
	"bytes"
	"regexp"
)

// logcli prints a line of Loki's behind its time and its stream's labels:
//
//	2026-03-07T06:28:00+01:00 {app="vision", level="info"} model version 3.2 loaded
//
// With -o jsonl it prints what loki reads. A line that is JSON is unpacked
// as any record is, its labels as the topic; of any other, what it tells is
// found by its words. Source: logcli's default output.

var _ = register(format{name: "logcli", certain: true, sniff: func(h head) (dialect, float64, string) {
	lines := firstLines(h, 20)
	good := 0
	for _, line := range lines {
		if logcliLine.Match(line) {
			good++
		}
	}
	if good == 0 || 2*good < len(lines) {
		return nil, 0, ""
	}
	return lineDialect{parse: func() func([]byte, *row) string { return logcliRow }}, 1, ""
}})

var logcliLine = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT\S+)\s+(\{(?:[a-zA-Z_]\w*="(?:[^"\\]|\\.)*"(?:, ?)?)*\})\s+(.*)$`)

// logcliRow puts a line's parts: a bus message where it holds an object, the
// line of a Loki stream otherwise.
func logcliRow(line []byte, r *row) string {
	m := logcliLine.FindSubmatch(line)
	if m == nil {
		return "no time with {labels} and a line behind it"
	}
	said := bytes.TrimSpace(m[3])
	if bytes.HasPrefix(said, []byte("{")) && bytes.HasSuffix(said, []byte("}")) {
		r.put("ts", textCell, m[1])
		r.put("topic", textCell, m[2])
		r.put("payload", textCell, said)
		return ""
	}
	r.put("timestamp", textCell, m[1])
	r.put("line", textCell, said)
	r.put(logcliLabels, textCell, m[2])
	return ""
}

// logcliLabels is the path of a line's labels as they stood.
const logcliLabels = "logcli.labels"

var logcliLabel = regexp.MustCompile(`([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"`)

// logcliSet is the object of labels that {app="vision"} is.
func logcliSet(text []byte) *value {
	set := &value{kind: objectCell}
	for _, m := range logcliLabel.FindAllSubmatch(text, -1) {
		set.keys = append(set.keys, string(m[1]))
		set.kids = append(set.kids, value{kind: textCell, text: m[2]})
	}
	return set
}
