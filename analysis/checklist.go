package analysis

// Step is one question of the guided checklist. Room is the part of the house
// it belongs to. Check, if not "", is the ledger's own check that answers it
// by itself; Look, if not "", is the screen on which a person sees the answer;
// a step with neither is done on the floor. Minutes is what it costs a person.
//
// Yes is P(yes | cause) in the order of Causes. A Decisive step, answered yes,
// confirms Settles[0] when the rest of the evidence agrees.
type Step struct {
	ID       string
	Room     string
	Question string
	Why      string
	IfYes    string
	IfNo     string
	Minutes  float64
	Check    string
	Look     string
	Yes      Chances
	Settles  []Cause
	Decisive bool
}

// Checklist is the general playbook for vision lines. The order is that of a
// walk from the data to the service; the console reorders it by what each
// answer would tell (see NextTests).
func Checklist() []Step {
	return []Step{
		{ID: "data.complete", Room: "data", Check: "data.missing", Look: "data", Minutes: 2,
			Question: "Did rows or values go missing at the onset?",
			Why:      "A hole in the log looks like a drop: the rows that are left are other rows.",
			IfYes:    "find the logger, the queue or the network first", IfNo: "the log can be believed on both sides",
			Yes: Chances{.05, .10, .25, .06, .06, .10, .60}, Settles: []Cause{Service, Pipeline}},
		{ID: "data.clock", Room: "data", Look: "timeline", Minutes: 4,
			Question: "Do clocks of log and events agree (a known stop or shift change lines up)?",
			Why:      "Events are blamed by their time; a clock that is an hour off blames the wrong one.",
			IfYes:    "event times can be compared", IfNo: "move the events before you believe the ranking",
			Yes: Chances{.8, .8, .8, .8, .8, .8, .7}},
		{ID: "sensor.camera", Room: "sensor", Check: "slice.camera", Look: "slices", Minutes: 2,
			Question: "Does the drop sit in a single camera?",
			Why:      "Lens, lamp and mount break one camera at a time; material reaches all cameras of a line.",
			IfYes:    "go and look at that camera", IfNo: "a camera fault is unlikely",
			Yes: Chances{.12, .60, .06, .04, .04, .08, .10}, Settles: []Cause{Sensor, Floor}},
		{ID: "sensor.picture", Room: "sensor", Check: "image.whole", Look: "frames", Minutes: 3,
			Question: "Did the whole picture change (light, blur, tint), rather than a part of it?",
			Why:      "A lens or lamp changes every corner alike; a new thing on the floor changes where it lies.",
			IfYes:    "suspect lens, lamp or preprocessing", IfNo: "suspect what lies in the changed region",
			Yes: Chances{.20, .85, .70, .10, .10, .15, .10}, Settles: []Cause{Sensor, Floor, Pipeline}},
		{ID: "sensor.lens", Room: "sensor", Minutes: 15, Decisive: true,
			Question: "At the camera: is the lens dirty, out of focus, moved, or a lamp out?",
			Why:      "It takes a walk, and it settles the sensor question for good.",
			IfYes:    "clean, refocus or replace, then verify", IfNo: "the sensor is cleared",
			Yes: Chances{.05, .93, .06, .05, .05, .05, .05}, Settles: []Cause{Sensor}},
		{ID: "floor.frames", Room: "floor", Look: "frames", Minutes: 3,
			Question: "Do the after frames show something that no before frame shows?",
			Why:      "A person sees a new glove, tray or part at once; no statistic says what it is.",
			IfYes:    "name it, and ask who brought it", IfNo: "the scene is the same: look at model, labels, service",
			Yes: Chances{.92, .25, .15, .05, .05, .15, .05}, Settles: []Cause{Floor, Sensor, Model}},
		{ID: "floor.material", Room: "floor", Minutes: 10, Decisive: true,
			Question: "Does purchasing or the line lead confirm a new material, tool or supplier there, then?",
			Why:      "The change on the floor is often known to somebody who does not know that a model cares.",
			IfYes:    "get samples, label them, retrain; go back to the old material meanwhile", IfNo: "look for people, method or scene next",
			Yes: Chances{.85, .06, .05, .05, .05, .10, .05}, Settles: []Cause{Floor}},
		{ID: "floor.people", Room: "floor", Look: "slices", Minutes: 5,
			Question: "Did the people or the way of working change there (new shift, new operator, new method)?",
			Why:      "Hands work differently; the camera sees that before any event says it.",
			IfYes:    "watch the new way of working, film it", IfNo: "material or scene remain",
			Yes: Chances{.35, .06, .05, .05, .08, .20, .05}, Settles: []Cause{Floor, Traffic}},
		{ID: "pipeline.version", Room: "pipeline", Check: "pipeline.moved", Look: "timeline", Minutes: 2,
			Question: "Did preprocessing, firmware or settings change at the onset?",
			Why:      "Scale, colour order and thresholds break a healthy model without touching it.",
			IfYes:    "put the old settings back on one line and compare", IfNo: "the pipeline is less likely",
			Yes: Chances{.06, .12, .85, .12, .06, .06, .08}, Settles: []Cause{Pipeline}},
		{ID: "pipeline.tensor", Room: "pipeline", Minutes: 20, Decisive: true,
			Question: "Does one stored raw frame give another tensor today than before the onset?",
			Why:      "Same frame in, other numbers out: then the pipeline changed, whatever the versions say.",
			IfYes:    "bisect the preprocessing", IfNo: "the pipeline is cleared",
			Yes: Chances{.04, .05, .94, .08, .04, .04, .05}, Settles: []Cause{Pipeline}},
		{ID: "model.version", Room: "model", Check: "version.moved", Look: "models", Minutes: 2,
			Question: "Did another model version take over at the onset?",
			Why:      "The first thing everybody blames; the log says whether it can be.",
			IfYes:    "compare versions on the same inputs", IfNo: "the same model answered before and after",
			Yes: Chances{.06, .06, .10, .92, .06, .06, .08}, Settles: []Cause{Model}},
		{ID: "model.swap", Room: "model", Minutes: 30, Decisive: true,
			Question: "Replay: does the old model do well on the after frames?",
			Why:      "The one test that separates model and world: same frames, both models.",
			IfYes:    "the model is to blame: roll back", IfNo: "the world changed: the model never saw this",
			Yes: Chances{.04, .06, .20, .95, .15, .10, .20}, Settles: []Cause{Model, Floor}},
		{ID: "model.members", Room: "model", Look: "models", Minutes: 3,
			Question: "Did one ensemble member fall while the others held?",
			Why:      "Input trouble hurts members by what they look at; a bad member file hurts only itself.",
			IfYes:    "switch that member off and measure", IfNo: "all members see the same trouble",
			Yes: Chances{.35, .25, .30, .60, .05, .08, .15}, Settles: []Cause{Model, Floor}},
		{ID: "labels.process", Room: "labels", Check: "labels.moved", Look: "diff", Minutes: 2,
			Question: "Did reviewers, label coverage or label delay change at the onset?",
			Why:      "Quality is measured against labels; when they move, it moves.",
			IfYes:    "audit the labels before you touch the model", IfNo: "the yardstick stayed the same",
			Yes: Chances{.06, .06, .06, .06, .75, .08, .12}, Settles: []Cause{Labels}},
		{ID: "labels.audit", Room: "labels", Look: "frames", Minutes: 25, Decisive: true,
			Question: "Label 30 after frames again, blind: do the old labels disagree with yours?",
			Why:      "Thirty frames show a wrong yardstick; nothing else does.",
			IfYes:    "correct the labels, then measure again", IfNo: "the labels are right: the answers are wrong",
			Yes: Chances{.05, .06, .05, .05, .92, .05, .05}, Settles: []Cause{Labels}},
		{ID: "traffic.mix", Room: "traffic", Check: "inputs.mix", Look: "diff", Minutes: 2,
			Question: "Is it known inputs in other proportions, with no slice worse than it was?",
			Why:      "More of what was always hard lowers the average; nothing is broken then.",
			IfYes:    "restate the objective per slice", IfNo: "something got worse in itself",
			Yes: Chances{.08, .08, .05, .04, .05, .92, .10}, Settles: []Cause{Traffic}},
		{ID: "traffic.plan", Room: "traffic", Minutes: 5, Decisive: true,
			Question: "Does planning confirm that products, lines or volumes were shifted then?",
			Why:      "A schedule explains a mix better than any test.",
			IfYes:    "expect the same after the next change of plan", IfNo: "look for a reason inside the slice",
			Yes: Chances{.12, .05, .05, .05, .05, .85, .12}, Settles: []Cause{Traffic}},
		{ID: "service.errors", Room: "service", Check: "service.failing", Look: "diff", Minutes: 2,
			Question: "Did errors, timeouts or latency rise with the drop?",
			Why:      "A frame that timed out is a wrong answer nobody gave.",
			IfYes:    "treat it as an outage first", IfNo: "the service answers as before",
			Yes: Chances{.05, .05, .10, .12, .04, .08, .92}, Settles: []Cause{Service}},
		{ID: "service.load", Room: "service", Minutes: 10, Decisive: true,
			Question: "On the server: is it overloaded, throttled, swapping or dropping frames?",
			Why:      "What the log counts as one error is often a machine that is out of breath.",
			IfYes:    "shed load or move the model", IfNo: "the machine is cleared",
			Yes: Chances{.04, .05, .08, .08, .04, .10, .90}, Settles: []Cause{Service}},
	}
}

// Rooms are the parts of the house the checklist walks through, in order.
var Rooms = []string{"data", "sensor", "floor", "pipeline", "model", "labels", "traffic", "service"}

// FindStep is the step of that id, false if there is none.
func FindStep(id string) (Step, bool) {
	for _, s := range Checklist() {
		if s.ID == id {
			return s, true
		}
	}
	return Step{}, false
}
