// Package playbook holds what to ask in an incident, as data that people edit.
//
//	vision.toml                 Parse            analysis.Step
//	floor.toml … service.toml ─────────▶ Step ───────────────▶ next test, answer
//	a user's own                  │
//	                              └─▶ every mistake with its line
//
// A playbook is the general one for vision lines or one for a class of causes.
// A step is a question, why it matters, what either answer means, and how
// likely a yes is under each cause: that is all the next test is chosen by.
package playbook

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// Playbook is a list of steps. Cause is the class it is about, "" for any.
type Playbook struct {
	Name  string
	Title string
	Cause string
	Steps []Step
}

// Step is one question as the file has it.
//
// Room is the room of the house it belongs to, Category its bone of the
// fishbone. Kind says how it is answered: Auto by Check, a check of the ledger,
// or by Query, a question to the log that a person reads the answer of; Look by a person on Screen, under Filter (a slice such as "line=L2", or
// "slice" for the one that explains the drop); Do by a person elsewhere.
// Yes and No say what the answer means. Chance is P(yes | cause) for every
// cause. Group names steps that see the same thing: after one of them, another
// tells less. A Decisive step, answered yes, confirms Settles[0].
type Step struct {
	ID       string
	Room     string
	Category string
	Kind     string
	Question string
	Why      string
	Yes      string
	No       string
	Check    string
	Query    string
	Screen   string
	Filter   string
	Group    string
	Minutes  float64
	Decisive bool
	Settles  []string
	Chance   map[string]float64
}

// How a step is answered.
const (
	Auto = "auto"
	Look = "look"
	Do   = "do"
)

// The words a playbook may use. Causes are those of a verdict, Screens those of
// the console, Rooms those of the house, Categories the six of a fishbone.
var (
	Causes     = []string{"floor", "sensor", "pipeline", "model", "labels", "traffic", "service"}
	Kinds      = []string{Auto, Look, Do}
	Rooms      = []string{"data", "ml", "ops", "business"}
	Categories = []string{"man", "machine", "material", "method", "measurement", "environment"}
	Screens    = []string{"house", "timeline", "diff", "slices", "frames", "models", "triage", "notes", "data"}
)

// Queries are the first words of what an auto step may ask of the log; see
// package claim.
var Queries = []string{"quality", "signal", "control"}

// Slice is the filter that stands for the slice that explains the drop.
const Slice = "slice"

//go:embed *.toml
var files embed.FS

// Text is an embedded playbook as it is written, false for a name that is none.
func Text(name string) (string, bool) {
	text, err := files.ReadFile(name + ".toml")
	return string(text), err == nil
}

// Embedded are the playbooks of the program: the general one first, then one
// for each class of causes, in the order of Causes.
func Embedded() []Playbook { return embedded() }

var embedded = sync.OnceValue(func() []Playbook {
	names := append([]string{"vision"}, Causes...)
	books := make([]Playbook, len(names))
	for i, name := range names {
		text, err := files.ReadFile(name + ".toml")
		if err == nil {
			books[i], err = Parse(name, text)
		}
		if err != nil {
			panic(err) // a test reads every one
		}
	}
	if err := Apart(books); err != nil {
		panic(err)
	}
	return books
})

// Apart fails where two steps of the playbooks share an id: an answer would be
// to both. Cost: O(steps).
func Apart(books []Playbook) error {
	holder := map[string]string{}
	for _, b := range books {
		for _, s := range b.Steps {
			if other, taken := holder[s.ID]; taken {
				return fmt.Errorf("playbook %q: step %q is in playbook %q already; give it an id of its own", b.Name, s.ID, other)
			}
			holder[s.ID] = b.Name
		}
	}
	return nil
}

// Names are the embedded files' names, for whoever wants one as a beginning.
func Names() []string {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		panic(err) // the files are part of the binary
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".toml")
	}
	return names
}
