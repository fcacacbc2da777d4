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
			Weights{.23, 1.09, -.03, -.56, -.63, -.56, .47},
			Weights{-.80, -.73, -.38, .83, .43, .54, .11}, learned},
		{"inputs.unseen", "Do the wrong answers fall on inputs never seen before?",
			Weights{.91, .30, -.48, -.40, -.60, 1.11, -.84},
			Weights{-1.15, -.43, 1.15, .68, -.12, -.83, .72}, learned},
		{"inputs.mix", "Is it known inputs in other proportions?",
			Weights{-.93, -.13, -.55, -.45, -.76, 3.11, -.29},
			Weights{.11, .14, .61, .62, .82, -2.89, .59}, learned},
		{"slice.camera", "Does the drop sit in a single camera?",
			Weights{-.22, 2.23, -.79, -.86, .11, .03, -.50},
			Weights{.70, -.88, -.23, -.86, -.04, .28, 1.03}, learned},
		{"slice.place", "Does the drop sit in one place, product or shift?",
			Weights{-.14, -.27, .85, -.02, -.18, .12, -.37},
			Weights{-.69, .27, -.79, .20, .25, .10, .67}, learned},
		{"slice.shift", "Did only one shift fall?",
			Weights{.37, 1.73, -1.68, -.53, -.08, .77, -.59},
			Weights{-.92, -1.08, .72, .16, .49, .06, .57}, learned},
		{"shift.unseen", "Did one shift alone meet inputs never seen before?",
			Weights{-1.66, .80, -.01, -.07, -.03, .98, -.02},
			Weights{1.52, .26, -.39, -.47, -.35, -.13, -.43}, learned},
		{"slice.everywhere", "Did every slice fall alike?",
			Weights{-1.58, -.47, .39, .11, .21, .78, .56},
			Weights{.76, .47, -.34, .06, -.14, -.56, -.25}, learned},
		{"image.part", "Does something in the picture look different?",
			Weights{.21, .70, -.53, -.51, -.69, 1.42, -.60},
			Weights{-1.74, .28, .71, .69, .76, -.88, .19}, learned},
		{"image.whole", "Did the whole picture change, rather than a part of it?",
			Weights{-2.01, 1.41, .35, .67, .23, -.25, -.39},
			Weights{.48, -.43, -.17, -.49, -.17, .80, -.02}, learned},
		{"image.shifted", "Does the camera look elsewhere than it did?",
			Weights{-1.67, 2.30, -.17, -.11, -.01, -.27, -.08},
			Weights{.62, -.42, .17, .27, -.06, -.87, .29}, learned},
		{"optics.blur", "Did the pictures lose sharpness and keep their light?",
			Weights{-1.48, 1.58, .11, -.09, -.07, -.05, -.01},
			Weights{.96, -1.14, .27, .02, -.41, .09, .21}, learned},
		{"optics.light", "Did light and contrast move together, as under another lamp?",
			Weights{-.74, .80, .12, -.08, -.01, -.09, 0},
			Weights{.22, -.36, .26, .01, -.46, .12, .21}, learned},
		{"version.moved", "Did another model version take over at the onset?",
			Weights{-.86, -.72, -1.12, 1.28, .51, .28, .63},
			Weights{.03, .76, 1.15, -1.91, .11, -.37, .24}, learned},
		{"version.worse", "At the same time, is one version worse than the other?",
			Weights{.30, -.86, -.04, .62, -.05, .53, -.51},
			Weights{-.05, -.61, -.45, -.40, .51, -.30, 1.30}, learned},
		{"pipeline.moved", "Did preprocessing, firmware or settings change at the onset?",
			Weights{-.51, -.49, 1.66, -.33, -.04, -.05, -.24},
			Weights{.08, .54, -1.62, .03, .82, .02, .14}, learned},
		{"answers.moved", "Did the model's own answers, confidence or votes move?",
			Weights{-.10, -.33, .14, 1.20, -1.81, .84, .05},
			Weights{-.12, .74, -.13, -.85, 1.87, -.83, -.68}, learned},
		{"rule.moved", "Do the same votes lead to other answers?",
			Weights{-.36, -.19, 1.26, -.46, 0, -.04, -.21},
			Weights{.46, -.07, -.44, .34, -.39, .35, -.25}, learned},
		{"labels.moved", "Did reviewers, label coverage or label delay change at the onset?",
			Weights{-.65, -.26, -.21, -.38, 1.87, -.16, -.22},
			Weights{.59, -1.04, .25, -.44, -.58, .89, .33}, learned},
		{"labels.reviewer", "Does the drop sit with one reviewer?",
			Weights{-.67, -.55, -.09, -.28, 1.71, -.04, -.09},
			Weights{-.01, .56, .73, -.08, -.96, .14, -.38}, learned},
		{"service.failing", "Did errors, timeouts or latency rise?",
			Weights{-.56, .46, -.98, -.96, -.98, -.04, 3.07},
			Weights{1.03, .90, -.04, -.76, 1.05, .35, -2.54}, learned},
		{"data.missing", "Did rows or values go missing?",
			Weights{-.56, -.27, -.78, -.74, .74, -.31, 1.91},
			Weights{-.18, .20, .28, 1.60, -.42, .17, -1.67}, learned},
		{"data.survivors", "Are the right answers fewer, rather than the wrong ones more?",
			Weights{.21, -.37, -.51, -.15, -.41, -.28, 1.50},
			Weights{-.07, .42, -.24, .76, -.05, -.14, -.68}, learned},
		{"answers.unsure", "Did the model's confidence fall?",
			Weights{.16, .82, 1.06, -.65, -.36, -.68, -.35},
			Weights{.59, -.41, -1.42, .77, -.33, .44, .36}, learned},
		{"votes.split", "Did the members come to differ more?",
			Weights{.29, .41, .58, -1.26, -1.08, 1.01, .07},
			Weights{1.18, -1.29, -.48, .75, .49, -1.06, .41}, learned},
		{"member.alone", "Did one member of the ensemble break alone?",
			Weights{-1.08, -1.07, .97, 1.44, 0, -.05, -.21},
			Weights{-1.33, .76, -.18, -.58, .48, .36, .49}, learned},
		{"optics.colour", "Did colours move while the light stayed?",
			Weights{-.27, -.60, 1.15, -.04, -.05, -.17, -.02},
			Weights{-.25, 1.04, -.76, -.03, -.43, .21, .22}, learned},
		{"optics.sharper", "Did the pictures get sharper?",
			Weights{0, .61, -.29, -.16, -.02, -.18, .03},
			Weights{-.52, -.17, .67, .09, -.46, .22, .18}, learned},
		{"inputs.apart", "Did the logged inputs move while the raw frames stayed?",
			Weights{-.08, .35, .08, .38, -.22, .04, -.55},
			Weights{.15, -.57, -.29, .11, .32, .65, -.37}, learned},
		{"answers.apart", "Did the answers move while confidence stayed?",
			Weights{-.16, .12, -.69, 1.28, -.12, -.15, -.27},
			Weights{.91, .29, .33, -1.15, -.57, -.09, .28}, learned},
		{"answers.alone", "Did the answers move while the pictures stayed?",
			Weights{-.44, .69, -.28, .49, -1.10, .35, .29},
			Weights{.47, .08, -.18, -.05, .90, -.59, -.64}, learned},
		{"sure.fewer", "Did the surest answers become fewer?",
			Weights{.17, .06, -2.56, 1.12, -.59, .85, .94},
			Weights{-.61, .87, 2.40, -.97, .05, -.82, -.91}, learned},
		{"sure.more", "Did the surest answers become more?",
			Weights{-1.26, 1.16, .71, -.39, .02, -.15, -.09},
			Weights{.81, -.22, -.87, .54, -.56, .18, .12}, learned},
		{"unsure.more", "Did the least sure answers become more?",
			Weights{-.76, 1.76, -.30, 1.01, -.92, -.03, -.76},
			Weights{.31, -.83, .15, -.86, .38, .06, .79}, learned},
		{"answers.mix", "Do the answers come in other proportions?",
			Weights{.74, .27, 1.44, -.60, -1.51, -.52, .18},
			Weights{-1.19, .66, -1.60, .74, .97, .55, -.15}, learned},
		{"votes.agreed", "Do the new errors fall on rows whose votes agree?",
			Weights{-2.94, .26, .86, .46, .84, .28, .24},
			Weights{.52, -.60, -.06, .34, -.36, .02, .13}, learned},
	}
}

// Families are how likely an event of each family is behind the onset, under
// each cause, in the order of Causes.
//
// Source: as the checks.
func Families() []Family {
	return []Family{
		{NoEvent, Chances{.132, .198, .066, .022, .079, .279, .050}},
		{OtherEvent, Chances{.432, .278, .069, .033, .121, .113, .109}},
		{string(Floor), Chances{.231, .044, .024, .054, .094, .157, .048}},
		{string(Sensor), Chances{.060, .295, .034, .055, .081, .075, .055}},
		{string(Pipeline), Chances{.011, .019, .591, .116, .085, .138, .128}},
		{string(Model), Chances{.039, .017, .132, .628, .042, .056, .113}},
		{string(Labels), Chances{.059, .045, .050, .043, .400, .100, .134}},
		{string(Service), Chances{.038, .103, .036, .049, .099, .082, .362}},
	}
}

// Prior is how often each cause is behind an incident before anything is
// known, in the order of Causes.
//
// Source: judgement; incident collections name inputs and releases first and
// label faults last.
func Prior() Chances { return Chances{.24, .18, .14, .18, .08, .09, .09} }
