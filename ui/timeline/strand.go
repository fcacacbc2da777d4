package timeline

import (
	"math"
	"slices"
	"time"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/plot"
	"andon/ui/screen"
)

// strand is a small multiple: one more series on the chart's time axis.
type strand struct {
	name   display.Text
	series analysis.Series
	rows   bool // the count of rows, not their mean
	err    error
}

// maxSignals is how many drifted columns become strands: more is the Diff
// screen's work.
const maxSignals = 2

// columns are the columns worth a strand: the one drilled into, how sure the model was, how much its
// members disagree, what drifted most, and how long an answer took.
func (s Screen) columns() []string {
	var names []string
	if s.state.Column != "" {
		names = append(names, s.state.Column)
	}
	for _, column := range fields(s.state, analysis.RoleConfidence) {
		names = add(names, column)
	}
	if len(fields(s.state, analysis.RoleVote)) > 1 {
		names = append(names, "disagreement")
	}
	drifted := 0
	for _, sig := range s.state.Triage.Signals {
		number := sig.Profile.Field.Type == analysis.Number
		if sig.Changed && number && drifted < maxSignals && !slices.Contains(names, sig.Column) {
			names = add(names, sig.Column)
			drifted++
		}
	}
	for _, latency := range fields(s.state, analysis.RoleLatency) {
		names = add(names, latency)
	}
	return names
}

// add appends a name that is not there yet.
func add(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// fields are the columns of a role that any source has.
func fields(state screen.State, r analysis.Role) []string {
	var names []string
	for _, src := range state.Sources {
		for _, f := range src.Fields {
			if f.Role == r {
				names = add(names, f.Name)
			}
		}
	}
	return names
}

// strands are the small multiples, in the order they are worth a row.
func (s Screen) strands() []strand {
	var list []strand
	rows := s.answers.replies[quality].series
	if len(rows.Buckets) == 0 {
		rows = s.state.Triage.Series
	}
	if len(rows.Buckets) > 0 && s.main.Name != "volume" {
		list = append(list, strand{name: "volume", series: rows, rows: true})
	}
	for _, column := range s.columns() {
		if r := s.answers.replies[column]; known(r.series) || r.err != nil {
			list = append(list, strand{name: display.Escape(column), series: r.series, err: r.err})
		}
	}
	for _, m := range s.answers.metrics {
		if m.Name != s.main.Name {
			list = append(list, strand{name: display.Escape(m.Name), series: m})
		}
	}
	return list
}

// values are a strand's means over n equal parts of the view, NaN for gaps.
func (st strand) values(view analysis.Window, n int) []float64 {
	values := make([]float64, n)
	each := view.Duration() / time.Duration(max(1, n))
	for i := range values {
		from := view.From.Add(time.Duration(i) * each)
		sum, buckets := sumOf(st.series, analysis.Window{From: from, To: from.Add(max(1, each))})
		switch {
		case st.rows && buckets > 0:
			values[i] = float64(sum.Rows) / float64(buckets) // cells hold unequal numbers of buckets
		case sum.Known == 0:
			values[i] = math.NaN()
		default:
			values[i] = sum.Mean()
		}
	}
	return values
}

// sumOf adds up the buckets that begin in a window and counts them, or takes
// the one that holds it where the window is shorter than a bucket.
func sumOf(series analysis.Series, w analysis.Window) (sum analysis.Sum, n int) {
	if len(series.Buckets) == 0 || series.Step <= 0 {
		return sum, 0
	}
	first := int(math.Ceil(float64(w.From.Sub(series.Start)) / float64(series.Step)))
	last := int(math.Ceil(float64(w.To.Sub(series.Start)) / float64(series.Step)))
	if first == last {
		first--
	}
	for i := max(0, first); i < min(last, len(series.Buckets)); i++ {
		sum = sum.Add(series.Buckets[i])
		n++
	}
	return sum, n
}

// row is the strand on one line: its name in the gutter, its course, and where
// there is room its value under the cursor.
func (s Screen) row(st strand, w int) string {
	left, right := gutter(w), reading(w)
	name := s.sheet.Paint(themes.Muted, s.sheet.Fit(string(s.short(st.name, left-1)), left))
	if st.err != nil {
		return s.sheet.Fit(name+s.sheet.Paint(themes.Look, string(display.Escape(st.err.Error()))), w)
	}
	cells := w - left - right
	line := name + s.sheet.Paint(themes.Second, string(plot.Spark(st.values(s.view, cells), cells, s.sheet)))
	if right > 0 {
		line += " " + string(st.value(s.cursor))
	}
	return s.sheet.Fit(line, w)
}

// value is the strand's bucket under the cursor.
func (st strand) value(at time.Time) display.Text {
	if len(st.series.Buckets) == 0 {
		return display.None
	}
	b := st.series.Buckets[st.series.Index(at)]
	switch {
	case st.rows:
		return display.Count(int64(b.Rows)) + " rows"
	case b.Known == 0:
		return display.None
	}
	return screen.Level(st.series.Scale, b.Mean())
}

// short keeps both ends of a name: series of one metric differ in their last
// label.
func (s Screen) short(name display.Text, w int) display.Text {
	if display.Width(name) <= w {
		return name
	}
	runes := []rune(name)
	tail := display.Text("")
	for i := len(runes) - 1; i >= 0 && display.Width(display.Text(runes[i])+tail) <= w/2; i-- {
		tail = display.Text(runes[i]) + tail
	}
	head := s.sheet.Fit(string(name), w-display.Width(tail))
	return display.Text(head) + tail
}
