package importers

import (
	"strings"
	"unicode"
)

// fold writes a name the way names are compared: lower case, words joined by
// one underscore. modelVersion, Model-Version and MODEL_VERSION are
// model_version; @timestamp is timestamp.
func fold(name string) string {
	var b strings.Builder
	var before rune
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = '_'
		case unicode.IsUpper(r):
			ends := i+1 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsUpper(before)
			if i > 0 && (unicode.IsLower(before) || unicode.IsDigit(before) || ends) {
				b.WriteByte('_')
			}
		}
		before = runes[i]
		if s := b.String(); r == '_' && (s == "" || strings.HasSuffix(s, "_")) {
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Trim(b.String(), "_")
}

// foldPath folds each segment of a path.
func foldPath(path string) []string {
	segments := strings.Split(path, ".")
	for i, s := range segments {
		segments[i] = fold(s)
	}
	return segments
}

// wrappers are the names of objects that only wrap what they hold: the id in
// request.id is the request's, but the id in place.id is a place's.
var wrappers = set("request response event message inference record data payload body result results meta metadata prediction " +
	"predictions output outputs out log context tags labels attributes fields")

// vague names mean something only where nothing else is said around them.
var vague = set("id version revision name code class output file date time score type kind value status error model label description title image target")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// maxWords is how many segments of a path the longest name may span.
const maxWords = 8

// match says how well a path fits one of the names, best first: 1 for the
// first name at the top, less for later names and for each object around it,
// 0 for none. Names of several words may span objects: model.version is
// model_version.
func match(words, names []string) float64 {
	best := 0.0
	for k := max(0, len(words)-maxWords); k < len(words); k++ {
		suffix := strings.Join(words[k:], "_")
		for rank, name := range names {
			if suffix != name {
				continue
			}
			score := 1 - 0.01*float64(rank)
			if k > 0 {
				score -= 0.05 * float64(k)
				if vague[name] && !wrappers[words[k-1]] {
					score = 0
				}
			}
			best = max(best, score)
		}
	}
	return best
}

// dimensionNames are words for things a plant has several of. A column named
// so is text even where its values are digits.
var dimensionNames = set("plant site factory building area hall line lane aisle station cell camera cam sensor device machine robot tool " +
	"shift sku product article vendor supplier operator worker team crew lot recipe material firmware host hostname " +
	"node zone region place level country environment env variant endpoint stage lens light lamp glove color colour " +
	"werk halle linie anlage maschine zelle platz kamera schicht artikel lieferant bediener charge rezept vorrichtung")

// keyWords may follow a dimension's name or stand for themselves: camera_id,
// station_name, preprocess_version.
var keyWords = set("id name code version type no nr number key")

// isDimensionName reports whether the last words of a path name a dimension.
func isDimensionName(words []string) bool {
	all := strings.Split(strings.Join(words, "_"), "_")
	last := all[len(all)-1]
	if dimensionNames[last] {
		return true
	}
	return len(all) > 1 && keyWords[last] && (dimensionNames[all[len(all)-2]] || last == "version" || last == "id")
}
