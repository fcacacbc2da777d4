package command

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"andon/importers"
	"andon/store"
	"andon/ui/screen"
)

// A log that was imported is found again when it was renamed, packed or copied,
// whole or in part, and gives only what came since; and whoever imported it, a
// follower goes on with it, and the other way round.
func TestImportFindsALogAgain(t *testing.T) {
	lines := func(ids string) string {
		text := ""
		for _, id := range strings.Fields(ids) {
			text += jsonLine(id) + "\n"
		}
		return text
	}
	for _, c := range []struct {
		name     string
		file     string
		text     string
		packed   bool
		want     string
		followed bool // the first look is a follower's
	}{
		{"grown", "l.log", lines("a b c"), false, "a b c", false},
		{"renamed", "l.log.1", lines("a b"), false, "a b", false},
		{"renamed and grown", "l.log.1", lines("a b c"), false, "a b c", false},
		{"packed", "l.log.1.gz", lines("a b"), true, "a b", false},
		{"packed and grown before", "l.log.1.gz", lines("a b c"), true, "a b c", false},
		{"half a copy", "copy.log", lines("a"), false, "a b", false},
		{"begun anew", "l.log", lines("c d"), false, "a b c d", false},
		{"another that begins with other rows", "m.log", lines("b a"), false, "a a b b", false},
		{"followed, then packed and grown", "l.log.2.gz", lines("a b c"), true, "a b c", true},
		{"followed, then begun anew", "l.log", lines("c"), false, "a b c", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			d.write("l.log", lines("a b"))
			if c.followed {
				d.want(0, "a b")
				if err := d.follower.finish(t.Context()); err != nil {
					t.Fatal(err)
				}
			} else {
				d.load()
			}
			if err := os.Remove(filepath.Join(d.dir, "l.log")); err != nil {
				t.Fatal(err)
			}
			if c.packed {
				c.text = string(zip([]byte(c.text)))
			}
			d.write(c.file, c.text)
			d.load()
			d.load()
			again := newFollower(d.follower.loader, []string{d.dir})
			defer again.close()
			if err := again.recall(t.Context()); err != nil {
				t.Fatal(err)
			}
			d.follower = again
			d.want(time.Second, c.want)
		})
	}
}

// load imports the directory.
func (d *desk) load() {
	d.t.Helper()
	sources, skipped, err := importers.Find([]string{d.dir})
	if err != nil {
		d.t.Fatal(err)
	}
	l := &loader{file: d.file, now: func() time.Time { return d.now }}
	if _, err := l.load(d.t.Context(), sources, skipped); err != nil {
		d.t.Fatal(err)
	}
}

// TestBrokenOffImportGoesOn imports a log that has grown since its first import
// was broken off: every row is there once. The first import was too short for
// the log to be known by its hash, whatever that would be by now.
func TestBrokenOffImportGoesOn(t *testing.T) {
	d := newDesk(t)
	var text strings.Builder
	for i := range 40_000 {
		text.WriteString(jsonLine(strconv.Itoa(i)) + "\n")
	}
	d.write("l.log", text.String())
	sources, _, err := importers.Find([]string{d.dir})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	committed := func() bool {
		rows, err := d.file.RowCount(t.Context())
		return err != nil || rows > 0
	}
	l := &loader{file: d.file, now: func() time.Time { return d.now }, tell: func(p screen.Loading) {
		for p.Rows > 1<<14 && !committed() { // a commit is under way
			time.Sleep(time.Millisecond)
		}
		if committed() {
			stop()
		}
	}}
	if _, err := l.load(ctx, sources, nil); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	_ = d.file.Close() // says again that it was cancelled
	if d.file, err = store.Open(t.Context(), d.file.Path()); err != nil {
		t.Fatal(err)
	}
	defer d.file.Close()
	rows, err := d.file.RowCount(t.Context())
	if err != nil || rows == 0 || rows >= 40_000 {
		t.Fatalf("%d rows of a load that was to be broken off, %v", rows, err)
	}
	d.write("l.log", text.String()+jsonLine("new")+"\n")
	d.load()
	ledger, err := d.file.Sources(t.Context())
	if err != nil || len(ledger) != 1 || ledger[0].Rows != 40_001 || ledger[0].Bytes != ledger[0].Offset || ledger[0].Hash == "" {
		t.Errorf("the ledger says %+v, %v", ledger, err)
	}
	if again, err := d.file.Repeated(t.Context(), 0); err != nil || again != 0 {
		t.Errorf("%d rows are there twice, %v", again, err)
	}
}
