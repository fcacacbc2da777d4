package analysis

// A row mostly counts where the one before it did, and a processor waits some
// cycles until it can add to what it has only just stored. So every counter is
// two, for even rows and for odd ones, which nothing waits for:
//
//	number     0     1     2           rows   2  2  2  0
//	counters   0 1   0 0   1 2                ▲     ▲     the left of two
//
// Measured: half the time of one for each number, and never more.
type counters []uint32

func newCounters(numbers int) counters { return make(counters, 2*numbers) }

// from are the counters from a number on.
func (c counters) from(number uint32) counters { return c[2*number:] }

// sums are the counts by number, in the memory of the counters.
func (c counters) sums() []uint32 {
	n := len(c) / 2
	for number := range n {
		c[number] = c[2*number] + c[2*number+1]
	}
	return c[:n:n]
}

// addAll counts each number.
func (c counters) addAll(numbers []uint32) {
	for i, number := range numbers {
		c[2*number+uint32(i&1)]++
	}
}

// addGrades counts each row of a run at the weight of its code and its grade.
func (c counters) addGrades(graded []uint8, from int, codes coded, weight []uint32) {
	switch {
	case codes.bytes != nil:
		addGradesOf(c, graded, codes.bytes[from:], weight)
	case codes.words != nil:
		addGradesOf(c, graded, codes.words[from:], weight)
	default:
		addGradesOf(c, graded, codes.longs[from:], weight)
	}
}

func addGradesOf[C code](c counters, graded []uint8, codes []C, weight []uint32) {
	codes = codes[:len(graded)]
	i := 0
	for ; i+1 < len(graded); i += 2 {
		c[2*(weight[codes[i]]+uint32(graded[i]))]++
		c[2*(weight[codes[i+1]]+uint32(graded[i+1]))+1]++
	}
	if i < len(graded) {
		c[2*(weight[codes[i]]+uint32(graded[i]))]++
	}
}

// addNumbers is addGrades of a run of numbers, which are added to the moments of
// their block while the processor waits for neither.
func (c counters) addNumbers(b *Block, graded []uint8, from int, codes coded, weight []uint32, values []float64) {
	if codes.bytes != nil {
		addNumbersOf(c, b, graded, codes.bytes[from:], weight, values)
	} else {
		addNumbersOf(c, b, graded, codes.words[from:], weight, values)
	}
}

func addNumbersOf[C code](c counters, b *Block, graded []uint8, codes []C, weight []uint32, values []float64) {
	n, sum, square := b.N, b.Sum, b.SumSq
	for i, k := range codes[:len(graded)] {
		c[2*(weight[k]+uint32(graded[i]))+uint32(i&1)]++
		if k != 0 {
			v := values[k]
			n, sum, square = n+1, sum+v, square+v*v
		}
	}
	b.N, b.Sum, b.SumSq = n, sum, square
}

// addPairs counts each row of a run at the weights of two codes and its grade: in
// one loop, since a search asks for all pairs of columns. The lengths tell that
// no index is beyond.
func (c counters) addPairs(graded, a, b []uint8, weightA, weightB []uint32) {
	a, b = a[:len(graded)], b[:len(graded)]
	weightA, weightB = weightA[:1<<8], weightB[:1<<8]
	i := 0
	for ; i+1 < len(graded); i += 2 {
		c[2*(weightA[a[i]]+weightB[b[i]]+uint32(graded[i]))]++
		c[2*(weightA[a[i+1]]+weightB[b[i+1]]+uint32(graded[i+1]))+1]++
	}
	if i < len(graded) {
		c[2*(weightA[a[i]]+weightB[b[i]]+uint32(graded[i]))]++
	}
}

// addRows counts each row at its number and the weight of its code.
func (c counters) addRows(numbers []uint32, rows chunk, codes coded, weight []uint32) {
	switch {
	case codes.bytes != nil:
		addRowsOf(c, numbers, rows, codes.bytes, weight)
	case codes.words != nil:
		addRowsOf(c, numbers, rows, codes.words, weight)
	default:
		addRowsOf(c, numbers, rows, codes.longs, weight)
	}
}

func addRowsOf[C code](c counters, numbers []uint32, rows chunk, codes []C, weight []uint32) {
	if rows.rows == nil {
		for i, k := range codes[rows.from:rows.until] {
			c[2*(numbers[i]+weight[k])+uint32(i&1)]++
		}
		return
	}
	for i, row := range rows.rows {
		c[2*(numbers[i]+weight[codes[row]])+uint32(i&1)]++
	}
}

// addCodes counts each row at its code.
func (c counters) addCodes(rows chunk, codes coded) {
	switch {
	case codes.bytes != nil:
		addCodesOf(c, rows, codes.bytes)
	case codes.words != nil:
		addCodesOf(c, rows, codes.words)
	default:
		addCodesOf(c, rows, codes.longs)
	}
}

func addCodesOf[C code](c counters, rows chunk, codes []C) {
	if rows.rows != nil {
		for i, row := range rows.rows {
			c[2*uint32(codes[row])+uint32(i&1)]++
		}
		return
	}
	codes = codes[rows.from:rows.until]
	i := 0
	for ; i+1 < len(codes); i += 2 {
		c[2*uint32(codes[i])]++
		c[2*uint32(codes[i+1])+1]++
	}
	if i < len(codes) {
		c[2*uint32(codes[i])]++
	}
}
