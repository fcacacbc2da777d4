package importers

import (
	"bytes"
	"strconv"

	"andon/analysis"
)

// DeepStream's minimal schema (nvmsgconv payload type 1) has one message a
// frame, and each object in it as one text:
//
//	{"version":"4.0","id":7,"@timestamp":"..","sensorId":"Yard","objects":["2|274.7|137.6|484|324.7|Car|#|sedan|red|0.91"]}
//	                                                     track │ x1 y1 x2 y2 │ class │ attributes of a second model, its confidence last
//
// Each object is a row, frame/i; a frame without objects is a row that says
// none. Without a second model there is no confidence. A track of 2^64-1 is
// nobody's. Source: eventmsg_payload.cpp and dsmeta_payload.cpp of nvmsgconv.

var _ = addEnvelope(envelope{
	layout: layout{name: "deepstream-frame", roles: answerRoles, columns: map[string]string{"sensorId": "camera"}},
	kind:   analysis.InferenceKind,
	matches: func(v *value) bool {
		return v.has("@timestamp", "sensorId") && v.get("objects").is(listCell)
	},
	open: each(func(v *value, out *fan) string {
		objects := v.get("objects").list()
		frame := v.get("sensorId").str() + "/" + v.get("id").str()
		for i := range objects {
			r := out.next()
			deepstreamFrame(v, r, frame+"/"+strconv.Itoa(i))
			if why := deepstreamObject(&objects[i], r); why != "" {
				return why
			}
		}
		if len(objects) == 0 {
			r := out.next()
			deepstreamFrame(v, r, frame)
			r.text("prediction", "none")
		}
		return ""
	}),
})

func deepstreamFrame(v *value, r *row, id string) {
	r.value("time", v.get("@timestamp"))
	r.text("id", id+"/"+v.get("@timestamp").str())
	r.value("sensorId", v.get("sensorId"))
	r.number("objects", float64(len(v.get("objects").list())))
}

// untracked is the track id of an object that no tracker follows.
const untracked = "18446744073709551615"

func deepstreamObject(v *value, r *row) string {
	own, second, _ := bytes.Cut(v.text, []byte("|#|"))
	parts := bytes.Split(own, []byte("|"))
	if !v.is(textCell) || len(parts) < 6 {
		return rejectf("an object is not track|x1|y1|x2|y2|class: %.60q", v.text)
	}
	if string(parts[0]) != untracked {
		r.put("track", textCell, parts[0])
	}
	for i, name := range []string{"x1", "y1", "x2", "y2"} {
		r.put("box."+name, numCell, parts[i+1])
	}
	r.put("prediction", textCell, parts[5])
	if len(second) == 0 {
		return ""
	}
	attributes := bytes.Split(second, []byte("|"))
	last := attributes[len(attributes)-1]
	if _, ok := parseNumber(last, false); ok {
		r.put("confidence", numCell, last)
		attributes = attributes[:len(attributes)-1]
	}
	for i, a := range attributes {
		if len(a) > 0 {
			r.put("attribute_"+strconv.Itoa(i+1), textCell, a)
		}
	}
	return ""
}
