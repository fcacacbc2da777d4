package analysis

import (
	"context"
	"strings"
)

// Where the drop sits: one camera, one place or product, or everywhere.

// carries is the share of the drop from which a slice stands for it.
const carries = .6

func named(column string, words ...string) bool {
	column = strings.ToLower(column)
	for _, w := range words {
		if strings.Contains(column, w) {
			return true
		}
	}
	return false
}

func isCamera(f Field) bool {
	return f.Role == RoleDimension && named(f.Name, "camera", "cam_", "sensor", "lens", "lamp")
}

func isPipeline(f Field) bool {
	return f.Role == RoleDimension && named(f.Name, "preproc", "pipeline", "firmware", "config", "threshold", "runtime", "schema")
}

func isVersion(f Field) bool { return f.Role == RoleVersion || f.Role == RoleModel }

func isReviewer(f Field) bool {
	return f.Role == RoleReviewer || named(f.Name, "reviewer", "annotator", "labeler")
}

// isPlace is a dimension of the floor: where, what, when or who.
func isPlace(f Field) bool {
	return f.Role == RoleDimension && !isCamera(f) && !isPipeline(f) && !isReviewer(f)
}

// sliceHas reports whether the guilty slice has a condition on such a column.
func (s *scene) sliceHas(want func(Field) bool) bool {
	if s.slice == nil {
		return false
	}
	for _, c := range s.slice.Where {
		for _, f := range s.log.Fields() {
			if f.Name == c.Column && want(f) {
				return true
			}
		}
	}
	return false
}

// located says whether the slice answers the question at all.
func (s *scene) located() (answer, bool) {
	if len(s.fields(isPlace)) == 0 && len(s.fields(isCamera)) == 0 {
		return untested("no dimension is logged that could locate the drop"), false
	}
	return answer{}, true
}

func sliceCamera(_ context.Context, s *scene) (answer, error) {
	if len(s.fields(isCamera)) == 0 {
		return untested("no camera column is logged"), nil
	}
	if s.sliceHas(isCamera) {
		return told(s.slice.Contribution, number(s.slice.Contribution), "%s, a single camera, carries %s of the drop",
			s.slice.Where, percent(s.slice.Contribution)), nil
	}
	return told(0, "0", "no single camera carries the drop"), nil
}

func slicePlace(_ context.Context, s *scene) (answer, error) {
	if a, ok := s.located(); !ok {
		return a, nil
	}
	if s.slice == nil || !s.sliceHas(isPlace) || s.sliceHas(isCamera) {
		return told(0, "0", "no place, product or shift carries the drop alone"), nil
	}
	return told(s.slice.Contribution/carries, number(s.slice.Contribution), "%s carries %s of the drop",
		s.slice.Where, percent(s.slice.Contribution)), nil
}

func sliceEverywhere(_ context.Context, s *scene) (answer, error) {
	if a, ok := s.located(); !ok {
		return a, nil
	}
	if s.slice == nil {
		return told(1, "0", "no slice fell more than the rest"), nil
	}
	rest := 1 - s.slice.Contribution
	return told((rest-.3)/(1-.3-.1), number(rest), "%s of the drop lies outside %s", percent(max(0, rest)), s.slice.Where), nil
}
