package importers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"andon/analysis"
)

// settable are the roles a person may give, with the short names people use.
var settable = map[analysis.Role]analysis.Role{
	"version": analysis.RoleVersion, "latency": analysis.RoleLatency,
	"feature": analysis.RoleFeature, "dimension": analysis.RoleDimension, "text": analysis.RoleText,
	"time": analysis.RoleTime, "id": analysis.RoleID, "model": analysis.RoleModel, "model_version": analysis.RoleVersion,
	"prediction": analysis.RolePrediction, "confidence": analysis.RoleConfidence, "label": analysis.RoleLabel,
	"correct": analysis.RoleCorrect, "latency_ms": analysis.RoleLatency, "status": analysis.RoleStatus,
	"reviewer": analysis.RoleReviewer, "label_time": analysis.RoleLabelTime, "frame": analysis.RoleFrame,
	"vote": analysis.RoleVote, "name": analysis.RoleName, "value": analysis.RoleValue, "end": analysis.RoleEnd,
	"kind": analysis.RoleKind, "title": analysis.RoleTitle, "detail": analysis.RoleDetail,
}

// saidRoles puts the roles of Options to the fields they name: by path, or by
// path or last segments with case and separators folded.
func saidRoles(o Options, surveys []*survey) ([]analysis.Role, error) {
	roles, given := make([]analysis.Role, len(surveys)), o.roles(surveys)
	for _, name := range slices.Sorted(maps.Keys(given)) {
		role, ok := settable[given[name]]
		if !ok {
			return nil, fmt.Errorf("%q is no role; roles are %s", given[name], strings.Join(roleNames(), ", "))
		}
		at := fieldNamed(name, surveys)
		if at < 0 {
			return nil, fmt.Errorf("no column %q for role %s; columns are %s", name, role, listFields(surveys))
		}
		if role == analysis.RoleTime && !surveys[at].isTime() && serialTime(surveys[at:at+1], []analysis.Role{""}) < 0 && !elapses(surveys[at]) {
			return nil, fmt.Errorf("column %q cannot be the time: no layout reads its values, such as %s", name, example(surveys[at]))
		}
		roles[at] = role
	}
	return roles, nil
}

// elapses sets the layout of a column of elapsed seconds that a person named
// as the time.
func elapses(s *survey) bool {
	roles := []analysis.Role{""}
	if elapsedTime([]*survey{s}, roles) >= 0 {
		return true
	}
	named := *s
	named.words = words("elapsed")
	if elapsedTime([]*survey{&named}, roles) < 0 {
		return false
	}
	s.layout, s.timed = named.layout, true
	return true
}

func fieldNamed(name string, surveys []*survey) int {
	for i, s := range surveys {
		if s.path == name {
			return i
		}
	}
	folded, best, at := strings.Join(foldPath(name), "_"), 0, -1
	for i, s := range surveys {
		for k := range s.words {
			if strings.Join(s.words[k:], "_") == folded && (at < 0 || k < best) {
				best, at = k, i
			}
		}
	}
	return at
}

func roleNames() []string {
	var names []string
	for r := range settable {
		names = append(names, string(r))
	}
	slices.Sort(names)
	return names
}

func example(s *survey) string {
	if len(s.values) == 0 {
		return "(none)"
	}
	return fmt.Sprintf("%.40q", s.values[0])
}
