package analysis

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"andon/analysis/analysistest"
)

// errorSeries reads a CSV of errors,total per hour as a series of right
// answers.
func errorSeries(t testing.TB, path string) Series {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	s := Series{Name: Accuracy, Start: monday, Step: time.Hour}
	for _, line := range lines[1:] {
		wrong, err1 := strconv.ParseFloat(line[0], 64)
		total, err2 := strconv.ParseFloat(line[1], 64)
		if err1 != nil || err2 != nil {
			t.Fatal(path, line)
		}
		s.Buckets = append(s.Buckets, Sum{Rows: int(total), Known: int(total), Good: total - wrong})
	}
	return s
}

// matched counts the truths that have a found index of their own within
// margin, nearest first, ties to the smaller.
func matched(truth, found []int, margin int) int {
	left := slices.Sorted(slices.Values(found))
	hits := 0
	for _, want := range slices.Sorted(slices.Values(truth)) {
		best := -1
		for i, have := range left {
			if far := apart(want, have); far <= margin && (best < 0 || far < apart(want, left[best])) {
				best = i
			}
		}
		if best >= 0 {
			hits++
			left = slices.Delete(left, best, best+1)
		}
	}
	return hits
}

func apart(a, b int) int { return max(a-b, b-a) }

func TestScoreChangesSynthetic(t *testing.T) {
	type label struct {
		Kind string `json:"kind"`
		Cuts []int  `json:"cps"`
	}
	labels := analysistest.Decode[map[string]label](t, "changes_synthetic", "labels.json")
	var score changeScore
	for name, want := range labels {
		s := errorSeries(t, analysistest.Shared(t, "changes_synthetic", "series", name+".csv"))
		changes, _ := Changes(s)
		score.add(s, want.Cuts, changes)
	}
	onset, cover := median(score.late), score.cover()
	fmt.Printf("score: changes_synthetic %v\n", &score)
	if score.f1() < 0.85 || score.null() > 0.02 || onset > 1 || cover < 0.87 || cover > 0.97 {
		t.Error("below what was reached: F1 ≥ 0.85, null ≤ 0.02, onset ≤ 1 h, cover 0.87-0.97")
	}
}

type tcpdSeries struct {
	Name   string `json:"name"`
	N      int    `json:"n_obs"`
	Dim    int    `json:"n_dim"`
	Series []struct {
		Raw []*float64 `json:"raw"`
	} `json:"series"`
}

// TestScoreTCPD follows the scorer of the Turing change point benchmark: an
// index is the last of the left segment, 0 belongs to every set, margin 5.
func TestScoreTCPD(t *testing.T) {
	notes := analysistest.Decode[map[string]map[string][]int](t, "tcpd", "annotations.json")
	files, err := filepath.Glob(filepath.Join(analysistest.Shared(t, "tcpd", "datasets"), "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var f1, cover, count float64
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var data tcpdSeries
		if err := json.Unmarshal(raw, &data); err != nil {
			t.Fatal(err)
		}
		if data.Dim != 1 || slices.Contains(data.Series[0].Raw, nil) {
			continue // the published scores leave out the one series with holes
		}
		s := Series{Scale: Amount, Start: monday, Step: 30 * 24 * time.Hour}
		for _, v := range data.Series[0].Raw {
			s.Buckets = append(s.Buckets, Sum{1, 1, *v, *v * *v})
		}
		changes, _ := Changes(s)
		var found []int
		for _, c := range changes {
			if at := s.Index(c.Onset) - 1; at >= 1 && at <= data.N-2 {
				found = append(found, at)
			}
		}
		f, c := tcpdF1(notes[data.Name], found), tcpdCover(notes[data.Name], found, data.N)
		t.Logf("%-22s F1 %.3f cover %.3f %v", data.Name, f, c, found)
		f1, cover, count = f1+f, cover+c, count+1
	}
	fmt.Printf("score: tcpd F1=%.3f cover=%.3f n=%.0f\n", f1/count, cover/count, count)
	if f1/count < 0.738 || cover/count < 0.69 {
		t.Error("below what was reached: F1 ≥ 0.738, cover ≥ 0.69")
	}
}

func tcpdF1(notes map[string][]int, found []int) float64 {
	found = append([]int{0}, found...)
	all := map[int]bool{0: true}
	recall := 0.0
	for _, cuts := range notes {
		set := append([]int{0}, cuts...)
		slices.Sort(set)
		set = slices.Compact(set)
		for _, c := range set {
			all[c] = true
		}
		recall += float64(matched(set, found, 5)) / float64(len(set)) / float64(len(notes))
	}
	var union []int
	for c := range all {
		union = append(union, c)
	}
	precision := float64(matched(union, found, 5)) / float64(len(found))
	return 2 * precision * recall / (precision + recall)
}

func tcpdCover(notes map[string][]int, found []int, n int) float64 {
	total := 0.0
	for _, cuts := range notes {
		for _, a := range stretches(inside(cuts, n), n) {
			best := 0.0
			for _, b := range stretches(inside(found, n), n) {
				both := min(a[1], b[1]) - max(a[0], b[0])
				if both > 0 {
					best = math.Max(best, float64(both)/float64(max(a[1], b[1])-min(a[0], b[0])))
				}
			}
			total += float64(a[1]-a[0]) * best / float64(n) / float64(len(notes))
		}
	}
	return total
}

func inside(cuts []int, n int) []int {
	var kept []int
	for _, c := range slices.Compact(slices.Sorted(slices.Values(cuts))) {
		if c > 0 && c < n {
			kept = append(kept, c)
		}
	}
	return kept
}
