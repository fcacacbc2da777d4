package analysis

// The edges of a number's bins come from a sample of its values and from their
// extremes. Of codes both are counted:
//
//	code     1  2  3  4  5
//	rows     9  0 70 41  3      from 1 to 5, 123 values: every second is sampled
//	sampled  4  0 35 20  2      and in order without being sorted

// whole is the length of a block that holds any window.
const whole = 1<<63 - 1

// codedEdges are the edges of a sketch of Before, or of After where Before has
// no numbers. Values are those of the codes.
func (t *Table) codedEdges(values []float64, codes coded, in *selection, w Windows) []float64 {
	for _, s := range [...]span64{bounds(w.Before), bounds(w.After)} {
		if sketch := t.codedSketch(values, codes, in, s); sketch.count > 0 {
			return sketch.edges()
		}
	}
	return nil
}

// codedSketch is the sketch that adding the rows' values one by one gives: a
// sketch that holds maxSample values drops every second, so the step between
// sampled values follows from their number.
func (t *Table) codedSketch(values []float64, codes coded, in *selection, s span64) *sketch {
	out := newSketch()
	counts := t.countCodes(codes, in, s)
	for k, n := range counts {
		if k > 0 && n > 0 {
			out.lo, out.hi = min(out.lo, values[k]), max(out.hi, values[k])
			out.count += n
		}
	}
	if out.count == 0 {
		return out
	}
	for (out.count-1)/out.stride+1 >= maxSample {
		out.stride *= 2
	}
	for k, n := range t.sample(codes, in, s, out.stride, counts[0] > 0) {
		for range n {
			out.sampled = append(out.sampled, values[k])
		}
	}
	return out
}

// countCodes counts the rows of in within s by code.
func (t *Table) countCodes(codes coded, in *selection, s span64) []int {
	found := newCounters(codes.size)
	t.eachChunk(in, s, whole, func(_ int, c chunk) { found.addCodes(c, codes) })
	counts := make([]int, codes.size)
	for code, n := range found.sums() {
		counts[code] = int(n)
	}
	return counts
}

// sample counts every stride-th of the rows with a value by code.
func (t *Table) sample(codes coded, in *selection, s span64, stride int, nulls bool) []int {
	counts := make([]int, codes.size)
	if from, until, ascending := t.run(s); ascending && in.mask == nil && !nulls {
		for i := from; i < until; i += stride {
			counts[codes.at(i)]++
		}
		return counts
	}
	at := 0
	t.eachChunk(in, s, whole, func(_ int, c chunk) {
		for i := range c.len() {
			k := codes.at(c.row(i))
			if k == 0 {
				continue
			}
			if at%stride == 0 {
				counts[k]++
			}
			at++
		}
	})
	return counts
}
