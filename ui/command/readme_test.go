package command_test

import (
	"flag"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"andon/themes"
	"andon/ui/command"
	"andon/ui/display"
	"andon/ui/help"
)

// README is held against what it describes: what is generated is compared,
// what is told must name everything there is.

var update = flag.Bool("update", false, "write the key table into README")

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestReadmeCommands holds that a newcomer finds each command on a line of its
// own, to copy.
func TestReadmeCommands(t *testing.T) {
	lines := strings.Split(readme(t), "\n")
	for _, want := range []string{"go run . practice gloves", "go test ./...", "go build"} {
		if !slices.Contains(lines, want) {
			t.Errorf("no line of README is %q", want)
		}
	}
	static := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "CGO_ENABLED=1 go build ") })
	if static < 0 || !strings.Contains(lines[static], "-static") {
		t.Error("README has no command for a static binary")
	}
}

// TestReadmeNames holds that README names every verb, theme and package.
func TestReadmeNames(t *testing.T) {
	text := readme(t)
	for _, verb := range command.Verbs() {
		if !strings.Contains(text, "`andon "+verb) {
			t.Errorf("README does not tell of `andon %s`", verb)
		}
	}
	for _, theme := range themes.Names() {
		if !strings.Contains(text, "`"+theme+"`") {
			t.Errorf("README does not name the theme %q", theme)
		}
	}
	for _, file := range goFiles(t, false) {
		if folder := path.Dir(file); folder != "." && !strings.Contains(text, "`"+folder+"`") {
			t.Errorf("README's tree does not name `%s`", folder)
		}
	}
}

// TestReadmeScreens holds that the screens shown as text are as wide as a
// terminal of 80 columns, and no wider.
func TestReadmeScreens(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```text\n(.*?)```").FindAllStringSubmatch(readme(t), -1)
	if len(blocks) == 0 {
		t.Fatal("README shows no screen")
	}
	for _, block := range blocks {
		for line := range strings.Lines(block[1]) {
			line = strings.TrimSuffix(line, "\n")
			if w := display.Width(display.Text(line)); w > 80 {
				t.Errorf("%d cells wide: %s", w, line)
			}
		}
	}
}

// TestReadmeHouse holds that the first screen in README is the one that the
// command below it shows today, to the letter.
func TestReadmeHouse(t *testing.T) {
	before, rest, _ := strings.Cut(readme(t), "```text\n")
	want, after, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatal("README shows no screen")
	}
	x := newTerminal(t, 80, 24, "", "XDG_STATE_HOME=")
	x.awaitHouse()
	x.await(`^all rows +before`, `^event `, `^next test `, `SLO proposed`, `estimate \d`)
	// The rooms follow one by one as the rest of the log comes in.
	got := ""
	for end := time.Now().Add(patience); got != want && time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		got = ""
		for line := range strings.Lines(x.whole()) {
			got += strings.TrimRight(line, " \n") + "\n"
		}
	}
	if got == want {
		return
	}
	if !*update {
		t.Fatalf("README's first screen is not today's; write it with: go test ./ui/command -run TestReadmeHouse -update\n%s", got)
	}
	if err := os.WriteFile(filepath.Join(root, "README.md"), []byte(before+"```text\n"+got+"```\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestReadmeKeys compares the key table with the keys there are.
func TestReadmeKeys(t *testing.T) {
	text, want := readme(t), help.Markdown(command.KeyGroups())
	const from, to = "<!-- keys -->\n", "<!-- end of keys -->"
	before, rest, ok := strings.Cut(text, from)
	table, after, ended := strings.Cut(rest, to)
	if !ok || !ended {
		t.Fatalf("README has no %q and %q", from, to)
	}
	if table == want {
		return
	}
	if !*update {
		t.Fatalf("README's keys differ from the console's; write them with: go test ./ui/command -run TestReadmeKeys -update\n%s", want)
	}
	if err := os.WriteFile(filepath.Join(root, "README.md"), []byte(before+from+want+to+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestReadmeDependencies holds that the table has a reason for each module
// that a file of ours imports, and none that no file does.
func TestReadmeDependencies(t *testing.T) {
	rows := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+\\.[^`]+/[^`]+)` \\| (.+) \\|$").FindAllStringSubmatch(readme(t), -1) {
		rows[row[1]] = len(row[2]) > 20
	}
	used := importedModules(t)
	for module := range used {
		if !rows[module] {
			t.Errorf("README gives no reason for %s", module)
		}
	}
	for module := range rows {
		if !used[module] {
			t.Errorf("README gives a reason for %s, which no file imports", module)
		}
	}
}

// importedModules are the modules of go.mod that files of ours import, tests
// included.
func importedModules(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	var modules []string
	for _, m := range regexp.MustCompile(`(?m)^\s*(?:require )?(\S+\.\S+) v`).FindAllStringSubmatch(string(text), -1) {
		modules = append(modules, m[1])
	}
	used := map[string]bool{}
	for _, file := range goFiles(t, true) {
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if module := longest(modules, imported); module != "" {
				used[module] = true
			}
		}
	}
	if len(used) < 10 {
		t.Fatalf("only %d modules are imported: %v", len(used), used)
	}
	return used
}

// longest is the module that holds the package, "" if none does.
func longest(modules []string, pkg string) string {
	best := ""
	for _, m := range modules {
		if within(m, pkg) && len(m) > len(best) {
			best = m
		}
	}
	return best
}

// TestReadmeCharm holds the one sentence that clears up two names for one thing.
func TestReadmeCharm(t *testing.T) {
	const want = "charm.land/{bubbletea,bubbles,lipgloss}/v2` are the v2 releases of `github.com/charmbracelet/{bubbletea,bubbles,lipgloss}"
	if !strings.Contains(strings.Join(strings.Fields(readme(t)), " "), want) {
		t.Errorf("README does not say that `%s`", want)
	}
}
