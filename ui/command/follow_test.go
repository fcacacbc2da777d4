package command

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
	"andon/store"
)

// plantLog is a log that a program writes and a rotator rotates, and what was
// written to it: the oracle of following.
type plantLog struct {
	dir     string
	name    string
	n       int
	written []string // ids of whole lines
	half    string   // the rest of a line that was begun
}

func (p *plantLog) path() string { return filepath.Join(p.dir, p.name) }

// append writes whole lines, and perhaps the first part of one more.
func (p *plantLog) append(lines int, half bool) error {
	var text bytes.Buffer
	text.WriteString(p.half)
	p.half = ""
	for i := range lines {
		p.n++
		id := fmt.Sprintf("%s-%05d", p.name, p.n)
		at := time.Date(2026, 3, 7, 6, 0, p.n, 0, time.UTC).Format(time.RFC3339)
		line := fmt.Sprintf(`{"time":"%s","id":"%s","prediction":"ok","line":"L%d"}`+"\n", at, id, p.n%3)
		p.written = append(p.written, id)
		if half && i == lines-1 {
			p.half = line[20:]
			line = line[:20]
		}
		text.WriteString(line)
	}
	file, err := os.OpenFile(p.path(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(text.Bytes())
	return errBoth(err, file.Close())
}

func errBoth(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// shift makes room: .1 becomes .2 and so on, as logrotate does.
func (p *plantLog) shift() {
	for i := 9; i > 0; i-- {
		for _, ext := range []string{"", ".gz"} {
			os.Rename(fmt.Sprintf("%s.%d%s", p.path(), i, ext), fmt.Sprintf("%s.%d%s", p.path(), i+1, ext))
		}
	}
}

// rename rotates as logrotate's create does.
func (p *plantLog) rename() error {
	if p.half != "" {
		if err := p.append(0, false); err != nil {
			return err
		}
	}
	p.shift()
	return os.Rename(p.path(), p.path()+".1")
}

// copyTruncate rotates as logrotate's copytruncate does.
func (p *plantLog) copyTruncate() error {
	if err := p.append(0, false); err != nil {
		return err
	}
	p.shift()
	text, err := os.ReadFile(p.path())
	if err != nil {
		return err
	}
	return errBoth(os.WriteFile(p.path()+".1", text, 0o644), os.Truncate(p.path(), 0))
}

// slowCopyTruncate is copytruncate of a log so large that the follower looks
// while half of the copy is written.
func (p *plantLog) slowCopyTruncate(look func()) error {
	if err := p.append(0, false); err != nil {
		return err
	}
	p.shift()
	text, err := os.ReadFile(p.path())
	if err != nil {
		return err
	}
	for _, n := range []int{len(text) / 3, len(text) * 2 / 3, len(text)} {
		if err := os.WriteFile(p.path()+".1", text[:n], 0o644); err != nil {
			return err
		}
		look()
	}
	return os.Truncate(p.path(), 0)
}

// pack packs the newest old file.
func (p *plantLog) pack() error {
	text, err := os.ReadFile(p.path() + ".1")
	if err != nil {
		return nil
	}
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(text)
	z.Close()
	return errBoth(os.WriteFile(p.path()+".1.gz", out.Bytes(), 0o644), os.Remove(p.path()+".1"))
}

// loadedIDs are the ids in an incident file, sorted.
func loadedIDs(ctx context.Context, file *store.File) ([]string, error) {
	rows, err := file.RowCount(ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for len(ids) < int(rows) {
		examples, err := file.Rows(ctx, int64(len(ids))+1, int(rows))
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(examples.Fields, func(f analysis.Field) bool { return f.Role == analysis.RoleID })
		for _, row := range examples.Values {
			ids = append(ids, row[at])
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// happening is something that happens to a log, or to its follower.
type happening struct {
	log   int
	what  string
	lines int
}

// histories are what may happen between two looks, in any order.
var histories = rapid.Custom(func(t *rapid.T) []happening {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) happening {
		return happening{rapid.IntRange(0, 1).Draw(t, "log"),
			rapid.SampledFrom([]string{"append", "append", "half", "poll", "poll", "rename", "copytruncate", "slowcopy", "pack", "kill"}).Draw(t, "what"),
			rapid.IntRange(1, 5).Draw(t, "lines")}
	}), 1, 30).Draw(t, "history")
})

// Whatever a log goes through between two looks, every whole line is loaded
// once: growth by pieces, rotation by rename or copytruncate, packing, a
// second worker's file, and a follower that is killed and begins anew.
func TestFollowLoadsEachLineOnce(t *testing.T) {
	seeds := 12
	if os.Getenv("ANDON_HEAVY") != "" {
		seeds = 500
	}
	for seed := range seeds {
		followed := newFollowing(t)
		history := histories.Example(seed)
		for _, h := range history {
			followed.happens(h)
		}
		if got, want := followed.ends(); !slices.Equal(got, want) {
			t.Fatalf("seed %d: %d rows of %d lines after %v:\n%v, want\n%v", seed, len(got), len(want), history, got, want)
		}
	}
}

// following is a follower of two logs under test.
type following struct {
	t        *testing.T
	file     *store.File
	logs     []*plantLog
	follower *follower
	now      time.Time
}

func newFollowing(t *testing.T) *following {
	t.Helper()
	dir := t.TempDir()
	f := &following{t: t, now: time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC)}
	var err error
	if f.file, err = store.Create(t.Context(), filepath.Join(dir, "p.andon"), f.now); err != nil {
		t.Fatal(err)
	}
	logs := filepath.Join(dir, "logs")
	if err := os.Mkdir(logs, 0o755); err != nil {
		t.Fatal(err)
	}
	f.logs = []*plantLog{{dir: logs, name: "a.log"}, {dir: logs, name: "b.log"}}
	f.start()
	return f
}

func (f *following) start() {
	clock := func() time.Time { f.now = f.now.Add(time.Second); return f.now }
	f.follower = newFollower(&loader{file: f.file, now: clock}, []string{f.logs[0].dir})
	f.check(f.follower.recall(f.t.Context()))
}

func (f *following) check(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *following) happens(h happening) {
	f.t.Helper()
	p := f.logs[h.log]
	_, missing := os.Stat(p.path())
	switch {
	case h.what == "append" || h.what == "half":
		f.check(p.append(h.lines, h.what == "half"))
	case h.what == "poll":
		f.check(f.follower.poll(f.t.Context()))
	case h.what == "kill":
		f.follower.close()
		f.start()
	case missing != nil || p.n == 0:
	case h.what == "rename":
		f.check(p.rename())
	case h.what == "copytruncate":
		f.check(p.copyTruncate())
	case h.what == "slowcopy":
		f.check(f.follower.poll(f.t.Context())) // what nobody has read yet is no copy of anything
		f.check(p.slowCopyTruncate(func() { f.check(f.follower.poll(f.t.Context())) }))
	case h.what == "pack":
		f.check(p.pack())
	}
}

// ends brings everything to its end: the ids in the file, and those written.
func (f *following) ends() (got, want []string) {
	f.t.Helper()
	for _, p := range f.logs {
		f.check(p.append(0, false))
		want = append(want, p.written...)
	}
	for range 4 {
		f.check(f.follower.poll(f.t.Context()))
	}
	f.check(f.follower.finish(f.t.Context()))
	f.follower.close()
	slices.Sort(want)
	got, err := loadedIDs(f.t.Context(), f.file)
	f.check(err)
	f.check(f.file.Close())
	return got, want
}
