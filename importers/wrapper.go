package importers

// A message bus prints each message inside one of its own:
//
//	kcat -J          {"topic":..,"partition":0,"offset":7,"ts":1667959647470,"payload":"{...}"}
//	mosquitto %j     {"tst":"2026-..","topic":..,"qos":0,"payload":{...} or "{...}"}
//
// The inner message is what counts; topic and the bus's time come along as
// message.topic and message.time, partition and offset as message.*.
// Sources: kcat's json.c; mosquitto_sub(1).

// message is the envelope of a wrapped message that no other envelope knows:
// its fields are the row.
var message = &envelope{layout: layout{name: "message", columns: map[string]string{"message.topic": "topic"}},
	matches: func(*value) bool { return false },
	open: each(func(v *value, out *fan) string {
		if !v.is(objectCell) {
			return "the message is no JSON object"
		}
		out.next().below("", v)
		return ""
	}),
}

// unwrap takes a message out of its bus's wrapper; wrapped is nil where there
// is none.
func unwrap(v *value) (inner *value, wrapped *row) {
	if !v.has("topic", "payload") {
		return v, nil
	}
	payload := v.get("payload")
	if payload.is(textCell) {
		tree, err := parseValue(payload.text)
		if err != nil {
			return payload, &row{}
		}
		payload = tree
	}
	wrapped = &row{}
	wrapped.value("topic", v.get("topic"))
	for _, key := range []string{"ts", "tst", "timestamp"} {
		if at := v.get(key); at != nil {
			wrapped.value("time", at)
			break
		}
	}
	wrapped.value("partition", v.get("partition"))
	wrapped.value("offset", v.get("offset"))
	wrapped.value("key", v.get("key"))
	return payload, wrapped
}
