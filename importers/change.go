package importers

import (
	"fmt"
	"strings"

	"andon/analysis"
)

// changeRoles are the paths that unpackers of change events use: time, end,
// kind, title, detail and scope.<column>.
var changeRoles = map[string]analysis.Role{
	"time": analysis.RoleTime, fileTime: analysis.RoleTime, "end": analysis.RoleEnd, "kind": analysis.RoleKind,
	"title": analysis.RoleTitle, "detail": analysis.RoleDetail,
}

// changeWords are the words in a log's line that tell of a change, and its
// kind; the first that is met counts.
var changeWords = []struct{ word, kind string }{
	{"rollback", "deploy"}, {"rolled back", "deploy"}, {"deploy", "deploy"}, {"rollout", "deploy"}, {"model loaded", "deploy"},
	{"loading model", "deploy"}, {"model version", "deploy"}, {"registered model", "deploy"}, {"upgrad", "deploy"},
	{"calibrat", "sensor"}, {"exposure", "sensor"}, {"lens", "sensor"}, {"camera connected", "sensor"}, {"camera disconnected", "sensor"},
	{"recipe", "material"}, {"supplier", "material"}, {"preprocess", "pipeline"}, {"config", "config"}, {"threshold", "config"},
	{"reload", "config"}, {"settings", "config"}, {"restart", "infra"}, {"reboot", "infra"}, {"oom", "infra"}, {"out of memory", "infra"},
	{"no space left", "infra"}, {"time has been changed", "infra"}, {"clock", "infra"}, {"started ", "infra"}, {"stopped ", "infra"},
}

// changeKind is the kind of change a line tells of, "" for none.
func changeKind(line string) string {
	line = strings.ToLower(line)
	for _, c := range changeWords {
		if strings.Contains(line, c.word) {
			return c.kind
		}
	}
	return ""
}

// notice is the least severity of syslog at which a line is kept even where
// none of its words tells of a change: RFC 5424's "normal but significant".
const notice = 5

// chatter counts the lines that tell of no change.
type chatter struct{ passed int }

func (c *chatter) note(of string) []string {
	if c.passed == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d lines of %s tell of no change and are below notice; they were passed over", c.passed, of)}
}

// change puts a log's line as an event, or passes it over.
func (c *chatter) change(out *fan, line string, severity int) *row {
	kind := changeKind(line)
	if kind == "" && severity > notice {
		c.passed++
		return nil
	}
	if kind == "" {
		kind = "other"
	}
	r := out.next()
	r.text("kind", kind)
	title := strings.TrimSpace(line)
	if len(title) > maxTitle {
		r.text("detail", title)
		title = strings.ToValidUTF8(title[:maxTitle], "")
	}
	r.text("title", title)
	return r
}

const maxTitle = 160
