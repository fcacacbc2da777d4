package analysis

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var stepStart = time.Date(2026, 3, 7, 6, 0, 0, 0, time.UTC)

// stateSeries samples values a minute apart, each n times.
func stateSeries(name string, n int, values ...float64) MetricSeries {
	m := MetricSeries{Name: name, Labels: map[string]string{"line": "L2"}}
	for _, v := range values {
		for range n {
			m.Times = append(m.Times, stepStart.Add(time.Duration(len(m.Times))*time.Minute).UnixNano())
			m.Values = append(m.Values, v)
		}
	}
	return m
}

// oneLine is each event in one line.
func oneLine(events []Event) string {
	var lines []string
	for _, e := range events {
		lines = append(lines, fmt.Sprintf("%s %s %s %v", e.Time.Format("15:04"), e.Kind, e.Title, e.Scope))
	}
	return strings.Join(lines, "\n")
}

func TestStepEvents(t *testing.T) {
	many := make([]float64, 60)
	for i := range many {
		many[i] = float64(i)
	}
	for _, test := range []struct {
		name   string
		series MetricSeries
		want   string
	}{
		{"a recipe", stateSeries("press/recipe", 30, 7, 9), "06:30 material press/recipe 7 → 9 map[line:L2]"},
		{"a lamp, off and on", stateSeries("lamp_state", 10, 1, 0, 1), "06:10 sensor lamp_state 1 → 0 map[line:L2]\n06:20 sensor lamp_state 0 → 1 map[line:L2]"},
		{"an unknown state", stateSeries("valve", 10, 1, 2), "06:10 infra valve 1 → 2 map[line:L2]"},
		{"a counter", stateSeries("parts_total", 10, many...), ""},
		{"a lamp that blinks", stateSeries("lamp", 1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0), ""},
		{"constant", stateSeries("recipe", 30, 7), ""},
		{"nothing", MetricSeries{Name: "recipe"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := oneLine(StepEvents([]MetricSeries{test.series})); got != test.want {
				t.Errorf("events are\n%s, want\n%s", got, test.want)
			}
		})
	}
}

// versionLog has a row a minute, alternately of L1 and L2; version says what
// the row's version is.
func versionLog(t *testing.T, column string, minutes int, version func(i int) string) *Table {
	t.Helper()
	at := NewBuilder(Field{Name: "time", Role: RoleTime, Type: Time})
	line := NewBuilder(Field{Name: "line", Role: RoleDimension})
	v := NewBuilder(Field{Name: column, Role: RoleDimension})
	for i := range minutes {
		at.Time(stepStart.Add(time.Duration(i) * time.Minute).UnixNano())
		line.Text([]string{"L1", "L2"}[i%2])
		v.Text(version(i))
	}
	table, err := NewTable([]Column{at.Column(), line.Column(), v.Column()})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestVersionEvents(t *testing.T) {
	after := func(from int, line int) func(int) string {
		return func(i int) string {
			if i >= from && (line < 0 || i%2 == line) {
				return "2.0"
			}
			return "1.9"
		}
	}
	deploy := Event{Time: stepStart.Add(170 * time.Minute), Kind: "deploy"}
	for _, test := range []struct {
		name    string
		column  string
		version func(int) string
		known   []Event
		want    string
	}{
		{"everywhere", "model_version", after(180, -1), nil, "09:00 deploy model_version 1.9 → 2.0 map[]"},
		{"on one line", "preprocess_version", after(180, 1), nil, "09:01 pipeline preprocess_version 1.9 → 2.0 map[line:L2]"},
		{"firmware", "camera_firmware", after(180, 0), nil, "09:00 sensor camera_firmware 1.9 → 2.0 map[line:L1]"},
		{"on record already", "model_version", after(180, -1), []Event{deploy}, ""},
		{"there from the beginning", "model_version", after(10, -1), nil, ""},
		{"a few strays", "model_version", func(i int) string {
			if i >= 180 && i < 190 {
				return "2.0"
			}
			return "1.9"
		}, nil, ""},
		{"no version", "station", after(180, -1), nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := oneLine(VersionEvents(versionLog(t, test.column, 400, test.version), test.known)); got != test.want {
				t.Errorf("events are\n%s, want\n%s", got, test.want)
			}
		})
	}
}
