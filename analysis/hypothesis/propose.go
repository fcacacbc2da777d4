package hypothesis

import (
	"cmp"
	"fmt"
	"slices"

	"andon/analysis"
)

// What is worth a line: a cause with this probability, an event with this share
// of its cause, and no more than so many of each.
const (
	leastCause = .02
	mostCauses = 4
	leastEvent = .05
	mostEvents = 3
)

// Propose reads the hypotheses out of a triage: for every cause that is still
// possible, the guilty slice, and the events that could have brought it about
// there, with "no logged event" always among them. All are proposed. None where
// no cause was weighed. They are not weighed yet, see Weighed.
func Propose(t analysis.Triage) []Hypothesis {
	where := ""
	if slice := t.Guilty(); slice != nil {
		where = slice.Where.String()
	}
	var all []Hypothesis
	for i, c := range t.Causes {
		if i >= mostCauses || t.Verdict.Cause == analysis.None || i > 0 && c.Probability < leastCause {
			break
		}
		for _, title := range suspects(t, c.Cause) {
			all = append(all, Hypothesis{Cause: c.Cause, Where: where, Event: title, Status: Proposed,
				Text: words(t, c.Cause, where, title)})
		}
	}
	return all
}

// suspects are the titles of the events that could have brought a cause about,
// the likeliest first, and "" for none of them.
func suspects(t analysis.Triage, cause analysis.Cause) []string {
	var titles []string
	shares := eventShares(t, cause)
	for _, m := range t.Events {
		if m.Event != nil && len(titles) < mostEvents && shares[m.Event.Title] >= leastEvent && !slices.Contains(titles, m.Event.Title) {
			titles = append(titles, m.Event.Title)
		}
	}
	slices.SortStableFunc(titles, func(a, b string) int { return cmp.Compare(shares[b], shares[a]) })
	return append(titles, "")
}

// leastUnlogged is the share of a cause that is kept for what nobody logged:
// three in ten practice incidents log no event.
const leastUnlogged = .05

// leastBrought is P(cause | kind) from which an event of the kind is a suspect.
const leastBrought = .05

// eventShares is P(event | cause) over the logged events by their title, and
// "" for none of them; they sum to 1:
//
//	share(e) ∝ P(e did it) · P(cause | an event of its kind did it)
//
// An event of a kind that hardly ever brings the cause about has no share.
func eventShares(t analysis.Triage, cause analysis.Cause) map[string]float64 {
	shares, total := map[string]float64{}, 0.0
	for _, m := range t.Events {
		title, share := "", m.Probability/float64(len(analysis.Causes))
		if m.Event != nil {
			brought := analysis.BroughtBy(m.Event.Kind, cause)
			if brought < leastBrought {
				continue
			}
			title, share = m.Event.Title, m.Probability*brought
		}
		shares[title] += share
		total += share
	}
	if total == 0 {
		return map[string]float64{"": 1}
	}
	for title := range shares {
		shares[title] /= total
	}
	if missing := leastUnlogged - shares[""]; missing > 0 {
		rest := 1 - shares[""]
		for title := range shares {
			shares[title] *= (1 - leastUnlogged) / rest
		}
		shares[""] = leastUnlogged
	}
	return shares
}

// changed says what a cause is where no event names it.
var changed = map[analysis.Cause]string{
	analysis.Floor:    "something new on the floor",
	analysis.Sensor:   "the camera, its lens or its light",
	analysis.Pipeline: "preprocessing or a setting",
	analysis.Model:    "the model itself",
	analysis.Labels:   "the labels or who gives them",
	analysis.Traffic:  "other proportions of known inputs",
	analysis.Service:  "the service: load, latency or lost data",
}

// words is a hypothesis as a sentence.
func words(t analysis.Triage, cause analysis.Cause, where, title string) string {
	at, since := "everywhere", ""
	if where != "" {
		at = "at " + where
	}
	if t.Onset != nil {
		since = " since " + t.Onset.Onset.UTC().Format("2006-01-02 15:04Z")
	}
	if title == "" {
		return fmt.Sprintf("%s, %s%s, in no event that is logged", changed[cause], at, since)
	}
	for _, m := range t.Events {
		if m.Event != nil && m.Event.Title == title {
			return fmt.Sprintf("%s event %q, %s%s", kindOf(m.Event.Kind), title, at, since)
		}
	}
	return fmt.Sprintf("event %q, %s%s", title, at, since)
}

func kindOf(kind string) string {
	if kind == "" {
		return "other"
	}
	return kind
}
