package report

import (
	"fmt"
	"math"
	"time"

	"andon/analysis/impact"
	"andon/analysis/slo"
	"andon/ui/display"
)

// What the drop costs and what is left of the error budgets: the two figures by
// which people who do not know the model judge how urgent it is.

func (r Report) impact() Section {
	s := Section{Title: "Impact"}
	i := r.Impact
	for _, p := range i.Parts {
		says := Excess(p)
		s.Points = append(s.Points, fmt.Sprintf("%s, %.3g an hour%s", says, math.Abs(p.Excess)/i.Hours, r.cite("impact "+string(p.Kind), says)))
	}
	if total, hourly, ok := i.Money(); ok {
		says := fmt.Sprintf("%s in %s, %s an hour", Money(total, r.Currency), slo.Length(time.Duration(i.Hours*float64(time.Hour))), Money(hourly, r.Currency))
		s.Points = append(s.Points, "Cost: "+says+r.cite("cost", says))
	}
	if len(s.Points) > 0 {
		s.Points = append(s.Points, i.Warnings...)
	}
	if len(r.Objectives) > 0 {
		s.Table = r.budgets()
	}
	if s.Table == nil && len(s.Points) == 0 {
		return Section{}
	}
	return s
}

// Excess is how many units more, or fewer, than before: "748 more missed defects
// than before (95 %: 633 to 871)".
func Excess(p impact.Part) string {
	way := "more"
	if p.Excess < 0 {
		way = "fewer"
	}
	return fmt.Sprintf("%s %s %s than before (95 %%: %s to %s)", units(math.Abs(p.Excess)), way, p.Kind, units(p.Interval.Lo), units(p.Interval.Hi))
}

// budgets has a line for each objective: its level over the last day, and what
// is spent of its budget over each span.
func (r Report) budgets() *Table {
	t := &Table{Head: []string{"objective", "state"}}
	for _, span := range slo.Spans {
		t.Head = append(t.Head, span.Name+" spent")
	}
	for _, o := range r.Objectives {
		name := o.Objective.String()
		if o.Objective.Proposed {
			name += " (proposed)"
		}
		row, result := []string{name, string(o.State)}, string(o.State)
		for _, span := range slo.Spans {
			spent := ""
			for _, b := range o.Budgets {
				if b.Span == span {
					spent = share(b)
					result += fmt.Sprintf(", %s %s", span.Name, spent)
				}
			}
			row = append(row, spent)
		}
		row[0] += r.cite("objective "+o.Objective.String(), result)
		t.Rows = append(t.Rows, row)
	}
	return t
}

// share is what is spent of a budget; what is known by estimate alone, or of
// part of its rows, has the range that it may be.
func share(b slo.Budget) string {
	if math.IsNaN(b.Spent) {
		return "unknown"
	}
	if b.Best != b.Worst {
		return fmt.Sprintf("%s (%s to %s)", percent(b.Spent), percent(b.Best), percent(b.Worst))
	}
	return percent(b.Spent)
}

func units(v float64) string { return string(display.Count(int64(math.Round(v)))) }

// Money is an amount in a currency, "" for none; cents stand only below 100.
func Money(v float64, currency string) string {
	text := string(display.Number(math.Round(100*v) / 100))
	if math.Abs(v) >= 100 {
		text = units(v)
	}
	if currency == "" {
		return text
	}
	return text + " " + currency
}
