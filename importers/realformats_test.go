package importers

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"andon/analysis"
	"andon/analysis/analysistest"
)

// recognised is what a real file is taken for, in one line: its format and
// kind, the source of each role, rows and rejects; or why it is none.
func recognised(t *testing.T, s Source) string {
	t.Helper()
	r, err := s.Recognise(context.Background(), Options{})
	if err != nil {
		return "refused: " + strings.TrimPrefix(err.Error(), s.Path+": ")
	}
	var roles []string
	for _, f := range r.Fields {
		if own := f.Role == analysis.RoleEnd || f.Role == analysis.RoleDetail || r.Kind == analysis.FrameKind; f.Role.Named() && f.Path != "" && !own {
			roles = append(roles, string(f.Role)+"="+f.Path)
		}
	}
	slices.Sort(roles)
	rows, rejects := 0, 0
	for b, err := range s.Read(context.Background(), r, 0, nil) {
		if err != nil {
			t.Fatal(err)
		}
		rows += b.Rows
		rejects += len(b.Rejects)
	}
	return fmt.Sprintf("%s, %s, %d rows, %d rejects, %s", r.Format, r.Kind, rows, rejects, strings.Join(roles, " "))
}

// Every file that others made and that is not about itself: what it is taken
// for. The counts are this package's own, read through when they were written
// down: they hold it to what it did. Lines of SOURCE.txt are not logs.
func TestRealFormats(t *testing.T) {
	root := analysistest.Shared(t, "formats")
	sources, skips, err := Find([]string{root})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	name := func(path string) string {
		rel, err := filepath.Rel(root, path)
		if err != nil {
			t.Fatal(err)
		}
		return filepath.ToSlash(rel)
	}
	for _, s := range skips {
		got[name(s.Path)] = "refused: " + s.Why
	}
	for _, s := range sources {
		got[strings.TrimSuffix(name(s.Path)+" "+s.View(), " ")] = recognised(t, s)
	}
	for path, have := range got {
		want, ok := realFormats[path]
		switch {
		case ok && !strings.HasPrefix(have, want):
			t.Errorf("%s is\n%s, want\n%s", path, have, want)
		case !ok && !isProse(path):
			t.Errorf("%s is not in the table: %s", path, have)
		}
	}
	for path := range realFormats {
		if got[path] == "" {
			t.Errorf("%s was not found", path)
		}
	}
}

// Labels and predictions of one detector agree as its owner counted: of 305
// images 263 have exactly the labelled classes, and in 23 nothing was found.
func TestYOLOAgainstCOCO(t *testing.T) {
	// The names of classes lie beside both, so the directory is what is given.
	sources, _, err := Find([]string{analysistest.Shared(t, "formats", "yolo_garment_faults")})
	if err != nil {
		t.Fatal(err)
	}
	var labels, answers loaded
	for _, s := range sources {
		switch path.Base(s.Path) {
		case "labels":
			_, labels = loadSource(t, s, Options{})
		case "predictions.json":
			_, answers = loadSource(t, s, Options{})
		}
	}
	truth := map[string]string{}
	for _, row := range labels.rows {
		truth[row["id"]] = row["label"]
	}
	right, none := 0, 0
	for _, row := range answers.rows {
		if row["prediction"] == truth[row["id"]] {
			right++
		}
		if row["prediction"] == "none" {
			none++
		}
	}
	if len(answers.rows) != 305 || right != 263 || none != 23 {
		t.Errorf("%d images, %d right, %d without a detection", len(answers.rows), right, none)
	}
}

// isProse reports whether a file is about the others or a parameter of one.
func isProse(path string) bool {
	for _, part := range []string{"SOURCE.txt", ".md", "config.txt", "schema.json", "/params/", "/tags/", "data.yaml"} {
		if strings.Contains(path, part) {
			return true
		}
	}
	return false
}
