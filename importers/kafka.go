package importers

import (
	"bytes"
	"regexp"
)

// kafka-console-consumer prints what it is asked to, tab by tab in this order,
// each part optional:
//
//	CreateTime:1667959647470  Partition:0  Offset:17  k:v,k:v  key  {"the":"message"}
//
// The message is the last part and may hold tabs of its own only within JSON.
// It is unpacked as any record is; see unwrap. Source: DefaultMessageFormatter
// of Apache Kafka.

var _ = register(format{name: "kafka", certain: true, sniff: func(h head) (dialect, float64, string) {
	lines := firstLines(h, 20)
	if len(lines) == 0 || !kafkaLine.Match(lines[0]) {
		return nil, 0, ""
	}
	for _, line := range lines {
		if bytes.IndexByte(line, '{') >= 0 {
			return lineDialect{parse: func() func([]byte, *row) string { return kafkaMessage }}, 1, ""
		}
	}
	return nil, 0, "messages of Kafka, but none of the first is a JSON object, so Andon cannot tell their parts"
}})

var kafkaLine = regexp.MustCompile(`^(CreateTime:|LogAppendTime:|NO_TIMESTAMP)\d*\t`)

// kafkaMessage puts a line's parts as a bus message.
func kafkaMessage(line []byte, r *row) string {
	at := bytes.IndexByte(line, '{')
	if at < 0 {
		return "the message is no JSON object"
	}
	r.put("topic", textCell, nil)
	for i, part := range bytes.Split(bytes.TrimRight(line[:at], "\t"), []byte{'\t'}) {
		name, v, found := bytes.Cut(part, []byte{':'})
		switch string(name) {
		case "CreateTime", "LogAppendTime":
			r.put("ts", numCell, v)
		case "Partition", "Offset":
			r.put(string(bytes.ToLower(name)), numCell, v)
		default:
			if i > 0 && !found && len(part) > 0 {
				r.put("key", textCell, part)
			}
		}
	}
	r.put("payload", textCell, line[at:])
	return ""
}
