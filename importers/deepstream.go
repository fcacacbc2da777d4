package importers

import (
	"strings"

	"andon/analysis"
)

// DeepStream's full schema (nvmsgconv payload type 0) has one message an
// object. What was seen is said by the key that holds it,
//
//	"object": {"id": ..., "vehicle": {"type": "sedan", "confidence": 0.9}, "bbox": ...}
//
// so the class is object.<kind>.type where that says anything, else the kind.
// Source: eventmsg_payload.cpp of the DeepStream SDK's nvmsgconv.

var _ = addLayout(layout{
	name:      "deepstream",
	signature: []string{"messageid", "mdsversion", "@timestamp"},
	roles: map[string]analysis.Role{
		"@timestamp":              analysis.RoleTime,
		"messageid":               analysis.RoleID,
		deepstreamClass:           analysis.RolePrediction,
		"analyticsModule.version": analysis.RoleVersion,
		"analyticsModule.id":      analysis.RoleModel,
	},
	columns:  map[string]string{"sensor.id": "camera"},
	complete: deepstreamCompletion,
})

const deepstreamClass = "object.class"

// deepstreamCompletion adds the class of each object.
func deepstreamCompletion() func(rec *record) {
	var kinds []string // by slot: the kind whose field it is, or ""
	var types []bool   // by slot: it is object.<kind>.type
	return func(rec *record) {
		for slot := len(kinds); slot < len(rec.paths); slot++ {
			kind, leaf := deepstreamKind(rec.paths[slot])
			kinds, types = append(kinds, kind), append(types, leaf == "type")
		}
		class := ""
		for _, slot := range rec.set {
			if kinds[slot] == "" {
				continue
			}
			if class == "" {
				class = kinds[slot]
			}
			if v := cellText(rec.cells[slot]); types[slot] && v != "" && !strings.EqualFold(v, "unknown") {
				class = v
			}
		}
		if class != "" {
			rec.put(rec.slot(deepstreamClass), textCell, []byte(class))
		}
	}
}

// deepstreamKind takes object.<kind>.<leaf> apart for the kinds of object.
func deepstreamKind(path string) (kind, leaf string) {
	parts := strings.Split(path, ".")
	if len(parts) != 3 || parts[0] != "object" {
		return "", ""
	}
	switch parts[1] {
	case "vehicle", "person", "face", "bag", "bicycle", "roadsign":
		return parts[1], parts[2]
	}
	return "", ""
}
