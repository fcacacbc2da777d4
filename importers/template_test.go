package importers

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"andon/analysis"
)

func TestTemplate(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		template, path string
		zone           *time.Location
		want           string // time, then the values; "" where it does not fit
	}{
		{"{camera}_{time}.jpg", "a/b/C05_20260307_062800.jpg", nil, "2026-03-07T06:28:00Z C05"},
		{"{camera}_{time}.jpg", "C05_20260307_062800.png", nil, ""},
		{"{camera}_{time}", "C05_20260307_062800.png", nil, "2026-03-07T06:28:00Z C05"},
		{"{line}/{camera}_{time}.jpg", "shots/L2/C05_20260307_062800.jpg", nil, "2026-03-07T06:28:00Z L2 C05"},
		{"{line}/{camera}_{time}.jpg", "C05_20260307_062800.jpg", nil, ""},
		{"{date}/{camera}/{clock}", "x/2026-03-07/C05/062800.png", nil, "2026-03-07T06:28:00Z C05"},
		{"{time}-{line}.bmp", "1772864880-L1.bmp", nil, "2026-03-07T06:28:00Z L1"},
		{"cam{camera}/{id}.png", "cam7/part-4711.png", nil, "- 7 part-4711"},
		{"{camera}_{time}", "C1_20260707_062800.jpg", berlin, "2026-07-07T04:28:00Z C1"},
		{"{camera} {time}", "no such name.jpg", nil, "- no"},
	} {
		tm, err := newTemplate(c.template)
		if err != nil {
			t.Fatal(err)
		}
		p, got := tm.place(c.path, c.zone), ""
		if p.fits {
			got = strings.Join(append([]string{shownTime(p.at)}, p.values...), " ")
		}
		if got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.template, c.path, got, c.want)
		}
	}
	for _, bad := range []string{"plain", "{}", "{a}{", "{a b}", "{camera}/{camera}", "{thumb}"} {
		if _, err := newTemplate(bad); err == nil {
			t.Errorf("the template %q is taken", bad)
		}
	}
}

func shownTime(ns int64) string {
	if ns == analysis.NoTime {
		return "-"
	}
	return time.Unix(0, ns).UTC().Format(time.RFC3339)
}

// shoot writes a small image.
func shoot(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	m := image.NewGray(image.Rect(0, 0, 8, 8))
	m.Set(1, 1, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The mapping's template gives frames their camera and time, and says how many
// it does not fit; a misspelled one is an error of the mapping.
func TestFramesByTemplate(t *testing.T) {
	dir := t.TempDir()
	shoot(t, filepath.Join(dir, "L1", "C1_20260307_062800.png"))
	shoot(t, filepath.Join(dir, "L1", "other.png"))
	m, err := ReadMapping(strings.NewReader("time: {zone: Europe/Berlin}\nframes: {path: \"{line}/{camera}_{time}\"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	r, got := load(t, dir, Options{Mapping: m})
	if len(got.rows) != 2 || got.rows[0]["camera"] != "C1" || got.rows[0]["line"] != "L1" || got.rows[0]["time"] != "2026-03-07T05:28:00Z" || got.rows[1]["camera"] != "" {
		t.Errorf("frames %v", got.rows)
	}
	if !slices.ContainsFunc(r.Warnings, func(w string) bool { return strings.Contains(w, "1 of 2 images do not fit") }) {
		t.Errorf("warnings %q", r.Warnings)
	}
	if _, err := ReadMapping(strings.NewReader("frames: {path: \"{camera\"}")); err == nil {
		t.Error("a broken template is taken")
	}
	if _, err := ReadMapping(strings.NewReader("frames: {began: yesterday}")); err == nil {
		t.Error("a beginning that is no time is taken")
	}
}

// A COCO file beside the images says when each was captured.
func TestFramesByCOCO(t *testing.T) {
	for _, at := range []string{"shots/_annotations.coco.json", "annotations/train.json", "coco.json"} {
		dir := t.TempDir()
		shoot(t, filepath.Join(dir, "shots", "a.png"))
		shoot(t, filepath.Join(dir, "shots", "b.png"))
		shoot(t, filepath.Join(dir, "shots", "20260307_062800.png"))
		text := `{"info":{"year":2026},"images":[{"id":1,"file_name":"x/a.png","date_captured":"2026-03-07 06:28:00"},
			{"id":2,"file_name":"b.png","date_captured":"2026-03-07T06:29:00+00:00"},{"id":3,"file_name":7}],"annotations":[]}`
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, at)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, at), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		sources, _, err := Find([]string{dir})
		if err != nil {
			t.Fatal(err)
		}
		times := ""
		for _, s := range sources {
			if s.Images > 0 {
				_, got := loadSource(t, s, Options{})
				for _, row := range got.rows {
					times += fmt.Sprintf("%s %s, ", filepath.Base(row["path"]), row["time"])
				}
			}
		}
		if want := "20260307_062800.png 2026-03-07T06:28:00Z, a.png 2026-03-07T06:28:00Z, b.png 2026-03-07T06:29:00Z, "; times != want {
			t.Errorf("%s: %s, want %s", at, times, want)
		}
	}
}
