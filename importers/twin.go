package importers

import (
	"fmt"

	"andon/analysis"
)

// A truth may have a name that no list of words knows. Its values give it away:
// they are the answers'.
//
//	Vorhersage    gut gut Riss gut        the same few words: answer and truth,
//	Ergebnis      gut gut gut  gut        unless it is another model's answer
//
// That is a question to a person, not a role: a second camera says the same
// words, too.

// fewWords is how many values a field of classes has at most.
const fewWords = 100

// askTwins is the question which field is the truth of answers without one, and
// which the answers of a table without any; "" where there is none to ask. Cost:
// the distinct values of each pair of fields that are few words.
func askTwins(g guess, surveys []*survey) string {
	switch at := slotOf(g.roles, analysis.RolePrediction); {
	case g.has(analysis.RoleLabel) || g.has(analysis.RoleCorrect):
	case g.kind == analysis.InferenceKind && at >= 0:
		if twin := twinOf(surveys[at], g, surveys); twin != nil {
			return fmt.Sprintf("%s: holds the same values as the prediction; if it is the truth, load with --role label=%s", twin.path, twin.path)
		}
	case g.kind == analysis.MetricKind:
		for i, s := range surveys {
			if !g.mayBeClass(i, s) {
				continue
			}
			if twin := twinOf(s, g, surveys[i+1:]); twin != nil {
				return fmt.Sprintf("%s and %s hold the same values; if they are a model's answers and the truth, load with --role prediction=%s --role label=%s",
					s.path, twin.path, s.path, twin.path)
			}
		}
	}
	return ""
}

// twinOf is the first of the last fields with at least two values of s, and half
// of all, or nil.
func twinOf(s *survey, g guess, last []*survey) *survey {
	first := len(g.roles) - len(last)
	for i, other := range last {
		if !g.mayBeClass(first+i, other) {
			continue
		}
		shared := 0
		for value := range other.distinct {
			if _, ok := s.distinct[value]; ok {
				shared++
			}
		}
		if shared >= 2 && 2*shared >= max(len(other.distinct), len(s.distinct)) {
			return other
		}
	}
	return nil
}

// mayBeClass reports whether a field has no role yet and holds few words.
func (g guess) mayBeClass(at int, s *survey) bool {
	return g.roles[at] == "" && voteMember(s) == "" && s.lists == 0 && !s.isTime() && !s.isNumber() && len(s.distinct) <= fewWords
}
