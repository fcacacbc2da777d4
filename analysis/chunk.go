package analysis

import "slices"

// Rows are counted some thousands at a time, column by column: what is added up
// for them stays in the processor's nearest cache, and each column is one tight
// loop over its codes, however many columns are counted together:
//
//	rows of a chunk      1  2  3  4 ...
//	  grade              0  2  2  1          known right or wrong
//	+ 3 × line           9  9  6  9
//	+ 12 × camera        ...                 number of the counter
//	                     └─▶ counts[number]++
const chunkRows = 2048

// chunk is rows from..until-1 of a table or, where rows is not nil, those.
type chunk struct {
	from, until int
	rows        []int32
}

func (c chunk) len() int {
	if c.rows != nil {
		return len(c.rows)
	}
	return c.until - c.from
}

// row is the row at place i of the chunk.
func (c chunk) row(i int) int {
	if c.rows != nil {
		return int(c.rows[i])
	}
	return c.from + i
}

// eachChunk visits the rows of a selection within s, cut into blocks of length:
// each chunk lies in one block, the rows of a block come in their order, and
// chunks share their memory. Cost: a look at every row's clock only where rows do
// not ascend in time.
func (t *Table) eachChunk(in *selection, s span64, length int64, visit func(block int, c chunk)) {
	from, until, ascending := t.run(s)
	if !ascending {
		t.gather(in, s, length, visit)
		return
	}
	for from < until {
		block := (t.times[from] - s.from) / length
		end := until
		if next := s.from + (block+1)*length; next > s.from && next < s.to {
			rows, _ := slices.BinarySearch(t.times[from:until], next)
			end = from + max(1, rows)
		}
		if in.mask == nil {
			for ; from < end; from = min(from+chunkRows, end) {
				visit(int(block), chunk{from: from, until: min(from+chunkRows, end)})
			}
		} else {
			for rows := range slices.Chunk(in.within(from, end), chunkRows) {
				visit(int(block), chunk{rows: rows})
			}
		}
		from = end
	}
}

// gather is eachChunk for rows in any order.
func (t *Table) gather(in *selection, s span64, length int64, visit func(block int, c chunk)) {
	held := map[int][]int32{}
	present, block := span64{}, 0 // of the row before, which mostly is near
	for i, at := range t.times {
		if !s.holds(at) || !in.mask.Has(i) {
			continue
		}
		if !present.holds(at) {
			block = int((at - s.from) / length)
			present.from = s.from + int64(block)*length
			present.to = present.from + min(length, s.to-present.from)
		}
		rows := append(held[block], int32(i))
		if len(rows) == chunkRows {
			visit(block, chunk{rows: rows})
			rows = rows[:0]
		}
		held[block] = rows
	}
	for block, rows := range held {
		if len(rows) > 0 {
			visit(block, chunk{rows: rows})
		}
	}
}

// add adds to each number the weight of its row's code.
func add[N uint32 | uint64](numbers []N, c chunk, codes coded, weight []N) {
	switch {
	case codes.bytes != nil:
		addCodes(numbers, c, codes.bytes, weight)
	case codes.words != nil:
		addCodes(numbers, c, codes.words, weight)
	default:
		addCodes(numbers, c, codes.longs, weight)
	}
}

func addCodes[N uint32 | uint64, C code](numbers []N, c chunk, codes []C, weight []N) {
	if c.rows == nil {
		for i, k := range codes[c.from:c.until] {
			numbers[i] += weight[k]
		}
		return
	}
	for i, row := range c.rows {
		numbers[i] += weight[codes[row]]
	}
}

// grade sets each number to its row's grade.
func (t *Table) grade(numbers []uint32, c chunk) {
	if c.rows == nil {
		for i, g := range t.graded[c.from:c.until] {
			numbers[i] = uint32(g)
		}
		return
	}
	for i, row := range c.rows {
		numbers[i] = uint32(t.graded[row])
	}
}
