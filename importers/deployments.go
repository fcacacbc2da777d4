package importers

import (
	"strings"

	"andon/analysis"
)

// GitHub and GitLab tell of deployments by webhook and by API. The time of a
// change is when it was in force, a status of success, not when it was asked
// for; a failed one changed nothing but may have tried.
//
//	GitHub  {"deployment":{..},"deployment_status":{"state":"success","created_at":..},"repository":{..}}
//	        [{"sha":..,"ref":..,"task":"deploy","environment":..,"statuses_url":..}]
//	        {"action":"published","release":{"tag_name":..,"published_at":..}}
//	GitLab  {"object_kind":"deployment","status":"success","status_changed_at":"2021-04-28 21:50:00 +0200"}
//
// Sources: octokit/webhooks' payload examples; GitLab's webhook_events.md.

var _ = addEnvelope(envelope{
	layout: layout{name: "github", roles: changeRoles},
	kind:   analysis.EventKind,
	matches: func(v *value) bool {
		return v.get("deployment").has("sha", "environment") || v.get("release").has("tag_name") || v.get("workflow_run").has("conclusion") ||
			v.has("sha", "task", "environment", "created_at") || v.has("pusher", "ref", "before", "after")
	},
	open: each(unpackGitHub),
})

var _ = addEnvelope(envelope{
	layout: layout{name: "gitlab", roles: changeRoles},
	kind:   analysis.EventKind,
	matches: func(v *value) bool {
		return v.has("object_kind") && (v.has("status_changed_at") || v.has("object_attributes")) || v.has("deployable", "environment", "sha")
	},
	open: each(unpackGitLab),
})

func unpackGitHub(v *value, out *fan) string {
	status, deployment := v.get("deployment_status"), v.get("deployment")
	if deployment == nil && v.has("sha", "task", "environment") {
		deployment = v
	}
	r := out.next()
	switch {
	case status != nil:
		r.value("time", status.get("created_at"))
		r.text("title", deploymentTitle(deployment, status.get("state").str()))
		r.text("detail", status.get("description").str())
	case deployment != nil:
		r.value("time", deployment.get("created_at"))
		r.text("title", deploymentTitle(deployment, "asked for"))
		r.text("detail", deployment.get("description").str())
	case v.get("release") != nil:
		release := v.get("release")
		r.value("time", release.get("published_at"))
		r.text("title", strings.TrimSpace("release "+release.get("tag_name").str()+" "+release.get("name").str()+" "+v.get("action").str()))
		r.text("detail", release.get("body").str())
	case v.get("workflow_run") != nil:
		run := v.get("workflow_run")
		r.value("time", run.get("updated_at"))
		r.text("title", "workflow "+firstOf(run, "name", "display_title")+" "+run.get("conclusion").str())
		r.text("detail", run.get("head_sha").str())
	default:
		out.rows = out.rows[:0]
		return "a push without a time changes nothing by itself"
	}
	r.text("kind", "deploy")
	r.text("scope.repository", v.get("repository", "name").str())
	r.text("scope.environment", deployment.get("environment").str())
	return ""
}

func deploymentTitle(d *value, state string) string {
	sha := d.get("sha").str()
	return strings.TrimSpace(d.get("task").str() + " of " + d.get("ref").str() + " " + sha[:min(len(sha), 8)] + " to " +
		d.get("environment").str() + ": " + state)
}

// firstOf is the first of the keys that says anything.
func firstOf(v *value, keys ...string) string {
	for _, key := range keys {
		if s := v.get(key).str(); s != "" {
			return s
		}
	}
	return ""
}

func unpackGitLab(v *value, out *fan) string {
	r := out.next()
	attributes := v.get("object_attributes")
	switch {
	case attributes != nil: // a pipeline
		r.text("time", firstOf(attributes, "finished_at", "created_at"))
		r.text("title", v.get("object_kind").str()+" of "+attributes.get("ref").str()+": "+attributes.get("status").str())
	case v.get("status_changed_at") != nil:
		r.value("time", v.get("status_changed_at"))
		r.text("title", "deploy of "+firstOf(v, "ref", "short_sha")+" to "+v.get("environment").str()+": "+v.get("status").str())
		r.text("detail", v.get("commit_title").str())
		r.text("scope.environment", v.get("environment").str())
	default: // the API's deployment
		r.text("time", firstOf(v, "updated_at", "created_at"))
		r.text("title", "deploy of "+v.get("ref").str()+" to "+v.get("environment", "name").str()+": "+v.get("status").str())
		r.text("scope.environment", v.get("environment", "name").str())
	}
	r.text("kind", "deploy")
	r.text("scope.project", v.get("project", "name").str())
	return ""
}
