package analysis

import "context"

// What somebody changed just before. Only the family of events that explains
// the onset best speaks: eight harmless deploys on record are no evidence
// against a new material.

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

// tellsEvent is the probability from which an event family is worth a line.
const tellsEvent = .25

// eventOf answers whether an event of the family that brings about cause
// explains the onset, by time and scope alone (its kind is what is asked).
func eventOf(cause Cause) func(context.Context, *scene) (answer, error) {
	return func(_ context.Context, s *scene) (answer, error) {
		if s.events == 0 {
			if cause == Floor {
				return untested("no change events are loaded"), nil
			}
			return answer{}, nil
		}
		mass := map[Cause]float64{}
		var best *EventMatch
		for i, m := range s.matches {
			if m.Event == nil {
				continue
			}
			c := causeOfKind(m.Event.Kind)
			mass[c] += m.Probability
			if c == cause && best == nil {
				best = &s.matches[i]
			}
		}
		if best == nil || mass[cause] < tellsEvent || mass[cause] < largest(mass) {
			return answer{}, nil
		}
		return told(mass[cause], number(mass[cause]), "%s event %q: %s", best.Event.Kind, best.Event.Title, best.Why), nil
	}
}

func largest(mass map[Cause]float64) float64 {
	most := 0.0
	for _, m := range mass {
		most = max(most, m)
	}
	return most
}
