package command

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"andon/store"
)

// desk is a directory that is followed, under a clock that is told.
type desk struct {
	t        *testing.T
	dir      string
	file     *store.File
	now      time.Time
	follower *follower
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, dir: filepath.Join(t.TempDir(), "logs"), now: time.Now()}
	if err := os.Mkdir(d.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := store.Create(t.Context(), filepath.Join(filepath.Dir(d.dir), "p.andon"), d.now)
	if err != nil {
		t.Fatal(err)
	}
	d.file = file
	t.Cleanup(func() { file.Close() })
	d.follower = newFollower(&loader{file: file, now: func() time.Time { return d.now }}, []string{d.dir})
	t.Cleanup(d.follower.close)
	return d
}

func (d *desk) write(name, text string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// rows looks after a while and says which ids are loaded.
func (d *desk) rows(after time.Duration) string {
	d.t.Helper()
	d.now = d.now.Add(after)
	if err := d.follower.poll(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	ids, err := loadedIDs(d.t.Context(), d.file)
	if err != nil {
		d.t.Fatal(err)
	}
	return strings.Join(ids, " ")
}

func (d *desk) want(after time.Duration, ids string) {
	d.t.Helper()
	if got := d.rows(after); got != ids {
		d.t.Errorf("rows %q, want %q", got, ids)
	}
}

func jsonLine(id string) string {
	return fmt.Sprintf(`{"time":"2026-03-07T06:00:00Z","id":"%s","prediction":"ok"}`, id)
}

// A last line without an end waits for it where somebody may still write it,
// and is a line where nobody will.
func TestFollowUnendedLine(t *testing.T) {
	whole := jsonLine("a") + "\n" + jsonLine("b")
	half := jsonLine("a") + "\n" + jsonLine("b")[:40]
	table := "time,id,prediction\n2026-03-07T06:00:00Z,a,ok\n2026-03-07T06:00:00Z,b,ok"
	for _, c := range []struct {
		name, file, text string
		beside           bool // the log whose old file it is
		soon, later      string
	}{
		{"a log", "l.log", whole, false, "a", "a"},
		{"an old file", "l.log.1", whole, true, "a", "a b"},
		{"an old table", "l.log.1", table, true, "a", "a b"},
		{"half a record in an old file", "l.log.1", half, true, "a", "a"},
		{"an archive", "l.log.1.gz", string(zip([]byte(whole))), true, "a b", "a b"},
		{"half a record in an archive", "l.log.1.gz", string(zip([]byte(half))), true, "a", "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			d.write(c.file, c.text)
			if c.beside {
				d.write("l.log", "")
			}
			d.want(0, c.soon)
			d.want(endless, c.later)
			d.want(endless, c.later)
		})
	}
}

// An export that is old enough is whole to its last byte, line end or not.
func TestFollowOldExport(t *testing.T) {
	d := newDesk(t)
	d.write("export.json", "["+jsonLine("a")+","+jsonLine("b")+"]")
	d.write("export.csv", "time,id,prediction\n2026-03-07T06:00:00Z,c,ok\n2026-03-07T06:00:00Z,d,ok")
	d.want(0, "c")
	d.want(2*finished, "a b c d")
	d.want(endless, "a b c d")
}

// What was written in one look and ended in another is one row, in any
// encoding.
func TestFollowEncoded(t *testing.T) {
	encode := func(text string) string {
		out := []byte{0xff, 0xfe}
		for _, r := range text {
			out = append(out, byte(r), byte(r>>8))
		}
		return string(out)
	}
	text := "time;id;prediction\n2026-03-07T06:00:00Z;a;grün\n2026-03-07T06:00:00Z;b;ok\n2026-03-07T06:00:00Z;c;ok\n"
	d := newDesk(t)
	d.write("l.csv", encode(text[:60]))
	d.want(0, "a")
	d.write("l.csv", encode(text[:100])[:2+2*90+1])
	d.want(time.Second, "a b")
	d.write("l.csv", encode(text))
	d.want(time.Second, "a b c")
}

// A file that has settled is not opened again before it changes.
func TestFollowLeavesSettledFiles(t *testing.T) {
	d := newDesk(t)
	d.write("l.log", jsonLine("b")+"\n")
	d.write("l.log.1", jsonLine("a")+"\n")
	d.write("notes.txt", "no log at all\n")
	d.want(0, "a b")
	if n := len(d.follower.settled); n != 0 {
		t.Errorf("%d files settled at once", n)
	}
	d.want(settling+time.Second, "a b")
	if _, ok := d.follower.settled[filepath.Join(d.dir, "l.log.1")+"\x00"]; !ok || len(d.follower.files) != 1 {
		t.Errorf("settled %v, held %d; want the old file settled and the log held", d.follower.settled, len(d.follower.files))
	}
	d.write("l.log.1", jsonLine("a")+"\n"+jsonLine("late")+"\n")
	d.want(settling, "a b late")
	if got := d.follower.status.files; got != 2 {
		t.Errorf("%d files are followed, want 2", got)
	}
}

// A writer that keeps its own place in the log writes behind a hole once the
// log was truncated.
func TestFollowBehindAHole(t *testing.T) {
	d := newDesk(t)
	old := jsonLine("a") + "\n" + jsonLine("b") + "\n"
	hole := strings.Repeat("\x00", len(old))
	d.write("l.log", old)
	d.want(0, "a b")
	d.write("l.log.1", old)
	d.write("l.log", hole+jsonLine("c")+"\n")
	d.want(time.Second, "a b c")
	d.write("l.log", hole+jsonLine("c")+"\n"+jsonLine("d")+"\n")
	d.want(time.Second, "a b c d")
}

// The lines of two workers are two logs, also where one has so far only what
// both begin with.
func TestFollowTwoWorkers(t *testing.T) {
	d := newDesk(t)
	header := "time,id,prediction\n"
	row := func(id string) string { return "2026-03-07T06:00:00Z," + id + ",ok\n" }
	d.write("one.csv", header)
	d.write("two.csv", header+row("x"))
	d.want(0, "x")
	d.write("one.csv", header+row("y"))
	d.want(time.Second, "x y")
	d.write("two.csv", header+row("x")+row("z"))
	d.want(time.Second, "x y z")
}

// A file with two signals is two streams, in one look and after a kill.
func TestFollowTwoSignals(t *testing.T) {
	logs := func(id string) string {
		return `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1772864880000000000","body":{"stringValue":"seen"},"attributes":[{"key":"prediction","value":{"stringValue":"ok"}},{"key":"id","value":{"stringValue":"` + id + `"}}]}]}]}]}` + "\n"
	}
	metrics := `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"fps","gauge":{"dataPoints":[{"timeUnixNano":"1772864880000000000","asDouble":25}]}}]}]}]}` + "\n"
	d := newDesk(t)
	d.write("all.jsonl", logs("a")+metrics)
	d.want(0, "a")
	d.write("all.jsonl", logs("a")+metrics+logs("b")+metrics)
	d.want(time.Second, "a b")
	again := newFollower(d.follower.loader, []string{d.dir})
	defer again.close()
	if err := again.recall(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.follower = again
	d.write("all.jsonl", logs("a")+metrics+logs("b")+metrics+metrics)
	d.want(time.Second, "a b")
	series, err := d.file.Metrics(t.Context())
	if err != nil || len(series) != 1 || len(series[0].Values) != 3 {
		t.Errorf("series %+v, %v; want one of three values", series, err)
	}
}
