package plot_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"andon/themes"
	"andon/ui/display"
	"andon/ui/plot"
	"andon/ui/style"
	"andon/ui/uitest"
)

// start is the first hour of the test charts.
var start = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// at is an hour of the test charts.
func at(hour int) time.Time { return start.Add(time.Duration(hour) * time.Hour) }

// gloves is eight days of quality that falls at hour 151, with a gap, an
// interval, a second line, both windows, a change and events.
func gloves() plot.Chart {
	quality := plot.Line{Name: "quality", Step: time.Hour}
	estimate := plot.Line{Name: "estimated", Step: time.Hour, Slot: themes.Second}
	for hour := range 8 * 24 {
		v := 0.93 + 0.02*math.Sin(float64(hour)/4)
		switch {
		case hour >= 151:
			v -= 0.35
		case hour > 60 && hour < 70:
			v = math.NaN()
		}
		quality.Times = append(quality.Times, at(hour).UnixNano())
		quality.Values = append(quality.Values, v)
		quality.Lower = append(quality.Lower, v-0.04)
		quality.Upper = append(quality.Upper, v+0.03)
		estimate.Values = append(estimate.Values, 0.85+0.01*math.Cos(float64(hour)/9))
	}
	estimate.Times = quality.Times
	return plot.Chart{
		Lines: []plot.Line{quality, estimate}, Lo: math.NaN(), Hi: math.NaN(), Goal: 0.9,
		From: at(0), To: at(8 * 24), Zone: time.FixedZone("CET", 3600),
		Shades: []plot.Shade{{From: at(20), To: at(145), Window: plot.Before}, {From: at(151), To: at(190), Window: plot.After}},
		Marks: []plot.Mark{{At: at(151), Kind: plot.Change, Label: "Mar 07 08:00"}, {At: at(40), Kind: plot.Event, Label: "lens wiped"},
			{At: at(148), Kind: plot.Event, Label: "new gloves"}, {At: at(90), Kind: plot.Event, Label: "deploy 1.4.2"}, {At: at(91), Kind: plot.Event, Label: "deploy 1.4.3"}},
		Format: func(v float64) string { return string(display.Percent(v)) },
	}
}

func TestDrawGolden(t *testing.T) {
	moving := gloves()
	moving.Marks = append(moving.Marks, plot.Mark{At: at(100), Kind: plot.Cursor, Label: "91.2 %"})
	moving.From, moving.To = at(80), at(160)
	moving.Lines = moving.Lines[:1]
	tests := []struct {
		name  string
		chart plot.Chart
		w, h  int
	}{
		{"gloves-80x18", gloves(), 80, 18},
		{"gloves-120x24", gloves(), 120, 24},
		{"gloves-40x8", gloves(), 40, 8},
		{"gloves-30x5", gloves(), 30, 5},
		{"gloves-20x1", gloves(), 20, 1},
		{"zoomed-80x14", moving, 80, 14},
		{"nothing-60x8", plot.Chart{From: at(0), To: at(5), Goal: math.NaN()}, 60, 8},
		{"one-point-40x6", plot.Chart{Lines: []plot.Line{{Values: []float64{math.NaN(), 3, math.NaN()}}}, Goal: math.NaN()}, 40, 6},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rich, mono := uitest.Truecolour(t), uitest.Mono(t)
			uitest.Golden(t, tt.name, plot.Draw(tt.chart, tt.w, tt.h, rich), tt.w, tt.h)
			uitest.Golden(t, tt.name+"-ascii", plot.Draw(tt.chart, tt.w, tt.h, mono), tt.w, tt.h)
		})
	}
	for name, sheet := range map[string]style.Sheet{"colour": uitest.Truecolour(t), "16": uitest.Basic(t), "mono": uitest.Mono(t)} {
		uitest.GoldenStyled(t, "gloves-80x18-"+name, plot.Draw(gloves(), 80, 18, sheet), 80, 18)
	}
}

// rough is any float a log may hold.
func rough() *rapid.Generator[float64] {
	return rapid.OneOf(rapid.Float64(), rapid.Float64Range(-1, 1),
		rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64}))
}

// moment is any time near the charts, or none.
func moment() *rapid.Generator[time.Time] {
	return rapid.OneOf(rapid.Just(time.Time{}),
		rapid.Map(rapid.Int64Range(-1<<50, 1<<60), func(ns int64) time.Time { return start.Add(time.Duration(ns)) }))
}

// chart is any chart, however senseless.
func chart() *rapid.Generator[plot.Chart] {
	return rapid.Custom(func(t *rapid.T) plot.Chart {
		values := rapid.SliceOfN(rough(), 0, 60)
		line := rapid.Custom(func(t *rapid.T) plot.Line {
			return plot.Line{
				Name:   display.Escape(rapid.StringN(0, 8, -1).Draw(t, "name")),
				Times:  rapid.SliceOfN(rapid.Int64(), 0, 60).Draw(t, "times"),
				Step:   time.Duration(rapid.Int64Range(0, 1<<50).Draw(t, "step")),
				Values: values.Draw(t, "values"), Weights: values.Draw(t, "weights"),
				Lower: values.Draw(t, "lower"), Upper: values.Draw(t, "upper"),
				Slot: rapid.SampledFrom([]themes.Slot{"", themes.Second}).Draw(t, "slot"),
			}
		})
		mark := rapid.Custom(func(t *rapid.T) plot.Mark {
			return plot.Mark{At: moment().Draw(t, "at"), Kind: plot.Kind(rapid.IntRange(0, 3).Draw(t, "kind")),
				Label: display.Escape(rapid.StringN(0, 12, -1).Draw(t, "label"))}
		})
		shade := rapid.Custom(func(t *rapid.T) plot.Shade {
			return plot.Shade{From: moment().Draw(t, "from"), To: moment().Draw(t, "to"), Window: plot.Window(rapid.IntRange(0, 1).Draw(t, "window"))}
		})
		return plot.Chart{
			Lines: rapid.SliceOfN(line, 0, 4).Draw(t, "lines"), Marks: rapid.SliceOfN(mark, 0, 5).Draw(t, "marks"),
			Shades: rapid.SliceOfN(shade, 0, 3).Draw(t, "shades"),
			Lo:     rough().Draw(t, "lo"), Hi: rough().Draw(t, "hi"), Goal: rough().Draw(t, "goal"),
			From: moment().Draw(t, "from"), To: moment().Draw(t, "to"),
		}
	})
}

func TestDrawFillsAnyBoxWithAnything(t *testing.T) {
	sheets := []style.Sheet{uitest.Truecolour(t), uitest.Basic(t), uitest.Mono(t)}
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(-1, 90).Draw(r, "w"), rapid.IntRange(-1, 20).Draw(r, "h")
		sheet := sheets[rapid.IntRange(0, len(sheets)-1).Draw(r, "sheet")]
		uitest.Exact(r, plot.Draw(chart().Draw(r, "chart"), w, h, sheet), w, h)
	})
}

func TestMonoDrawsASCIIWithoutColour(t *testing.T) {
	view := plot.Draw(gloves(), 80, 18, uitest.Mono(t))
	for _, r := range style.Plain(view) {
		if r != '\n' && (r < ' ' || r > '~') {
			t.Fatalf("rune %q in an ASCII chart", r)
		}
	}
	if strings.Contains(view, "\x1b[3") || strings.Contains(view, ";3") {
		t.Errorf("colour in a mono chart: %q", view)
	}
}

func TestGapsStayGaps(t *testing.T) {
	c := plot.Chart{Lines: []plot.Line{{Values: []float64{1, 1, 1, math.NaN(), math.NaN(), 1, 1, math.NaN(), 1, 1}}},
		Lo: 0, Hi: 2, Goal: math.NaN()}
	got := plot.Draw(c, 10, 1, uitest.Mono(t))
	if want := "---  -- --"; style.Plain(got) != want {
		t.Errorf("drew %q, want %q", style.Plain(got), want)
	}
}

func TestAJumpStandsInItsOwnColumn(t *testing.T) {
	c := plot.Chart{Lines: []plot.Line{{Values: []float64{0, 0, 0, 0, 0, 1, 1, 1, 1, 1}}}, Lo: 0, Hi: 1, Goal: math.NaN()}
	rows := strings.Split(style.Plain(plot.Draw(c, 12, 3, uitest.Mono(t))), "\n")
	want := []string{"1+     .----", " |     |    ", "0+-----'    "}
	for y := range want {
		if rows[y] != want[y] {
			t.Errorf("row %d is %q, want %q", y, rows[y], want[y])
		}
	}
}

func TestSeveralValuesInAColumnAreAveragedByWeight(t *testing.T) {
	// Two buckets share each column: 9 rows of 1 and 1 row of 0 are 0.9.
	values, weights := []float64{}, []float64{}
	for range 8 {
		values, weights = append(values, 1, 0), append(weights, 9, 1)
	}
	c := plot.Chart{Lines: []plot.Line{{Values: values, Weights: weights}}, Lo: 0, Hi: 1, Goal: math.NaN()}
	rows := strings.Split(style.Plain(plot.Draw(c, 10, 3, uitest.Mono(t))), "\n")
	if rows[0] != "1+"+strings.Repeat("-", 8) {
		t.Errorf("0.9 is not in the top row:\n%s", strings.Join(rows, "\n"))
	}
	c.Lines[0].Weights = nil
	rows = strings.Split(style.Plain(plot.Draw(c, 10, 3, uitest.Mono(t))), "\n")
	if rows[1] != " |"+strings.Repeat("-", 8) {
		t.Errorf("the plain mean 0.5 is not in the middle row:\n%s", strings.Join(rows, "\n"))
	}
}

func TestWindowsAreNamedWithoutColour(t *testing.T) {
	view := style.Plain(plot.Draw(gloves(), 80, 18, uitest.Mono(t)))
	for _, want := range []string{"before -", "] ", "{-- after", "* Mar 07 08:00", "^ lens wiped", "goal 90.0 %"} {
		if !strings.Contains(view, want) {
			t.Errorf("no %q in\n%s", want, view)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, box := range []struct {
		name string
		w, h int
	}{{"80x18", 80, 18}, {"200x50", 200, 50}} {
		b.Run(box.name, func(b *testing.B) {
			c, s := gloves(), uitest.Truecolour(b)
			b.ReportAllocs()
			for b.Loop() {
				plot.Draw(c, box.w, box.h, s)
			}
		})
	}
}

// A goal that nobody set says so.
func TestAProposedGoalSaysSo(t *testing.T) {
	for _, proposed := range []bool{true, false} {
		chart := gloves()
		chart.Goal, chart.Proposed = .45, proposed // below the lines, which would hide its name
		view := plot.Draw(chart, 80, 18, uitest.Mono(t))
		if strings.Contains(view, "proposed goal") != proposed || !strings.Contains(view, "goal 45.0 %") {
			t.Errorf("proposed %v:\n%s", proposed, view)
		}
	}
}
