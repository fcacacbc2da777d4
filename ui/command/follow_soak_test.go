package command

import (
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"andon/store"
)

// A follower that is killed in the middle of a rotation every 20 s, of a JSON
// log and a CSV log that are rotated every 5 s by rename, copytruncate and
// packing, ends with exactly the rows that were written, for as long as
// ANDON_SOAK says.
func TestFollowSoak(t *testing.T) {
	length, err := time.ParseDuration(os.Getenv("ANDON_SOAK"))
	if err != nil {
		t.Skip("skip: needs ANDON_SOAK=10m")
	}
	t.Parallel() // it mostly sleeps
	dir := t.TempDir()
	binary := filepath.Join(dir, "andon")
	if out, err := exec.Command("go", "build", "-o", binary, "andon").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	logs := filepath.Join(dir, "logs")
	if err := os.Mkdir(logs, 0o755); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 5))
	s := soak{t: t, logs: []*plantLog{newPlantLog(logs, "a.log", false, random), newPlantLog(logs, "b.log", true, random)}}
	path := filepath.Join(dir, "p.andon")
	s.start = func() *exec.Cmd {
		c := exec.Command(binary, "follow", "-o", path, "--every", "200ms", logs)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c
	}
	s.run(length)
	want := map[string]int{}
	for _, log := range s.logs {
		maps.Copy(want, log.must)
		if len(log.may) > 0 {
			t.Errorf("%s destroyed %d rows", log.name, len(log.may))
		}
	}
	got := everyID(t, path)
	if !maps.Equal(got, want) {
		t.Errorf("%d different ids of %d", len(got), len(want))
	}
	for id, n := range want {
		if got[id] != n {
			t.Errorf("%s is there %d times and was written %d times", id, got[id], n)
		}
	}
	t.Logf("%d ids, %d rotations, %d kills", len(want), s.rotations, s.kills)
}

// soak is two logs and a process that follows them.
type soak struct {
	t                *testing.T
	logs             []*plantLog
	start            func() *exec.Cmd
	rotations, kills int
}

// run writes, rotates and kills, then lets the last follower catch up.
func (s *soak) run(length time.Duration) {
	s.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	began := time.Now()
	rotate, kill := began.Add(5*time.Second), began.Add(20*time.Second)
	follower := s.start()
	for now := range tick.C {
		if now.Sub(began) > length {
			break
		}
		rotating := false
		for _, log := range s.logs {
			log.careful = true
			s.check(log.append(1, s.rotations%2 == 0))
			if rotating = rotating || len(log.steps) > 0; len(log.steps) > 0 || now.After(rotate) {
				s.check(log.step())
			}
		}
		if now.After(rotate) {
			rotate = now.Add(5 * time.Second)
			s.rotations++
		}
		if now.After(kill) && rotating {
			kill = now.Add(20 * time.Second)
			follower.Process.Kill()
			follower.Wait()
			follower = s.start()
			s.kills++
		}
	}
	for _, log := range s.logs {
		s.check(log.settle())
		s.check(log.file.Close())
	}
	// The last looks, also at the file that has just lost its name: 20 s, since
	// other tests run beside this one.
	for range 1000 {
		<-tick.C
	}
	s.check(follower.Process.Signal(syscall.SIGTERM))
	s.check(follower.Wait())
}

func (s *soak) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// everyID counts the ids of an incident file.
func everyID(t *testing.T, path string) map[string]int {
	t.Helper()
	ctx := context.Background()
	file, err := store.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	ids, err := loadedIDs(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, id := range ids {
		counts[id]++
	}
	return counts
}
