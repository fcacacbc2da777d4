package practice

import (
	"time"

	"andon/analysis"
)

// A kind is one sort of trouble; write puts it into a plot.
//
// The causes are the design's: floor is material, people, method and scene;
// sensor is camera, lens and light; pipeline is preprocessing, thresholds and
// schema; model is weights and releases; labels is the truth and who writes
// it; traffic is known inputs in other proportions; service is latency,
// timeouts, load and missing data.
type kind struct {
	name  string
	write func(*plot)
}

// kinds take turns from seed to seed. What is common in plants stands twice or
// more.
var kinds = []kind{
	{"black gloves on a line", glovesOnLine},
	{"quiet week", quietWeek},
	{"camera out of focus", outOfFocus},
	{"bad release for all", badRelease},
	{"preprocessing bug", preprocessingBug},
	{"overload with timeouts", overload},
	{"traffic mix", trafficMix},
	{"glove vendor at one line", vendorAtLine},
	{"reviewer mislabels", reviewerMislabels},
	{"bad canary on one line", badCanary},
	{"quiet week", quietWeek},
	{"lamp out on nights", lampOut},
	{"new SKU", newSKU},
	{"threshold changed", thresholdChanged},
	{"dropped telemetry", droppedTelemetry},
	{"camera bumped", cameraBumped},
	{"late labels only", lateLabels},
	{"two causes at once", twoCauses},
	{"quiet week", quietWeek},
	{"deploy and vendor at once", confoundedPair},
	{"new way of working", newMethod},
	{"new bench mats", newMats},
}

// Kinds are the names of the kinds of incident, each once, in their turn.
func Kinds() []string {
	var names []string
	seen := map[string]bool{}
	for _, k := range kinds {
		if !seen[k.name] {
			seen[k.name] = true
			names = append(names, k.name)
		}
	}
	return names
}

// quietWeek has nothing but ordinary life.
func quietWeek(p *plot) {
	p.key.Onset = time.Time{}
	p.key.Causes = []analysis.Cause{analysis.None}
	p.key.Slices = []analysis.Where{{}}
	p.key.Says = "An ordinary week. Nothing changed for the worse."
}
