package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"andon/analysis"
)

// The kill tests run this test binary again as a child that writes to an
// incident file and says on its standard output what it has been promised. The
// parent kills it with SIGKILL at some such line and looks at what is there.

const (
	childVariable = "ANDON_STORE_CHILD"
	hurryVariable = "ANDON_STORE_HURRY" // the same without the log
	childRows     = 400                 // rows a batch
	childBatches  = 60
)

// children are the programs that can be killed, by the variable that asks for
// one and gives it a path.
var children = map[string]func(ctx context.Context, path string) error{
	childVariable: child,
	hurryVariable: func(ctx context.Context, path string) error {
		hurryRows = 1
		return child(ctx, path)
	},
	notesVariable: func(ctx context.Context, path string) error { return takeNotes(ctx, path, os.Stdout) },
	carelessVariable: func(ctx context.Context, path string) error {
		writing[1] = setting{"_synchronous", "NORMAL", "synchronous", "1"}
		return takeNotes(ctx, path, os.Stdout)
	},
	migrateVariable: migrateOld,
	busyVariable:    writeBusily,
}

func TestMain(m *testing.M) {
	for variable, child := range children {
		path := os.Getenv(variable)
		if path == "" {
			continue
		}
		if err := child(context.Background(), path); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child loads a source from where it was broken off, with late labels, joins
// and notes in between, and creates other files.
func child(ctx context.Context, path string) error {
	f, err := Open(ctx, path)
	if errors.Is(err, ErrNotFound) {
		f, err = Create(ctx, path, start)
	}
	if err != nil {
		return err
	}
	f.Hurry() // only hurryVariable's rows are enough for it
	l, err := f.Load(ctx, analysis.Source{Path: "log", Hash: "h", Kind: analysis.InferenceKind})
	if errors.Is(err, ErrPresent) {
		fmt.Println("done")
		return f.Close()
	}
	if err != nil {
		return err
	}
	for n := int(l.Source().Offset); n < childBatches; n++ {
		if err := childStep(ctx, f, l, n); err != nil {
			return err
		}
	}
	if _, err := l.Finish(ctx); err != nil {
		return err
	}
	fmt.Println("done")
	return f.Close()
}

func childStep(ctx context.Context, f *File, l *Load, n int) error {
	b := plantBatch(n*childRows, childRows)
	b.Offset = int64(n + 1)
	if err := errors.Join(l.Append(ctx, b), l.Flush(ctx)); err != nil {
		return err
	}
	fmt.Println("rows", (n+1)*childRows)
	note, err := f.AddNote(ctx, analysis.Note{Text: fmt.Sprint("batch ", n)})
	if err != nil {
		return err
	}
	fmt.Println("notes", note.ID)
	for at := 4; at <= n; at += 5 { // also those that a kill has left out
		if err := childLabels(ctx, f, at); err != nil {
			return err
		}
	}
	if n%5 == 4 {
		_, err = f.Join(ctx)
	}
	return err
}

// childLabels loads the late labels of the five batches up to n.
func childLabels(ctx context.Context, f *File, n int) error {
	l, err := f.Load(ctx, analysis.Source{Path: "late", Hash: fmt.Sprint("late", n), Kind: analysis.LabelKind})
	if errors.Is(err, ErrPresent) {
		return nil
	}
	if err != nil {
		return err
	}
	rows := plantBatch((n-4)*childRows, childRows*5)
	late := &analysis.Batch{Kind: analysis.LabelKind, Rows: rows.Rows, Columns: []analysis.Column{rows.Columns[1], rows.Columns[2]}, Offset: 1}
	late.Columns[1].Name, late.Columns[1].Role = "label", analysis.RoleLabel
	if err := l.Append(ctx, late); err != nil {
		return err
	}
	if _, err := l.Finish(ctx); err != nil {
		return err
	}
	fmt.Println("labels", late.Rows)
	return nil
}

// kills is how often the loop kills: more where time does not matter.
func kills() int {
	if os.Getenv("ANDON_HEAVY") != "" {
		return 60
	}
	return 5
}

// run starts the child and kills it at its line number lines; it returns the
// last numbers that were promised and whether it came to its end.
func run(t *testing.T, path string, lines int) (promised map[string]int, done bool) {
	t.Helper()
	return runChild(t, childVariable, path, lines)
}

// runChild is run of any child.
func runChild(t *testing.T, variable, path string, lines int) (promised map[string]int, done bool) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program)
	c.Env = append(os.Environ(), variable+"="+path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	promised = map[string]int{}
	scanner := bufio.NewScanner(out)
	for n := 0; n < lines && scanner.Scan(); n++ {
		what, number, _ := strings.Cut(scanner.Text(), " ")
		switch what {
		case "done":
			done = true
		case "error":
			t.Fatalf("the child failed: %s", number)
		}
		promised[what], _ = strconv.Atoi(number)
	}
	_ = c.Process.Kill()
	_ = c.Wait() // killed
	return promised, done
}

func TestLoadKill(t *testing.T) {
	for _, variable := range []string{childVariable, hurryVariable} {
		t.Run(variable, func(t *testing.T) { killLoads(t, variable) })
	}
}

// killLoads kills loads of one file until it is whole.
func killLoads(t *testing.T, variable string) {
	path := filepath.Join(t.TempDir(), "x.andon")
	random := rand.New(rand.NewPCG(1, 2))
	for range kills() {
		promised, done := runChild(t, variable, path, 1+random.IntN(20))
		if done { // begin again with another file
			for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
				if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
					t.Fatal(err)
				}
			}
			continue
		}
		inspect(t, path, promised)
	}
	if _, done := runChild(t, variable, path, 1<<30); !done {
		t.Fatal("the load did not come to its end")
	}
	inspect(t, path, map[string]int{"rows": childBatches * childRows})
	f, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	join(t, f)
	if got := ask(t, f, "SELECT count(*), count(DISTINCT id), count(label), count(correct) FROM inference"); got != "24000|24000|24000|24000" {
		t.Errorf("rows, ids, labels and answers: %s", got)
	}
	sound(t, f)
}

// inspect fails unless the file is whole and holds what was promised.
func inspect(t *testing.T, path string, promised map[string]int) {
	t.Helper()
	f, err := Open(t.Context(), path)
	if errors.Is(err, ErrNotFound) && len(promised) == 0 {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sound(t, f)
	rows, err := f.RowCount(t.Context())
	if err != nil || int(rows) < promised["rows"] || rows%childRows != 0 {
		t.Errorf("%d rows where %d were promised (%v)", rows, promised["rows"], err)
	}
	sources, err := f.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) > 0 && (sources[0].Rows != rows || sources[0].Offset != rows/childRows) {
		t.Errorf("the ledger says %d rows at %d, the table has %d", sources[0].Rows, sources[0].Offset, rows)
	}
	written := notes(t, f)
	if err := VerifyNotes(written); err != nil || len(written) < promised["notes"] {
		t.Errorf("%d notes where %d were promised (%v)", len(written), promised["notes"], err)
	}
}

// TestCreateKill kills while files are being made: each is whole or not there.
func TestCreateKill(t *testing.T) {
	dir := t.TempDir()
	for i := range kills() {
		path := filepath.Join(dir, fmt.Sprint(i, ".andon"))
		promised, _ := run(t, path, i%2) // before the first line, or at it
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			if len(promised) > 0 {
				t.Errorf("%s is gone", path)
			}
			continue
		}
		inspect(t, path, promised)
	}
}

// killAfter starts a child and kills it some time after its first line.
func killAfter(t *testing.T, variable, path string, wait time.Duration) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program)
	c.Env = append(os.Environ(), variable+"="+path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	bufio.NewScanner(out).Scan()
	time.Sleep(wait) // the moment of the kill is what the test varies
	_ = c.Process.Kill()
	_, _ = io.Copy(io.Discard, out)
	_ = c.Wait() // killed
}

// TestNoteKill kills a child that takes notes as fast as it can, at any moment.
func TestNoteKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.andon")
	random := rand.New(rand.NewPCG(5, 6))
	for range kills() {
		promised, _ := runChild(t, notesVariable, path, 1+random.IntN(60))
		f, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		written := notes(t, f)
		if err := VerifyNotes(written); err != nil || len(written) < promised["notes"] {
			t.Errorf("%d notes where %d were promised (%v)", len(written), promised["notes"], err)
		}
		f.Close()
	}
}
