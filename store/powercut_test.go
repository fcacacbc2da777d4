package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"andon/analysis"
)

// A kill loses nothing whatever SQLite is told about synchronising, because the
// system still holds what was written. Only a power cut tells FULL from NORMAL,
// and this is one:
//
//	child ─ writes ─▶ ext4 ─▶ loop device ─▶ image (a file in memory)
//	  │ says what is saved                      │
//	  └──▶ parent: stops the child, copies the image as it is, mounts the
//	       copy, which the journal replays, and looks for what was said
//
// What the system still held is not in the image. It does not model disks that
// lie about having written.

// image makes a disk image in memory and mounts it; it returns the image and
// the place.
func image(t *testing.T) (file, dir string) {
	t.Helper()
	if os.Getenv("ANDON_HEAVY") == "" {
		t.Skip("skip: needs ANDON_HEAVY=1 and root, to cut the power of a disk of its own")
	}
	memory := t.TempDir()
	shell(t, "mount", "-t", "tmpfs", "-o", "size=400m", "none", memory)
	t.Cleanup(func() { _ = exec.Command("umount", memory).Run() })
	file = filepath.Join(memory, "disk.img")
	shell(t, "truncate", "-s", "96M", file)
	shell(t, "mkfs.ext4", "-q", file)
	dir = filepath.Join(memory, "disk")
	attach(t, file, dir)
	return file, dir
}

// attach mounts an image.
func attach(t *testing.T, file, dir string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	shell(t, "mount", "-o", "loop", file, dir)
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
}

func shell(t *testing.T, program string, args ...string) {
	t.Helper()
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Skipf("skip: needs root, to mount a disk: %s %v: %s", program, args, out)
	}
}

// cut stops the child after so many lines, takes the image as it is at that
// moment, and returns what had been promised by then.
func cut(t *testing.T, variable, path, file, copied string, lines int) map[string]int {
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
	promised := map[string]int{}
	hear := func(line string) {
		what, number, _ := strings.Cut(line, " ")
		if what == "error" {
			t.Fatalf("the child failed: %s", line)
		}
		promised[what], _ = strconv.Atoi(number)
	}
	scanner := bufio.NewScanner(out)
	for n := 0; n < lines && scanner.Scan(); n++ {
		hear(scanner.Text())
	}
	if err := c.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	shell(t, "cp", "--sparse=always", file, copied) // the power is gone
	_ = c.Process.Kill()
	for scanner.Scan() { // promised before it was stopped, not yet heard
		hear(scanner.Text())
	}
	_ = c.Wait() // killed
	return promised
}

// TestLoadPowerCut cuts the power of loads with notes, labels and joins.
func TestLoadPowerCut(t *testing.T) {
	file, dir := image(t)
	for i := range 15 {
		for _, variable := range []string{childVariable, hurryVariable} {
			path := filepath.Join(dir, fmt.Sprint(i, variable, ".andon"))
			promised := afterCut(t, variable, path, file, 2+i)
			inspect(t, promised.path, promised.said)
		}
	}
}

// found is a file as it was after the power came back.
type found struct {
	path string
	said map[string]int
}

// afterCut runs a child that writes to path, cuts the power, and mounts what
// was on the disk.
func afterCut(t *testing.T, variable, path, file string, lines int) found {
	t.Helper()
	copied := file + ".cut"
	said := cut(t, variable, path, file, copied, lines)
	dir := filepath.Join(filepath.Dir(file), "cut")
	attach(t, copied, dir)
	kept := filepath.Join(t.TempDir(), filepath.Base(path))
	for _, suffix := range []string{"", "-wal", "-journal"} {
		if err := copyFile(filepath.Join(dir, filepath.Base(path)+suffix), kept+suffix); err != nil && (suffix == "" || !errors.Is(err, os.ErrNotExist)) {
			t.Fatal(err)
		}
	}
	shell(t, "umount", dir)
	if err := errors.Join(os.Remove(dir), os.Remove(copied)); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal", "-shm", "-journal", "-ballast"} {
		_ = os.Remove(path + suffix) // room for the next
	}
	return found{kept, said}
}

// TestNotePowerCut cuts the power of a child that takes notes as fast as it
// can: none that was saved is gone. The same with NORMAL, as go-sqlite3 would
// have it, loses some, or the test itself would prove nothing.
func TestNotePowerCut(t *testing.T) {
	file, dir := image(t)
	lost := map[string]int{}
	for i := range 15 {
		for _, variable := range []string{notesVariable, carelessVariable} {
			path := filepath.Join(dir, fmt.Sprint(i, variable, ".andon"))
			after := afterCut(t, variable, path, file, 20+40*i)
			f, err := Open(t.Context(), after.path)
			if err != nil {
				t.Fatal(err)
			}
			written := notes(t, f)
			if err := VerifyNotes(written); err != nil {
				t.Error(err)
			}
			sound(t, f)
			f.Close()
			lost[variable] += max(0, after.said["notes"]-len(written))
		}
	}
	t.Logf("notes lost: %d with FULL, %d with NORMAL", lost[notesVariable], lost[carelessVariable])
	if lost[notesVariable] > 0 {
		t.Errorf("%d notes that were saved are gone", lost[notesVariable])
	}
	if lost[carelessVariable] == 0 {
		t.Error("NORMAL lost nothing: this test cannot tell it from FULL")
	}
}

const (
	notesVariable    = "ANDON_STORE_NOTES"
	carelessVariable = "ANDON_STORE_CARELESS"
)

// takeNotes is a child that writes notes until it is stopped.
func takeNotes(ctx context.Context, path string, out io.Writer) error {
	f, err := Create(ctx, path, start)
	if errors.Is(err, ErrExists) {
		f, err = Open(ctx, path)
	}
	if err != nil {
		return err
	}
	syncDirectory(filepath.Dir(path))
	for {
		note, err := f.AddNote(ctx, analysis.Note{Time: time.Now(), Text: strings.Repeat("what was seen ", 20)})
		if err != nil {
			return err
		}
		fmt.Fprintln(out, "notes", note.ID)
	}
}
