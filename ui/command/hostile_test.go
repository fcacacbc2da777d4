package command

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// hostile says which test holds each case of what untrusted content may do; a
// case whose test is gone fails here.
var hostile = []struct{ name, file, test string }{
	{"C1 sequences that drive a terminal", "ui/command/pty_hostile_test.go", "TestHostileLog"},
	{"C1 sequences that drive a terminal", "ui/display/escape_test.go", "TestEscape"},
	{"C2 controls that hide text", "ui/display/escape_test.go", "TestEscape"},
	{"C3 C1 controls, as UTF-8 and as bytes", "ui/display/escape_test.go", "FuzzEscape"},
	{"C4 bidirectional and invisible characters", "ui/display/escape_test.go", "TestEscape"},
	{"C5 invalid UTF-8 and other encodings", "importers/hostile_test.go", "TestBytesAreKept"},
	{"C5 invalid UTF-8 and other encodings", "importers/encoding_test.go", "TestIsWindows1252"},
	{"C6 wide characters and many marks", "ui/display/width_test.go", "TestCut"},
	{"C7 tabs", "ui/display/escape_test.go", "TestEscape"},
	{"C8 long lines, deep JSON, many columns", "importers/hostile_size_test.go", "TestC8LongLinesDeepJSONManyColumns"},
	{"C9 bombs and damaged archives", "importers/read_test.go", "TestReadDamagedArchives"},
	{"C9 bombs and damaged archives", "importers/hostile_test.go", "TestOTLPFrameBomb"},
	{"C10 images that ask for gigabytes", "importers/frames_test.go", "TestFrames"},
	{"C11 pipes, links, paths out of the tree", "importers/hostile_unix_test.go", "TestPipesAreNotRead"},
	{"C11 pipes, links, paths out of the tree", "importers/find_test.go", "TestFindDirectory"},
	{"C11 pipes, links, paths out of the tree", "ui/command/hostile_test.go", "TestFramesOutOfReach"},
	{"C12 frames that are addresses", "ui/command/hostile_test.go", "TestFramesOutOfReach"},
	{"C14 reports that run something", "ui/report/report_test.go", "TestHTMLIsInert"},
}

// Every case of untrusted content is held by a test of that name. C13, cells
// that a spreadsheet would run, has nothing to hold: Andon writes no CSV.
func TestHostileCasesAreHeld(t *testing.T) {
	root := filepath.Join("..", "..")
	held := map[string]bool{"C13": true}
	for _, c := range hostile {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(c.file)))
		if err != nil || !strings.Contains(string(text), "\nfunc "+c.test+"(") {
			t.Errorf("%s: no %s in %s, %v", c.name, c.test, c.file, err)
		}
		held[strings.Fields(c.name)[0]] = true
	}
	for n := range 14 {
		if name := fmt.Sprintf("C%d", n+1); !held[name] {
			t.Errorf("nothing holds %s", name)
		}
	}
}

// What a log calls its frame is a name and nothing more: a path out of the tree
// is not followed, by no spelling, and an address is never asked.
func TestFramesOutOfReach(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skip("skip: needs a loopback address: " + err.Error())
	}
	defer listener.Close()
	var asked atomic.Int64
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			asked.Add(1)
			connection.Close()
		}
	}()
	dir := t.TempDir()
	logs := filepath.Join(dir, "logs")
	if err := os.Mkdir(logs, 0o755); err != nil {
		t.Fatal(err)
	}
	var canary bytes.Buffer
	if err := png.Encode(&canary, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(dir, "secret.png")
	if err := os.WriteFile(secret, canary.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(logs, "link.png")); err != nil {
		t.Skip("skip: needs symbolic links")
	}
	var log strings.Builder
	for i, frame := range []string{"../secret.png", secret, `..\\secret.png`, "file://" + secret, "link.png", "/proc/self/environ", "/dev/zero",
		"http://" + listener.Addr().String() + "/a.png", "//" + listener.Addr().String() + "/a.png"} {
		fmt.Fprintf(&log, `{"time":"2026-03-07T06:28:%02dZ","id":"%d","prediction":"ok","frame":"%s"}`+"\n", i, i, frame)
	}
	if err := os.WriteFile(filepath.Join(logs, "log.jsonl"), []byte(log.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	incident := filepath.Join(dir, "p.andon")
	for _, args := range [][]string{{"import", "-o", incident, logs}, {"frames", incident}, {"triage", incident}} {
		var out, errs bytes.Buffer
		Run(t.Context(), Env{Args: args, In: strings.NewReader(""), Out: &out, Err: &errs, Now: time.Now, Getenv: os.Getenv})
		if args[0] == "import" && !strings.Contains(out.String(), "9 records added") {
			t.Errorf("%s%s", out.String(), errs.String())
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the address was asked %d times", n)
	}
	text, err := os.ReadFile(incident)
	if err != nil || bytes.Contains(text, canary.Bytes()[16:]) {
		t.Errorf("the picture outside is in the incident file (%v)", err)
	}
}
