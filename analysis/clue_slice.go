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

// alone is the share of the slice's rows that its most frequent camera has,
// and the share of that camera's rows that are in the slice.
func (s *scene) alone(ctx context.Context, camera string) (inSlice, ofCamera float64, name string, err error) {
	leaves, err := s.log.Leaves(ctx, []Dimension{{Column: camera}}, nil, s.windows)
	if err != nil {
		return 0, 0, "", err
	}
	within, err := s.log.Leaves(ctx, []Dimension{{Column: camera}}, s.where, s.windows)
	if err != nil {
		return 0, 0, "", err
	}
	all := map[string]int{}
	for _, c := range leaves.Cells {
		all[leaves.Values[0][c.Key[0]].String()] = c.After.Rows
	}
	rows, best := 0, 0
	for _, c := range within.Cells {
		rows += c.After.Rows
		if c.After.Rows > best {
			best, name = c.After.Rows, within.Values[0][c.Key[0]].String()
		}
	}
	if rows == 0 || all[name] == 0 {
		return 0, 0, "", nil
	}
	return float64(best) / float64(rows), float64(best) / float64(all[name]), name, nil
}

// onlyCameraThere reports whether some place, such as a station or a line, has
// the camera and no other: its rows are then the place's as well.
func (s *scene) onlyCameraThere(ctx context.Context, camera, name string) (bool, error) {
	for _, f := range s.fields(isPlace) {
		if isShift(f) {
			continue
		}
		leaves, err := s.log.Leaves(ctx, []Dimension{{Column: f.Name}, {Column: camera}}, nil, s.windows)
		if err != nil {
			return false, err
		}
		here := map[uint32]int{} // rows of this camera by value of f
		rows := map[uint32]int{}
		all := 0
		for _, c := range leaves.Cells {
			n := c.Before.Rows + c.After.Rows
			rows[c.Key[0]] += n
			if leaves.Values[1][c.Key[1]].String() == name {
				here[c.Key[0]] += n
				all += n
			}
		}
		for value, n := range here {
			if float64(n) >= oneCamera*float64(all) && float64(n) >= oneCamera*float64(rows[value]) {
				return true, nil
			}
		}
	}
	return false, nil
}

// oneCamera is the share from which rows count as those of a single camera.
const oneCamera = .95

func sliceCamera(ctx context.Context, s *scene) (answer, error) {
	cameras := s.fields(isCamera)
	if len(cameras) == 0 {
		return untested("no camera column is logged"), nil
	}
	if s.slice == nil {
		return told(0, "0", "no single camera carries the drop"), nil
	}
	for _, f := range cameras {
		inSlice, ofCamera, name, err := s.alone(ctx, f.Name)
		if err != nil {
			return answer{}, err
		}
		if inSlice < oneCamera || ofCamera < oneCamera && !s.sliceHas(isCamera) {
			continue
		}
		onlyOne, err := s.onlyCameraThere(ctx, f.Name, name)
		if err != nil {
			return answer{}, err
		}
		if onlyOne {
			return told(.5, number(s.slice.Contribution), "%s carries %s of the drop, and is the only camera there: place and camera cannot be told apart", name, percent(s.slice.Contribution)), nil
		}
		return told(1, number(s.slice.Contribution), "%s, a single camera among others there, carries %s of the drop", name, percent(s.slice.Contribution)), nil
	}
	return told(0, "0", "no single camera carries the drop"), nil
}

func slicePlace(ctx context.Context, s *scene) (answer, error) {
	if a, ok := s.located(); !ok {
		return a, nil
	}
	if s.slice == nil || !s.sliceHas(isPlace) {
		return told(0, "0", "no place, product or shift carries the drop alone"), nil
	}
	camera, err := sliceCamera(ctx, s)
	if err != nil || camera.yes == 1 {
		return told(0, "0", "its rows are those of a single camera"), err
	}
	return told((1-camera.yes)*s.slice.Contribution/carries, number(s.slice.Contribution), "%s carries %s of the drop",
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

// isShift is a column of the time of day.
func isShift(f Field) bool {
	return f.Role == RoleDimension && named(f.Name, "shift", "crew", "daytime", "hour")
}

// shiftUnseen joins two answers that say more together than apart: new gloves
// are worn by every shift, a lamp is missed by one.
func shiftUnseen(ctx context.Context, s *scene) (answer, error) {
	shift, err := sliceShift(ctx, s)
	if err != nil || !shift.tested {
		return shift, err
	}
	unseen, err := inputsUnseen(ctx, s)
	if err != nil || !unseen.tested {
		return unseen, err
	}
	if shift.yes == 0 {
		return told(0, "0", "the drop does not follow the shifts"), nil
	}
	return told(unseen.yes, unseen.number, "%s, and only where %s", unseen.saw, s.slice.Where), nil
}

func sliceShift(_ context.Context, s *scene) (answer, error) {
	if len(s.fields(isShift)) == 0 {
		return untested("no shift is logged"), nil
	}
	if s.sliceHas(isShift) {
		return told(1, number(s.slice.Contribution), "only %s fell: light and crews follow the clock", s.slice.Where), nil
	}
	return told(0, "0", "the drop does not follow the shifts"), nil
}
