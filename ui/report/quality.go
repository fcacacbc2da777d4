package report

import "andon/analysis"

// quality is how far quality moved, null where nothing of it is known.
type quality struct {
	Metric   string    `json:"metric"`
	Before   *real     `json:"before"`
	After    *real     `json:"after"`
	Delta    *real     `json:"delta"`
	Interval *[2]real  `json:"interval"`
	Labelled pair[int] `json:"labelled"`
}

func newQuality(t analysis.Triage) *quality {
	if len(t.Series.Buckets) == 0 {
		return nil
	}
	q := &quality{Metric: t.Measure.Metric}
	if q.Metric == "" { // answers without labels and confidence: nothing of it is known
		q.Metric = analysis.EstimatedAccuracy
		return q
	}
	if t.Quality == nil {
		whole := analysis.Sum{}
		for _, b := range t.Series.Buckets {
			whole = whole.Add(b)
		}
		q.Before = known(whole)
		q.Labelled.Before = t.Measure.Labelled
		return q
	}
	q.Metric = t.Quality.Metric
	q.Before, q.After = known(t.Quality.Before), known(t.Quality.After)
	if q.Before != nil && q.After != nil {
		delta, interval := real(t.Quality.Delta), bounds(t.Quality.Interval)
		q.Delta, q.Interval = &delta, &interval
	}
	q.Labelled = pair[int]{t.Quality.Labelled[0], t.Quality.Labelled[1]}
	return q
}
