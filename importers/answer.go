package importers

import (
	"bytes"
	"strconv"
	"strings"
)

// answer.go reads what a model server sent back: a class, a number, scores by
// class, or an object that names its parts.
//
//	"porosity"                       prediction
//	[0.1, 0.7, 0.2]                  prediction 1, confidence 0.7
//	{"label": "ok", "score": 0.9}    prediction, confidence
//	{"box": [..], "grade": 3}        output.box, output.grade

// answer puts one model output into the row.
func (r *row) answer(v *value) {
	switch {
	case v == nil || v.kind == noCell:
	case v.kind == objectCell:
		r.parts(v)
	case v.kind == listCell && len(v.kids) == 1:
		r.answer(&v.kids[0])
	case v.kind == listCell:
		if class, score, ok := strongest(v); ok {
			r.number("prediction", float64(class))
			r.number("confidence", score)
			return
		}
		r.items("output", v)
	default:
		r.value("prediction", v)
	}
}

// parts puts an answer that names its parts: the first that is called a class
// is the prediction, the first that is called a score the confidence, the rest
// stays under its name.
func (r *row) parts(v *value) {
	said, sure := false, false
	for i, key := range v.keys {
		kid := &v.kids[i]
		scalar := kid.kind == textCell || kid.kind == numCell || kid.kind == trueCell || kid.kind == falseCell
		switch name := fold(key); {
		case scalar && !said && classNames[name]:
			r.value("prediction", kid)
			said = true
		case scalar && !sure && scoreNames[name]:
			r.value("confidence", kid)
			sure = true
		case kid.kind == objectCell && wrappedAnswer[name]:
			r.parts(kid)
		default:
			r.value("output."+key, kid)
		}
	}
}

var (
	classNames    = set("label class prediction predicted_label predicted_class predicted pred class_name verdict decision y_pred output")
	scoreNames    = set("score confidence probability prob conf y_pred_proba top_score predicted_probability")
	wrappedAnswer = set("sage_maker_output prediction result output")
)

// strongest is the place and value of the highest of two or more scores, all
// within 0..1 as scores are.
func strongest(v *value) (class int, score float64, ok bool) {
	for i := range v.kids {
		s, isNumber := v.kids[i].number()
		if !isNumber || v.kids[i].kind != numCell || s < 0 || s > 1 {
			return 0, 0, false
		}
		if s > score || i == 0 {
			class, score = i, s
		}
	}
	return class, score, len(v.kids) > 1
}

// given puts one model input: an object by its names, a list by place.
func (r *row) given(v *value) {
	switch {
	case v == nil || v.kind == noCell:
	case v.kind == objectCell && len(v.keys) == 1 && v.kids[0].is(listCell):
		r.items("input", &v.kids[0])
	case v.kind == objectCell:
		r.below("input", v)
	case v.kind == listCell:
		r.items("input", v)
	default:
		r.value("input", v)
	}
}

// payload reads a body given as text: JSON, JSON lines, or CSV. It is one
// value a row, or nil where the text is neither.
func payload(text []byte, csv bool) []value {
	text = bytes.TrimSpace(text)
	if csv {
		return csvValues(text)
	}
	if whole, err := parseValue(text); err == nil {
		return instances(whole)
	}
	var rows []value
	for line := range bytes.Lines(text) {
		v, err := parseValue(bytes.TrimSpace(line))
		if err != nil {
			return nil
		}
		rows = append(rows, *v)
	}
	return rows
}

// instances are the rows of a body in the form of TensorFlow's and KServe's V1
// protocol, or the body itself; nil has none.
func instances(v *value) []value {
	if v == nil {
		return nil
	}
	if kids := v.get("SageMakerOutput", "predictions").list(); kids != nil {
		return kids // SageMaker's batch transform puts the answers beside the instances
	}
	for _, key := range []string{"instances", "predictions", "outputs", "inputs", "data"} {
		if kids := v.get(key).list(); kids != nil {
			return kids
		}
	}
	if kids := v.list(); kids != nil {
		return kids
	}
	return []value{*v}
}

// csvValues reads lines of comma-separated values, each as a list.
func csvValues(text []byte) []value {
	var rows []value
	t := newCSVText(',', false)
	for len(text) > 0 && t.parse(text, true) {
		v := value{kind: listCell, raw: text[:t.n]}
		for _, field := range t.values {
			kind := textCell
			if _, ok := parseNumber(field, false); ok {
				kind = numCell
			}
			v.kids = append(v.kids, value{kind: kind, text: bytes.Clone(bytes.TrimSpace(field))})
		}
		if !blank(t.values) {
			rows = append(rows, v)
		}
		text = text[t.n:]
	}
	return rows
}

// child is the id of the i-th of n rows of a request.
func child(id string, i, n int) string {
	if n <= 1 || id == "" {
		return id
	}
	return id + "#" + strconv.Itoa(i)
}

// between is what stands in s between two marks, "" where they do not.
func between(s, from, to string) string {
	_, rest, found := strings.Cut(s, from)
	if !found {
		return ""
	}
	within, _, _ := strings.Cut(rest, to)
	return within
}
