package retrain

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
)

var start = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// plant is n rows before and n after on two lines. After, line L2 is dark: an
// input never seen there, though L3 was always so.
func plant(t interface{ Fatal(...any) }, n int) (*analysis.Table, analysis.Windows) {
	dice := rand.New(rand.NewPCG(7, 7))
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	line := analysis.NewBuilder(analysis.Field{Name: "line", Role: analysis.RoleDimension, Type: analysis.Text})
	bright := analysis.NewBuilder(analysis.Field{Name: "brightness", Role: analysis.RoleFeature, Type: analysis.Number})
	blur := analysis.NewBuilder(analysis.Field{Name: "blur", Role: analysis.RoleFeature, Type: analysis.Number})
	correct := analysis.NewBuilder(analysis.Field{Name: "correct", Role: analysis.RoleCorrect, Type: analysis.Number})
	for i := range 2 * n {
		name := []string{"L1", "L2", "L3"}[i%3]
		level := map[string]float64{"L1": 100, "L2": 100, "L3": 40}[name]
		good := 1.
		if i >= n && name == "L2" && i%9 != 1 { // one in three of L2 stays as it was
			level, good = 40, 0
		}
		clock.Time(start.Add(time.Duration(i) * time.Minute).UnixNano())
		line.Text(name)
		bright.Number(level + 3*dice.NormFloat64())
		blur.Number(10 + dice.NormFloat64())
		if i%4 == 0 {
			correct.Number(good)
		} else {
			correct.Null()
		}
	}
	table, err := analysis.NewTable([]analysis.Column{clock.Column(), line.Column(), bright.Column(), blur.Column(), correct.Column()})
	if err != nil {
		t.Fatal(err)
	}
	middle := start.Add(time.Duration(n) * time.Minute)
	return table, analysis.Windows{Before: analysis.Window{From: start, To: middle}, After: analysis.Window{From: middle, To: middle.Add(time.Duration(n) * time.Minute)}}
}

var guilty = analysis.Where{analysis.Is("line", "L2")}

func TestChoose(t *testing.T) {
	table, w := plant(t, 1800)
	got, err := Choose(t.Context(), table, Ask{Windows: w, Guilty: guilty, Budget: 100})
	if err != nil {
		t.Fatal(err)
	}
	line := table.Column("line")
	counts, held, rows := map[Reason]int{}, map[Reason]int{}, map[int]bool{}
	for _, p := range got.Picks {
		counts[p.Reason]++
		if p.HeldOut {
			held[p.Reason]++
		}
		if rows[p.Row] {
			t.Errorf("row %d was chosen twice", p.Row)
		}
		rows[p.Row] = true
		dark := table.Column("brightness").Numbers[p.Row] < 70
		if after := p.Row >= 1800; (p.Reason == Keep) == after {
			t.Errorf("%s chose row %d", p.Reason, p.Row)
		}
		if p.Reason == Unseen && (line.String(p.Row) != "L2" || p.Novelty <= 1) {
			t.Errorf("row %d of %s with novelty %.1f was chosen as unseen", p.Row, line.String(p.Row), p.Novelty)
		}
		if p.Reason == Unseen && dark && p.By != "brightness" {
			t.Errorf("row %d is unseen by %s", p.Row, p.By)
		}
		if p.Labelled != (p.Row%4 == 0) || (p.Wrong && !p.Labelled) {
			t.Errorf("row %d: labelled %v, wrong %v", p.Row, p.Labelled, p.Wrong)
		}
	}
	if len(got.Picks) != 100 || counts[Unseen] < 50 || counts[Guilty] != 15 || counts[Keep] < 25 {
		t.Errorf("chose %v of %v", counts, got.Pool)
	}
	if held[Unseen] != counts[Unseen]/5 || held[Keep] != counts[Keep]/5 {
		t.Errorf("held out %v of %v", held, counts)
	}
	if got.Pool[Unseen] < 380 || got.Pool[Unseen] > 430 {
		t.Errorf("%d rows are unseen, 400 were made so", got.Pool[Unseen])
	}
}

// TestChooseBeatsChance: the chosen dark rows cover the dark rows better than
// the same number in the order of time does.
func TestChooseBeatsChance(t *testing.T) {
	table, w := plant(t, 1800)
	got, err := Choose(t.Context(), table, Ask{Windows: w, Guilty: guilty, Budget: 40})
	if err != nil {
		t.Fatal(err)
	}
	before, after, _ := table.Split(guilty, w)
	s := newSpace(table, before)
	radius := func(rows []int) float64 {
		worst := 0.
		for _, row := range after {
			k, nearest := s.candidate(row), 1e9
			if k.novelty <= 1 {
				continue
			}
			for _, c := range rows {
				nearest = min(nearest, squared(k.at, s.place(c)))
			}
			worst = max(worst, nearest)
		}
		return worst
	}
	var chosen, plain []int
	for _, p := range got.Picks {
		if p.Reason == Unseen {
			chosen = append(chosen, p.Row)
		}
	}
	for _, row := range after {
		if s.candidate(row).novelty > 1 && len(plain) < len(chosen) {
			plain = append(plain, row)
		}
	}
	if a, b := radius(chosen), radius(plain); a > .5*b {
		t.Errorf("the farthest dark row lies %.2f from a chosen one, and %.2f from the first ones", a, b)
	}
}

// TestChooseOnePictureOnce: rows with one picture are chosen once, in one set.
func TestChooseOnePictureOnce(t *testing.T) {
	table, w := plant(t, 900)
	picture := func(row int) string {
		if row%2 == 0 {
			return ""
		}
		return fmt.Sprintf("%016x", row/20)
	}
	got, err := Choose(t.Context(), table, Ask{Windows: w, Guilty: guilty, Budget: 200, Picture: picture})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, p := range got.Picks {
		if name := picture(p.Row); name != "" {
			if seen[name] {
				t.Errorf("picture %s was chosen twice", name)
			}
			seen[name] = true
		}
	}
	if got.Duplicates == 0 || len(seen) < 40 || picture(got.Picks[0].Row) == "" {
		t.Errorf("%d duplicates, %d pictures, the first row is %d", got.Duplicates, len(seen), got.Picks[0].Row)
	}
}

// TestChooseHolds what must hold for any budget and slice.
func TestChooseHolds(t *testing.T) {
	table, w := plant(t, 300)
	rapid.Check(t, func(t *rapid.T) {
		ask := Ask{Windows: w, Budget: rapid.IntRange(1, 700).Draw(t, "budget")}
		if rapid.Bool().Draw(t, "guilty") {
			ask.Guilty = guilty
		}
		got, err := Choose(t.Context(), table, ask)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := Choose(t.Context(), table, ask)
		if len(got.Picks) > ask.Budget || len(got.Picks) < min(ask.Budget, 100) || fmt.Sprint(got) != fmt.Sprint(again) {
			t.Fatalf("%d rows of a budget of %d, or another answer the second time", len(got.Picks), ask.Budget)
		}
	})
}

func TestChooseWithoutInputs(t *testing.T) {
	clock := analysis.NewBuilder(analysis.Field{Name: "time", Role: analysis.RoleTime, Type: analysis.Time})
	for i := range 100 {
		clock.Time(start.Add(time.Duration(i) * time.Minute).UnixNano())
	}
	table, _ := analysis.NewTable([]analysis.Column{clock.Column()})
	w := analysis.Windows{Before: analysis.Window{From: start, To: start.Add(50 * time.Minute)}, After: analysis.Window{From: start.Add(50 * time.Minute), To: start.Add(100 * time.Minute)}}
	got, err := Choose(t.Context(), table, Ask{Windows: w, Budget: 20})
	if err != nil || len(got.Picks) != 20 || len(got.Warnings) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	for _, ask := range []Ask{{Windows: w}, {Budget: 3}, {Windows: w, Budget: 3, Guilty: guilty}} {
		if _, err := Choose(t.Context(), table, ask); err == nil {
			t.Errorf("%+v must be refused", ask)
		}
	}
}
