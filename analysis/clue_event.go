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

// P(family | cause): an event of the cause's own family is on record in half
// the incidents, none at all in a third; the rest is coincidence, shared by the
// other families. A schedule brings about traffic as well as floor.
//
// Source: judgement; on practice incidents three in ten causes log no event.
const (
	ownFamily  = .50
	noFamily   = .33
	anyFamily  = .025
	nearFamily = .20 // pipeline and model, floor and traffic: one is logged as the other
)

func familyGiven(family, cause Cause) float64 {
	switch {
	case family == cause:
		return ownFamily
	case family == None:
		return noFamily
	case family == Floor && cause == Traffic, family == Pipeline && cause == Model, family == Model && cause == Pipeline:
		return nearFamily
	}
	return anyFamily
}

// eventEvidence is the ledger's line about the events near the onset.
func (s *scene) eventEvidence() Evidence {
	e := Evidence{ID: "event.family", Saw: "no change events are loaded"}
	if s.events == 0 {
		return e
	}
	mass := map[Cause]float64{}
	for _, m := range s.matches {
		family := None
		if m.Event != nil {
			family = causeOfKind(m.Event.Kind)
		}
		mass[family] += m.Probability
	}
	e.Tested, e.Weight = true, map[Cause]float64{}
	mean := 0.0
	for _, cause := range Causes {
		p := 0.0
		for _, family := range append([]Cause{None}, Causes...) {
			p += mass[family] * familyGiven(family, cause)
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
