package importers

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// clip makes a video of black, then white: six seconds, changing after three.
func clip(t *testing.T, name string, more ...string) string {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("skip: needs ffmpeg")
	}
	at := filepath.Join(t.TempDir(), name)
	args := append([]string{"-v", "error", "-f", "lavfi", "-i", "color=black:s=320x240:r=10:d=3", "-f", "lavfi", "-i", "color=white:s=320x240:r=10:d=3",
		"-filter_complex", "[0][1]concat", "-c:v", "mpeg4"}, more...)
	if out, err := exec.Command("ffmpeg", append(args, at)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return at
}

// A frame a second, at the video's time, with what is in it.
func TestVideo(t *testing.T) {
	for _, test := range []struct {
		name, file string
		more       []string
		first      string
		warned     bool
	}{
		{"time in the name", "line2_20260307_062800.mp4", nil, "2026-03-07T06:28:00Z", false},
		{"time in the metadata", "-i.mkv", []string{"-metadata", "creation_time=2026-03-07T06:28:00Z"}, "2026-03-07T06:28:00Z", false},
		{"no time", "clip.avi", nil, "2000-01-01T00:00:00Z", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, got := load(t, clip(t, test.file, test.more...), Options{})
			if got.err != nil || r.Format != "video" || len(got.rows) < 6 || len(got.rows) > 7 {
				t.Fatalf("%s: %d frames, error %v", r.Format, len(got.rows), got.err)
			}
			if got.rows[0]["time"] != test.first || (len(r.Warnings) > 0) != test.warned {
				t.Errorf("begins at %s, want %s; %q", got.rows[0]["time"], test.first, r.Warnings)
			}
			dark, darkErr := strconv.ParseFloat(got.rows[1]["frame.luma"], 64)
			light, lightErr := strconv.ParseFloat(got.rows[5]["frame.luma"], 64)
			if darkErr != nil || lightErr != nil || dark > 0.2*light {
				t.Errorf("the second frame's luma is %v, the sixth's %v", dark, light)
			}
		})
	}
}

// Without ffmpeg, and with a file that is no video, a sentence says so.
func TestVideoThatCannotBeRead(t *testing.T) {
	at := filepath.Join(t.TempDir(), "a.mp4")
	if err := os.WriteFile(at, []byte("no video at all"), 0o644); err != nil {
		t.Fatal(err)
	}
	sources, _, err := Find([]string{at})
	if err != nil {
		t.Fatal(err)
	}
	if r, err := sources[0].Recognise(t.Context(), Options{}); err == nil {
		for _, err = range sources[0].Read(t.Context(), r, 0, nil) {
		}
		if err == nil || !strings.Contains(err.Error(), "ffmpeg took no frame out of it") {
			t.Errorf("error %v", err)
		}
	}
	t.Setenv("PATH", "")
	if _, err := sources[0].Recognise(t.Context(), Options{}); err == nil || !strings.Contains(err.Error(), "needs ffmpeg on the PATH") {
		t.Errorf("error %v", err)
	}
}
