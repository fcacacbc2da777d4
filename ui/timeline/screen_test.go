package timeline

import (
	"context"
	"fmt"
	"testing"
	"time"

	"andon/analysis"
	"andon/ui/screen/screentest"
	"andon/ui/style"
	"andon/ui/uitest"
)

// plant answers as a log of the gloves incident would.
type plant struct{}

func (plant) Series(_ context.Context, name string, where analysis.Where, step time.Duration) (analysis.Series, error) {
	s := screentest.Series(step)
	s.Name = name
	switch name {
	case "":
		s.Name = "accuracy"
		if len(where) > 0 {
			for i, b := range s.Buckets {
				s.Buckets[i] = analysis.Sum{Rows: b.Rows / 3, Known: b.Known / 3, Good: float64(int(b.Good * 0.3))}
			}
		}
	case Estimate:
		for i, b := range s.Buckets {
			s.Buckets[i] = analysis.Sum{Rows: b.Rows, Known: b.Rows, Good: 0.9 * float64(b.Rows)}
		}
	case "latency_ms", "confidence", "brightness":
		s.Scale = analysis.Amount
		for i, b := range s.Buckets {
			v := float64(20 + i%7)
			s.Buckets[i] = analysis.Sum{Rows: b.Rows, Known: b.Rows, Good: v * float64(b.Rows), GoodSq: v * v * float64(b.Rows)}
		}
	default:
		return analysis.Series{}, fmt.Errorf("series of %s: no such column", name)
	}
	return s, nil
}

func (plant) Metrics(context.Context) ([]analysis.MetricSeries, error) {
	m := analysis.MetricSeries{Name: "cpu", Labels: map[string]string{"host": "edge1"}}
	for at := screentest.Day; at.Before(screentest.Span.To); at = at.Add(5 * time.Minute) {
		m.Times = append(m.Times, at.UnixNano())
		m.Values = append(m.Values, float64(at.Hour()))
	}
	return []analysis.MetricSeries{m}, nil
}

// What the answers' sureness promises is drawn apart from what came true, and
// asked for only then.
func TestEstimate(t *testing.T) {
	p := uitest.Play(t, New(plant{}, uitest.Truecolour(t), time.UTC), screentest.Gloves(), 80, 21)
	if _, asked := p.Screen.(Screen).answers.replies[Estimate]; asked {
		t.Error("the estimate was asked for before it was wished for")
	}
	p.Press("v")
	uitest.Golden(t, "estimate-80x21", p.Screen.View(80, 21), 80, 21)
	p.Press("v")
	if p.Screen.(Screen).guess {
		t.Error("v twice leaves the estimate")
	}
}

func TestGoldens(t *testing.T) {
	for name, state := range screentest.States {
		if name == "empty" {
			continue // the plant has rows, whatever the state says
		}
		uitest.Goldens(t, name, uitest.Boxes, func(sheet style.Sheet, w, h int) *uitest.Player {
			return uitest.Play(t, New(plant{}, sheet, time.UTC), state(), w, h)
		}, uitest.Text, uitest.ASCII, uitest.Colours)
	}
}
