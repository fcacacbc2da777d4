//go:build unix

package command_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// attacks are what a log may hold against the terminal of whoever reads it: one
// of each kind that some terminal obeys.
var attacks = []string{
	"\x1b[2J", "\x1b[31m", "\x1b[6n", "\x1b[?1000h", "\x1b[18t", "\x1b[!p", "\x1bc", "\x1b(0", "\x1b#8", "\x1bZ",
	"\x1b]0;mine\a", "\x1b]8;;http://x\x1b\\", "\x1b]52;c;bWluZQ==\a", "\x1b]52;c;?\a", "\x1b]11;?\a", "\x1b]0;unended",
	"\x1bP1;1|17/6d\x1b\\", "\x1bPq#0~~\x1b\\", "\x1bPtmux;\x1b\x1b]0;mine\a\x1b\\", "\x1b_Gf=100;AAAA\x1b\\", "\x1b^pm\x1b\\", "\x1bXsos\x1b\\",
	"real\rfake", "a\b\bb", "\a", "\x00", "\x0e", "\x7f", "\u009b2J", "\u009d0;mine\u009c", "\u202etxt.exe", "\u2066x\u2069", "\u200b\u200d", "\u2028", "\U000e0041",
}

// grammar is all that may reach a terminal: printable text, line feeds, the
// sequences the console draws with and the modes it sets and takes back. It is
// written apart from the program's own gate.
var grammar = regexp.MustCompile(`^(?:[^\p{C}\x{2028}\x{2029}]|[\r\n\t\x08]|\x1bM|` +
	`\x1b\[[0-9;]*[@A-HJKLMPSTX\x60dfmr]|\x1b\[\?(?:7|25|1049|2004)[hl]|\x1b\[\?5W)*$`)

// TestHostileLog walks every screen over a log that is full of attacks in its
// values, its names, its events and its notes, and holds that every byte sent
// is one of the console's own.
func TestHostileLog(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "log\x1b]0;mine\a.jsonl"), attackedLog())
	write(t, filepath.Join(dir, "events.jsonl"), attackedEvents())
	file := filepath.Join(dir, "hostile.andon")
	run(t, "import", "-o", file, filepath.Join(dir, "log\x1b]0;mine\a.jsonl"), filepath.Join(dir, "events.jsonl"))
	run(t, "note", file, strings.ReplaceAll(strings.Join(attacks, " "), "\x00", "")) // no argument holds a NUL
	l := dial(t, nil, file).listen()
	l.await(`verdict`)
	for _, keys := range []string{"2", "ll+e", "3", "jj", "/o\r", "\x1b", "4", "j\r", "\x1b", "6", "j\tj", "7", "jj\tj", "8", "j\r", "\x1b", "9", "\tj\tj\tj",
		"1", "jl", "?", "j", "\x1b", "/", "\t\t", "\x1b", "n", "typed\x1b", ":", "\x1b", "q"} {
		l.press(keys)
		l.echo()
	}
	l.ends(endWithin)
	raw := string(l.all())
	if !grammar.MatchString(raw) {
		for _, frame := range strings.SplitAfter(raw, "m") {
			if !grammar.MatchString(frame) {
				t.Errorf("it sent %q", frame)
			}
		}
	}
	if !strings.Contains(raw, "^[") || !strings.Contains(raw, "<U+202E>") {
		t.Error("no attack was shown: nothing was tested")
	}
}

// attackedLog is a log whose quality falls, with an attack in every text.
func attackedLog() string {
	var b strings.Builder
	for i := range 2000 {
		attack := attacks[i%len(attacks)]
		label := "cat"
		if i > 1200 && i%3 > 0 {
			label = "dog"
		}
		text, _ := json.Marshal(map[string]any{
			"time": time.Date(2026, 3, 1, 0, i, 0, 0, time.UTC), "line": "L" + attacks[i%3], "o" + attacks[7]: attack,
			"prediction": "cat", "label": label, "model_version": "v" + attack, "confidence": 0.5 + float64(i%50)/100,
		})
		fmt.Fprintf(&b, "%s\n", text)
	}
	return b.String() + "{\"cut \x1b[31m\n"
}

// attackedEvents are changes with attacks for titles and scopes.
func attackedEvents() string {
	var b strings.Builder
	for i, attack := range attacks {
		text, _ := json.Marshal(map[string]any{"time": time.Date(2026, 3, 1, i, 0, 0, 0, time.UTC), "kind": "deploy", "title": "new " + attack, "line": attack})
		fmt.Fprintf(&b, "%s\n", text)
	}
	return b.String()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs the program to its end.
func run(t *testing.T, args ...string) {
	t.Helper()
	if said, err := exec.Command(binary(t), args...).CombinedOutput(); err != nil {
		t.Fatalf("andon %q: %v: %s", args, err, said)
	}
}
