package analysis

import (
	"fmt"
	"math"
)

// What somebody changed just before. The events near the onset are one piece
// of evidence: time and scope spread a probability over the families of events
// and over "none of them", and a cause is the likelier the more of it lies on
// its own family:
//
//	weight(cause) = ln Σ over families P(event family) · P(family | cause)

// causeOfKind is the cause an event of that kind would bring about; None for
// kinds that fit anything.
func causeOfKind(kind string) Cause {
	switch kind {
	case "material", "staffing", "schedule":
		return Floor
	case "sensor", "maintenance":
		return Sensor
	case "pipeline", "config":
		return Pipeline
	case "deploy":
		return Model
	case "label":
		return Labels
	case "infra":
		return Service
	}
	return None
}

// Family is a sort of event with how likely the one behind the onset is of it
// under each cause, in the order of Causes.
type Family struct {
	Of    string // a cause, or one of the two below
	Given Chances
}

// Families beside the causes' own: none of the logged events, and one of a kind
// that fits anything.
const (
	NoEvent    = "none"
	OtherEvent = "other"
)

func familyOf(m EventMatch) string {
	if m.Event == nil {
		return NoEvent
	}
	if cause := causeOfKind(m.Event.Kind); cause != None {
		return string(cause)
	}
	return OtherEvent
}

// eventEvidence is the ledger's line about the events near the onset.
func (s *scene) eventEvidence() Evidence {
	e := Evidence{ID: "event.family", Saw: "no change events are loaded"}
	if s.events == 0 {
		return e
	}
	e.Families = map[string]float64{}
	for _, m := range s.matches {
		e.Families[familyOf(m)] += m.Probability
	}
	e.Tested, e.Weight = true, map[Cause]float64{}
	mean := 0.0
	for k, cause := range Causes {
		p := 0.0
		for _, family := range Families() {
			p += e.Families[family.Of] * family.Given[k]
		}
		e.Weight[cause] = math.Log(p)
		mean += e.Weight[cause] / float64(len(Causes))
	}
	for _, cause := range Causes {
		e.Weight[cause] -= mean
	}
	top := s.matches[0]
	e.Number, e.Yes = number(top.Probability), top.Probability
	e.Saw = "none of the logged events explains the onset"
	if top.Event != nil {
		e.Saw = fmt.Sprintf("%s event %q: %s", top.Event.Kind, top.Event.Title, top.Why)
	}
	return e
}
