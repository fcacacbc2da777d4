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
			Weights{.14, 1.14, .28, -.44, -1.06, -.51, .45},
			Weights{-.90, -.79, -.36, .93, .28, .49, .35}, learned},
		{"inputs.unseen", "Do the wrong answers fall on inputs never seen before?",
			Weights{1.42, .37, -.42, -.80, -.70, 1.15, -1.02},
			Weights{-1.18, -.51, 1.06, .69, .02, -.88, .80}, learned},
		{"inputs.mix", "Is it known inputs in other proportions?",
			Weights{-.81, .03, -.91, -.31, -.95, 3.35, -.40},
			Weights{.08, .28, .48, .78, .90, -3.13, .61}, learned},
		{"slice.camera", "Does the drop sit in a single camera?",
			Weights{.01, 2.50, -.70, -1.42, .08, .05, -.52},
			Weights{.82, -.60, .07, -1.41, -.12, .31, .94}, learned},
		{"slice.place", "Does the drop sit in one place, product or shift?",
			Weights{-.06, -.08, .23, .13, -.10, .14, -.26},
			Weights{-.67, .38, -.66, .34, .05, .08, .47}, learned},
		{"slice.shift", "Did only one shift fall?",
			Weights{.59, 1.89, -1.81, -.48, -.10, .73, -.82},
			Weights{-1.02, -1.23, .61, .49, .20, .18, .76}, learned},
		{"shift.unseen", "Did one shift alone meet inputs never seen before?",
			Weights{-1.77, .88, -.01, -.06, -.01, .99, -.02},
			Weights{1.69, .39, -.25, -.66, -.54, -.11, -.53}, learned},
		{"slice.everywhere", "Did every slice fall alike?",
			Weights{-1.42, -.09, -.08, .23, .24, .86, .26},
			Weights{.69, .40, -.35, .23, -.28, -.64, -.05}, learned},
		{"image.part", "Does something in the picture look different?",
			Weights{.29, .76, -.71, -.63, -.64, 1.71, -.77},
			Weights{-1.83, .29, .87, .84, .78, -.97, .01}, learned},
		{"image.whole", "Did the whole picture change, rather than a part of it?",
			Weights{-2.04, 1.57, .44, .69, .20, -.28, -.59},
			Weights{.50, -.53, -.28, -.49, -.07, 1.01, -.16}, learned},
		{"image.shifted", "Does the camera look elsewhere than it did?",
			Weights{-1.97, 2.86, -.43, -.04, -.03, -.33, -.06},
			Weights{.57, -.60, -.09, .40, .02, -1.01, .71}, learned},
		{"optics.blur", "Did the pictures lose sharpness and keep their light?",
			Weights{-1.93, 1.52, .59, -.06, -.03, -.06, -.03},
			Weights{1.31, -1.04, -.21, -.03, -.40, .13, .24}, learned},
		{"optics.light", "Did light and contrast move together, as under another lamp?",
			Weights{-.86, .92, .08, -.06, 0, -.07, 0},
			Weights{.24, -.44, .30, -.03, -.43, .15, .20}, learned},
		{"version.moved", "Did another model version take over at the onset?",
			Weights{-.97, -.73, -1.22, 1.78, .44, .13, .57},
			Weights{-.39, .78, 1.28, -1.42, -.29, -.29, .33}, learned},
		{"version.worse", "At the same time, is one version worse than the other?",
			Weights{.51, -1.06, -.37, 1.15, -.62, .74, -.35},
			Weights{-.08, -.79, -.10, -.91, .50, -.31, 1.68}, learned},
		{"pipeline.moved", "Did preprocessing, firmware or settings change at the onset?",
			Weights{-.48, -.29, 2.01, -.56, -.04, -.11, -.52},
			Weights{.27, .44, -1.60, -.52, .95, -.04, .50}, learned},
		{"answers.moved", "Did the model's own answers, confidence or votes move?",
			Weights{.44, -.23, .33, .78, -2.27, .94, .01},
			Weights{-.38, .86, -.05, -1.12, 2.59, -1.00, -.90}, learned},
		{"rule.moved", "Do the same votes lead to other answers?",
			Weights{-.81, -.13, 2.71, -1.25, -.02, -.10, -.41},
			Weights{.16, .06, -.99, .99, -.48, .26, .01}, learned},
		{"labels.moved", "Did reviewers, label coverage or label delay change at the onset?",
			Weights{-.43, -.47, -.44, -.30, 2.13, -.18, -.31},
			Weights{.71, -1.03, -.01, -.75, -.15, 1.03, .19}, learned},
		{"labels.reviewer", "Does the drop sit with one reviewer?",
			Weights{-1.02, -.41, -.23, -.28, 2.10, -.04, -.13},
			Weights{-.25, .62, .59, .36, -1.11, .07, -.28}, learned},
		{"service.failing", "Did errors, timeouts or latency rise?",
			Weights{-1.13, .36, -1.02, -.17, -1.04, .03, 2.97},
			Weights{.33, .34, .09, .46, 1.14, .19, -2.55}, learned},
		{"data.missing", "Did rows or values go missing?",
			Weights{-.31, -.29, -.82, -.96, .80, -.43, 2.01},
			Weights{.24, .25, .53, .87, -.22, .11, -1.78}, learned},
		{"data.survivors", "Are the right answers fewer, rather than the wrong ones more?",
			Weights{.79, -.56, -1.17, .02, -.55, -.30, 1.78},
			Weights{-.05, .58, -.05, .57, -.04, -.25, -.76}, learned},
		{"answers.unsure", "Did the model's confidence fall?",
			Weights{.40, 1.21, -.21, .25, -.60, -.55, -.49},
			Weights{.41, -.60, -.48, .12, -.23, .28, .50}, learned},
		{"votes.split", "Did the members come to differ more?",
			Weights{.87, .23, -.01, -.81, -1.61, 1.01, .33},
			Weights{.69, -1.13, .24, .09, .97, -1.12, .27}, learned},
		{"member.alone", "Did one member of the ensemble break alone?",
			Weights{-1.18, -1.29, .14, 2.62, -.01, -.08, -.19},
			Weights{-1.16, .17, .44, -.94, .72, .41, .36}, learned},
		{"optics.colour", "Did colours move while the light stayed?",
			Weights{-.19, -.65, 1.07, -.02, -.02, -.18, -.01},
			Weights{-.43, 1.13, -.69, -.07, -.41, .26, .21}, learned},
		{"optics.sharper", "Did the pictures get sharper?",
			Weights{-.12, .71, -.33, -.14, 0, -.17, .06},
			Weights{-.49, -.24, .71, .05, -.43, .25, .14}, learned},
		{"inputs.apart", "Did the logged inputs move while the raw frames stayed?",
			Weights{.10, -.09, -.34, .81, -.33, .04, -.19},
			Weights{.23, -.38, .01, -.32, .42, .51, -.48}, learned},
		{"answers.apart", "Did the answers move while confidence stayed?",
			Weights{.20, .28, -.93, 1.04, -.14, -.21, -.24},
			Weights{.61, .33, .24, -.68, -.68, -.06, .24}, learned},
		{"answers.alone", "Did the answers move while the pictures stayed?",
			Weights{-.51, .58, .75, -.26, -1.00, .20, .23},
			Weights{.55, .08, -.12, -.05, .58, -.51, -.53}, learned},
	}
}

// Families are how likely an event of each family is behind the onset, under
// each cause, in the order of Causes.
//
// Source: as the checks.
func Families() []Family {
	return []Family{
		{NoEvent, Chances{.106, .199, .041, .018, .052, .376, .032}},
		{OtherEvent, Chances{.524, .282, .046, .028, .114, .111, .094}},
		{string(Floor), Chances{.214, .031, .017, .061, .074, .116, .027}},
		{string(Sensor), Chances{.047, .312, .046, .024, .129, .069, .037}},
		{string(Pipeline), Chances{.008, .018, .684, .051, .090, .117, .087}},
		{string(Model), Chances{.030, .021, .110, .742, .033, .049, .076}},
		{string(Labels), Chances{.042, .052, .033, .041, .427, .088, .147}},
		{string(Service), Chances{.030, .085, .021, .036, .080, .074, .500}},
	}
}

// Prior is how often each cause is behind an incident before anything is
// known, in the order of Causes.
//
// Source: judgement; incident collections name inputs and releases first and
// label faults last.
func Prior() Chances { return Chances{.24, .18, .14, .18, .08, .09, .09} }
