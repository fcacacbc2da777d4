package swap

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
)

// answers makes rows with the given right and wrong answers of both models:
// counts of (old, new) = (right, right), (right, wrong), (wrong, right), (wrong, wrong).
func answers(side string, first int64, counts [4]int) []Answer {
	var all []Answer
	row := first
	for kind, n := range counts {
		for range n {
			all = append(all, Answer{Row: row, Side: side, Model: Old, Version: "1", Correct: kind < 2},
				Answer{Row: row, Side: side, Model: New, Version: "2", Correct: kind%2 == 0})
			row++
		}
	}
	return all
}

// table reads a 2x2 from its counts before and after.
func table(t testing.TB, before, after [4]int) Reading {
	t.Helper()
	r, err := Read(append(answers(Before, 1, before), answers(After, 1_000_000, after)...))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Oracle: approval of the prime minister asked twice of 1,600 people, 794, 150,
// 86, 570: z² = 17.36, difference -0.04, 95 % interval -0.059 to -0.022 (Agresti,
// Categorical Data Analysis, table 10.1).
func TestPairedOracle(t *testing.T) {
	e := paired(1600, [2]int{150, 86})
	if math.Abs(e.Value+.04) > 1e-12 || math.Abs(e.Interval.Lo+.059) > 1e-3 || math.Abs(e.Interval.Hi+.022) > 1e-3 {
		t.Errorf("effect %+v, want -0.04 [-0.059, -0.022]", e)
	}
	if want := math.Erfc(math.Sqrt(17.356/2) / 1); math.Abs(e.P-want) > 1e-5 {
		t.Errorf("p = %v, want %v", e.P, want)
	}
	// Small: exact binomial, 1 of 9 discordant: 2·(1 + 9)/2^9.
	if e := paired(40, [2]int{8, 1}); math.Abs(e.P-20./512) > 1e-12 {
		t.Errorf("exact p = %v, want %v", e.P, 20./512)
	}
}

// Oracle: the interval of a paired difference holds the truth in 95 of 100
// draws, few rows and many.
func TestPairedIntervalCovers(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 3))
	for _, tt := range []struct {
		n         int
		only, too float64 // P(only old right), P(only new right)
	}{{40, .3, .05}, {200, .4, .02}, {60, .1, .1}} {
		held := 0
		const draws = 4000
		for range draws {
			var only [2]int
			for range tt.n {
				switch u := random.Float64(); {
				case u < tt.only:
					only[0]++
				case u < tt.only+tt.too:
					only[1]++
				}
			}
			if e := paired(tt.n, only); e.Interval.Lo <= tt.too-tt.only && tt.too-tt.only <= e.Interval.Hi {
				held++
			}
		}
		if cover := float64(held) / draws; cover < .935 || cover > .985 {
			t.Errorf("n = %d: covers %.3f, want about .95", tt.n, cover)
		}
	}
}

func TestOutcomes(t *testing.T) {
	for _, tt := range []struct {
		name          string
		before, after [4]int
		want          Outcome
		answer        analysis.Outcome
	}{
		{"the world", [4]int{90, 2, 2, 6}, [4]int{18, 2, 2, 78}, ByInputs, analysis.No},
		{"the model", [4]int{20, 70, 1, 9}, [4]int{18, 72, 1, 9}, ByModel, analysis.Yes},
		{"both", [4]int{60, 30, 2, 8}, [4]int{20, 35, 2, 43}, ByBoth, analysis.Unclear},
		{"neither", [4]int{90, 2, 2, 6}, [4]int{90, 2, 3, 5}, NoDrop, analysis.Unclear},
	} {
		r := table(t, tt.before, tt.after)
		if r.Outcome != tt.want || r.Answered() != tt.answer || r.Claim() == "" {
			t.Errorf("%s: %s (%s), model %.2f of the drop", tt.name, r.Outcome, r.Claim(), r.ModelShare)
		}
	}
	same := append(answers(Before, 1, [4]int{90, 0, 0, 10}), answers(After, 1000, [4]int{20, 0, 0, 80})...)
	for i := range same {
		same[i].Version = "4.1"
	}
	if r, err := Read(same); err != nil || r.Outcome != OneModel || r.Answered() != analysis.Unclear {
		t.Errorf("one version as both models: %+v, %v", r, err)
	}
}

// Whatever the table: the parts make the drop, and the order of the answers
// does not matter.
func TestPartsMakeTheDrop(t *testing.T) {
	counts := rapid.Custom(func(t *rapid.T) (c [4]int) {
		for i := range c {
			c[i] = rapid.IntRange(0, 20).Draw(t, "count")
		}
		c[rapid.IntRange(0, 3).Draw(t, "some")]++
		return c
	})
	rapid.Check(t, func(t *rapid.T) {
		all := append(answers(Before, 1, counts.Draw(t, "before")), answers(After, 1000, counts.Draw(t, "after"))...)
		r, err := Read(all)
		if err != nil {
			t.Fatal(err)
		}
		parts := (r.Model[0].Value+r.Model[1].Value)/2 + (r.Inputs[0].Value+r.Inputs[1].Value)/2
		if math.Abs(parts-r.Drop.Value) > 1e-12 {
			t.Fatalf("parts make %v, the drop is %v", parts, r.Drop.Value)
		}
		shuffled := rapid.Permutation(all).Draw(t, "order")
		if again, _ := Read(shuffled); fmt.Sprint(again) != fmt.Sprint(r) {
			t.Fatal("another order of the answers is another table")
		}
	})
}

func TestReadSaysWhatIsMissing(t *testing.T) {
	if _, err := Read(answers(After, 1, [4]int{5, 0, 0, 0})); err == nil || !strings.Contains(err.Error(), "window before") {
		t.Errorf("without rows before: %v", err)
	}
	all := append(answers(Before, 1, [4]int{40, 0, 0, 0}), answers(After, 1000, [4]int{10, 30, 0, 0})...)
	all = append(all, Answer{Row: 5000, Side: After, Model: Old})
	for i := range all {
		all[i].Logged, all[i].Prediction = "ok", "ok"
		if i%5 == 0 {
			all[i].Prediction = "nok"
		}
	}
	r, err := Read(all)
	if err != nil || len(r.Warnings) != 2 || !strings.Contains(r.Warnings[0], "1 rows were answered by one model only") || !strings.Contains(r.Warnings[1], "pipeline") {
		t.Errorf("warnings %q, %v", r.Warnings, err)
	}
}

// log is a table of n rows an hour apart, line L1 and L2 in turn with line L3 only
// after, all labelled but the first ten; the version changes in the middle.
func log(t testing.TB, n int) (*analysis.Table, analysis.Windows) {
	t.Helper()
	column := func(name string, role analysis.Role, typ analysis.Type, value func(i int) string) analysis.Column {
		b := analysis.NewBuilder(analysis.Field{Name: name, Role: role, Type: typ})
		for i := range n {
			if v := value(i); v != "" {
				b.Text(v)
			} else {
				b.Null()
			}
		}
		return b.Column()
	}
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	times := analysis.Column{Field: analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time}}
	for i := range n {
		times.Times = append(times.Times, start.Add(time.Duration(i)*time.Hour).UnixNano())
	}
	table, err := analysis.NewTable([]analysis.Column{times,
		column("id", analysis.RoleID, analysis.Text, func(i int) string { return fmt.Sprint("a", i) }),
		column("line", analysis.RoleDimension, analysis.Text, func(i int) string {
			if i > n/2 && i%3 == 2 {
				return "L3"
			}
			return []string{"L1", "L2"}[i%2]
		}),
		column("model_version", analysis.RoleVersion, analysis.Text, func(i int) string { return []string{"v1", "v2"}[i*2/n] }),
		column("prediction", analysis.RolePrediction, analysis.Text, func(i int) string { return "ok" }),
		column("label", analysis.RoleLabel, analysis.Text, func(i int) string {
			if i < 10 {
				return ""
			}
			return "ok"
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	at := func(i int) time.Time { return start.Add(time.Duration(i) * time.Hour) }
	return table, analysis.Windows{Before: analysis.Window{From: start, To: at(n / 2)}, After: analysis.Window{From: at(n / 2), To: at(n)}}
}

func TestDrawIsBalanced(t *testing.T) {
	table, windows := log(t, 400)
	lines, warnings, err := Draw(table, nil, Plan{Windows: windows, Guilty: analysis.Where{analysis.Is("line", "L2")}, Rows: 80})
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, l := range lines {
		count[l.Side+" "+l.Slice+" "+l.Run+" "+l.Version]++
		if l.Label == "" || l.ID != fmt.Sprint("a", l.Row-1) || l.Time.IsZero() {
			t.Errorf("line %+v lacks what a replay needs", l)
		}
	}
	want := map[string]int{}
	for _, side := range []string{"before", "after"} {
		for _, slice := range []string{"line=L1", "line=L2"} {
			want[side+" "+slice+" old v1"], want[side+" "+slice+" new v2"] = 20, 20
		}
	}
	if fmt.Sprint(count) != fmt.Sprint(want) {
		t.Errorf("drawn %v, want %v", count, want)
	}
	if len(warnings) != 1 || !strings.Contains(warnings[0], "line=L3") {
		t.Errorf("warnings %q", warnings)
	}
	frames := map[int64]string{}
	for row := int64(50); row < 350; row++ {
		frames[row] = fmt.Sprint("f/", row, ".png")
	}
	framed, _, err := Draw(table, frames, Plan{Windows: windows, Rows: 20})
	if err != nil || len(framed) != 40 {
		t.Fatalf("%d lines, %v", len(framed), err)
	}
	for _, l := range framed {
		if l.Frame == "" {
			t.Errorf("row %d without a frame is drawn where there are frames", l.Row)
		}
	}
	if _, _, err := Draw(table, nil, Plan{Windows: analysis.Windows{Before: windows.Before}, Rows: 20}); err == nil {
		t.Error("one window is enough to swap")
	}
	if _, warnings, _ := Draw(table, nil, Plan{Windows: windows, Rows: 20, Old: "v2"}); len(warnings) == 0 || !strings.Contains(warnings[len(warnings)-1], "--old") {
		t.Errorf("one version as both models is drawn without a word: %q", warnings)
	}
}

// A manifest, answered and read back, is the experiment.
func TestManifestComesBack(t *testing.T) {
	table, windows := log(t, 400)
	lines, _, err := Draw(table, nil, Plan{Windows: windows, Rows: 160})
	if err != nil {
		t.Fatal(err)
	}
	for i := range lines {
		lines[i].Prediction = "ok"
		if lines[i].Run == New {
			lines[i].Prediction = "nok"
		}
	}
	var b bytes.Buffer
	if err := Write(&b, lines); err != nil {
		t.Fatal(err)
	}
	got, err := ReadReplay(&b, table, windows)
	if err != nil || len(got) != len(lines) {
		t.Fatalf("%d answers of %d lines, %v", len(got), len(lines), err)
	}
	r, err := Read(got)
	if err != nil || r.Outcome != ByModel || r.Cells[0][1].Mean() != 1 || r.Cells[1][1].Mean() != 0 {
		t.Errorf("read %+v, %v", r, err)
	}
	if r.Compared != 160 || r.Agreement != .5 {
		t.Errorf("agrees %v of %d, want half of the rows that v1 and v2 answered in production", r.Agreement, r.Compared)
	}
	if !strings.Contains(r.Result(), "old 100.0 % → 100.0 %, new 0.0 % → 0.0 %") {
		t.Errorf("result %q", r.Result())
	}
}

func TestReplayMistakesHaveTheirLine(t *testing.T) {
	table, windows := log(t, 100)
	for _, tt := range []struct{ text, want string }{
		{`{"row":20,"run":"old","prediction":"ok"}` + "\n\nno json", "line 3: no line of a manifest"},
		{`{"row":101,"run":"old","prediction":"ok"}`, "line 1: row 101 is not in the file, which has 100"},
		{`{"row":20,"run":"ancient","prediction":"ok"}`, `line 1: run = "ancient"`},
		{`{"row":20,"run":"old"}`, "line 1: prediction is missing"},
		{`{"row":5,"run":"old","prediction":"ok"}`, "line 1: row 5 has no label"},
		{"\n\n", "it is empty"},
	} {
		if _, err := ReadReplay(strings.NewReader(tt.text), table, windows); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %q", tt.text, err, tt.want)
		}
	}
	got, err := ReadReplay(strings.NewReader(`{"row":20,"run":"new","prediction":3.0}`+"\n"+`{"row":5,"run":"old","prediction":"x","correct":true}`), table, windows)
	if err != nil || got[0].Side != Before || got[0].Prediction != "3" || !got[1].Correct {
		t.Errorf("read %+v, %v", got, err)
	}
}

// What a replay writes back is somebody else's file.
func FuzzReadReplay(f *testing.F) {
	table, windows := log(f, 40)
	line, _ := json.Marshal(Line{Row: 20, Run: Old, Prediction: "ok"})
	f.Add(string(line))
	f.Add(`{"row":1e99}`)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ReadReplay(strings.NewReader(text), table, windows)
		if err != nil {
			return
		}
		for _, a := range got {
			if a.Row < 1 || a.Row > 40 || a.Side != Before && a.Side != After || a.Model != Old && a.Model != New {
				t.Errorf("took %+v", a)
			}
		}
	})
}
