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

// learned names the source of most rows: 440 training rounds of the practice
// league (analysis/practice), each answer drawn towards a judgement by four.
const learned = "practice league, training rounds 1 to 440"

// Checks are the questions Andon answers by itself from the log.
func Checks() []Check {
	return []Check{
		{"inputs.moved", "Did the pictures or other inputs move where quality fell?",
			Chances{.70, .78, .20, .06, .05, .38, .17}, learned},
		{"inputs.unseen", "Do the wrong answers fall on inputs never seen before?",
			Chances{.74, .42, .05, .05, .05, .07, .05}, learned},
		{"inputs.mix", "Is it known inputs in other proportions?",
			Chances{.05, .05, .05, .05, .05, .88, .05}, learned},
		{"slice.camera", "Does the drop sit in a single camera?",
			Chances{.08, .59, .05, .05, .05, .05, .05}, learned},
		{"slice.place", "Does the drop sit in one place, product or shift?",
			Chances{.76, .28, .56, .49, .05, .05, .23}, learned},
		{"slice.shift", "Did only one shift fall?",
			Chances{.05, .21, .05, .05, .05, .05, .05}, learned},
		{"slice.everywhere", "Did every slice fall alike?",
			Chances{.13, .13, .32, .49, .67, .91, .73}, learned},
		{"image.whole", "Did the whole picture change, rather than a part of it?",
			Chances{.05, .32, .06, .05, .05, .05, .05}, learned},
		{"optics.blur", "Did the pictures lose sharpness and keep their light?",
			Chances{.05, .33, .05, .05, .05, .05, .05}, learned},
		{"optics.light", "Did light and contrast move together, as under another lamp?",
			Chances{.05, .26, .05, .05, .05, .05, .05}, learned},
		{"version.moved", "Did another model version take over at the onset?",
			Chances{.07, .05, .05, .88, .05, .05, .05}, learned},
		{"version.worse", "At the same time, is one version worse than the other?",
			Chances{.06, .05, .05, .89, .05, .08, .05}, learned},
		{"pipeline.moved", "Did preprocessing, firmware or settings change at the onset?",
			Chances{.05, .05, .47, .05, .05, .05, .05}, learned},
		{"answers.moved", "Did the model's own answers, confidence or votes move?",
			Chances{.80, .94, .78, .94, .05, .72, .87}, learned},
		{"rule.moved", "Do the same votes lead to other answers?",
			Chances{.05, .05, .59, .05, .05, .05, .05}, learned},
		{"labels.moved", "Did reviewers, label coverage or label delay change at the onset?",
			Chances{.05, .05, .05, .05, .07, .05, .05}, learned},
		{"labels.reviewer", "Does the drop sit with one reviewer?",
			Chances{.05, .05, .05, .05, .94, .05, .05}, learned},
		{"service.failing", "Did errors, timeouts or latency rise?",
			Chances{.05, .05, .05, .05, .05, .05, .54}, learned},
		{"data.missing", "Did rows or values go missing?",
			Chances{.11, .07, .09, .07, .12, .15, .57}, learned},
	}
}

// Prior is how often each cause is behind an incident before anything is
// known, in the order of Causes.
//
// Source: judgement; incident collections name inputs and releases first and
// label faults last.
func Prior() Chances { return Chances{.24, .18, .14, .18, .08, .09, .09} }
