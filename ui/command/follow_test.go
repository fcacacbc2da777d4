package command

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/analysis"
	"andon/importers"
	"andon/store"
)

// Whatever logs go through, and at whatever moment of a look they do, every
// whole line is loaded once: growth by pieces, rotation by rename, copytruncate
// and packing, each stopped or killed between any two steps, three workers of
// which two write the same header, and a follower that is killed. The plant
// takes its steps between the follower's system calls, drawn by the seed.
//
// Not asked for is what cannot be known: rows that the plant destroys before
// they were seen (plantLog.may). And no log begins anew with the bytes of an
// older one: every file's first line is fresh.
func TestFollowLoadsEachLineOnce(t *testing.T) {
	seeds := uint64(40)
	if os.Getenv("ANDON_HEAVY") != "" {
		seeds = 1000
	}
	for seed := range seeds {
		p := newPlant(t, seed)
		p.run()
		if wrong := p.wrong(); wrong != "" {
			t.Fatalf("seed %d: %s\nafter %s", seed, wrong, strings.Join(p.history, " "))
		}
		p.check(os.RemoveAll(p.dir)) // thousands would fill the disk
	}
}

// plant is three logs and a follower of them under test.
type plant struct {
	t        *testing.T
	random   *rand.Rand
	dir      string
	logs     []*plantLog
	disk     *watchedFS
	path     string // of the incident file
	file     *store.File
	follower *follower
	now      time.Time
	hurry    float64 // how probably the plant acts between two system calls
	acts     int     // that are left
	history  []string
}

func newPlant(t *testing.T, seed uint64) *plant {
	t.Helper()
	dir := t.TempDir()
	p := &plant{t: t, dir: dir, random: rand.New(rand.NewPCG(seed, 5)), now: time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC)}
	p.hurry = []float64{0, 0.01, 0.05, 0.2}[p.random.IntN(4)]
	p.acts = 10 + p.random.IntN(80)
	logs := filepath.Join(dir, "logs")
	p.check(os.Mkdir(logs, 0o755))
	p.disk = &watchedFS{FS: os.DirFS(logs), before: p.between}
	for i, name := range []string{"a.log", "b.log", "c.log"} {
		p.logs = append(p.logs, newPlantLog(logs, name, i > 0, p.random))
	}
	p.path = filepath.Join(dir, "0.andon")
	var err error
	p.file, err = store.Create(t.Context(), p.path, p.now)
	p.check(err)
	p.start()
	return p
}

func (p *plant) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%v after %s", err, strings.Join(p.history, " "))
	}
}

// start is a follower as a new process has it.
func (p *plant) start() {
	clock := func() time.Time { p.now = p.now.Add(time.Second); return p.now }
	p.follower = newFollower(&loader{file: p.file, now: clock}, nil)
	p.follower.find = func() []importers.Source {
		sources, _, _ := importers.FindFS(p.disk, ".")
		return sources
	}
	p.check(p.follower.recall(p.t.Context()))
}

// killed is thrown out of a system call of a follower that is killed in it.
type killed struct{}

// between is what happens before a system call of the follower.
func (p *plant) between() {
	if p.acts == 0 || p.random.Float64() >= p.hurry {
		return
	}
	if p.random.IntN(40) == 0 {
		panic(killed{})
	}
	p.act()
}

// act is one thing that happens to a log.
func (p *plant) act() {
	p.acts--
	i := p.random.IntN(len(p.logs))
	log := p.logs[i]
	what, err := "", error(nil)
	switch n := p.random.IntN(40); {
	case n < 12:
		what, err = "append", log.append(1+p.random.IntN(4), false)
	case n < 17:
		what, err = "half", log.append(p.random.IntN(3), true)
	case n < 38:
		what, err = fmt.Sprintf("step(%d)", len(log.steps)), log.step()
	case n < 39:
		what = "abort"
		log.abort()
	default:
		what, err = "expire", log.expire()
	}
	p.history = append(p.history, log.name[:1]+"."+what)
	p.check(err)
}

// poll is a look that may be killed on the way.
func (p *plant) poll() {
	defer func() {
		if cause := recover(); cause == (killed{}) {
			p.kill()
		} else if cause != nil {
			panic(cause)
		}
	}()
	p.history = append(p.history, "poll(")
	p.check(p.follower.poll(p.t.Context()))
	p.history = append(p.history, ")")
}

// kill leaves what a killed process leaves: its files as they are.
func (p *plant) kill() {
	p.history = append(p.history, "KILL")
	p.disk.closeAll()
	image := filepath.Join(filepath.Dir(p.path), fmt.Sprintf("%d.andon", len(p.history)))
	for _, ext := range []string{"", "-wal"} {
		if bytes, err := os.ReadFile(p.path + ext); err == nil {
			p.check(os.WriteFile(image+ext, bytes, 0o600))
		}
	}
	p.file.Close()
	p.path = image
	var err error
	p.file, err = store.Open(p.t.Context(), image)
	p.check(err)
	p.start()
}

// run lets it all happen, and comes to an end.
func (p *plant) run() {
	for p.acts > 0 {
		switch n := p.random.IntN(20); {
		case n < 14:
			p.act()
		case n < 19:
			p.poll()
		default:
			p.kill()
		}
	}
	for _, log := range p.logs {
		p.check(log.settle())
	}
	for range 4 {
		p.poll()
		p.now = p.now.Add(endless)
	}
	p.check(p.follower.finish(p.t.Context()))
	p.follower.close()
	for _, log := range p.logs {
		p.check(log.file.Close())
	}
}

// wrong is how the rows differ from the account, or "".
func (p *plant) wrong() string {
	ids, err := loadedIDs(p.t.Context(), p.file)
	p.check(err)
	p.check(p.file.Close())
	got := map[string]int{}
	for _, id := range ids {
		got[id]++
	}
	for _, log := range p.logs {
		for _, id := range slices.Sorted(maps.Keys(log.must)) {
			if n := got[id]; n < log.must[id] || n > log.must[id]+log.may[id] {
				return fmt.Sprintf("%s is there %d times and was written %d times, and %d times in vain", id, n, log.must[id], log.may[id])
			}
			delete(got, id)
		}
		for id, n := range log.may {
			if got[id] > n {
				return fmt.Sprintf("%s is there %d times and was written %d times in vain", id, got[id], n)
			}
			delete(got, id)
		}
	}
	for id := range got {
		return id + " was never written"
	}
	return ""
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

// watchedFS is a file system that says when it is used, and whose files can be
// closed as the end of a process does.
type watchedFS struct {
	fs.FS
	before func()
	open   map[*watchedFile]bool
}

func (w *watchedFS) Open(name string) (fs.File, error) {
	w.before()
	file, err := w.FS.Open(name)
	if err != nil {
		return nil, err
	}
	watched := &watchedFile{file.(*os.File), w}
	if w.open == nil {
		w.open = map[*watchedFile]bool{}
	}
	w.open[watched] = true
	return watched, nil
}

func (w *watchedFS) closeAll() {
	for file := range w.open {
		file.File.Close()
	}
	clear(w.open)
}

type watchedFile struct {
	*os.File
	disk *watchedFS
}

func (f *watchedFile) Stat() (fs.FileInfo, error) {
	f.disk.before()
	return f.File.Stat()
}

func (f *watchedFile) Read(b []byte) (int, error) {
	f.disk.before()
	return f.File.Read(b)
}

func (f *watchedFile) ReadAt(b []byte, at int64) (int, error) {
	f.disk.before()
	return f.File.ReadAt(b, at)
}

func (f *watchedFile) Close() error {
	delete(f.disk.open, f)
	return f.File.Close()
}
