package command

import (
	"andon/analysis"
	"andon/analysis/whatif"
	"andon/ui/report"
)

// whatifAnswer is the JSON of `andon whatif --json`. Every key is always there:
// what is not known is null, an empty list is []. A gain is positive where
// quality gets better, whichever way its metric points; shares are from 0 to 1.
type whatifAnswer struct {
	Schema   int               `json:"schema"`
	Metric   string            `json:"metric"`
	Windows  *report.Windows   `json:"windows"`
	Slice    map[string]string `json:"slice"` // the guilty one; {} where none stands out
	Quality  sides             `json:"quality"`
	InSlice  sides             `json:"quality_in_slice"`
	Review   reviewCost        `json:"review"`
	Remedies []jsonRemedy      `json:"remedies"` // ranked
	Curve    []jsonCurve       `json:"coverage_curve"`
	Untold   []string          `json:"cannot_tell"`
	Warnings []string          `json:"warnings"`
}

// reviewCost is what a review costs of a wrong answer, and whether that was
// taken for granted.
type reviewCost struct {
	PerWrong float64 `json:"per_wrong_answer"`
	Assumed  bool    `json:"assumed"`
}

type jsonRemedy struct {
	Kind      whatif.Kind       `json:"kind"` // reweight, drop, pin, route, threshold, fallback, abstain, review, retrain
	Do        string            `json:"do"`
	When      whatif.When       `json:"when"` // "do now" or "needs retraining"
	Where     map[string]string `json:"where"`
	Setting   string            `json:"setting"`
	Weights   []jsonWeight      `json:"weights"`
	Overall   *jsonEffect       `json:"overall"`
	Slice     *jsonEffect       `json:"in_slice"`
	Elsewhere *jsonEffect       `json:"elsewhere"`
	Answered  jsonLevel         `json:"answered"`
	Reviewed  float64           `json:"reviewed"`
	Recovered *float64          `json:"recovered"`
	Net       [2]*float64       `json:"net_interval"`
	Finding   whatif.Finding    `json:"finding"` // helps, open, harms
	Indirect  bool              `json:"indirect"`
	Warnings  []string          `json:"warnings"`
}

type jsonWeight struct {
	Member string  `json:"member"`
	Weight float64 `json:"weight"`
}

type jsonEffect struct {
	Now      *float64    `json:"now"`
	With     *float64    `json:"with"`
	Gain     *float64    `json:"gain"`
	Interval [2]*float64 `json:"interval"`
	Rows     int         `json:"rows"`
	Better   int         `json:"better"`
	Worse    int         `json:"worse"`
}

type jsonCurve struct {
	Threshold *float64    `json:"threshold"` // null: all rows are answered
	Coverage  float64     `json:"coverage"`
	Quality   *float64    `json:"quality"`
	Interval  [2]*float64 `json:"interval"`
	Rows      int         `json:"rows"`
	Cost      float64     `json:"cost_in_wrong_answers"`
}

func newWhatifAnswer(p whatif.Plan) whatifAnswer {
	scale := p.Measure.Scale
	a := whatifAnswer{Schema: report.Schema, Metric: p.Measure.Metric, Windows: report.NewWindows(p.Windows), Slice: p.Where.Map(),
		Quality: newSides(scale, p.Overall[0], p.Overall[1]), InSlice: newSides(scale, p.Slice[0], p.Slice[1]), Review: reviewCost{p.PerWrong, p.Assumed},
		Remedies: []jsonRemedy{}, Curve: []jsonCurve{}, Untold: append([]string{}, p.Untold...), Warnings: append([]string{}, p.Warnings...)}
	for _, r := range p.Remedies {
		a.Remedies = append(a.Remedies, newJSONRemedy(scale, r))
	}
	for _, c := range p.Curve {
		level := newLevel(scale, c.Answered)
		a.Curve = append(a.Curve, jsonCurve{finite(c.Threshold), c.Coverage, level.Mean, level.Interval, c.Answered.Known, c.Cost})
	}
	return a
}

func newJSONRemedy(scale analysis.Scale, r whatif.Remedy) jsonRemedy {
	out := jsonRemedy{Kind: r.Kind, Do: r.Do, When: r.When, Where: r.Where.Map(), Setting: r.Setting, Weights: []jsonWeight{},
		Overall: newJSONEffect(r.Overall), Slice: newJSONEffect(r.Slice), Elsewhere: newJSONEffect(r.Elsewhere),
		Reviewed: r.Reviewed, Recovered: finite(r.Recovered), Net: [2]*float64{finite(r.Net.Lo), finite(r.Net.Hi)},
		Finding: r.Finding, Indirect: r.Indirect, Warnings: append([]string{}, r.Warnings...)}
	out.Answered = newLevel(scale, r.Answered)
	for _, w := range r.Weights {
		out.Weights = append(out.Weights, jsonWeight{w.Member, w.Weight})
	}
	return out
}

// newJSONEffect is an effect, null where it has no rows.
func newJSONEffect(e whatif.Effect) *jsonEffect {
	if e.Now.Known == 0 {
		return nil
	}
	return &jsonEffect{finite(e.Now.Mean()), finite(e.With.Mean()), finite(e.Gain), [2]*float64{finite(e.Interval.Lo), finite(e.Interval.Hi)},
		e.Now.Known, e.Better, e.Worse}
}
