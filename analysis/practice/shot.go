package practice

import (
	"time"

	"andon/analysis"
)

// Shot is one inspection before the model looks: when and where, who and what,
// how the picture will come out, and which release will judge it.
type Shot struct {
	Time     time.Time
	Line     string
	Station  string
	Camera   string
	Shift    string
	SKU      string
	Operator string

	Scene      Scene
	Ensemble   func() *Ensemble
	Preprocess string
	Latency    float64 // ms on an ordinary day
}

// column is the shot's value of a log column that an episode may name in its
// scope, or "".
func (s *Shot) column(name string) string {
	switch name {
	case "line":
		return s.Line
	case "station":
		return s.Station
	case "camera":
		return s.Camera
	case "shift":
		return s.Shift
	case "sku":
		return s.SKU
	case "operator":
		return s.Operator
	}
	return ""
}

// Episode is something that happens to a plant: what people write down about
// it, and what it does to the shots it touches.
//
//	logged ──▶ events.jsonl            Notice (zero Time: nobody wrote it down)
//	  real ──▶ shots in [From, To)     Touch (nil: it does nothing)
//	           that match the scope
//
// Ordinary life and the cause of an incident are the same noun: nothing in the
// data but its effect sets the cause apart. A zero To is the end of the story.
type Episode struct {
	Notice analysis.Event
	From   time.Time
	To     time.Time
	Scope  map[string]string
	Touch  func(*Shot)
}

// touch applies the episode to a shot if it is concerned.
func (e *Episode) touch(s *Shot) {
	if e.Touch == nil || s.Time.Before(e.From) || !e.To.IsZero() && !s.Time.Before(e.To) {
		return
	}
	for column, value := range e.Scope {
		if s.column(column) != value {
			return
		}
	}
	e.Touch(s)
}
