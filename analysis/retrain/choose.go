package retrain

import (
	"math"

	"andon/analysis"
)

// chooser fills the groups one after another.
type chooser struct {
	ask      Ask
	table    *analysis.Table
	pictures map[string]bool // of the rows chosen
	choice   Choice
}

// fill takes n rows of a group by farthest-first traversal: the most novel one,
// then always the one whose nearest chosen row is farthest. It covers the group
// within twice the smallest radius that n rows can (Gonzalez 1985). Rows with a
// picture go first, since a row without one can be labelled by nobody.
func (c *chooser) fill(reason Reason, group []candidate, n int) {
	with, without := c.byPicture(group)
	taken := c.spread(reason, with, n)
	c.spread(reason, without, n-taken)
}

// byPicture splits a group into rows with a picture and rows without.
func (c *chooser) byPicture(group []candidate) (with, without []candidate) {
	for _, k := range group {
		if c.picture(k.row) != "" {
			with = append(with, k)
		} else {
			without = append(without, k)
		}
	}
	return with, without
}

func (c *chooser) picture(row int) string {
	if c.ask.Picture == nil {
		return ""
	}
	return c.ask.Picture(row)
}

// spread takes up to n rows and returns how many it took.
func (c *chooser) spread(reason Reason, group []candidate, n int) int {
	if n <= 0 || len(group) == 0 {
		return 0
	}
	if len(group[0].at) == 0 {
		return c.spreadOverTime(reason, group, n)
	}
	far := make([]float64, len(group)) // squared distance to the nearest chosen
	for i := range far {
		far[i] = math.Inf(1)
	}
	taken := 0
	for taken < n {
		best := farthestOf(group, far)
		if best < 0 {
			break
		}
		distance := far[best]
		chosen := group[best]
		far[best] = -1
		if distance == 0 || !c.take(reason, chosen, math.Sqrt(distance)) {
			c.choice.Duplicates++
			continue
		}
		taken++
		for i := range group {
			if far[i] >= 0 {
				far[i] = min(far[i], squared(group[i].at, chosen.at))
			}
		}
	}
	return taken
}

// farthestOf is the candidate farthest from all chosen, the more novel one
// where two are as far; -1 where none is left.
func farthestOf(group []candidate, far []float64) int {
	best := -1
	for i, d := range far {
		if d < 0 {
			continue
		}
		if best < 0 || d > far[best] || (d == far[best] && group[i].novelty > group[best].novelty) {
			best = i
		}
	}
	return best
}

// spreadOverTime takes rows evenly, where nothing tells them apart.
func (c *chooser) spreadOverTime(reason Reason, group []candidate, n int) int {
	taken := 0
	for i := range min(n, len(group)) {
		if c.take(reason, group[i*len(group)/min(n, len(group))], math.Inf(1)) {
			taken++
		} else {
			c.choice.Duplicates++
		}
	}
	return taken
}

// take adds a row, unless its picture is chosen already.
func (c *chooser) take(reason Reason, k candidate, distance float64) bool {
	if picture := c.picture(k.row); picture != "" {
		if c.pictures[picture] {
			return false
		}
		c.pictures[picture] = true
	}
	if math.IsInf(distance, 1) {
		distance = 0 // the first of its group has none before it
	}
	quality := c.table.Quality()[k.row]
	p := Pick{Row: k.row, Reason: reason, Novelty: k.novelty, By: k.by, Distance: distance, Labelled: c.labelled(k.row)}
	p.Wrong = p.Labelled && c.table.Measure().Scale == analysis.Proportion && quality == 0
	c.choice.Picks = append(c.choice.Picks, p)
	return true
}

// labelled reports whether the truth of a row is known.
func (c *chooser) labelled(row int) bool {
	for _, role := range []analysis.Role{analysis.RoleLabel, analysis.RoleCorrect} {
		if column := c.table.Role(role); column != nil && !column.Null(row) {
			return true
		}
	}
	return false
}
