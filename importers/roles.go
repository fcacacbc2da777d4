package importers

import (
	"strings"

	"andon/analysis"
)

// rule says which names suggest a role and what its values must be like.
type rule struct {
	role  analysis.Role
	names []string
	fits  func(*survey) bool
}

func words(s string) []string { return strings.Fields(s) }

func isTime(s *survey) bool   { return s.isTime() }
func isLater(s *survey) bool  { return s.isTime() || s.count == 0 }
func isText(s *survey) bool   { return !s.isNumber() && s.lists == 0 }
func isScalar(s *survey) bool { return s.lists == 0 }
func isAmount(s *survey) bool { return s.isNumber() && s.min >= 0 }
func isNumber(s *survey) bool { return s.isNumber() }
func isKey(s *survey) bool {
	return s.lists == 0 && s.bools == 0 && s.fractions == 0 && (s.count < 10 || s.share() >= 0.5)
}
func isAnswer(s *survey) bool { return s.count+s.soft > s.lists && !s.isTime() }
func isTruth(s *survey) bool  { return s.lists == 0 && (s.count == 0 || !s.isTime()) }
func isShare(s *survey) bool  { return s.isNumber() && s.min >= 0 && s.max <= 100 }
func isJudged(s *survey) bool { return s.isVerdict() }
func isFrame(s *survey) bool  { return s.count > 0 && 10*s.images >= 8*s.count }
func isCode(s *survey) bool   { return s.lists == 0 && s.fractions == 0 }

var timeNames = words("time timestamp ts datetime date event_time inference_time created_at occurrence_time logged_at " +
	"date_time time_stamp system_timestamp captured_at capture_time recorded_at processed_at created start_time zeit zeitstempel datum uhrzeit t")

var idNames = words("id inference_id request_id prediction_id event_id uuid correlation_id inferenceid requestid eventid " +
	"message_id messageid correlationid")

var labelNames = words("label ground_truth target y_true actual truth expected annotation true_label true_class groundtruth wahrheit")

var labelTimeNames = words("label_time labelled_at labeled_at label_ts label_timestamp reviewed_at annotated_at truth_time review_time prüfzeit pruefzeit")

var reviewerNames = words("reviewer annotator labeller labeler inspector reviewed_by labelled_by labeled_by annotated_by prüfer pruefer")

// inferenceRules are in the order in which fields are given away: a rule for
// few names before one that would take anything.
var inferenceRules = []rule{
	{analysis.RoleLabelTime, labelTimeNames, isLater},
	{analysis.RoleTime, timeNames, isTime},
	{analysis.RoleID, idNames, isKey},
	{analysis.RoleFrame, words("frame image image_path snapshot file uri frame_path path filename url"), isFrame},
	{analysis.RoleLabel, labelNames, isTruth},
	{analysis.RoleCorrect, words("correct is_correct hit pass richtig korrekt"), isJudged},
	{analysis.RolePrediction, words("prediction predicted pred y_pred predicted_class output class verdict decision " +
		"predicted_label pred_class prediction_class vorhersage prognose entscheidung klasse"), isAnswer},
	{analysis.RoleConfidence, words("confidence score prob probability y_pred_proba conf pred_confidence prediction_confidence " +
		"pred_conf pred_score prediction_score top_score konfidenz wahrscheinlichkeit"), isShare},
	{analysis.RoleLatency, withUnits(words("latency duration elapsed response_time inference_time processing_time exec_time took antwortzeit latenz")), isAmount},
	{analysis.RoleStatus, words("status outcome error code status_code error_code"), isCode},
	{analysis.RoleModel, words("model model_name model_id"), isScalar},
	{analysis.RoleVersion, words("model_version version revision deployment module_version analytics_module_version modellversion"), isScalar},
	{analysis.RoleReviewer, reviewerNames, isText},
}

var metricRules = []rule{
	{analysis.RoleTime, timeNames, isTime},
	{analysis.RoleName, words("metric name metric_name tag tag_name tagname series signal variable measurement __name__"), isText},
	{analysis.RoleValue, words("value val metric_value tag_val tagval reading v"), isNumber},
}

var eventRules = []rule{
	{analysis.RoleEnd, words("end end_time ended_at finished_at until end_date stop to"), isLater},
	{analysis.RoleTime, append(words("time timestamp ts datetime date start start_time started_at begin from deployed_at"), timeNames[5:]...), isTime},
	{analysis.RoleKind, words("kind event_kind type event_type category change_type art"), isText},
	{analysis.RoleTitle, words("title summary subject event name message what titel ereignis"), isText},
	{analysis.RoleDetail, words("detail details description body note comment text message"), isScalar},
}

// units are the words a duration's name may end in, in milliseconds.
var units = map[string]float64{
	"ms": 1, "millis": 1, "milliseconds": 1, "msec": 1,
	"s": 1e3, "sec": 1e3, "secs": 1e3, "seconds": 1e3,
	"us": 1e-3, "micros": 1e-3, "microseconds": 1e-3, "usec": 1e-3,
	"ns": 1e-6, "nanos": 1e-6, "nanoseconds": 1e-6,
}

// withUnits adds each name with each unit.
func withUnits(names []string) []string {
	all := names
	for _, n := range names {
		for _, unit := range words("ms s us ns sec seconds millis milliseconds msec micros microseconds nanos nanoseconds") {
			all = append(all, n+"_"+unit)
		}
	}
	return all
}

// assign gives each role to the field that fits it best. roles has one entry
// a survey, "" where none; what a person said stands already in it and is not
// touched.
func assign(rules []rule, surveys []*survey, said []analysis.Role) []analysis.Role {
	roles := append([]analysis.Role(nil), said...)
	taken := map[analysis.Role]bool{}
	for _, r := range roles {
		taken[r] = true
	}
	for _, rule := range rules {
		if taken[rule.role] {
			continue
		}
		best, at := 0.0, -1
		for i, s := range surveys {
			if roles[i] != "" {
				continue
			}
			if score := match(s.words, rule.names); score > best && rule.fits(s) {
				best, at = score, i
			}
		}
		if at >= 0 {
			roles[at] = rule.role
		}
	}
	return roles
}

// slotOf is the field with a role, or -1.
func slotOf(roles []analysis.Role, r analysis.Role) int {
	for i, have := range roles {
		if have == r {
			return i
		}
	}
	return -1
}

// ballots are the objects whose keys are the members of an ensemble.
var ballots = set("vote votes members ensemble")

// voteMember is the ensemble member a path names, or "": vote_a, votes.a,
// response.votes.a, members.a.prediction. A member's confidence is not its vote.
func voteMember(s *survey) string {
	if len(s.words) == 0 || s.lists > 0 {
		return ""
	}
	for i, word := range s.words {
		member, found := strings.CutPrefix(word, "vote_")
		switch {
		case found:
			member = strings.Join(append([]string{member}, s.words[i+1:]...), "_")
		case ballots[word]:
			member = strings.Join(s.words[i+1:], "_")
		}
		if member == "" || member == word {
			continue
		}
		for _, end := range []string{"_confidence", "_score", "_prob", "_probability", "_weight", "_latency_ms"} {
			if strings.HasSuffix(member, end) {
				return ""
			}
		}
		for _, end := range []string{"_prediction", "_class", "_pred", "_vote"} {
			member = strings.TrimSuffix(member, end)
		}
		return member
	}
	return ""
}

// restRole is the role of a field that no rule claimed.
func restRole(s *survey) analysis.Role {
	switch {
	case s.lists > 0:
		return analysis.RoleText
	case s.isTime() && s.bare+s.texts > 0 && !s.isNumber():
		return analysis.RoleText
	case s.isNumber() && !isDimensionName(s.words):
		return analysis.RoleFeature
	case isDimensionName(s.words) && (s.count < 50 || s.share() < 0.9):
		return analysis.RoleDimension
	case len(s.distinct) <= 100 && (len(s.distinct) <= 3 || s.share() <= 0.5):
		return analysis.RoleDimension
	}
	return analysis.RoleText
}
