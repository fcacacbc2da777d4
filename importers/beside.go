package importers

import (
	"strings"

	"andon/analysis"
)

// Some columns say what they are only by what stands beside them or in them:
//
//	Teil_ID   Ergebnis  Konfidenz     a result beside a confidence: a model's
//	T100417   NIO       85,3 %
//
//	Teil_ID   Ergebnis  Prüfer        beside a reviewer: a person's
//	T100417   IO        Müller
//
// A part's own number is the id where no column is called one and it is another
// in each row. A counter is none: another camera's log counts the same numbers.

// resultNames are what people call an outcome, whoever found it.
var resultNames = words("result ergebnis befund urteil prüfergebnis pruefergebnis test_result inspection_result inspection")

// result gives a column called a result its role, where what stands beside it
// tells whose it is.
func (g *guess) result(surveys []*survey) {
	if g.has(analysis.RolePrediction) || g.has(analysis.RoleLabel) || g.has(analysis.RoleCorrect) {
		return
	}
	role := analysis.RolePrediction
	switch judged := g.has(analysis.RoleReviewer) || g.has(analysis.RoleLabelTime); {
	case judged && g.has(analysis.RoleID) && !g.has(analysis.RoleConfidence):
		role = analysis.RoleLabel
	case !g.has(analysis.RoleConfidence):
		return
	}
	g.give(role, surveys, func(s *survey) float64 {
		if s.count == 0 || !isTruth(s) {
			return 0
		}
		return match(s.words, resultNames)
	})
}

// part makes a part's number the id where there is none.
func (g *guess) part(surveys []*survey) {
	if g.has(analysis.RoleID) {
		return
	}
	g.give(analysis.RoleID, surveys, func(s *survey) float64 {
		if !isPart(s) {
			return 0
		}
		return match(s.words, partNames)
	})
}

// give gives a role to the free column that scores best, if any does.
func (g *guess) give(role analysis.Role, surveys []*survey, score func(*survey) float64) {
	best, at := 0.0, -1
	for i, s := range surveys {
		if v := score(s); g.roles[i] == "" && v > best {
			best, at = v, i
		}
	}
	if at >= 0 {
		g.roles[at] = role
	}
}

var partNames = words("part_id teil_id piece_id item_id unit_id product_id produkt_id serial_number serialnumber serial seriennummer " +
	"serial_no part_number part_no part teilenummer teile_nr barcode dmc sn")

// partRows is how many rows must tell that a number is another in each.
const partRows = 20

// isPart reports whether a column is a part's number: named so, another in each
// row, and no counter.
func isPart(s *survey) bool {
	if match(s.words, partNames) == 0 || s.count < partRows || !isKey(s) || s.share() < 0.98 {
		return false
	}
	return strings.Trim(s.values[0], "0123456789") != "" || s.padded > 0 || s.max-s.min >= 2*float64(s.count)
}
