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
			Weights{.57, 1.14, .18, -.75, -1.09, -.46, .41},
			Weights{-1.31, -.48, .08, .37, .47, .47, .39}, learned},
		{"inputs.unseen", "Do the wrong answers fall on inputs never seen before?",
			Weights{1.53, .25, -.61, -.09, -.86, 1.02, -1.24},
			Weights{-1.16, -.47, .74, 1.43, -.28, -.58, .33}, learned},
		{"inputs.mix", "Is it known inputs in other proportions?",
			Weights{-.66, -.24, -1.06, -.38, -.85, 3.58, -.40},
			Weights{.14, .70, .63, .71, .97, -3.17, .02}, learned},
		{"slice.camera", "Does the drop sit in a single camera?",
			Weights{-.15, 2.63, -.76, -1.27, .17, .10, -.72},
			Weights{1.00, -.60, .16, -1.80, -.05, .39, .91}, learned},
		{"slice.place", "Does the drop sit in one place, product or shift?",
			Weights{-.08, .07, .06, .79, -.37, .30, -.76},
			Weights{-.44, .40, -.49, -.46, .49, .11, .39}, learned},
		{"slice.shift", "Did only one shift fall?",
			Weights{.56, 1.68, -1.59, -.65, -.13, .64, -.52},
			Weights{-1.08, -1.10, .89, .01, .39, .34, .54}, learned},
		{"shift.unseen", "Did one shift alone meet inputs never seen before?",
			Weights{-1.98, .99, -.01, -.01, -.03, 1.04, -.01},
			Weights{1.69, .13, -.31, .28, -.98, -.08, -.74}, learned},
		{"slice.everywhere", "Did every slice fall alike?",
			Weights{-1.48, -.14, -.38, .91, -.14, .90, .33},
			Weights{.97, .60, -.05, -.57, .25, -.49, -.71}, learned},
		{"image.part", "Does something in the picture look different?",
			Weights{.48, 1.34, -1.03, -.53, -.49, 1.11, -.89},
			Weights{-1.53, -.45, 1.05, .68, .81, -1.19, .63}, learned},
		{"image.whole", "Did the whole picture change, rather than a part of it?",
			Weights{-1.59, 1.03, .34, .71, .24, -.45, -.27},
			Weights{.55, -.13, -.32, -.56, .08, .37, .01}, learned},
		{"optics.blur", "Did the pictures lose sharpness and keep their light?",
			Weights{-1.86, 1.36, .72, -.05, -.04, -.05, -.08},
			Weights{1.44, -1.08, -.35, .10, -.42, .18, .13}, learned},
		{"optics.light", "Did light and contrast move together, as under another lamp?",
			Weights{-.71, .85, -.01, -.01, 0, -.13, .01},
			Weights{.28, -.57, .38, .06, -.46, .26, .04}, learned},
		{"version.moved", "Did another model version take over at the onset?",
			Weights{-1.39, -1.18, -.87, 2.30, .32, .35, .48},
			Weights{-.08, .84, 1.01, -2.31, .18, -.62, .98}, learned},
		{"version.worse", "At the same time, is one version worse than the other?",
			Weights{.47, -1.06, -.30, .84, -.13, .68, -.51},
			Weights{-.06, -.41, .06, -1.67, .53, -.01, 1.55}, learned},
		{"pipeline.moved", "Did preprocessing, firmware or settings change at the onset?",
			Weights{-1.07, -.78, 2.71, -.14, -.08, -.14, -.50},
			Weights{-.01, .55, -1.94, .14, .58, -.06, .73}, learned},
		{"answers.moved", "Did the model's own answers, confidence or votes move?",
			Weights{.27, -.32, .11, 1.18, -2.71, .64, .82},
			Weights{.06, 1.08, -.10, -1.12, 2.75, -.85, -1.84}, learned},
		{"rule.moved", "Do the same votes lead to other answers?",
			Weights{-1.36, .60, 3.20, -1.35, -.02, -.08, -.99},
			Weights{-.13, .03, -1.02, .88, -.48, .48, .25}, learned},
		{"labels.moved", "Did reviewers, label coverage or label delay change at the onset?",
			Weights{-.37, -.61, -.69, -.11, 2.03, -.17, -.07},
			Weights{.42, -.98, -.32, -.54, -.47, 1.39, .50}, learned},
		{"labels.reviewer", "Does the drop sit with one reviewer?",
			Weights{-.63, -.43, -.42, .09, 1.54, -.06, -.07},
			Weights{-.14, .38, .58, .02, -.72, -.36, .24}, learned},
		{"service.failing", "Did errors, timeouts or latency rise?",
			Weights{-1.38, .32, -.72, -.64, -.88, .07, 3.23},
			Weights{.27, .29, .41, .38, 1.14, .22, -2.71}, learned},
		{"data.missing", "Did rows or values go missing?",
			Weights{-.19, -.42, -.44, -.19, .36, -.51, 1.38},
			Weights{.17, -.05, .95, .30, .01, -.63, -.76}, learned},
		{"data.survivors", "Are the right answers fewer, rather than the wrong ones more?",
			Weights{.60, -.79, -.84, .84, -.84, -.25, 1.28},
			Weights{.27, .22, .12, .29, .17, -.62, -.44}, learned},
		{"answers.unsure", "Did the model's confidence fall?",
			Weights{.12, 1.28, -.25, .19, -.75, -.80, .21},
			Weights{.53, -.61, -.35, .24, -.19, .73, -.35}, learned},
		{"votes.split", "Did the members come to differ more?",
			Weights{1.22, .16, -.17, -.95, -1.54, 1.15, .12},
			Weights{.82, -.93, .17, .12, 1.02, -1.57, .36}, learned},
		{"member.alone", "Did one member of the ensemble break alone?",
			Weights{-1.06, -1.28, .13, 2.78, 0, -.05, -.53},
			Weights{-1.25, .07, .31, -.56, .71, .16, .56}, learned},
		{"optics.colour", "Did colours move while the light stayed?",
			Weights{.18, -1.10, 1.13, -.01, -.02, -.12, -.05},
			Weights{-.60, 1.38, -.76, .07, -.44, .25, .10}, learned},
		{"optics.sharper", "Did the pictures get sharper?",
			Weights{.10, .46, -.34, -.09, 0, -.14, .01},
			Weights{-.53, -.18, .71, .14, -.46, .27, .04}, learned},
		{"inputs.apart", "Did the logged inputs move while the raw frames stayed?",
			Weights{.18, .09, -.57, 1.09, -.32, -.20, -.27},
			Weights{.21, -.59, -.18, -.11, .42, .51, -.26}, learned},
		{"answers.apart", "Did the answers move while confidence stayed?",
			Weights{.22, .23, -.87, 1.02, -.16, -.30, -.14},
			Weights{.43, .44, .27, -.60, -.78, .24, -.01}, learned},
	}
}

// Families are how likely an event of each family is behind the onset, under
// each cause, in the order of Causes.
//
// Source: as the checks.
func Families() []Family {
	return []Family{
		{NoEvent, Chances{.080, .113, .049, .039, .062, .108, .085}},
		{OtherEvent, Chances{.537, .357, .055, .070, .110, .135, .074}},
		{string(Floor), Chances{.230, .025, .023, .041, .102, .137, .032}},
		{string(Sensor), Chances{.057, .322, .048, .036, .159, .082, .040}},
		{string(Pipeline), Chances{.007, .023, .613, .034, .166, .187, .138}},
		{string(Model), Chances{.026, .015, .129, .682, .040, .108, .049}},
		{string(Labels), Chances{.040, .064, .037, .059, .281, .148, .055}},
		{string(Service), Chances{.023, .080, .046, .039, .079, .094, .526}},
	}
}

// Prior is how often each cause is behind an incident before anything is
// known, in the order of Causes.
//
// Source: judgement; incident collections name inputs and releases first and
// label faults last.
func Prior() Chances { return Chances{.24, .18, .14, .18, .08, .09, .09} }
