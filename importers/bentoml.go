package importers

import (
	"bytes"
	"path"
	"strings"

	"andon/analysis"
)

// BentoML's monitoring writes two kinds of file side by side, and the schema
// says what the columns of the data mean, so nothing need be guessed:
//
//	data/data.1.log      {"line":"L2","out":"glove","timestamp":"2024-03-05T03:33:59.490137","request_id":"1464.."}
//	schema/schema.1.log  {"meta_data":{"bento_name":..,"bento_version":..},"columns":[{"name","role","type"}]}
//
// A schema is written when a service starts, so it is also a deploy, at the
// file's own time. The rows of a batch share one request id and stand
// together; from the second on they are id#1, id#2. Source: BentoML,
// bentoml/monitoring/default.py.

var _ = addEnvelope(envelope{
	layout:  layout{name: "bentoml", roles: answerRoles, columns: map[string]string{"bento": "bento"}},
	kind:    analysis.InferenceKind,
	beside:  func(o origin) bool { return len(openBentoML(o).roles) > 0 },
	matches: func(v *value) bool { return v.has("request_id", "timestamp") },
	open:    func(o origin) unpacker { return openBentoML(o) },
})

var _ = addEnvelope(envelope{
	layout: layout{name: "bentoml-schema", roles: changeRoles},
	kind:   analysis.EventKind,
	matches: func(v *value) bool {
		return v.has("columns") && v.has("meta_data") && v.get("meta_data").has("bento_name")
	},
	open: func(o origin) unpacker {
		return plainly(func(v *value, out *fan) string {
			r := out.next()
			o.when(r, "")
			name, version := v.get("meta_data", "bento_name").str(), v.get("meta_data", "bento_version").str()
			r.text("kind", "deploy")
			r.text("title", strings.TrimSpace("bento "+name+" "+version+" started"))
			r.text("scope.version", known(version))
			return ""
		})
	},
})

// known is a version, or "" where BentoML had none to write.
func known(version string) string {
	if version == "not available" {
		return ""
	}
	return version
}

// bentoML reads data lines with the roles of their schema.
type bentoML struct {
	roles   map[string]string // column → role
	model   string
	version string
	id      string // of the row before
	repeat  int
}

func openBentoML(o origin) *bentoML {
	b := &bentoML{roles: map[string]string{}}
	file := path.Base(strings.ReplaceAll(o.path, "\\", "/"))
	schema := strings.Replace(file, "data.", "schema.", 1)
	if schema == file {
		return b
	}
	for _, at := range []string{schema, "../schema/" + schema} {
		lines := bytes.Split(bytes.TrimSpace(o.near(at)), newline)
		if v, err := parseValue(lines[len(lines)-1]); err == nil {
			b.schema(v)
			break
		}
	}
	return b
}

// schema takes the roles of a schema line.
func (b *bentoML) schema(v *value) {
	b.model, b.version = v.get("meta_data", "bento_name").str(), known(v.get("meta_data", "bento_version").str())
	for i := range v.get("columns").list() {
		column := &v.get("columns").kids[i]
		b.roles[column.get("name").str()] = column.get("role").str()
	}
}

func (b *bentoML) holds() bool         { return false }
func (b *bentoML) close(*fan) []string { return nil }

func (b *bentoML) unpack(v *value, out *fan) string {
	r := out.next()
	r.value("time", v.get("timestamp"))
	id := v.get("request_id").str()
	if id == b.id {
		b.repeat++
	} else {
		b.id, b.repeat = id, 0
	}
	r.text("id", child(id, b.repeat, b.repeat+1))
	r.text("model", b.model)
	r.text("version", b.version)
	for i, key := range v.keys {
		kid := &v.kids[i]
		switch role := b.roles[key]; {
		case key == "timestamp" || key == "request_id":
		case role == "prediction" && !r.has("prediction"):
			r.answerOr("prediction", kid)
		case role == "target" && !r.has("label"):
			r.answerOr("label", kid)
		case role == "feature":
			r.given(&value{kind: objectCell, keys: []string{key, ""}, kids: []value{*kid, {}}})
		default:
			r.value(key, kid)
		}
	}
	return ""
}

// answerOr puts a scalar under the path and anything else as an answer.
func (r *row) answerOr(path string, v *value) {
	if v.is(listCell) || v.is(objectCell) {
		r.answer(v)
		return
	}
	r.value(path, v)
}
