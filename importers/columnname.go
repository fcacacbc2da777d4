package importers

import (
	"strconv"
	"strings"
	"unicode"

	"andon/analysis"
)

// namer gives columns their names in the incident file: a role's name where
// the role has one; otherwise the last segment of the path, or the shortest
// suffix that no other field has (place.id, sensor.id: place_id, sensor_id).
// SQLite does not tell Line from line, so neither may two names.
type namer struct {
	taken map[string]string // folded name → path
	known map[string]string // path → name in the incident file
	roles map[string]bool   // names that belong to roles
}

// reserved names belong to the roles of an inference, even in a file without
// that role.
var reserved = set("time id model model_version prediction confidence label correct latency_ms status reviewer label_time frame")

func newNamer(known []analysis.Field, roles map[string]bool) *namer {
	n := &namer{taken: map[string]string{}, known: map[string]string{}, roles: roles}
	for _, f := range known {
		if f.Path != "" && !f.Role.Named() {
			n.known[f.Path] = f.Name
		}
		n.taken[strings.ToLower(f.Name)] = f.Path
	}
	return n
}

// names are those of several new paths at once, so that two of one last
// segment both get longer names whichever came first.
func (n *namer) names(paths []string) []string {
	least := distinct(paths)
	names := make([]string, len(paths))
	for i, p := range paths {
		names[i] = n.name(p, least[i])
	}
	return names
}

// distinct is how many last segments of each path tell it from the others, or
// as many as a name may have. Cost: linear in the paths' length.
func distinct(paths []string) []int {
	least := make([]int, len(paths))
	open := make([]int, len(paths))
	for i := range paths {
		open[i] = i
	}
	for k := 1; len(open) > 0; k++ {
		shared := map[string]int{}
		for _, i := range open {
			shared[strings.ToLower(suffix(paths[i], k))]++
		}
		var still []int
		for _, i := range open {
			least[i] = k
			if depthOf(paths[i]) > k && shared[strings.ToLower(suffix(paths[i], k))] > 1 {
				still = append(still, i)
			}
		}
		open = still
	}
	return least
}

// depthOf is how many segments of a path a name may be made of.
func depthOf(path string) int { return min(strings.Count(path, ".")+1, maxWords) }

// name gives one path a name of at least k segments that is free, and takes it.
func (n *namer) name(path string, k int) string {
	if name, ok := n.known[path]; ok {
		return name
	}
	name := suffix(path, k)
	for depth := depthOf(path); !n.free(name, path) && k < depth; {
		k++
		name = suffix(path, k)
	}
	for i := 2; !n.free(name, path); i++ {
		name = suffix(path, k) + "_" + strconv.Itoa(i)
	}
	n.taken[strings.ToLower(name)] = path
	return name
}

func (n *namer) free(name, path string) bool {
	return !n.roles[strings.ToLower(name)] && !n.owner(name, path)
}

// claim gives a path the name that its role asks for, numbered where another
// field has it.
func (n *namer) claim(name, path string) string {
	unique := name
	for i := 2; n.owner(unique, path); i++ {
		unique = name + "_" + strconv.Itoa(i)
	}
	n.taken[strings.ToLower(unique)] = path
	return unique
}

// owner reports whether another path has the name.
func (n *namer) owner(name, path string) bool {
	owner, taken := n.taken[strings.ToLower(name)]
	return taken && owner != path
}

// suffix joins the last k segments of a path and makes a name of them: what
// the filter language or a shell would trip over becomes an underscore.
func suffix(path string, k int) string {
	segments := strings.Split(path, ".")
	joined := strings.Join(segments[max(0, len(segments)-k):], "_")
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune("!><=~'\"`[](){},;:", r) || unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return '_'
		}
		return r
	}, strings.TrimSpace(joined))
	if len(name) > 64 {
		name = strings.ToValidUTF8(name[:64], "")
	}
	if name == "" {
		return "col"
	}
	return name
}
