package command_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The tree is the architecture: who may import whom. The first rule whose
// package (or folder) holds the file decides.
var rules = []struct {
	folder string
	may    []string // folders of ours, "" is none
	never  []string // other packages, by prefix
}{
	{"analysis/analysistest", nil, sqlPackages},
	{"analysis/practice", []string{"analysis"}, ioPackages},
	{"analysis", []string{"analysis"}, ioPackages},
	{"store", []string{"analysis", "store"}, nil},
	{"importers", []string{"analysis", "importers"}, []string{"database/sql", "github.com/mattn"}},
	{"themes", nil, []string{"charm.land/lipgloss", "os"}},
	{"ui/command", []string{"analysis", "store", "importers", "themes", "ui"}, nil},
	{"ui/report", []string{"analysis", "ui/display", "ui/plot", "ui/style", "themes"}, slices.Concat(filePackages, sqlPackages)},
	{"ui/style", []string{"themes", "ui/display"}, slices.Concat(filePackages, sqlPackages)},
	{"ui/display", nil, slices.Concat(filePackages, sqlPackages)},
	{"ui/plot", widgets, slices.Concat(filePackages, sqlPackages)},
	{"ui/table", widgets, uiNever},
	{"ui/picture", widgets, uiNever},
	{"ui/prompt", widgets, uiNever},
	{"ui/help", widgets, uiNever},
	{"ui/screen", []string{"analysis", "themes", "ui/help", "ui/style", "ui/display"}, uiNever},
	{"ui/house", screens, uiNever},
	{"ui/timeline", screens, uiNever},
	{"ui/diff", screens, uiNever},
	{"ui/slices", screens, uiNever},
	{"ui/frames", screens, uiNever},
	{"ui/models", screens, uiNever},
	{"ui/triage", screens, uiNever},
	{"ui/notes", screens, uiNever},
	{"ui/data", screens, uiNever},
	{"ui/uitest", []string{"ui", "themes", "analysis"}, sqlPackages},
	{"ui", append([]string{"themes", "ui/screen"}, screens...), uiNever},
	{"", []string{"ui/command"}, sqlPackages},
}

var (
	ioPackages   = []string{"os", "net", "io/ioutil", "path/filepath", "database/sql", "syscall", "github.com/mattn", "charm.land"}
	filePackages = []string{"os", "net", "path/filepath", "syscall"}
	sqlPackages  = []string{"database/sql", "github.com/mattn"}
	uiNever      = slices.Concat(filePackages, sqlPackages, []string{"github.com/guptarohit/asciigraph"})
	widgets      = []string{"analysis", "ui/style", "ui/display", "ui/help", "ui/plot", "themes"}
	screens      = []string{"analysis", "themes", "ui/screen", "ui/help", "ui/style", "ui/display", "ui/plot", "ui/table", "ui/picture", "ui/prompt"}
)

const root = "../.."

// goFiles lists the project's Go files relative to its root; tests too if asked.
func goFiles(t *testing.T, tests bool) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2) {
			return filepath.SkipDir
		}
		if strings.HasSuffix(p, ".go") && (tests || !strings.HasSuffix(p, "_test.go")) {
			rel, err := filepath.Rel(root, p)
			files = append(files, filepath.ToSlash(rel))
			return err
		}
		return nil
	})
	if err != nil || len(files) < 50 {
		t.Fatalf("walk the tree: %d files, %v", len(files), err)
	}
	return files
}

func within(folder, pkg string) bool {
	return pkg == folder || strings.HasPrefix(pkg, folder+"/")
}

func TestImports(t *testing.T) {
	for _, file := range goFiles(t, false) {
		folder := path.Dir(file)
		if folder == "." {
			folder = ""
		}
		rule := slices.IndexFunc(rules, func(r struct {
			folder string
			may    []string
			never  []string
		}) bool {
			return r.folder == folder || r.folder != "" && within(r.folder, folder) && r.folder != "ui"
		})
		if rule < 0 {
			t.Errorf("%s: no rule for folder %q; add one to the table and to the design", file, folder)
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			checkImport(t, file, imported, rules[rule].folder, rules[rule].may, rules[rule].never)
		}
	}
}

func checkImport(t *testing.T, file, imported, folder string, may, never []string) {
	t.Helper()
	if ours, ok := strings.CutPrefix(imported, "andon/"); ok {
		allowed := within(folder, ours) && folder != "" && folder != "ui"
		for _, m := range may {
			allowed = allowed || within(m, ours)
		}
		if !allowed || folder != "ui/command" && folder != "" && within("ui/command", ours) {
			t.Errorf("%s may not import %s", file, imported)
		}
		return
	}
	for _, n := range never {
		if within(n, imported) {
			t.Errorf("%s may not import %s", file, imported)
		}
	}
	if imported == "github.com/guptarohit/asciigraph" && folder != "ui/plot" {
		t.Errorf("%s: only ui/plot imports asciigraph", file)
	}
	if within("github.com/ClickHouse", imported) && !within("store/clickhouse", path.Dir(file)) {
		t.Errorf("%s: only store/clickhouse talks to ClickHouse", file)
	}
	if within("github.com/mattn/go-sqlite3", imported) && folder != "store" {
		t.Errorf("%s: only store imports SQLite", file)
	}
}

// TestClock holds that only main reads the clock: everything else is told.
func TestClock(t *testing.T) {
	for _, file := range goFiles(t, false) {
		if file == "main.go" || within("ui/uitest", path.Dir(file)) {
			continue
		}
		source, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(source), "\n") {
			code, _, _ := strings.Cut(line, "//")
			if strings.Contains(code, "time.Now()") && !within("store", path.Dir(file)) {
				t.Errorf("%s:%d reads the clock; take the time as an argument", file, i+1)
			}
		}
	}
}

// TestSeeds holds that analysis draws only from generators somebody seeded.
func TestSeeds(t *testing.T) {
	global := regexp.MustCompile(`\brand\.(Int|Uint|Float|Norm|Exp|Perm|Shuffle|N\()`)
	for _, file := range goFiles(t, false) {
		if !within("analysis", path.Dir(file)) {
			continue
		}
		source, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		if found := global.Find(source); found != nil {
			t.Errorf("%s draws from the global generator (%s); take a seed", file, found)
		}
	}
}

// TestTop holds that nothing else grows at the top level.
func TestTop(t *testing.T) {
	allowed := []string{"main.go", "ui", "store", "analysis", "importers", "themes", "testdata",
		"go.mod", "go.sum", "README.md", ".ci", ".gitignore", ".gitattributes", ".git"}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(allowed, e.Name()) && !ignored(e.Name()) {
			t.Errorf("%s stands at the top level; its place is in a package", e.Name())
		}
	}
}

// ignored are the products that .gitignore names.
func ignored(name string) bool {
	return name == "andon" || strings.Contains(name, ".andon") || name == ".DS_Store"
}
