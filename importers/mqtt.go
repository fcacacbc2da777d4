package importers

import "regexp"

// mosquitto_sub -v prints a message behind its topic; with a format such as
// -F '%I %t %p' the time it came stands before both:
//
//	hall4/L2/verdict {"id":"r-1","prediction":"glove"}
//	2026-03-07T06:28:00+0100 hall4/L2/verdict {"id":"r-1","prediction":"glove"}
//
// A topic has levels, so a / in it, and Andon takes none with a blank: the
// message begins at the first. It is unpacked as any record is; see unwrap.
// Source: mosquitto_sub(1).

var _ = register(format{name: "mqtt", certain: true, sniff: func(h head) (dialect, float64, string) {
	lines := firstLines(h, 20)
	good := 0
	for _, line := range lines {
		if mqttLine.Match(line) {
			good++
		}
	}
	if good == 0 || 2*good < len(lines) {
		return nil, 0, ""
	}
	return lineDialect{parse: func() func([]byte, *row) string { return mqttMessage }}, 1, ""
}})

var mqttLine = regexp.MustCompile(`^(?:(\d{4}-\d\d-\d\dT\S+) )?([^\s{}"',;=]*/[^\s{}"',;=]*) (\{.*\})\s*$`)

// mqttMessage puts a line's parts as a bus message.
func mqttMessage(line []byte, r *row) string {
	m := mqttLine.FindSubmatch(line)
	if m == nil {
		return "no topic with a JSON object behind it"
	}
	if len(m[1]) > 0 {
		r.put("ts", textCell, m[1])
	}
	r.put("topic", textCell, m[2])
	r.put("payload", textCell, m[3])
	return ""
}
