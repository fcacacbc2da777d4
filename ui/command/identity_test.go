package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"andon/importers"
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
