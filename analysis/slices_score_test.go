package analysis

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"andon/analysis/analysistest"
)

// sliceCase is one incident of a data folder: its leaves and the causes
// experts (or the generator) named, as "a=x&b=y".
type sliceCase struct {
	name   string
	leaves Leaves
	causes []string
}

func sliceCases(t testing.TB, folder string) []sliceCase {
	t.Helper()
	root := analysistest.Shared(t, folder)
	text, err := os.ReadFile(filepath.Join(root, "labels.json"))
	if err != nil {
		t.Fatal(err)
	}
	var labels map[string]struct {
		Attrs  []string
		Causes []map[string]string
	}
	if err := json.Unmarshal(text, &labels); err != nil {
		t.Fatal(err)
	}
	var cases []sliceCase
	for name, label := range labels {
		c := sliceCase{name: name, leaves: readLeaves(t, filepath.Join(root, "cases", name+".csv"), label.Attrs)}
		for _, cause := range label.Causes {
			c.causes = append(c.causes, causeKey(cause))
		}
		cases = append(cases, c)
	}
	sort.Slice(cases, func(i, j int) bool { return cases[i].name < cases[j].name })
	return cases
}

// causeKey is the canonical text of a slice, as the published scorers write it.
func causeKey(where map[string]string) string {
	parts := make([]string, 0, len(where))
	for column, value := range where {
		parts = append(parts, column+"="+value)
	}
	slices.Sort(parts)
	return strings.Join(parts, "&")
}

func readLeaves(t testing.TB, path string, attrs []string) Leaves {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	leaves := Leaves{Values: make([][]Condition, len(attrs))}
	numbers := make([]map[string]uint32, len(attrs))
	for d, a := range attrs {
		leaves.Dims = append(leaves.Dims, Dimension{Column: a})
		numbers[d] = map[string]uint32{}
	}
	count := func(row []string, n, bad string) Sum {
		known, _ := strconv.Atoi(row[at[n]])
		wrong, _ := strconv.Atoi(row[at[bad]])
		return Sum{Rows: known, Known: known, Good: float64(known - wrong)}
	}
	for _, row := range rows[1:] {
		cell := Cell{Before: count(row, "n_before", "err_before"), After: count(row, "n_after", "err_after")}
		for d, a := range attrs {
			v := row[at[a]]
			k, ok := numbers[d][v]
			if !ok {
				k = uint32(len(leaves.Values[d]))
				numbers[d][v] = k
				leaves.Values[d] = append(leaves.Values[d], Is(a, v))
			}
			cell.Key = append(cell.Key, k)
		}
		leaves.Cells = append(leaves.Cells, cell)
	}
	return leaves
}

// sliceMatch is the set match of the published scorers over some cases.
type sliceMatch struct{ tp, fp, fn, top1, hit3, cases int }

func (m sliceMatch) f1() float64 { return 2 * float64(m.tp) / float64(2*m.tp+m.fp+m.fn) }

func (m sliceMatch) share(n int) float64 { return float64(n) / float64(m.cases) }

func matchSlices(cases []sliceCase, locate func(Leaves) []SliceScore) sliceMatch {
	var m sliceMatch
	for _, c := range cases {
		m.cases++
		hits, hit3 := 0, false
		for rank, s := range locate(c.leaves) {
			right := slices.Contains(c.causes, causeKey(s.Where.Map()))
			if right && rank == 0 {
				m.top1++
			}
			hit3 = hit3 || right && rank < 3
			switch {
			case s.Accepted && right:
				hits++
			case s.Accepted:
				m.fp++
			}
		}
		if hit3 {
			m.hit3++
		}
		m.tp += hits
		m.fn += len(c.causes) - hits
	}
	return m
}

// shuffled deals every leaf's rows out anew between the windows, so that
// nothing changed.
func shuffled(l Leaves, random *rand.Rand) Leaves {
	out := l
	out.Cells = slices.Clone(l.Cells)
	for i, c := range out.Cells {
		all := c.Before.Add(c.After)
		wrong, left, rest := all.Known-int(all.Good), all.Known, c.Before.Known
		bad := 0
		for range wrong {
			if random.IntN(left) < rest {
				bad++
				rest--
			}
			left--
		}
		c.Before.Good = float64(c.Before.Known - bad)
		c.After.Good = float64(c.After.Known - (wrong - bad))
		out.Cells[i] = c
	}
	return out
}

func locateTest(l Leaves) []SliceScore { return LocateLeaves(l, Search{Depth: 3}) }

// TestScoreSlices prints F1 of the accepted slices against the causes, whether
// a cause is among the first three, the share of shuffled cases with any slice
// accepted, and F1 on each half of the cases: one parameter set for all.
func TestScoreSlices(t *testing.T) {
	for _, c := range []struct {
		name           string
		f1, hit3, null float64 // what was reached, with a margin
	}{
		{"slices_real", .72, .90, .02},
		{"slices_synthetic", .93, .95, .01},
	} {
		t.Run(c.name, func(t *testing.T) {
			cases := sliceCases(t, c.name)
			var odd, even []sliceCase
			for i, one := range cases {
				if i%2 == 0 {
					even = append(even, one)
				} else {
					odd = append(odd, one)
				}
			}
			random := rand.New(rand.NewPCG(1, 2))
			false1 := 0
			for _, one := range cases {
				if found := locateTest(shuffled(one.leaves, random)); len(found) > 0 && found[0].Accepted {
					false1++
				}
			}
			m := matchSlices(cases, locateTest)
			hit3, null := m.share(m.hit3), m.share(false1)
			fmt.Printf("score: %s F1=%.3f hit3=%.3f top1=%.3f null=%.3f halves=%.3f/%.3f\n", c.name,
				m.f1(), hit3, m.share(m.top1), null, matchSlices(even, locateTest).f1(), matchSlices(odd, locateTest).f1())
			if m.f1() < c.f1 || hit3 < c.hit3 || null > c.null {
				t.Errorf("below what was reached: F1 ≥ %.2f, hit3 ≥ %.2f, null ≤ %.2f", c.f1, c.hit3, c.null)
			}
		})
	}
}
