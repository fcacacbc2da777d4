package importers

import (
	"strings"

	"andon/analysis"
)

// Azure ML's data collector writes CloudEvents, inputs and outputs apart, one
// line a call with a list of rows:
//
//	{"specversion":"1.0","type":"azureml.inference.inputs","source":"/subscriptions/../onlineEndpoints/EP/deployments/DEP",
//	 "time":..,"data":[{..},{..}],"correlationid":..,"modelversion":..}
//
// Inputs and outputs of one correlation id belong together row by row. The
// collection is named by who collects, model_inputs in the docs' own example. The
// deployment, blue or green, is what a version is here. A body that was too
// large lies elsewhere (datainblob) and is only a reject here. Source: Azure
// docs, "Collect production data from models deployed for real-time
// inferencing".

var _ = addEnvelope(envelope{
	layout: layout{name: "azureml", roles: answerRoles},
	kind:   analysis.InferenceKind,
	halves: true,
	matches: func(v *value) bool {
		return v.has("specversion") && strings.HasPrefix(v.get("type").str(), "azureml.inference.")
	},
	open: func(o origin) unpacker {
		a := &azureML{}
		lend(o, a, &a.halves)
		return a
	},
})

type azureML struct{ halves halves[[]row] }

func (a *azureML) holds() bool         { return false }
func (a *azureML) close(*fan) []string { return a.halves.notes() }

func (a *azureML) unpack(v *value, out *fan) string {
	if v.get("datainblob").str() == "true" {
		return "the body was too large for the log and lies in a blob"
	}
	id := v.get("correlationid").str()
	if id == "" {
		id = v.get("id").str()
	}
	data := v.get("data")
	if data == nil {
		return "it has no data"
	}
	if data.is(textCell) {
		if tree, err := parseValue(data.text); err == nil {
			data = tree
		}
	}
	switch kind := strings.TrimPrefix(v.get("type").str(), "azureml.inference."); strings.TrimPrefix(kind, "model_") {
	case "inputs", "request":
		a.halves.wait(id, bodyRows(data, (*row).given))
	case "outputs", "response":
		a.rows(v, id, bodyRows(data, (*row).answer), out)
	default:
		return rejectf("a collection %.40q is neither inputs nor outputs", kind)
	}
	return ""
}

func (a *azureML) rows(v *value, id string, answers []row, out *fan) {
	given, _ := a.halves.take(id)
	place := v.get("source").str()
	for i := range answers {
		r := out.next()
		r.value("time", v.get("time"))
		r.text("id", child(id, i, len(answers)))
		r.text("endpoint", between(place+"/", "/onlineEndpoints/", "/"))
		r.text("deployment", between(place+"/", "/deployments/", "/"))
		r.value("version", v.get("modelversion"))
		*r = joinRows(*r, answers[i])
		if i < len(given) {
			*r = joinRows(*r, given[i])
		}
	}
}
