package practice

import "andon/analysis"

// style is how a plant logs: which columns there are, how they are called, and
// what an answer is.
type style struct {
	name     string
	task     task
	truth    truthStyle
	features int     // image features logged: 0, 1 or 5
	tap      int     // where they are taken
	framed   float64 // share of rows whose frame was kept and measured
	votes    bool
	sure     bool // confidence
	versions bool
	service  bool // status and latency
	people   bool // operator
	vendor   bool
	reviewed bool    // reviewer and label time
	place    bool    // station, shift, SKU
	work     bool    // press or rework
	answers  bool    // the prediction itself
	gauged   bool    // the plant keeps metrics
	eventful float64 // chance that anything is written down at all
	names    map[string]string
}

// task is what an answer is.
type task int

const (
	classTask  task = iota // seated, tilted, missing
	binaryTask             // ok, nok
	gapTask                // a gap in mm
	partsTask              // several parts a frame, each with its class
)

type truthStyle int

const (
	labelTruth truthStyle = iota
	correctTruth
	noTruth
)

// renamings are words that plants use for the same columns.
var renamings = []map[string]string{
	{"line": "cell", "camera": "cam_id", "sku": "product", "operator": "worker", "shift": "crew", "station": "post", "operation": "task"},
	{"line": "production_line", "camera": "camera_name", "sku": "part_number", "shift": "shift_name", "glove_vendor": "supplier", "brightness": "mean_gray"},
}

// styles are the styles of logs with how often each is met.
var styles = []struct {
	weight float64
	style  style
}{
	{6, style{name: "rich", features: 5, votes: true, sure: true, versions: true, service: true, people: true, reviewed: true, place: true, answers: true}},
	{3, style{name: "renamed", features: 5, sure: true, versions: true, service: true, reviewed: true, place: true, answers: true}},
	{4, style{name: "plain", votes: true, sure: true, versions: true, service: true, people: true, place: true, answers: true}},
	{2, style{name: "no votes", features: 1, sure: true, versions: true, service: true, place: true, answers: true, reviewed: true}},
	{2, style{name: "binary", task: binaryTask, features: 5, votes: true, sure: true, versions: true, service: true, place: true, answers: true, reviewed: true}},
	{2, style{name: "gap", task: gapTask, features: 5, versions: true, service: true, place: true, answers: true, reviewed: true}},
	{2, style{name: "parts", task: partsTask, features: 1, sure: true, versions: true, service: true, place: true, answers: true}},
	{2, style{name: "right or wrong", truth: correctTruth, features: 5, versions: true, service: true, place: true}},
	{1, style{name: "bare", sure: true, answers: true}},
	{2, style{name: "unlabelled", truth: noTruth, features: 5, votes: true, sure: true, versions: true, service: true, place: true, answers: true}},
}

func newStyle(d dice) style {
	weights := make([]float64, len(styles))
	for i, s := range styles {
		weights[i] = s.weight
	}
	s := styles[d.weighted(weights)].style
	if s.name == "renamed" {
		s.names = renamings[d.intn(len(renamings))]
	}
	if s.features > 0 && d.chance(0.25) {
		s.tap = behindPipeline
	}
	if s.name != "bare" && d.chance(0.45) {
		s.framed = []float64{0.01, 0.03, 0.1, 0.3}[d.intn(4)]
	}
	s.vendor = s.place && d.chance(0.4)
	s.work = s.place && d.chance(0.5)
	s.gauged = s.service && d.chance(0.4)
	s.eventful = 0.9
	if s.name == "rich" {
		s.eventful = 0.95
	}
	return s
}

// columnNames are the dimensions as the plant's own log calls them.
var columnNames = [dims]string{"line", "station", "camera", "shift", "sku", "operation", "operator", "glove_vendor", "reviewer"}

// called is what this log calls a column.
func (s *style) called(column string) string {
	if name, ok := s.names[column]; ok {
		return name
	}
	return column
}

// logs reports whether this log holds a dimension.
func (s *style) logs(dim int) bool {
	switch dim {
	case byLine, byCamera:
		return true
	case byStation, byShift, bySKU:
		return s.place
	case byWork:
		return s.work
	case byOperator:
		return s.people
	case byVendor:
		return s.vendor
	case byReviewer:
		return s.reviewed && s.truth == labelTruth
	}
	return false
}

// classNames are what the prediction says.
func (s *style) classNames() []string {
	if s.task == binaryTask {
		return []string{"ok", "nok"}
	}
	names := make([]string, classes)
	for c := range classes {
		names[c] = Class(c).String()
	}
	return names
}

// word is the class's index in classNames.
func (s *style) word(c Class) uint32 {
	if s.task == binaryTask {
		return uint32(min(c, 1))
	}
	return uint32(c)
}

func field(name string, role analysis.Role, kind analysis.Type) analysis.Field {
	return analysis.Field{Name: name, Path: name, Role: role, Type: kind}
}
