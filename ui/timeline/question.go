package timeline

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/ui/screen"
)

// Reader is what the timeline asks: a series of quality ("") or of a column's
// mean ("confidence", "latency_ms", "disagreement"), or of estimated quality
// (Estimate), in buckets of step over the rows of where, and the metrics of the
// log.
type Reader interface {
	Series(ctx context.Context, name string, where analysis.Where, step time.Duration) (analysis.Series, error)
	Metrics(ctx context.Context) ([]analysis.MetricSeries, error)
}

// Names of the questions that are no column.
const (
	quality = ""       // of the filtered rows
	others  = "\x00-"  // quality of all rows; what the filter leaves is subtracted
	beside  = "\x00="  // quality of the slice that is kept to compare with
	metrics = "\x00[]" // the log's metrics
)

// Estimate is the name of the series of quality as the answers' sureness
// promises it; see Reader.
const Estimate = "\x00~"

// question is what the answers on screen belong to. A new one is asked when
// the filter, the columns, the step or the data change; answers to an older number are
// dropped.
type question struct {
	number int
	about
	cancel cancelled
}

// about is what a question is about; equal ones have the same answer.
type about struct {
	where string
	names string // the columns below the plot
	step  time.Duration
	rows  int64
	guess bool // ask for the estimate too
	kept  kept
}

// answers are what came last by name, each until a newer one replaces it, so
// that the plot does not blink while a zoom or a filter is being asked.
type answers struct {
	replies map[string]reply
	metrics []analysis.Series
}

// reply is an answer and the question it belongs to.
type reply struct {
	number int
	series analysis.Series
	err    error
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
	next := question{number: s.asked.number + 1, about: about{where: s.state.Where.String(),
		names: strings.Join(s.columns(), " "), step: s.step(), guess: s.guess, kept: s.kept}}
	for _, src := range s.state.Sources {
		next.rows += src.Rows
	}
	if !s.state.Ready && next.rows == 0 || s.asked.about == next.about && s.asked.number > 0 {
		return s, nil
	}
	s.asked.cancel.now()
	ctx, cancel := context.WithCancel(context.Background())
	next.cancel = cancelled(cancel)
	s.asked = next
	return s, s.questions(ctx, next)
}

// questions are one command a series, so that the first to come is drawn
// first.
func (s Screen) questions(ctx context.Context, q question) tea.Cmd {
	where, reader := s.state.Where, s.reader
	var cmds []tea.Cmd
	names := append([]string{quality}, s.columns()...)
	if q.guess {
		names = append(names, Estimate)
	}
	for _, name := range names {
		cmds = append(cmds, func() tea.Msg {
			series, err := reader.Series(ctx, name, where, q.step)
			return answered{number: q.number, name: name, series: series, err: err}
		})
	}
	whole := func(name string, where analysis.Where) {
		cmds = append(cmds, func() tea.Msg {
			series, err := reader.Series(ctx, quality, where, q.step)
			return answered{number: q.number, name: name, series: series, err: err}
		})
	}
	if len(where) > 0 {
		whole(others, nil)
	}
	if kept, ok := q.kept.where(); ok {
		whole(beside, kept)
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
	replies := map[string]reply{a.name: {a.number, a.series, a.err}}
	for name, r := range s.answers.replies {
		if name != a.name {
			replies[name] = r
		}
	}
	s.answers.replies = replies
	if a.name == metrics {
		s.answers.metrics = nil
		for _, m := range a.metrics {
			s.answers.metrics = append(s.answers.metrics, sampled(m))
		}
	}
	return s.settle().ask() // a first series tells the span, and with it the step
}

// pending reports that the large series still belongs to an older question.
func (s Screen) pending() bool {
	return s.asked.number > 0 && s.answers.replies[quality].number != s.asked.number
}
