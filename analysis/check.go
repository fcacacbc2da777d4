package analysis

// A check is one question whose answer is likelier under some causes than
// under others. All the knowledge a verdict rests on is this table:
//
//	P(answer is yes | cause)   floor sensor pipeline model labels traffic service
//
// A check that was answered yes adds ln P to every cause, one answered no adds
// ln (1-P), one answered in part adds ln (s·P + (1-s)·(1-P)); one that could
// not be answered adds nothing and stands in the ledger as untested.

// Chances are the probabilities of "yes" under each cause, in the order of
// Causes. They stay within [0.03, 0.97]: no single answer decides alone.
type Chances [7]float64

// Check is a row of the table. Source says where its numbers come from.
type Check struct {
	ID       string
	Question string
	Yes      Chances
	Source   string
}

const judged = "judgement: vision lines, to be relearned on practice incidents"

// Checks are the questions Andon answers by itself from the log.
func Checks() []Check {
	return []Check{
		{"inputs.moved", "Did the pictures or other inputs move where quality fell?",
			Chances{.88, .95, .75, .10, .06, .50, .12}, judged},
		{"inputs.unseen", "Do the wrong answers fall on inputs never seen before?",
			Chances{.72, .60, .50, .05, .05, .10, .10}, judged},
		{"inputs.mix", "Is it known inputs in other proportions?",
			Chances{.08, .08, .05, .04, .05, .92, .10}, judged},
		{"slice.camera", "Does the drop sit in a single camera?",
			Chances{.12, .60, .06, .04, .04, .08, .10}, judged},
		{"slice.place", "Does the drop sit in one place, product or shift?",
			Chances{.80, .30, .15, .15, .10, .25, .15}, judged},
		{"slice.everywhere", "Did every slice fall alike?",
			Chances{.10, .08, .60, .65, .45, .10, .60}, judged},
		{"image.whole", "Did the whole picture change, rather than a part of it?",
			Chances{.20, .85, .70, .10, .10, .15, .10}, judged},
		{"optics.blur", "Did the pictures lose sharpness and keep their light?",
			Chances{.06, .50, .15, .05, .05, .06, .06}, judged},
		{"optics.light", "Did light and contrast move together, as under another lamp?",
			Chances{.15, .50, .35, .06, .06, .15, .06}, judged},
		{"version.moved", "Did another model version take over at the onset?",
			Chances{.06, .06, .10, .92, .06, .06, .08}, judged},
		{"version.worse", "At the same time, is one version worse than the other?",
			Chances{.06, .06, .15, .92, .06, .06, .10}, judged},
		{"pipeline.moved", "Did preprocessing, firmware or settings change at the onset?",
			Chances{.06, .12, .85, .12, .06, .06, .08}, judged},
		{"answers.moved", "Did the model's own answers, confidence or votes move?",
			Chances{.92, .92, .90, .85, .06, .60, .40}, judged},
		{"rule.moved", "Do the same votes lead to other answers?",
			Chances{.10, .10, .50, .15, .05, .06, .10}, judged},
		{"labels.moved", "Did reviewers, label coverage or label delay change at the onset?",
			Chances{.06, .06, .06, .06, .75, .08, .12}, judged},
		{"labels.reviewer", "Does the drop sit with one reviewer?",
			Chances{.04, .04, .04, .04, .70, .04, .04}, judged},
		{"service.failing", "Did errors, timeouts or latency rise?",
			Chances{.05, .05, .10, .12, .04, .08, .92}, judged},
		{"data.missing", "Did rows or values go missing?",
			Chances{.05, .10, .25, .06, .06, .10, .60}, judged},
	}
}

// Prior is how often each cause is behind an incident before anything is
// known, in the order of Causes.
//
// Source: judgement; incident collections name inputs and releases first and
// label faults last.
func Prior() Chances { return Chances{.24, .18, .14, .18, .08, .09, .09} }
