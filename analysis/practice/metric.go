package practice

import (
	"time"

	"andon/analysis"
)

// The plant's other numbers, as its monitoring keeps them:
//
//	throughput           parts per line in 10 minutes
//	gpu_util, gpu_temp   of the one inference server, every 10 minutes
//	leak_test_fail_rate  per line and hour: parts let through as seated that
//	                     were not, found at the leak test two hours later
//
// The last is the pain a plant feels: true, late, and silent about its cause.
func (in *Incident) series() []analysis.MetricSeries {
	var all []analysis.MetricSeries
	total := in.tally(10*time.Minute, func(*Record) bool { return true })
	for _, l := range lines {
		ours := func(r *Record) bool { return r.Line == l.Name }
		all = append(all, in.metric("throughput", l.Name, 10*time.Minute, in.tally(10*time.Minute, ours)))
	}
	for _, l := range lines {
		all = append(all, in.leaks(l.Name))
	}
	return append(all, in.server(total)...)
}

// tally counts the records of every step.
func (in *Incident) tally(step time.Duration, of func(*Record) bool) []float64 {
	counts := make([]float64, in.Calendar.End().Sub(in.Calendar.Start)/step)
	for i := range in.Records {
		if r := &in.Records[i]; of(r) {
			counts[r.Time.Sub(in.Calendar.Start)/step]++
		}
	}
	return counts
}

func (in *Incident) metric(name, line string, step time.Duration, values []float64) analysis.MetricSeries {
	s := analysis.MetricSeries{Name: name, Labels: map[string]string{}, Values: values}
	if line != "" {
		s.Labels["line"] = line
	}
	for i := range values {
		s.Times = append(s.Times, in.Calendar.Start.Add(time.Duration(i)*step).UnixNano())
	}
	return s
}

// leaks shifts what was let through by the two hours to the leak test. An hour
// without parts is a gap.
func (in *Incident) leaks(line string) analysis.MetricSeries {
	passed := in.tally(time.Hour, func(r *Record) bool {
		return r.Line == line && r.Status == OK && r.Answer.Class == Seated
	})
	leaked := in.tally(time.Hour, func(r *Record) bool {
		return r.Line == line && r.Status == OK && r.Answer.Class == Seated && r.Scene.Class != Seated
	})
	all := in.metric("leak_test_fail_rate", line, time.Hour, passed)
	kept := analysis.MetricSeries{Name: all.Name, Labels: all.Labels}
	for i := 2; i < len(passed); i++ {
		if passed[i-2] > 0 {
			kept.Times = append(kept.Times, all.Times[i])
			kept.Values = append(kept.Values, round(leaked[i-2]/passed[i-2], 4))
		}
	}
	return kept
}

// server is the load that the parts put on the inference server, and the heat
// that follows it slowly.
func (in *Incident) server(parts []float64) []analysis.MetricSeries {
	d := newDice(in.Seed, streamMetric)
	util, temp := make([]float64, len(parts)), make([]float64, len(parts))
	heat := 52.0
	for i, n := range parts {
		load := 12 + float64(1.4*n) + float64(1.5*d.normal())
		heat += float64(0.15 * (44 + float64(0.4*load) - heat))
		util[i], temp[i] = round(max(0, load), 1), round(heat+float64(0.4*d.normal()), 1)
	}
	return []analysis.MetricSeries{
		in.metric("gpu_util", "", 10*time.Minute, util),
		in.metric("gpu_temp", "", 10*time.Minute, temp),
	}
}
