package importers

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// classSet is what was seen in one image, as one class: the names of what is
// there, each once, in order. An image is right when its set is: counting
// boxes asks for a threshold of overlap that no log states.
type classSet struct {
	names []string
	n     int     // objects
	least float64 // the lowest confidence, since the set is as sure as its weakest
}

func (s *classSet) add(name string, confidence float64) {
	if s.n == 0 || confidence < s.least {
		s.least = confidence
	}
	s.n++
	if at, found := slices.BinarySearch(s.names, name); !found {
		s.names = slices.Insert(s.names, at, name)
	}
}

// String is "Hole", "Hole+Stain", or "none".
func (s *classSet) String() string {
	if s.n == 0 {
		return "none"
	}
	return strings.Join(s.names, "+")
}

// className is the name of a class by its number from 0, else the number.
func className(names []string, class int) string {
	if class >= 0 && class < len(names) && names[class] != "" {
		return names[class]
	}
	return strconv.Itoa(class)
}

// classesNear reads the names of classes from data.yaml beside the source or
// in one of two directories above it: a list, or numbers with names.
func classesNear(o origin) []string {
	for _, dir := range []string{"", "../", "../../"} {
		for _, file := range []string{"data.yaml", "dataset.yaml"} {
			if names := classesIn(o.near(dir + file)); names != nil {
				return names
			}
		}
	}
	return nil
}

func classesIn(text []byte) []string {
	var listed struct {
		Names []string `yaml:"names"`
	}
	if yaml.Unmarshal(text, &listed) == nil && len(listed.Names) > 0 {
		return listed.Names
	}
	var numbered struct {
		Names map[int]string `yaml:"names"`
	}
	if yaml.Unmarshal(text, &numbered) != nil {
		return nil
	}
	var names []string
	for class, name := range numbered.Names {
		if class < 0 || class > 10_000 {
			continue
		}
		for len(names) <= class {
			names = append(names, "")
		}
		names[class] = name
	}
	return names
}
