package playbook

import (
	"slices"
	"strings"
	"testing"
)

// good is a playbook without a mistake; tests spoil one line of it.
const good = `title = "Our paint shop"
cause = "sensor"

[[step]]
id = "paint.booth"
room = "ops"
category = "environment"
kind = "do"
minutes = 10
question = "Is the booth's filter older than a week?"
why = "Dust on the lens."
yes = "change it"
no = "the air is clean"
settles = ["sensor"]
chance = {sensor = 0.6, other = 0.1}

[[step]]
id = "paint.look"
room = "ops"
category = "machine"
kind = "look"
screen = "frames"
filter = "slice"
minutes = 2
question = "Are there drops on the glass?"
why = "They look like faults."
yes = "wipe it"
no = "look on"
chance = {floor = 0.1, sensor = 0.6, pipeline = 0.1, model = 0.1, labels = 0.1, traffic = 0.1, service = 0.1}
`

func TestParse(t *testing.T) {
	b, err := Parse("paint", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if b.Title != "Our paint shop" || b.Cause != "sensor" || len(b.Steps) != 2 {
		t.Errorf("read %+v", b)
	}
	first := b.Steps[0]
	if first.Chance["sensor"] != .6 || first.Chance["service"] != .1 || len(first.Chance) != len(Causes) {
		t.Errorf("chances %v, want sensor 0.6 and 0.1 for each other cause", first.Chance)
	}
	if first.Minutes != 10 || first.Yes != "change it" || first.Settles[0] != "sensor" || b.Steps[1].Filter != Slice {
		t.Errorf("steps %+v", b.Steps)
	}
}

// Oracle: the line that was spoilt, counted in the text above.
func TestMistakesHaveTheirLine(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"no TOML", `room = "ops"`, `room = ops`, "line 6: "},
		{"another type", `minutes = 10`, `minutes = "ten"`, "line 9: "},
		{"unknown key", `why = "Dust on the lens."`, "wy = \"x\"\nwhy = \"y\"", `line 11: "wy" is no key`},
		{"unknown room", `room = "ops"`, `room = "cellar"`, `line 6: room = "cellar"`},
		{"unknown kind", `kind = "do"`, `kind = "guess"`, `line 8: kind = "guess"`},
		{"unknown category", `category = "machine"`, `category = "moon"`, `line 20: category = "moon"`},
		{"unknown cause", `cause = "sensor"`, `cause = "ghost"`, `line 2: cause = "ghost"`},
		{"unknown screen", `screen = "frames"`, `screen = "cinema"`, `line 22: screen = "cinema"`},
		{"nothing to look at", `screen = "frames"`, ``, `line 21: a step to look at`},
		{"auto without a check", `kind = "do"`, `kind = "auto"`, `line 8: an auto step names its check`},
		{"auto with both", `kind = "do"`, "kind = \"auto\"\ncheck = \"x\"\nquery = \"quality\"", `line 8: an auto step names its check`},
		{"an unknown query", `kind = "do"`, "kind = \"auto\"\nquery = \"weather hot\"", `line 9: query = "weather"`},
		{"a query for a walk", `kind = "do"`, "kind = \"do\"\nquery = \"quality\"", `only an auto step has a check or a query`},
		{"a check for a walk", `kind = "do"`, "kind = \"do\"\ncheck = \"x\"", `line 9: only an auto step`},
		{"no question", `question = "Are there drops on the glass?"`, ``, `line 17: question is missing`},
		{"no time", `minutes = 2`, `minutes = 0`, `line 24: minutes = 0`},
		{"too sure", `sensor = 0.6, other = 0.1`, `sensor = 1.0, other = 0.1`, `line 15: chance of sensor = 1`},
		{"a cause missing", `{sensor = 0.6, other = 0.1}`, `{sensor = 0.6}`, `line 15: chance lacks floor`},
		{"settles a ghost", `settles = ["sensor"]`, `settles = ["ghost"]`, `line 14: settles = "ghost"`},
		{"the same id", `id = "paint.look"`, `id = "paint.booth"`, `line 18: step "paint.booth" is there twice`},
		{"an id of two words", `id = "paint.look"`, `id = "paint look"`, `line 18: id = "paint look"`},
		{"decisive of what", `filter = "slice"`, `decisive = true`, `line 23: a decisive step`},
		{"no title", `title = "Our paint shop"`, ``, `line 1: title is missing`},
	} {
		text := strings.Replace(good, tt.old, tt.new, 1)
		if text == good {
			t.Fatalf("%s spoils nothing", tt.name)
		}
		_, err := Parse("paint", []byte(text))
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), `playbook "paint", line `) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestEveryMistakeIsTold(t *testing.T) {
	text := strings.ReplaceAll(strings.ReplaceAll(good, `"ops"`, `"cellar"`), `minutes = 2`, `minutes = -1`)
	_, err := Parse("paint", []byte(text))
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("told %v, want three mistakes", err)
	}
}

// The playbooks of the program: read, apart, of every class and every bone.
func TestEmbedded(t *testing.T) {
	books := Embedded()
	if len(books) != len(Causes)+1 || books[0].Cause != "" || len(Names()) != len(books) {
		t.Fatalf("%d playbooks of %d files", len(books), len(Names()))
	}
	var rooms, categories, kinds []string
	for i, b := range books {
		if i > 0 && b.Cause != Causes[i-1] {
			t.Errorf("playbook %s is about %q, want %s", b.Name, b.Cause, Causes[i-1])
		}
		decisive := i == 0
		for _, s := range b.Steps {
			rooms, categories, kinds = append(rooms, s.Room), append(categories, s.Category), append(kinds, s.Kind)
			decisive = decisive || b.Cause != "" && s.Chance[b.Cause] > .3
			for _, cause := range s.Settles {
				for _, other := range Causes {
					if s.Decisive && s.Chance[other] > s.Chance[s.Settles[0]] {
						t.Errorf("%s confirms %s, yet %s is likelier to answer yes", s.ID, cause, other)
					}
				}
			}
		}
		if !decisive {
			t.Errorf("no step of %s tells its own cause", b.Name)
		}
	}
	for _, want := range [][2][]string{{rooms, Rooms}, {categories, Categories}, {kinds, Kinds}} {
		for _, word := range want[1] {
			if !slices.Contains(want[0], word) {
				t.Errorf("no step is of %q", word)
			}
		}
	}
	if err := Apart(append(books, books[0])); err == nil {
		t.Error("the same playbook twice is taken")
	}
	if _, ok := Text("vision"); !ok {
		t.Error("the general playbook has no text")
	}
	if _, ok := Text("../playbook"); ok {
		t.Error("a path is taken for a playbook")
	}
}

// A playbook comes from a file that somebody else may have written: it is read
// or refused with lines that are there, whatever it holds.
func FuzzParse(f *testing.F) {
	f.Add(good)
	f.Add("[[step]]\n")
	f.Add("title = \"x\"\n[[step]]\nchance = {floor = nan}")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := Parse("x", []byte(text))
		if err != nil {
			return
		}
		for _, s := range b.Steps {
			if len(s.Chance) != len(Causes) || s.Minutes <= 0 || s.Question == "" {
				t.Errorf("took %+v", s)
			}
			for cause, p := range s.Chance {
				if !(p >= leastChance && p <= mostChance) {
					t.Errorf("chance of %s is %v", cause, p)
				}
			}
		}
	})
}
