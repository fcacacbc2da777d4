package playbook

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// The file, one table a step:
//
//	title = "Our paint shop"
//	cause = "floor"                       # optional: the class it is about
//
//	[[step]]
//	id       = "paint.booth"              # "mine", "mine.second", ...
//	room     = "ops"                      # data, ml, ops, business
//	category = "environment"              # man, machine, material, method, measurement, environment
//	kind     = "do"                       # auto (check, or query), look (screen, filter), do
//	minutes  = 10
//	question = "Is the booth's filter older than a week?"
//	why      = "..."
//	yes      = "..."                      # what a yes means
//	no       = "..."
//	chance   = {sensor = 0.6, other = 0.1}  # P(yes | cause); other: those not named

// written is a playbook as TOML has it.
type written struct {
	Title string           `toml:"title"`
	Cause string           `toml:"cause"`
	Step  []toml.Primitive `toml:"step"`
}

type writtenStep struct {
	ID       string             `toml:"id"`
	Room     string             `toml:"room"`
	Category string             `toml:"category"`
	Kind     string             `toml:"kind"`
	Question string             `toml:"question"`
	Why      string             `toml:"why"`
	Yes      string             `toml:"yes"`
	No       string             `toml:"no"`
	Check    string             `toml:"check"`
	Query    string             `toml:"query"`
	Screen   string             `toml:"screen"`
	Filter   string             `toml:"filter"`
	Group    string             `toml:"group"`
	Minutes  float64            `toml:"minutes"`
	Decisive bool               `toml:"decisive"`
	Settles  []string           `toml:"settles"`
	Chance   map[string]float64 `toml:"chance"`
}

// A chance outside these would let one answer decide alone.
const (
	leastChance = .03
	mostChance  = .97
)

// Parse reads a playbook. The error names every mistake with its line: text
// that is no TOML, a key nobody knows, a word outside the vocabulary, a step
// that does not say all it must, a chance outside [0.03, 0.97], an id given
// twice. Nothing of a playbook with a mistake is used.
func Parse(name string, text []byte) (Playbook, error) {
	var w written
	meta, err := toml.Decode(string(text), &w)
	if err != nil {
		return Playbook{}, syntax(name, err)
	}
	r := reader{name: name, lines: linesOf(string(text))}
	steps := make([]writtenStep, len(w.Step))
	for i, step := range w.Step {
		if err := meta.PrimitiveDecode(step, &steps[i]); err != nil {
			r.mistyped(i, err)
			return Playbook{}, errors.Join(r.mistakes...)
		}
	}
	for _, key := range meta.Undecoded() {
		r.refuse(r.lines.anywhere(key[len(key)-1]), "%q is no key of a playbook", key[len(key)-1])
	}
	b := Playbook{Name: name, Title: w.Title, Cause: w.Cause}
	if w.Title == "" {
		r.refuse(1, `title is missing: say what the playbook is for`)
	}
	if w.Cause != "" {
		r.word(r.lines.anywhere("cause"), "cause", w.Cause, Causes)
	}
	if len(w.Step) == 0 {
		r.refuse(1, "it has no [[step]]")
	}
	seen := map[string]bool{}
	for i, s := range steps {
		b.Steps = append(b.Steps, r.step(i, s))
		if seen[s.ID] {
			r.refuse(r.lines.of(i, "id"), "step %q is there twice", s.ID)
		}
		seen[s.ID] = true
	}
	return b, errors.Join(r.mistakes...)
}

// syntax is the mistake of a text that is no TOML.
func syntax(name string, err error) error {
	var at toml.ParseError
	if errors.As(err, &at) {
		return fmt.Errorf("playbook %q, line %d: %s", name, at.Position.Line, at.Message)
	}
	return fmt.Errorf("playbook %q: %w", name, err)
}

// lastKey is what the decoder says of the place of a value of another type; the
// line it gives is that of the last step with such a key.
var lastKey = regexp.MustCompile(`^toml: .*\(last key "[^"]*?([^".]+)"\): `)

// mistyped is the mistake of a value of another type in the i-th step.
func (r *reader) mistyped(i int, err error) {
	line, said := r.lines.of(i, ""), err.Error()
	if at := lastKey.FindStringSubmatch(said); at != nil {
		line, said = r.lines.of(i, at[1]), at[1]+": "+said[len(at[0]):]
	}
	r.refuse(line, "%s", said)
}

// reader collects the mistakes of one playbook.
type reader struct {
	name     string
	lines    lines
	mistakes []error
}

func (r *reader) refuse(line int, format string, args ...any) {
	r.mistakes = append(r.mistakes, fmt.Errorf("playbook %q, line %d: %s", r.name, line, fmt.Sprintf(format, args...)))
}

func (r *reader) word(line int, key, value string, words []string) {
	if !slices.Contains(words, value) {
		r.refuse(line, "%s = %q: it is one of %s", key, value, strings.Join(words, ", "))
	}
}

// step checks the i-th step and completes its chances.
func (r *reader) step(i int, w writtenStep) Step {
	at := func(key string) int { return r.lines.of(i, key) }
	for _, must := range []struct{ key, value string }{
		{"id", w.ID}, {"question", w.Question}, {"why", w.Why}, {"yes", w.Yes}, {"no", w.No},
	} {
		if strings.TrimSpace(must.value) == "" {
			r.refuse(at(must.key), "%s is missing", must.key)
		}
	}
	if strings.ContainsAny(w.ID, " \t\n\"'") {
		r.refuse(at("id"), "id = %q: write it without spaces and quotes", w.ID)
	}
	r.word(at("room"), "room", w.Room, Rooms)
	r.word(at("category"), "category", w.Category, Categories)
	r.word(at("kind"), "kind", w.Kind, Kinds)
	r.answered(w, at)
	if w.Minutes <= 0 {
		r.refuse(at("minutes"), "minutes = %v: say how long the answer takes, more than 0", w.Minutes)
	}
	for _, cause := range w.Settles {
		r.word(at("settles"), "settles", cause, Causes)
	}
	if w.Decisive && len(w.Settles) == 0 {
		r.refuse(at("decisive"), "a decisive step says in settles which cause it confirms")
	}
	return Step{w.ID, w.Room, w.Category, w.Kind, w.Question, w.Why, w.Yes, w.No, w.Check, w.Query, w.Screen, w.Filter, w.Group,
		w.Minutes, w.Decisive, w.Settles, r.chances(at("chance"), w.Chance)}
}

// answered checks that the kind of a step and what it names go together.
func (r *reader) answered(w writtenStep, at func(string) int) {
	if w.Kind == Auto && (w.Check == "") == (w.Query == "") {
		r.refuse(at("kind"), `an auto step names its check, or else its query`)
	}
	if w.Kind != Auto && w.Check+w.Query != "" {
		r.refuse(at("check"), `only an auto step has a check or a query`)
	}
	if first, _, _ := strings.Cut(w.Query, " "); w.Query != "" {
		r.word(at("query"), "query", first, Queries)
	}
	if w.Kind == Look && w.Screen == "" {
		r.refuse(at("kind"), `a step to look at names its screen`)
	}
	if w.Screen != "" {
		r.word(at("screen"), "screen", w.Screen, Screens)
	} else if w.Filter != "" && w.Query == "" {
		r.refuse(at("filter"), "a filter needs a screen to look at, or a query")
	}
}

// chances is P(yes | cause) of every cause, those not named by "other".
func (r *reader) chances(line int, given map[string]float64) map[string]float64 {
	other, some := given["other"]
	full := map[string]float64{}
	for _, cause := range Causes {
		p, named := given[cause]
		if !named {
			p = other
		}
		if !named && !some {
			r.refuse(line, "chance lacks %s: name every cause, or give the others as other = 0.05", cause)
			break
		}
		full[cause] = p
	}
	for _, cause := range slices.Sorted(maps.Keys(given)) {
		if cause != "other" {
			r.word(line, "chance", cause, Causes)
		}
		if p := given[cause]; !(p >= leastChance && p <= mostChance) {
			r.refuse(line, "chance of %s = %v: it is within %v and %v, so that no answer decides alone", cause, p, leastChance, mostChance)
		}
	}
	return full
}
