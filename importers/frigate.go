package importers

import "andon/analysis"

// Frigate, a video recorder with a detector, tells of each tracked object: as
// a list by its API, and as messages while it is seen, of which the last, type
// "end", says all.
//
//	{"id":"1607123955.475377-mxklsc","camera":"c07","label":"person","start_time":1607123955.4,"data":{"top_score":0.92}}
//	{"type":"new|update|end","before":{..},"after":{..}}
//
// A false positive is a wrong answer that a person marked. model_hash is the
// version. Reviews, exports and cases hold no answers of the model. Sources:
// Frigate's docs/integrations/mqtt.md and its models.

var _ = addEnvelope(envelope{
	layout: layout{name: "frigate", columns: map[string]string{"box": "box"}, roles: map[string]analysis.Role{
		"start_time": analysis.RoleTime, "id": analysis.RoleID, "label": analysis.RolePrediction, "top_score": analysis.RoleConfidence,
		"model_hash": analysis.RoleVersion, "model_type": analysis.RoleModel, "correct": analysis.RoleCorrect,
		"false_positive": analysis.RoleText}},
	kind: analysis.InferenceKind,
	matches: func(v *value) bool {
		return frigateEvent(v) || v.has("type", "before", "after") && frigateEvent(v.get("after"))
	},
	open: each(func(v *value, out *fan) string {
		if after := v.get("after"); after != nil {
			if v.get("type").str() != "end" {
				return "" // the object's last message says all of this again
			}
			v = after
		}
		if !frigateEvent(v) {
			return "not an event of Frigate's"
		}
		frigateRow(v, out.next())
		return ""
	}),
})

func frigateEvent(v *value) bool {
	return v.has("id", "camera", "label", "start_time") && (v.has("top_score") || v.has("data"))
}

func frigateRow(v *value, r *row) {
	r.value("start_time", v.get("start_time"))
	r.value("id", v.get("id"))
	r.value("label", v.get("label"))
	if score := v.get("top_score"); score != nil && score.kind != noCell {
		r.value("top_score", score)
	} else {
		r.value("top_score", v.get("data", "top_score"))
	}
	for _, key := range []string{"camera", "model_hash", "model_type", "detector_type", "plus_id", "stationary"} {
		r.value(key, v.get(key))
	}
	if sub := v.get("sub_label"); sub.is(listCell) && len(sub.kids) > 0 {
		r.value("sub_label", &sub.kids[0])
	} else {
		r.value("sub_label", sub)
	}
	for _, key := range []string{"area", "ratio", "average_estimated_speed"} {
		if n := v.get(key); n != nil {
			r.value(key, n)
		} else {
			r.value(key, v.get("data", key))
		}
	}
	zones := v.get("zones")
	if zones == nil {
		zones = v.get("entered_zones")
	}
	if list := zones.list(); len(list) > 0 {
		r.value("zone", &list[0])
	}
	if v.get("false_positive").is(trueCell) {
		r.text("correct", "false")
	}
	start, ok := v.get("start_time").number()
	if end, ended := v.get("end_time").number(); ok && ended && end >= start {
		r.number("seen_s", end-start)
	}
}
