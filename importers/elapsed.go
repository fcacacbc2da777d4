package importers

import (
	"time"

	"andon/analysis"
	"andon/importers/clock"
)

// Some logs say only how long after their beginning something happened. Their
// times are kept as offsets from this anchor, so that order and distance are
// true and the date is visibly none.
var anchor = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

const anchored = "no date in the file; its times are elapsed and count from 2000-01-01T00:00:00Z"

// elapsedNames are columns of elapsed time with a unit, the certain ones first.
var elapsedNames = []struct {
	names []string
	unit  time.Duration
}{
	{words("seconds elapsed_seconds elapsed_s offset_seconds offset_s seconds_elapsed time_s t_s uptime_seconds"), time.Second},
	{words("elapsed_ms offset_ms time_ms milliseconds ms"), time.Millisecond},
	{words("elapsed offset time_offset time timestamp ts t relative_time"), time.Second},
}

// stopwatchNames are columns that may hold m:ss.
var stopwatchNames = append(words("minutes elapsed offset time_offset"), timeNames...)

// elapsedTime is the column of elapsed time, or -1: numbers from small on that
// never go back, or a stopwatch's m:ss under a name of time. It sets the
// layout of that column.
func elapsedTime(surveys []*survey, roles []analysis.Role) int {
	for _, e := range elapsedNames {
		for i, s := range surveys {
			if !canElapse(s, roles[i]) || match(s.words, e.names) == 0 {
				continue
			}
			s.layout, s.timed = clock.Elapsed(e.unit, anchor.UnixNano()), true
			return i
		}
	}
	for i, s := range surveys {
		stopwatch := clock.Stopwatch(anchor.UnixNano())
		if s.count == 0 || match(s.words, stopwatchNames) == 0 {
			continue
		}
		if all(s.values, func(v string) bool { _, ok := stopwatch.Parse([]byte(v)); return ok }) {
			s.layout, s.timed = stopwatch, true
			return i
		}
	}
	return -1
}

// canElapse reports whether numbers may be elapsed time.
func canElapse(s *survey, role analysis.Role) bool {
	free := role == "" || role == analysis.RoleLatency
	return free && s.isNumber() && s.min >= 0 && s.backward == 0 && (len(s.distinct) > 1 || s.count == 1)
}

func all(values []string, ok func(string) bool) bool {
	for _, v := range values {
		if !ok(v) {
			return false
		}
	}
	return len(values) > 0
}
