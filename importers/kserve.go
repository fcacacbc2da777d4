package importers

import (
	"encoding/base64"
	"strings"
	"time"

	"andon/analysis"
)

// KServe and MLServer log each call as two CloudEvents of one id, request and
// response, alone or in batches (JSON, CSV, Parquet) where the body is base64:
//
//	{"reqType":"org.kubeflow.serving.inference.request","id":..,"bytes":"eyJp..","occurrenceTime":..}
//	{"type":"org.kubeflow.serving.inference.response","id":..,"time":..,"data":{"outputs":[..]}}
//
// The body is in the V2 protocol (inputs, outputs: named tensors) or V1
// (instances, predictions). Batches in CSV and Parquet have no time of their
// own. Source: kserve pkg/logger, docs/predict-api.

var _ = addEnvelope(envelope{
	layout: layout{name: "kserve", roles: answerRoles, columns: map[string]string{"parameters.namespace": "namespace"}},
	kind:   analysis.InferenceKind,
	halves: true,
	matches: func(v *value) bool {
		return strings.Contains(kserveType(v), "serving.inference.") && v.has("id")
	},
	open: func(o origin) unpacker {
		k := &kserve{origin: o}
		lend(o, k, &k.halves)
		k.seen, k.timely = 0, false
		return k
	},
})

// answerRoles are the paths that unpackers of servers' logs use.
var answerRoles = map[string]analysis.Role{
	"time": analysis.RoleTime, fileTime: analysis.RoleTime, "id": analysis.RoleID, "model": analysis.RoleModel, "version": analysis.RoleVersion,
	"prediction": analysis.RolePrediction, "confidence": analysis.RoleConfidence, "latency_ms": analysis.RoleLatency,
	"label": analysis.RoleLabel, "correct": analysis.RoleCorrect, "status": analysis.RoleStatus,
}

func kserveType(v *value) string {
	if t := v.get("reqType"); t != nil {
		return t.str()
	}
	if v.has("specversion") {
		return v.get("type").str()
	}
	return ""
}

// kserve joins requests with their responses.
type kserve struct {
	origin origin
	halves halves[kserveHalf]
	timely bool // some record had a time
	seen   int
}

// kserveHalf is a request that waits.
type kserveHalf struct {
	at   time.Time
	rows []row // inputs
}

func (k *kserve) holds() bool { return false }

func (k *kserve) close(*fan) []string {
	notes := k.halves.notes()
	if k.seen > 0 && !k.timely {
		notes = append(notes, undated)
	}
	return notes
}

func (k *kserve) unpack(v *value, out *fan) string {
	body, why := kserveBody(v)
	if why != "" {
		return why
	}
	id, at := v.get("id").str(), kserveTime(v)
	k.seen++
	k.timely = k.timely || !at.IsZero()
	if strings.HasSuffix(kserveType(v), "request") {
		k.halves.wait(id, kserveHalf{at, inputs(body)})
		return ""
	}
	request, joined := k.halves.take(id)
	answers := outputs(body)
	for i := range answers {
		r := out.next()
		if at.IsZero() {
			k.origin.when(r, "")
		} else {
			r.time("time", at)
		}
		r.text("id", child(id, i, len(answers)))
		k.about(r, v, body)
		*r = joinRows(*r, answers[i])
		if joined && !at.IsZero() && !request.at.IsZero() {
			r.number("latency_ms", float64(at.Sub(request.at).Microseconds())/1000)
		}
		if joined && i < len(request.rows) {
			*r = joinRows(*r, request.rows[i])
		}
	}
	return ""
}

// about puts which model answered where.
func (k *kserve) about(r *row, v, body *value) {
	model := body.get("model_name")
	for _, key := range []string{"inferenceService", "inferenceservicename", "modelid"} {
		if model == nil {
			model = v.get(key)
		}
	}
	r.value("model", model)
	r.value("version", body.get("model_version"))
	for _, key := range []string{"namespace", "component", "endpoint"} {
		r.text(key, v.get(key).str())
	}
	for _, key := range []string{"metadata", "annotations"} {
		r.tags(v.get(key))
	}
}

// tags puts the members of an object, or of one given as text, under their own
// names; a list of one is its item.
func (r *row) tags(v *value) {
	if v.is(textCell) || v.is(bareCell) {
		tree, err := parseValue(v.text)
		if err != nil {
			return
		}
		v = tree
	}
	if !v.is(objectCell) {
		return
	}
	for i, key := range v.keys {
		if r.full() {
			return
		}
		kid := &v.kids[i]
		if kid.is(listCell) && len(kid.kids) == 1 {
			kid = &kid.kids[0]
		}
		if kid.kind != objectCell && kid.kind != listCell {
			r.value("tags."+strings.TrimPrefix(strings.ToLower(key), "x-"), kid)
		}
	}
}

// kserveBody is the request's or response's own JSON.
func kserveBody(v *value) (*value, string) {
	if data := v.get("data"); data != nil && data.kind == objectCell {
		return data, ""
	}
	coded := v.get("bytes").str() + v.get("data_base64").str()
	raw, err := base64.StdEncoding.DecodeString(coded)
	if err != nil {
		return nil, "the body is not base64"
	}
	if len(raw) == 0 {
		raw = []byte(v.get("data").str())
	}
	body, err := parseValue(raw)
	if err != nil {
		return nil, rejectf("the body is not JSON (%.60s): %v", v.get("contentType").str(), err)
	}
	return body, ""
}

func kserveTime(v *value) time.Time {
	for _, key := range []string{"occurrenceTime", "time"} {
		if at, ok := instant(v.get(key)); ok {
			return at
		}
	}
	return time.Time{}
}

// joinRows is both rows' cells.
func joinRows(a, b row) row {
	if a.full() {
		return a
	}
	a.paths, a.cells = append(a.paths, b.paths...), append(a.cells, b.cells...)
	return a
}
