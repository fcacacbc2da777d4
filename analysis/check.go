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
			Weights{1.06, 1.25, -.50, -.25, -1.30, -.88, .63},
			Weights{-1.46, -.23, -.20, .52, .02, 1.00, .35}, learned},
		{"inputs.unseen", "Do the wrong answers fall on inputs never seen before?",
			Weights{1.11, -.04, .25, -.46, -1.35, .79, -.31},
			Weights{-.58, -.39, .51, 1.60, -1.00, -.44, .29}, learned},
		{"inputs.mix", "Is it known inputs in other proportions?",
			Weights{-.48, -.44, -.72, -.48, -.71, 3.51, -.67},
			Weights{.01, .70, .31, .59, .96, -2.99, .42}, learned},
		{"slice.camera", "Does the drop sit in a single camera?",
			Weights{-.25, 2.86, -.93, -1.37, .66, -.21, -.77},
			Weights{.91, -.99, .47, -1.63, -.42, .75, .93}, learned},
		{"slice.place", "Does the drop sit in one place, product or shift?",
			Weights{.17, .25, -.34, .68, -.08, -.29, -.40},
			Weights{-.64, 0, -.08, -.57, .32, .81, .16}, learned},
		{"slice.shift", "Did only one shift fall?",
			Weights{.54, 1.93, -1.85, -.86, -.29, .86, -.33},
			Weights{-.29, -.86, .51, .04, -.10, .27, .44}, learned},
		{"slice.everywhere", "Did every slice fall alike?",
			Weights{-1.27, .25, -.89, .71, .05, .58, .57},
			Weights{.80, .01, .48, -.60, .20, -.06, -.82}, learned},
		{"image.part", "Does something in the picture look different?",
			Weights{.50, 1.61, -1.00, -1.49, -.35, 1.42, -.70},
			Weights{-1.80, -.10, .83, .58, .88, -1.23, .84}, learned},
		{"image.whole", "Did the whole picture change, rather than a part of it?",
			Weights{-1.30, 1.72, -.30, -1.00, .76, -.36, .47},
			Weights{0, -.21, .13, .09, -.23, .55, -.32}, learned},
		{"optics.blur", "Did the pictures lose sharpness and keep their light?",
			Weights{-1.86, 1.71, .39, -.04, -.04, -.02, -.13},
			Weights{1.41, -1.08, -.28, .13, -.14, 0, -.04}, learned},
		{"optics.light", "Did light and contrast move together, as under another lamp?",
			Weights{-1.16, 1.37, -.35, .48, 0, -.27, -.05},
			Weights{.71, -.74, .46, -.39, -.18, .25, -.12}, learned},
		{"version.moved", "Did another model version take over at the onset?",
			Weights{-.99, -.37, -.80, 2.72, -.18, -.38, .01},
			Weights{.14, .42, 1.54, -2.51, .48, -.61, .54}, learned},
		{"version.worse", "At the same time, is one version worse than the other?",
			Weights{-.04, -.74, -.32, .58, -.08, 1.02, -.42},
			Weights{-.30, -.64, .07, -.77, .54, .10, 1.01}, learned},
		{"pipeline.moved", "Did preprocessing, firmware or settings change at the onset?",
			Weights{-.99, -.66, 2.67, -.12, -.16, -.31, -.43},
			Weights{.15, .71, -1.93, .33, .46, -.69, .98}, learned},
		{"answers.moved", "Did the model's own answers, confidence or votes move?",
			Weights{.31, -.15, .17, .89, -2.57, .69, .65},
			Weights{.22, 1.01, -.31, -1.40, 2.94, -.19, -2.28}, learned},
		{"rule.moved", "Do the same votes lead to other answers?",
			Weights{-1.44, .37, 2.50, -.49, -.06, -.06, -.82},
			Weights{.06, -.03, -.55, .82, -.59, -.06, .35}, learned},
		{"labels.moved", "Did reviewers, label coverage or label delay change at the onset?",
			Weights{-.32, -.71, -.67, -.23, 2.09, -.15, -.02},
			Weights{.47, -.71, .09, -.34, -.05, .20, .33}, learned},
		{"labels.reviewer", "Does the drop sit with one reviewer?",
			Weights{-1.15, -.35, -.41, .14, 1.90, -.11, -.02},
			Weights{-.38, -.01, .68, .49, -1.12, .13, .20}, learned},
		{"service.failing", "Did errors, timeouts or latency rise?",
			Weights{-1.70, .44, -.63, -.50, -1.19, .16, 3.42},
			Weights{.73, .66, .04, .27, .81, .26, -2.77}, learned},
		{"data.missing", "Did rows or values go missing?",
			Weights{-.02, -.27, -.61, -.39, .21, -.04, 1.12},
			Weights{.09, .21, .78, .36, -.14, -.56, -.73}, learned},
		{"data.survivors", "Are the right answers fewer, rather than the wrong ones more?",
			Weights{.63, -.67, -.99, .49, -.66, .03, 1.17},
			Weights{.08, -.04, -.08, 0, .06, .12, -.14}, learned},
		{"answers.unsure", "Did the model's confidence fall?",
			Weights{-.01, 1.28, -.29, .16, -.71, -.61, .19},
			Weights{.58, -.47, -.23, .63, .05, .02, -.57}, learned},
		{"votes.split", "Did the members come to differ more?",
			Weights{.86, .58, -.02, -.08, -1.60, .67, -.41},
			Weights{.89, -.87, .25, .09, .88, -1.16, -.08}, learned},
		{"member.alone", "Did one member of the ensemble break alone?",
			Weights{-.86, -1.35, .03, 2.56, 0, .03, -.41},
			Weights{-1.03, -.31, .02, -.78, .48, .71, .91}, learned},
		{"optics.colour", "Did colours move while the light stayed?",
			Weights{.56, -.82, .86, -.05, -.04, -.12, -.37},
			Weights{-1.01, 1.45, -.75, .14, -.14, .11, .20}, learned},
		{"optics.sharper", "Did the pictures get sharper?",
			Weights{-.09, .95, -.48, -.09, -.01, -.11, -.16},
			Weights{-.36, -.32, .59, .18, -.18, .10, -.01}, learned},
		{"inputs.apart", "Did the logged inputs move while the raw frames stayed?",
			Weights{.79, -.21, -.74, .66, .21, -.46, -.25},
			Weights{.32, -.69, -.41, -.37, .31, .95, -.10}, learned},
		{"answers.apart", "Did the answers move while confidence stayed?",
			Weights{.16, .28, -.85, 1.03, -.13, -.15, -.33},
			Weights{.40, .53, .33, -.25, -.53, -.44, -.05}, learned},
	}
}

// Families are how likely an event of each family is behind the onset, under
// each cause, in the order of Causes.
//
// Source: as the checks.
func Families() []Family {
	return []Family{
		{NoEvent, Chances{.076, .100, .056, .046, .069, .102, .080}},
		{OtherEvent, Chances{.609, .375, .050, .044, .087, .204, .049}},
		{string(Floor), Chances{.166, .017, .015, .027, .068, .271, .029}},
		{string(Sensor), Chances{.052, .310, .049, .040, .118, .076, .027}},
		{string(Pipeline), Chances{.010, .021, .565, .024, .129, .073, .090}},
		{string(Model), Chances{.034, .032, .184, .719, .053, .065, .045}},
		{string(Labels), Chances{.029, .072, .050, .064, .365, .131, .046}},
		{string(Service), Chances{.023, .073, .031, .034, .111, .078, .635}},
	}
}

// Prior is how often each cause is behind an incident before anything is
// known, in the order of Causes.
//
// Source: judgement; incident collections name inputs and releases first and
// label faults last.
func Prior() Chances { return Chances{.24, .18, .14, .18, .08, .09, .09} }
