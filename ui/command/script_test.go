package command_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"

	"andon/analysis/analysistest"
	"andon/ui/command"
)

// The stories run the whole program as a person would, from a shell:
//
//	testdata/script/*.txtar ──▶ exec andon ... ──▶ command.Run, in a process
//	                                               of its own
//
// Verbs that the stories have beyond testscript's:
//
//	exits CODE PROGRAM ARGS...     it ends with this code
//	contract FILE                  the JSON has every key, of the right type
//	json FILE PATH OP WANT         one value of the JSON (script_json_test.go)
//	agree FILE PATH FILE PATH [D]  two values are equal, or times within D
//	cut FILE BYTES TO              writes the beginning of a file
//	hostile                        writes a log against the terminal, $HOSTILE
//	inert FILE...                  nothing in it moves a terminal's cursor

// rootVariable tells the program under test where the bundled incidents lie.
const rootVariable = "ANDON_TEST_ROOT"

func TestMain(m *testing.M) {
	testscript.Main(tidy{m}, map[string]func(){"andon": andon})
}

// andon is main.go with the practice incidents taken from the tree instead of
// from the binary.
func andon() {
	os.Exit(command.Run(context.Background(), command.Env{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Practice: os.DirFS(os.Getenv(rootVariable)), Version: "test", Now: time.Now, Getenv: os.Getenv,
	}))
}

func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setup,
		Condition:           condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "contract": holdsContract, "json": holdsJSON, "agree": agree, "cut": cut, "hostile": hostile, "inert": inert,
		},
	})
}

// projectRoot is the absolute path of the tree.
func projectRoot() string {
	path, err := filepath.Abs(root)
	if err != nil {
		panic(err)
	}
	return path
}

func setup(e *testscript.Env) error {
	e.Setenv(rootVariable, projectRoot())
	e.Setenv("PRACTICE", filepath.Join(projectRoot(), "testdata"))
	e.Setenv("DATA", analysistest.Data())
	e.Setenv("USER", "ines")
	e.Setenv("TZ", "UTC")
	return nil
}

// condition is what a story asks in brackets: data, real files are at hand;
// heavy, there is time for long parts.
func condition(name string) (bool, error) {
	switch name {
	case "data":
		_, err := os.Stat(analysistest.Data())
		return err == nil, nil
	case "heavy":
		return heavy(), nil
	}
	return false, fmt.Errorf("the stories know no condition %q", name)
}

// heavy reports whether long tests are wanted.
func heavy() bool { return os.Getenv("ANDON_HEAVY") != "" }

// exits runs a program and wants its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	var failed *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &failed) {
		code = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if code != want {
		ts.Fatalf("%s ended with %d, want %d", strings.Join(args[1:], " "), code, want)
	}
}

// cut writes the first bytes of a file.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: cut FILE BYTES TO")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(ts.ReadFile(args[0])[:n]), 0o600))
}

// hostile writes a log whose name, columns and values would write to the
// clipboard, clear the screen and turn the text around. Its quality falls, so
// that every part of an answer has something to quote.
func hostile(ts *testscript.TestScript, neg bool, args []string) {
	const name, rows, fall = "log\x1b]0;mine\x07\u202e.jsonl", 600, 350
	var b strings.Builder
	for i := range rows {
		line, label := "\x1b]52;c;aGk=\x07\x1b[31mL1", "cat\u009b31m"
		if i%2 == 0 {
			line = "\u202eL2\u200b"
			if i >= fall && i%4 == 0 {
				label = "dog\r"
			}
		}
		record, err := json.Marshal(map[string]any{
			"time": time.Date(2026, 3, 1, 0, i, 0, 0, time.UTC), "line": line, "evil\x1b[2Jcolumn": float64(i % 7),
			"prediction": "cat\u009b31m", "label": label,
		})
		ts.Check(err)
		b.Write(append(record, '\n'))
	}
	b.WriteString("{\"broken \x1b[31m\n")
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(b.String()), 0o600))
	ts.Setenv("HOSTILE", name)
}

// inert holds that a text could be sent to any terminal: line breaks are its
// only controls, and nothing in it turns the direction of writing.
func inert(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args {
		text := ts.ReadFile(file)
		if text == "" {
			ts.Fatalf("%s is empty: nothing was tested", file)
		}
		if !utf8.ValidString(text) {
			ts.Fatalf("%s is not UTF-8: %q", file, text)
		}
		for i, r := range text {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				ts.Fatalf("%s holds %U raw, in %q", file, r, text[max(0, i-40):min(len(text), i+40)])
			}
		}
	}
}
