package command

import (
	"context"
	"fmt"
	"io"
	"time"

	"andon/analysis"
	"andon/analysis/labelling"
	"andon/ui/display"
	"andon/ui/screen"
)

// An estimate is a guess until labels settle it: how many, and which rows?

// estimateNeed is a question about a slice in the JSON of andon estimate.
type estimateNeed struct {
	Where    map[string]string `json:"where"`
	Was      float64           `json:"was"`
	Is       float64           `json:"is"`
	Likely   float64           `json:"likely"`
	From     string            `json:"likely_from"`
	Labelled int               `json:"labelled"`
	Right    float64           `json:"right"`
	Waiting  int               `json:"waiting"`
	More     int               `json:"more"` // labels that settle it; 0 unless open
	Soon     int               `json:"soon"` // labels that show the likely fall
	Answer   labelling.Answer  `json:"answer"`
}

// estimateRow is a row to label first; Row is its rowid in the file.
type estimateRow struct {
	Row    int64             `json:"row"`
	ID     string            `json:"id"`
	Frame  string            `json:"frame"`
	Time   string            `json:"time"`
	Where  map[string]string `json:"where"`
	Reason string            `json:"reason"`
	Random bool              `json:"random"` // may be counted as quality
}

// estimateSeries is what was promised beside what was realised, bucket by
// bucket; null is not known.
type estimateSeries struct {
	From      string     `json:"from"`
	Seconds   float64    `json:"seconds"`
	Estimated []*float64 `json:"estimated"`
	Realised  []*float64 `json:"realised"`
}

// mostNeeds is how many slices andon estimate asks about besides all rows.
const mostNeeds = 3

// needs are the questions that labels of the window after would settle: of all
// rows, and of so many slices that may explain a drop.
func (s *session) needs(ctx context.Context, table *analysis.Table, t analysis.Triage, where analysis.Where, most int) ([]labelling.Need, error) {
	var all []labelling.Need
	slices := []analysis.Where{nil}
	for _, score := range t.Slices[:min(most, len(t.Slices))] {
		slices = append(slices, score.Where)
	}
	for _, slice := range slices {
		rows := append(append(analysis.Where{}, where...), slice...)
		e, err := s.estimate(ctx, table, t.Windows, rows)
		if err != nil {
			return nil, err
		}
		n, ok, err := labelling.Ask(ctx, table, t.Windows, rows, e)
		if err != nil {
			return nil, err
		}
		if ok {
			all = append(all, n)
		}
	}
	return all, nil
}

// expected is what the house tells of quality without labels.
func (s *session) expected(ctx context.Context, t analysis.Triage, where analysis.Where) (x screen.Expectation, err error) {
	table, err := s.log(ctx)
	if err != nil || table == nil || t.Windows.Zero() {
		return x, err
	}
	if x.Estimate, err = s.estimate(ctx, table, t.Windows, where); err != nil {
		return x, err
	}
	if x.Series, err = table.Expected(ctx, t.Windows.Before, where, t.Series.Step); err != nil {
		return x, err
	}
	x.Needs, err = s.needs(ctx, table, t, where, 1)
	return x, err
}

func newEstimateNeeds(needs []labelling.Need) []estimateNeed {
	all := []estimateNeed{}
	for _, n := range needs {
		q := n.Question
		all = append(all, estimateNeed{n.Where.Map(), q.Was, q.Is, q.Likely, n.From, int(q.Known), q.Right, n.Waiting, n.More, n.Soon, n.Answer})
	}
	return all
}

// firstRows names the rows to label as the file does: ids and frames are not
// among the columns that analysis keeps in memory.
func (s *session) firstRows(ctx context.Context, table *analysis.Table, rows []labelling.Row) ([]estimateRow, error) {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = int64(r.Row) + 1
	}
	told, err := s.file.Example(ctx, ids)
	if err != nil {
		return nil, err
	}
	if len(told.Rows) != len(rows) {
		return nil, fmt.Errorf("read the rows to label of %q: %d of %d are there; is another program writing to it?", s.file.Path(), len(told.Rows), len(rows))
	}
	all, clock := []estimateRow{}, table.Role(analysis.RoleTime)
	for i, r := range rows {
		e := estimateRow{Row: ids[i], Time: time.Unix(0, clock.Times[r.Row]).UTC().Format(time.RFC3339Nano), Where: r.Where.Map(), Reason: r.Reason, Random: r.Random}
		for k, f := range told.Fields {
			switch f.Role {
			case analysis.RoleID:
				e.ID = told.Values[i][k]
			case analysis.RoleFrame:
				e.Frame = told.Values[i][k]
			}
		}
		all = append(all, e)
	}
	return all, nil
}

// name is the row in a line: its id and picture, or its place in the file.
func (r estimateRow) name() string {
	name := r.ID
	if name == "" {
		name = fmt.Sprintf("row %d", r.Row)
	}
	if r.Frame != "" {
		name += " (" + r.Frame + ")"
	}
	return name
}

// newEstimateSeries reads both series in the buckets of the triage's.
func newEstimateSeries(ctx context.Context, table *analysis.Table, t analysis.Triage, where analysis.Where) (*estimateSeries, error) {
	step := t.Series.Step
	if step <= 0 || t.Measure.Scale != analysis.Proportion {
		return nil, nil
	}
	promised, err := table.Expected(ctx, t.Windows.Before, where, step)
	if err != nil {
		return nil, err
	}
	realised, err := table.Series(ctx, where, step)
	if err != nil {
		return nil, err
	}
	s := &estimateSeries{From: rfc(promised.Start), Seconds: step.Seconds(), Estimated: means(promised), Realised: means(realised)}
	if !table.Measure().Realised() {
		s.Realised = make([]*float64, len(s.Realised))
	}
	return s, nil
}

// means are the buckets' levels, nil where nothing is known.
func means(s analysis.Series) []*float64 {
	all := make([]*float64, len(s.Buckets))
	for i, b := range s.Buckets {
		if b.Known > 0 {
			all[i] = finite(b.Mean())
		}
	}
	return all
}

// printNeeds tells what would settle it, and the first rows to label.
func printNeeds(w io.Writer, needs []labelling.Need, rows []estimateRow, shown int) {
	for i, n := range needs {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "LABELS"), display.Escape(n.String()))
	}
	for i, r := range rows[:min(shown, len(rows))] {
		fmt.Fprintf(w, "%-10s%s %s: %s\n", heading(i, "FIRST"), r.Time, display.Escape(r.name()), display.Escape(r.Reason))
	}
}
