package timeline

import (
	"context"
	"errors"
	"maps"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/screen"
)

// Reader is what the timeline asks: a series of quality ("") or of a column's
// mean ("confidence", "latency_ms", "disagreement"), in buckets of step over
// the rows of where, and the metrics of the log.
type Reader interface {
	Series(ctx context.Context, name string, where analysis.Where, step time.Duration) (analysis.Series, error)
	Metrics(ctx context.Context) ([]analysis.MetricSeries, error)
}

// Names of the questions that are no column.
const (
	quality = ""       // of the filtered rows
	others  = "\x00-"  // quality of all rows; what the filter leaves is subtracted
	metrics = "\x00[]" // the log's metrics
)

// question is what the answers on screen belong to. A new one is asked when
// the filter, the column, the step or the data change; answers to an older number are
// dropped.
type question struct {
	number int
	where  string
	column string
	step   time.Duration
	rows   int64
	cancel cancelled
}

// answers are the series of the last question by name; metrics apart.
type answers struct {
	series  map[string]analysis.Series
	errs    map[string]error
	metrics []analysis.Series
}

// answered is one answer.
type answered struct {
	number  int
	name    string
	series  analysis.Series
	metrics []analysis.MetricSeries
	err     error
}

// ask asks for whatever is not known yet of the state.
func (s Screen) ask() (screen.Screen, tea.Cmd) {
	next := question{number: s.asked.number + 1, where: s.state.Where.String(), column: s.state.Column, step: s.step()}
	for _, src := range s.state.Sources {
		next.rows += src.Rows
	}
	same := s.asked.where == next.where && s.asked.column == next.column && s.asked.step == next.step && s.asked.rows == next.rows
	if !s.state.Ready || same && s.asked.number > 0 {
		return s, nil
	}
	s.asked.cancel.now()
	ctx, cancel := context.WithCancel(context.Background())
	next.cancel = cancelled(cancel)
	fresh := s.asked.where == next.where // the old answers stand until the new ones come
	s.asked = next
	if !fresh {
		s.answers = answers{}
	}
	return s, s.questions(ctx, next)
}

// questions are one command a series, so that the first to come is drawn
// first.
func (s Screen) questions(ctx context.Context, q question) tea.Cmd {
	where, reader := s.state.Where, s.reader
	var cmds []tea.Cmd
	for _, name := range append([]string{quality}, s.columns()...) {
		cmds = append(cmds, func() tea.Msg {
			series, err := reader.Series(ctx, name, where, q.step)
			return answered{number: q.number, name: name, series: series, err: err}
		})
	}
	if len(where) > 0 {
		cmds = append(cmds, func() tea.Msg {
			series, err := reader.Series(ctx, quality, nil, q.step)
			return answered{number: q.number, name: others, series: series, err: err}
		})
	}
	return tea.Batch(append(cmds, func() tea.Msg {
		found, err := reader.Metrics(ctx)
		return answered{number: q.number, name: metrics, metrics: found, err: err}
	})...)
}

// take keeps an answer to the last question.
func (s Screen) take(a answered) (screen.Screen, tea.Cmd) {
	if a.number != s.asked.number || errors.Is(a.err, context.Canceled) {
		return s, nil
	}
	s.answers.series, s.answers.errs = maps.Clone(s.answers.series), maps.Clone(s.answers.errs)
	if s.answers.series == nil {
		s.answers.series, s.answers.errs = map[string]analysis.Series{}, map[string]error{}
	}
	delete(s.answers.errs, a.name)
	switch {
	case a.err != nil:
		s.answers.errs[a.name] = a.err
	case a.name == metrics:
		s.answers.metrics = nil
		for _, m := range a.metrics {
			s.answers.metrics = append(s.answers.metrics, sampled(m))
		}
	default:
		s.answers.series[a.name] = a.series
	}
	return s.settle().ask() // a first series tells the span, and with it the step
}
