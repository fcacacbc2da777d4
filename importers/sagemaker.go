package importers

import (
	"encoding/base64"
	"strings"

	"andon/analysis"
)

// SageMaker Model Monitor captures each call as one line, input and output as
// texts in CSV, JSON, JSON lines or base64; ground truth comes in lines of its
// own, and merged lines hold both:
//
//	{"captureData":{"endpointInput":{"data":"..","encoding":"CSV"},"endpointOutput":{..}},
//	 "groundTruthData":{"data":"..","encoding":"JSON"},
//	 "eventMetadata":{"eventId":..,"inferenceId":..,"inferenceTime":..},"eventVersion":"0"}
//
// One line is as many rows as the output has. Endpoint and variant stand only
// in the path, prefix/endpoint/variant/yyyy/mm/dd/hh/file. A lone number
// between 0 and 1 with a fraction is a score, since the class it stands for
// depends on a threshold that is nowhere in the log. Batch transform has no
// time. Source: the SageMaker developer guide, Model Monitor.

var _ = addEnvelope(envelope{
	layout:  layout{name: "sagemaker", roles: answerRoles},
	kind:    analysis.InferenceKind,
	matches: func(v *value) bool { return v.has("captureData", "eventMetadata") },
	open:    func(o origin) unpacker { return &sagemaker{origin: o} },
})

var _ = addEnvelope(envelope{
	layout:  layout{name: "sagemaker-truth", roles: answerRoles},
	kind:    analysis.LabelKind,
	matches: func(v *value) bool { return v.has("groundTruthData", "eventMetadata") && !v.has("captureData") },
	open: each(func(v *value, out *fan) string {
		labels, why := sagemakerPart(v.get("groundTruthData"))
		for i := range labels {
			r := out.next()
			r.text("id", child(sagemakerID(v), i, len(labels)))
			r.truth(&labels[i])
		}
		return why
	}),
})

// sagemaker unpacks captures; it only remembers whether they had times.
type sagemaker struct {
	origin  origin
	undated bool
}

func (s *sagemaker) holds() bool { return false }

func (s *sagemaker) close(*fan) []string {
	if s.undated {
		return []string{undated}
	}
	return nil
}

func (s *sagemaker) unpack(v *value, out *fan) string {
	capture := v.get("captureData")
	result := capture.get("endpointOutput")
	if result == nil {
		result = capture.get("batchTransformOutput")
	}
	answers, why := sagemakerPart(result)
	if why != "" {
		return why
	}
	given, _ := sagemakerPart(capture.get("endpointInput"))
	labels, _ := sagemakerPart(v.get("groundTruthData"))
	endpoint, variant := sagemakerPlace(s.origin.path)
	for i := range answers {
		r := out.next()
		if at, ok := instant(v.get("eventMetadata", "inferenceTime")); ok {
			r.time("time", at)
		} else {
			s.undated = true
			s.origin.when(r, "")
		}
		r.text("id", child(sagemakerID(v), i, len(answers)))
		r.text("endpoint", endpoint)
		r.text("variant", variant)
		r.judgement(&answers[i])
		if len(given) == len(answers) {
			r.given(&given[i])
		}
		if len(labels) == len(answers) {
			r.truth(&labels[i])
		}
	}
	return ""
}

func sagemakerID(v *value) string {
	if id := v.get("eventMetadata", "inferenceId").str(); id != "" {
		return id
	}
	return v.get("eventMetadata", "eventId").str()
}

// sagemakerPlace reads endpoint and variant from .../endpoint/variant/yyyy/mm/dd/hh/file.
func sagemakerPlace(path string) (endpoint, variant string) {
	parts := strings.Split(strings.ReplaceAll(path, "\\", "/"), "/")
	if len(parts) < 7 {
		return "", ""
	}
	date := parts[len(parts)-5 : len(parts)-1]
	for i, want := range []int{4, 2, 2, 2} {
		if len(date[i]) != want || strings.Trim(date[i], "0123456789") != "" {
			return "", ""
		}
	}
	return parts[len(parts)-7], parts[len(parts)-6]
}

// sagemakerPart reads the rows of an input, output or truth.
func sagemakerPart(v *value) ([]value, string) {
	if v == nil {
		return nil, "no output was captured"
	}
	text := []byte(v.get("data").str())
	encoding := v.get("encoding").str()
	if strings.EqualFold(encoding, "BASE64") {
		raw, err := base64.StdEncoding.DecodeString(string(text))
		if err != nil {
			return nil, "the data is not base64"
		}
		text = raw
	}
	rows := payload(text, strings.EqualFold(encoding, "CSV"))
	if rows == nil {
		return nil, rejectf("the %.20s data is neither CSV nor JSON", encoding)
	}
	return rows, ""
}

// judgement puts an output row; of CSV the first number, a class or a score.
func (r *row) judgement(v *value) {
	if v.is(listCell) && len(v.kids) > 0 && len(v.kids) <= 2 {
		first := &v.kids[0]
		if s, ok := first.number(); ok && s > 0 && s < 1 {
			r.value("confidence", first)
			return
		}
		r.value("prediction", first)
		if len(v.kids) == 2 {
			r.value("confidence", &v.kids[1])
		}
		return
	}
	r.answer(v)
}

// truth puts a label row: {"label": 1}, [1] or 1.
func (r *row) truth(v *value) {
	switch {
	case v.is(objectCell) && v.get("label") != nil:
		r.value("label", v.get("label"))
	case v.is(objectCell) && len(v.kids) == 1:
		r.value("label", &v.kids[0])
	case v.is(listCell) && len(v.kids) == 1:
		r.value("label", &v.kids[0])
	case !v.is(listCell) && !v.is(objectCell):
		r.value("label", v)
	}
}
