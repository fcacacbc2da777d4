package analysis

// A check is one question whose answer is likelier under some causes than under
// others. All the knowledge a verdict rests on is this table and the one of the
// event families, learned on practice incidents:
//
//	ln P(answer | cause) / P(answer | the average cause)
//	                          floor sensor pipeline model labels traffic service
//
// A check answered yes adds its first row to the causes, one answered no its
// second, one answered in part both in proportion; one that could not be
// answered adds nothing and stands in the ledger as untested.

// Weights are natural logarithms of likelihood ratios against the average
// cause, in the order of Causes.
type Weights [7]float64

// Chances are probabilities under each cause, in the order of Causes.
type Chances [7]float64

// Check is a row of the table. Source says where its numbers come from.
type Check struct {
	ID       string
	Question string
	Yes, No  Weights
	Source   string
}

// weigh is what an answer of strength s, 0 (no) to 1 (yes), adds to each cause.
func (c Check) weigh(s float64) map[Cause]float64 {
	s = max(0, min(1, s))
	weights := make(map[Cause]float64, len(Causes))
	for k, cause := range Causes {
		weights[cause] = s*c.Yes[k] + (1-s)*c.No[k]
	}
	return weights
}

// learned names the source of the rows: the incidents of 2,200 training rounds
// of the practice league (analysis/practice) and 110 rounds in which a single
// member broke, all weights fitted together. `andon practice --learn 2200` makes
// the table anew.
const learned = "practice league, training rounds 1 to 2200"

// Checks are the questions Andon answers by itself from the log.
func Checks() []Check {
	return []Check{
		{"inputs.moved", "Did the pictures or other inputs move where quality fell?",
			Weights{.92, 1.21, .07, -.65, -1.10, -.71, .26},
			Weights{-1.47, -.52, .09, .51, .42, .50, .48}, learned},
		{"inputs.unseen", "Do the wrong answers fall on inputs never seen before?",
			Weights{.97, -.19, -.26, -.06, -1.03, 1.21, -.64},
			Weights{-.82, -.17, .58, 1.39, -.13, -.91, .05}, learned},
		{"inputs.mix", "Is it known inputs in other proportions?",
			Weights{-.55, -.26, -.81, -.62, -.82, 3.52, -.46},
			Weights{.15, .69, .52, .87, .93, -3.27, .11}, learned},
		{"slice.camera", "Does the drop sit in a single camera?",
			Weights{-.35, 2.58, -.58, -.95, .20, -.25, -.66},
			Weights{1.03, -.64, .11, -1.82, -.09, .54, .86}, learned},
		{"slice.place", "Does the drop sit in one place, product or shift?",
			Weights{-.13, .03, .18, .77, -.41, .26, -.70},
			Weights{-.27, .41, -.48, -.53, .52, -.01, .35}, learned},
		{"slice.shift", "Did only one shift fall?",
			Weights{.68, 1.65, -1.51, -.70, -.11, .55, -.56},
			Weights{-1.16, -.92, .91, .05, .39, .24, .49}, learned},
		{"shift.unseen", "Did one shift alone meet inputs never seen before?",
			Weights{-2.06, 1.27, -.01, -.02, -.03, .88, -.04},
			Weights{1.58, -.04, -.21, .35, -.98, -.09, -.61}, learned},
		{"slice.everywhere", "Did every slice fall alike?",
			Weights{-1.47, -.16, -.25, .90, -.18, .82, .34},
			Weights{1.07, .59, -.05, -.65, .29, -.57, -.69}, learned},
		{"image.part", "Does something in the picture look different?",
			Weights{.35, 1.36, -.98, -.71, -.48, 1.24, -.79},
			Weights{-1.55, -.41, 1.09, .75, .80, -1.24, .55}, learned},
		{"image.whole", "Did the whole picture change, rather than a part of it?",
			Weights{-1.60, 1.08, .39, .65, .22, -.49, -.26},
			Weights{.41, -.13, -.28, -.62, .10, .48, .03}, learned},
		{"optics.blur", "Did the pictures lose sharpness and keep their light?",
			Weights{-1.65, 1.49, .40, -.06, -.04, -.06, -.09},
			Weights{1.43, -1.13, -.20, .15, -.41, .08, .09}, learned},
		{"optics.light", "Did light and contrast move together, as under another lamp?",
			Weights{-.64, .84, -.04, -.01, 0, -.14, 0},
			Weights{.42, -.48, .24, .10, -.45, .16, 0}, learned},
		{"version.moved", "Did another model version take over at the onset?",
			Weights{-1.32, -1.16, -.93, 2.19, .31, .39, .52},
			Weights{-.05, .79, .92, -2.45, .19, -.40, 1.00}, learned},
		{"version.worse", "At the same time, is one version worse than the other?",
			Weights{.53, -.99, -.26, .81, -.13, .63, -.59},
			Weights{.07, -.41, .03, -1.59, .51, -.14, 1.54}, learned},
		{"pipeline.moved", "Did preprocessing, firmware or settings change at the onset?",
			Weights{-.99, -.75, 2.60, -.18, -.09, -.12, -.49},
			Weights{.10, .50, -2.03, -.07, .59, .14, .78}, learned},
		{"answers.moved", "Did the model's own answers, confidence or votes move?",
			Weights{.14, -.34, .22, 1.08, -2.71, .75, .86},
			Weights{.12, 1.08, 0, -1.11, 2.78, -.99, -1.89}, learned},
		{"rule.moved", "Do the same votes lead to other answers?",
			Weights{-1.15, .52, 3.17, -1.35, -.02, -.09, -1.08},
			Weights{-.33, -.06, -.92, .98, -.46, .55, .25}, learned},
		{"labels.moved", "Did reviewers, label coverage or label delay change at the onset?",
			Weights{-.46, -.62, -.68, -.13, 2.01, -.10, -.03},
			Weights{.21, -.97, -.33, -.50, -.53, 1.53, .60}, learned},
		{"labels.reviewer", "Does the drop sit with one reviewer?",
			Weights{-.74, -.42, -.42, .18, 1.55, -.08, -.07},
			Weights{-.15, .33, .48, .04, -.75, -.15, .20}, learned},
		{"service.failing", "Did errors, timeouts or latency rise?",
			Weights{-1.64, .27, -.53, -.61, -.83, 0, 3.33},
			Weights{.42, .48, .46, .37, 1.12, -.02, -2.83}, learned},
		{"data.missing", "Did rows or values go missing?",
			Weights{-.16, -.42, -.42, -.31, .36, -.41, 1.37},
			Weights{.07, -.16, 1.01, .22, .04, -.48, -.69}, learned},
		{"data.survivors", "Are the right answers fewer, rather than the wrong ones more?",
			Weights{.69, -.84, -.88, .77, -.85, -.14, 1.24},
			Weights{.18, .21, .12, .24, .18, -.52, -.41}, learned},
		{"answers.unsure", "Did the model's confidence fall?",
			Weights{.18, 1.29, -.18, .23, -.74, -.98, .20},
			Weights{.53, -.61, -.41, .31, -.19, .79, -.42}, learned},
		{"votes.split", "Did the members come to differ more?",
			Weights{1.02, .17, -.15, -.66, -1.55, 1.05, .12},
			Weights{1.14, -.87, -.04, .01, 1.05, -1.63, .34}, learned},
		{"member.alone", "Did one member of the ensemble break alone?",
			Weights{-.88, -1.25, .14, 2.51, 0, 0, -.51},
			Weights{-1.30, .09, .36, -.61, .68, .15, .64}, learned},
		{"optics.colour", "Did colours move while the light stayed?",
			Weights{.50, -1.00, .91, -.02, -.02, -.23, -.13},
			Weights{-.72, 1.36, -.71, .12, -.43, .25, .13}, learned},
		{"optics.sharper", "Did the pictures get sharper?",
			Weights{.35, .57, -.55, -.10, 0, -.18, -.09},
			Weights{-.58, -.21, .75, .19, -.45, .20, .09}, learned},
		{"inputs.apart", "Did the logged inputs move while the raw frames stayed?",
			Weights{.44, .27, -.76, 1.04, -.29, -.34, -.37},
			Weights{.34, -.68, -.27, -.21, .40, .61, -.18}, learned},
		{"answers.apart", "Did the answers move while confidence stayed?",
			Weights{.24, .28, -.85, 1.05, -.15, -.31, -.26},
			Weights{.47, .40, .26, -.51, -.77, .12, .03}, learned},
	}
}

// Families are how likely an event of each family is behind the onset, under
// each cause, in the order of Causes.
//
// Source: as the checks.
func Families() []Family {
	return []Family{
		{NoEvent, Chances{.076, .121, .061, .048, .065, .096, .089}},
		{OtherEvent, Chances{.565, .336, .053, .055, .110, .148, .073}},
		{string(Floor), Chances{.222, .021, .021, .038, .107, .220, .038}},
		{string(Sensor), Chances{.054, .328, .046, .031, .157, .079, .038}},
		{string(Pipeline), Chances{.007, .026, .604, .030, .158, .136, .129}},
		{string(Model), Chances{.022, .014, .134, .699, .040, .093, .051}},
		{string(Labels), Chances{.033, .069, .039, .061, .289, .134, .063}},
		{string(Service), Chances{.021, .084, .041, .037, .073, .094, .519}},
	}
}

// Prior is how often each cause is behind an incident before anything is
// known, in the order of Causes.
//
// Source: judgement; incident collections name inputs and releases first and
// label faults last.
func Prior() Chances { return Chances{.24, .18, .14, .18, .08, .09, .09} }
