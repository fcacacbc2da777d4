package importers

import (
	"strings"

	"andon/analysis"
)

// Kubernetes tells what happened to its objects, as a list (kubectl get events
// -o json, or the API) or a watch:
//
//	{"kind":"EventList","items":[{"involvedObject":{..},"reason":"BackOff","message":..,"lastTimestamp":..}]}
//	{"type":"ADDED","object":{"kind":"Event",..}}
//
// An event's time is the latest it has: of its series, its own, its last, its
// first, its making. Argo CD keeps the history of what it deployed:
//
//	{"metadata":{"name":..},"status":{"history":[{"id":3,"revision":"9f3c..","deployedAt":..,"source":{..}}]}}
//
// or, cut out of it, the history alone, which does not say of which app.
//
// Sources: the Kubernetes API reference, core/v1 and events/v1 Event; Argo
// CD's Application.

var _ = addEnvelope(envelope{
	layout: layout{name: "kubernetes", roles: changeRoles},
	kind:   analysis.EventKind,
	matches: func(v *value) bool {
		if list := v.get("items").list(); len(list) > 0 {
			return isKubernetes(&list[0])
		}
		return isKubernetes(v) || isKubernetes(v.get("object"))
	},
	open: each(func(v *value, out *fan) string {
		items := v.get("items").list()
		if items == nil {
			if v.get("object") != nil {
				v = v.get("object")
			}
			items = []value{*v}
		}
		for i := range items {
			unpackKubernetes(&items[i], out.next())
		}
		return ""
	}),
})

func isKubernetes(v *value) bool {
	return v.has("reason") && (v.has("involvedObject") || v.has("regarding"))
}

func unpackKubernetes(v *value, r *row) {
	for _, path := range [][]string{{"series", "lastObservedTime"}, {"eventTime"}, {"lastTimestamp"}, {"deprecatedLastTimestamp"},
		{"firstTimestamp"}, {"metadata", "creationTimestamp"}} {
		if at := v.get(path...); at.str() != "" {
			r.value("time", at)
			break
		}
	}
	about := v.get("involvedObject")
	if about == nil {
		about = v.get("regarding")
	}
	reason := v.get("reason").str()
	r.text("kind", kubernetesKind(reason))
	r.text("title", strings.TrimSpace(reason+" "+strings.ToLower(about.get("kind").str())+" "+about.get("name").str()))
	r.text("detail", firstOf(v, "message", "note"))
	r.text("scope.namespace", firstOf(about, "namespace"))
	r.text("scope.host", v.get("source", "host").str())
}

// kubernetesKind is deploy for what brings new software and infra for the rest.
func kubernetesKind(reason string) string {
	switch reason {
	case "ScalingReplicaSet", "Pulled", "SuccessfulCreate", "DeploymentRollback":
		return "deploy"
	}
	return "infra"
}

var _ = addEnvelope(envelope{
	layout: layout{name: "argocd", roles: changeRoles},
	kind:   analysis.EventKind,
	matches: func(v *value) bool {
		if list := v.get("items").list(); len(list) > 0 {
			v = &list[0]
		}
		return v.get("status", "history").is(listCell) || v.has("deployedAt", "revision", "source")
	},
	open: each(func(v *value, out *fan) string {
		items := v.get("items").list()
		if items == nil {
			items = []value{*v}
		}
		for i := range items {
			unpackArgo(&items[i], out)
		}
		return ""
	}),
})

func unpackArgo(app *value, out *fan) {
	history := app.get("status", "history").list()
	if app.get("deployedAt") != nil {
		history = []value{*app}
	}
	for i := range history {
		h := &history[i]
		r := out.next()
		r.value("time", h.get("deployedAt"))
		r.text("kind", "deploy")
		revision := h.get("revision").str()
		if list := h.get("revisions").list(); revision == "" && len(list) > 0 {
			revision = list[0].str()
		}
		r.text("title", strings.Join(strings.Fields("deploy of "+app.get("metadata", "name").str()+" "+revision[:min(len(revision), 8)]), " "))
		r.text("detail", strings.TrimSpace(h.get("source", "repoURL").str()+" "+h.get("source", "path").str()))
		r.text("scope.app", app.get("metadata", "name").str())
		r.text("scope.namespace", app.get("spec", "destination", "namespace").str())
	}
}
