package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"andon/analysis/practice"
)

// A camera films each line, a frame a second; the log tells when, which line and
// what was answered, and nothing of what was seen. Halfway the gloves on L2 turn
// dark. That what its camera sees was never seen before is found in the clips.
//
// Pictures, answers and the truth are those of the practice incident "gloves".
func TestGlovesFoundInAClip(t *testing.T) {
	if os.Getenv("ANDON_HEAVY") == "" {
		t.Skip("skip: needs ANDON_HEAVY=1")
	}
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("skip: needs ffmpeg")
	}
	dir := t.TempDir()
	film(t, dir, time.Date(2026, 3, 8, 6, 0, 0, 0, time.UTC), 600)
	mapping := filepath.Join(t.TempDir(), "clips.yaml")
	if err := os.WriteFile(mapping, []byte("frames: {path: \"{line}_{time}.mp4\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	incident := filepath.Join(t.TempDir(), "clip.andon")
	run := func(args ...string) string {
		var out, errs bytes.Buffer
		code := Run(t.Context(), Env{Args: args, In: strings.NewReader(""), Out: &out, Err: &errs, Now: time.Now, Getenv: os.Getenv})
		if code != 0 {
			t.Fatalf("andon %s: %d: %s", strings.Join(args, " "), code, errs.String())
		}
		return out.String()
	}
	if text := run("import", "-o", incident, "--map", mapping, dir); !strings.Contains(text, "frames: 2,400 joined, 0 without") {
		t.Errorf("not every frame met its rows:\n%s", text)
	}
	var got struct {
		Onset   struct{ Time time.Time }
		Quality struct{ Delta float64 }
		Account struct{ New float64 }
		Slices  []struct{ Where map[string]string }
		Signals []struct{ Column string }
		Verdict struct{ Cause string }
	}
	answer := run("triage", incident, "--json")
	if err := json.Unmarshal([]byte(answer), &got); err != nil {
		t.Fatal(err)
	}
	late := got.Onset.Time.Sub(time.Date(2026, 3, 8, 6, 10, 0, 0, time.UTC)).Abs()
	if got.Verdict.Cause != "floor" || len(got.Slices) == 0 || got.Slices[0].Where["line"] != "L2" || late > time.Minute ||
		len(got.Signals) == 0 || !strings.HasPrefix(got.Signals[0].Column, "frame.") || got.Account.New > 0.5*got.Quality.Delta {
		t.Errorf("the gloves were not found: %+v\n%s", got, run("triage", incident))
	}
}

// film writes a clip of each line, the log of what was answered to its frames,
// and what people wrote down: half of it before the gloves came, half after.
func film(t *testing.T, dir string, began time.Time, half int) {
	t.Helper()
	shown := practiceShots(t)
	var log bytes.Buffer
	for i, line := range []string{"L1", "L2"} {
		frames := t.TempDir()
		for second := range 2 * half {
			shots := shown["before"]
			if line == "L2" && second >= half {
				shots = shown["after"]
			}
			shot := shots[(11*second+i)%len(shots)]
			if err := os.Symlink(shot.path, filepath.Join(frames, fmt.Sprintf("%05d.png", second))); err != nil {
				t.Fatal(err)
			}
			at := began.Add(time.Duration(second)*time.Second + 130*time.Millisecond)
			fmt.Fprintf(&log, `{"time":"%s","id":"%s-%d","line":"%s","prediction":"%s","confidence":%v,"label":"%s"}`+"\n",
				at.Format(time.RFC3339Nano), line, second, line, shot.said, shot.sure, shot.truth)
		}
		clip := filepath.Join(dir, line+"_"+began.Format("20060102_150405")+".mp4")
		out, err := exec.Command("ffmpeg", "-v", "error", "-framerate", "1", "-i", filepath.Join(frames, "%05d.png"), "-c:v", "mpeg4", "-q:v", "2", clip).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	events := fmt.Sprintf(`{"time":"%s","kind":"material","title":"Gloves for L2: new vendor","scope":{"line":"L2"}}`+"\n",
		began.Add(time.Duration(half-60)*time.Second).Format(time.RFC3339))
	for name, text := range map[string]string{"log.jsonl": log.String(), "events.jsonl": events} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// shot is a practice picture with what was answered to it and what is true.
type shot struct {
	path, said, truth string
	sure              float64
}

// practiceShots are the pictures of line L2 that were kept, before its gloves
// changed and after, written to files.
func practiceShots(t *testing.T) map[string][]shot {
	t.Helper()
	incident, err := practice.Play("gloves", practice.DefaultSeed)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, content := range incident.Files() {
		if path.Dir(name) == "frames" {
			if err := os.WriteFile(filepath.Join(dir, path.Base(name)), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	shots := map[string][]shot{}
	for _, r := range incident.Records {
		if !r.Sampled || r.Line != "L2" || r.Status != practice.OK {
			continue
		}
		when := "before"
		if r.Time.After(incident.Truth.Onset) {
			when = "after"
		}
		shots[when] = append(shots[when], shot{filepath.Join(dir, r.ID+".png"), r.Answer.Class.String(), r.Scene.Class.String(), r.Answer.Confidence})
	}
	return shots
}
