package analysis

import (
	"maps"
	"slices"
	"time"
)

// Event is something somebody changed: a deploy, a new material, a cleaned
// lens. Scope says where it applied, column=value; an empty scope is
// everywhere. A zero End means an instant or an open end.
type Event struct {
	ID     int64
	Time   time.Time
	End    time.Time
	Kind   string
	Title  string
	Detail string
	Scope  map[string]string
}

// Where is the scope as conditions, by column.
func (e Event) Where() Where {
	var scope Where
	for _, column := range slices.Sorted(maps.Keys(e.Scope)) {
		scope = append(scope, Is(column, e.Scope[column]))
	}
	return scope
}

// EventKinds are the kinds of change event Andon knows; any other is "other".
var EventKinds = []string{"deploy", "config", "pipeline", "material", "maintenance",
	"staffing", "schedule", "sensor", "label", "infra", "other"}

// MetricSeries is one series of a metric: a name, labels and its samples in
// time order.
type MetricSeries struct {
	Name   string
	Labels map[string]string
	Times  []int64 // ns since 1970 UTC
	Values []float64
}
