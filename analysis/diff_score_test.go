package analysis

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// simulated is a log of n rows before and m after, one a minute, with columns
// that do not change unless shift says so; kind makes column j.
func simulated(t testing.TB, n, m, columns int, kind func(random *rand.Rand, j int) func(i int) (string, float64)) ([]Signal, Windows) {
	t.Helper()
	return simulatedEvery(t, time.Minute, n, m, columns, kind)
}

func simulatedEvery(t testing.TB, step time.Duration, n, m, columns int, kind func(random *rand.Rand, j int) func(i int) (string, float64)) ([]Signal, Windows) {
	t.Helper()
	start := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	clock := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	for i := range n + m {
		clock.Time(start.Add(time.Duration(i) * step).UnixNano())
	}
	all := []Column{clock.Column()}
	for j := range columns {
		random := rand.New(rand.NewPCG(uint64(j), uint64(n+m)))
		next := kind(random, j)
		var b *Builder
		for i := range n + m {
			text, v := next(i)
			if b == nil {
				f := Field{Name: fmt.Sprintf("c%03d", j), Role: RoleFeature, Type: Number}
				if text != "" {
					f.Role, f.Type = RoleDimension, Text
				}
				b = NewBuilder(f)
			}
			if text != "" {
				b.Text(text)
			} else {
				b.Number(v)
			}
		}
		all = append(all, b.Column())
	}
	table, err := NewTable(all)
	if err != nil {
		t.Fatal(err)
	}
	turn := start.Add(time.Duration(n) * step)
	w := Windows{Before: Window{start, turn}, After: Window{turn, table.Span().To}}
	signals, err := Diff(context.Background(), table, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	return signals, w
}

func flagged(signals []Signal) float64 {
	n := 0.0
	for _, s := range signals {
		if s.Changed {
			n++
		}
	}
	return n / float64(len(signals))
}

// category draws one of k values, shares as a Dirichlet(2) has them, after
// row n tilted by e^{sigma·normal}.
func category(k, n int, sigma float64) func(*rand.Rand, int) func(int) (string, float64) {
	return func(random *rand.Rand, _ int) func(int) (string, float64) {
		cumulative := func(weights []float64) []float64 {
			out := make([]float64, len(weights))
			total := 0.0
			for i, w := range weights {
				total += w
				out[i] = total
			}
			return out
		}
		p, q := make([]float64, k), make([]float64, k)
		for i := range p {
			p[i] = random.ExpFloat64() + random.ExpFloat64()
			q[i] = p[i] * math.Exp(sigma*random.NormFloat64())
		}
		before, after := cumulative(p), cumulative(q)
		return func(i int) (string, float64) {
			law := before
			if i >= n {
				law = after
			}
			return fmt.Sprintf("v%d", cellAt(law, random.Float64()*law[k-1])), 0
		}
	}
}

// autoregressive is x_i = rho·x_{i-1} + noise, of unit variance; every second
// column is cut into five values.
func autoregressive(rho float64) func(*rand.Rand, int) func(int) (string, float64) {
	return func(random *rand.Rand, j int) func(int) (string, float64) {
		x := random.NormFloat64()
		return func(int) (string, float64) {
			x = rho*x + math.Sqrt(1-rho*rho)*random.NormFloat64()
			if j%2 == 1 {
				return fmt.Sprintf("v%d", cellAt([]float64{-1, -.3, .3, 1}, x)), 0
			}
			return "", x
		}
	}
}

// night is light that falls at night, with noise.
func night(random *rand.Rand, _ int) func(int) (string, float64) {
	return func(i int) (string, float64) {
		return "", 3*math.Cos(2*math.Pi*float64(i%1440)/1440) + random.NormFloat64()
	}
}

func TestScoreDiffNull(t *testing.T) {
	t.Parallel()
	var line string
	for _, c := range []struct {
		name    string
		n, m    int
		columns int
		kind    func(*rand.Rand, int) func(int) (string, float64)
		most    float64
	}{
		{"k5", 500, 500, 200, category(5, 0, 0), .01},
		{"k30", 2000, 500, 200, category(30, 0, 0), .01},
		{"k200", 7000, 7000, 40, category(200, 0, 0), .01},
		{"ar90", 2000, 500, 200, autoregressive(.9), .01},
		{"ar97", 2000, 500, 200, autoregressive(.97), .01},
		{"ar97long", 7000, 2000, 60, autoregressive(.97), .01},
		{"nights", 5 * 1440, 2 * 1440, 20, night, .01},
		{"onenight", 5 * 1440, 480, 20, night, .01},
	} {
		signals, _ := simulated(t, c.n, c.m, c.columns, c.kind)
		rate := flagged(signals)
		line += fmt.Sprintf(" %s=%.3f", c.name, rate)
		if rate > c.most {
			t.Errorf("%s: %.3f of quiet columns flagged, want at most %.2f", c.name, rate, c.most)
		}
	}
	fmt.Printf("score: diff_null%s\n", line)
}

func TestScoreDiffPower(t *testing.T) {
	t.Parallel()
	shifted := func(size float64) func(*rand.Rand, int) func(int) (string, float64) {
		return func(random *rand.Rand, _ int) func(int) (string, float64) {
			return func(i int) (string, float64) {
				if i >= 2000 {
					return "", size + random.NormFloat64()
				}
				return "", random.NormFloat64()
			}
		}
	}
	var line string
	for _, c := range []struct {
		name    string
		n, m    int
		columns int
		kind    func(*rand.Rand, int) func(int) (string, float64)
		least   float64
	}{
		{"medium_20000", 20000, 20000, 20, category(30, 20000, .3), .95},
		{"large_2000", 2000, 500, 50, category(30, 2000, .6), .9},
		{"mean_0.5", 2000, 500, 50, shifted(.5), .95},
		{"mean_0.3", 2000, 500, 50, shifted(.3), .6},
	} {
		signals, _ := simulated(t, c.n, c.m, c.columns, c.kind)
		rate := flagged(signals)
		line += fmt.Sprintf(" %s=%.2f", c.name, rate)
		if rate < c.least {
			t.Errorf("%s: %.2f of changed columns found, want at least %.2f", c.name, rate, c.least)
		}
	}
	fmt.Printf("score: diff_power%s\n", line)
}
