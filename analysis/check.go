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

// learned names the source of the rows: 2,640 training rounds of the practice
// league (analysis/practice), all weights fitted together by practice.Learn;
// image.part was asked in the first 1,100 of them only.
const learned = "practice league, training rounds 1 to 2640"

// Checks are the questions Andon answers by itself from the log.
func Checks() []Check {
	return []Check{
		{"inputs.moved", "Did the pictures or other inputs move where quality fell?",
			Weights{1.60, 1.29, -.81, -1.10, -1.14, -.84, 1.00},
			Weights{-.79, .04, -.41, .37, .13, .45, .20}, learned},
		{"inputs.unseen", "Do the wrong answers fall on inputs never seen before?",
			Weights{1.10, -.06, .05, -1.00, -.60, 1.09, -.59},
			Weights{-.73, -.31, .03, .77, .32, -.34, .26}, learned},
		{"inputs.mix", "Is it known inputs in other proportions?",
			Weights{-.34, -.29, -.82, -.64, -1.02, 3.81, -.69},
			Weights{.40, .94, .52, .25, .74, -3.09, .25}, learned},
		{"slice.camera", "Does the drop sit in a single camera?",
			Weights{-.41, 2.35, -.77, -.29, .38, -.30, -.97},
			Weights{.46, -1.71, .47, -.10, -.66, 1.02, .52}, learned},
		{"slice.place", "Does the drop sit in one place, product or shift?",
			Weights{.55, .55, -.08, .27, -.46, -.43, -.40},
			Weights{-.49, .09, -.22, -.66, .18, 1.15, -.05}, learned},
		{"slice.shift", "Did only one shift fall?",
			Weights{.23, 1.83, -1.51, -.89, -.25, .89, -.30},
			Weights{-.52, -.87, .56, -.09, -.15, .56, .52}, learned},
		{"slice.everywhere", "Did every slice fall alike?",
			Weights{-.86, .36, -.46, .23, -.16, .26, .63},
			Weights{.92, .28, .16, -.61, -.12, .46, -1.08}, learned},
		{"image.part", "Does something in the picture look different?",
			Weights{.59, .95, -.81, -.79, .10, .72, -.77},
			Weights{-.76, .46, .66, .70, .92, -1.61, -.37}, learned},
		{"image.whole", "Did the whole picture change, rather than a part of it?",
			Weights{-1.54, 2.14, -.32, -1.49, 1.02, -.39, .58},
			Weights{-.94, -.31, .63, .21, -.29, .40, .30}, learned},
		{"optics.blur", "Did the pictures lose sharpness and keep their light?",
			Weights{-2.18, 1.78, .61, -.02, -.03, -.05, -.10},
			Weights{1.66, -1.12, -.45, .23, -.22, -.10, 0}, learned},
		{"optics.light", "Did light and contrast move together, as under another lamp?",
			Weights{-1.25, 1.43, -.25, .54, -.01, -.34, -.12},
			Weights{.73, -.78, .40, -.32, -.24, .19, .01}, learned},
		{"version.moved", "Did another model version take over at the onset?",
			Weights{-1.37, -.39, -.58, 3.23, -.23, -.44, -.23},
			Weights{.43, .20, 1.55, -2.69, .53, -.61, .59}, learned},
		{"version.worse", "At the same time, is one version worse than the other?",
			Weights{-.66, -.67, -.26, 1.97, -1.09, .90, -.19},
			Weights{-.15, -.50, -.02, -.22, .43, -.27, .74}, learned},
		{"pipeline.moved", "Did preprocessing, firmware or settings change at the onset?",
			Weights{-.98, -.57, 3.07, -.17, -.15, -.28, -.92},
			Weights{.05, .39, -2.10, .71, .46, -.78, 1.28}, learned},
		{"answers.moved", "Did the model's own answers, confidence or votes move?",
			Weights{-.12, .18, .28, .96, -2.88, .84, .74},
			Weights{.31, 1.11, -.53, -1.41, 2.86, -.05, -2.29}, learned},
		{"rule.moved", "Do the same votes lead to other answers?",
			Weights{-1.63, .68, 2.43, -.81, -.05, -.03, -.60},
			Weights{-.38, -.34, -.66, .44, -.33, .57, .69}, learned},
		{"labels.moved", "Did reviewers, label coverage or label delay change at the onset?",
			Weights{-.66, -.62, -.53, -.31, 2.12, -.10, .10},
			Weights{.17, -.48, -.03, -.63, 0, .39, .58}, learned},
		{"labels.reviewer", "Does the drop sit with one reviewer?",
			Weights{-1.30, -.36, -.63, -.18, 2.66, -.12, -.06},
			Weights{-.36, -.03, .73, .34, -1.10, .15, .28}, learned},
		{"service.failing", "Did errors, timeouts or latency rise?",
			Weights{-2.04, .43, -.34, -.70, -1.19, .20, 3.64},
			Weights{.45, .61, .46, .33, .80, .26, -2.90}, learned},
		{"data.missing", "Did rows or values go missing?",
			Weights{-.46, -.04, -.35, -.15, .07, -.04, .97},
			Weights{.05, .19, 1.05, .34, -.29, -.51, -.83}, learned},
		{"data.survivors", "Are the right answers fewer, rather than the wrong ones more?",
			Weights{.18, -.88, -.43, .48, -.82, .07, 1.39},
			Weights{0, .19, .09, -.09, .13, .07, -.38}, learned},
		{"answers.unsure", "Did the model's confidence fall?",
			Weights{.28, 1.07, .02, -.04, -.77, -.62, .05},
			Weights{.39, -.58, -.20, .71, -.03, -.19, -.11}, learned},
		{"votes.split", "Did the members come to differ more?",
			Weights{.56, 1.06, -.34, -.74, -1.66, 1.05, .06},
			Weights{.36, -.61, .43, -.13, 1.15, -1.22, .03}, learned},
		{"optics.colour", "Did colours move while the light stayed?",
			Weights{.62, -1.02, .99, -.05, -.02, -.10, -.42},
			Weights{-1.15, 1.68, -.84, .27, -.23, -.05, .32}, learned},
		{"optics.sharper", "Did the pictures get sharper?",
			Weights{.07, 1.17, -.77, -.19, 0, -.13, -.15},
			Weights{-.59, -.52, .93, .41, -.24, -.03, .05}, learned},
		{"inputs.apart", "Did the logged inputs move while the raw frames stayed?",
			Weights{.66, -.15, -1.02, .67, .36, -.37, -.15},
			Weights{.38, -.54, -.67, -.47, .50, .70, .10}, learned},
		{"answers.apart", "Did the answers move while confidence stayed?",
			Weights{.12, .18, -.14, .48, -.15, -.22, -.28},
			Weights{.54, .32, -.04, .19, -.65, -.58, .22}, learned},
	}
}

// Families are how likely an event of each family is behind the onset, under
// each cause, in the order of Causes.
//
// Source: as the checks.
func Families() []Family {
	return []Family{
		{NoEvent, Chances{.072, .108, .060, .146, .091, .085, .119}},
		{OtherEvent, Chances{.532, .332, .047, .045, .083, .317, .065}},
		{string(Floor), Chances{.230, .022, .024, .016, .094, .242, .024}},
		{string(Sensor), Chances{.058, .350, .049, .034, .110, .069, .023}},
		{string(Pipeline), Chances{.008, .016, .483, .019, .111, .059, .082}},
		{string(Model), Chances{.032, .021, .202, .628, .052, .072, .032}},
		{string(Labels), Chances{.033, .080, .062, .072, .375, .096, .037}},
		{string(Service), Chances{.035, .072, .072, .040, .084, .060, .616}},
	}
}

// Prior is how often each cause is behind an incident before anything is
// known, in the order of Causes.
//
// Source: judgement; incident collections name inputs and releases first and
// label faults last.
func Prior() Chances { return Chances{.24, .18, .14, .18, .08, .09, .09} }
