package analysis

// Cells of text dimensions are counted by the dictionaries' codes as they are,
// and only what was counted is then ordered and numbered:
//
//	codes of row i   line 3, camera 17  ─▶  (3·41 + 17)·6 + side + grade  ─▶  +1
//
// A slice search asks for hundreds of such cells over millions of rows, and
// this is a fifth of the cost of numbering the values first.

// mostCounts bounds the counters: they must stay in the processor's cache.
const mostCounts = 1 << 18

// textLeaves is Leaves for text dimensions of rows that ascend in time, whose
// quality is right or wrong; false where that is not so.
func (t *Table) textLeaves(dims []Dimension, mask Mask, w Windows) (Leaves, bool) {
	if !t.ascending || len(dims) == 0 || t.graded == nil {
		return Leaves{}, false
	}
	columns := make([]*Column, len(dims))
	possible := 2 * grades
	for d, dim := range dims {
		c := t.Column(dim.Column)
		if c == nil || c.Type != Text || len(dim.Edges) > 0 || possible*(len(c.Dict)+1) > mostCounts {
			return Leaves{}, false
		}
		columns[d], possible = c, possible*(len(c.Dict)+1)
	}
	counts := make([]uint32, possible)
	for side, s := range [...]span64{bounds(w.Before), bounds(w.After)} {
		from, until, _ := t.run(s)
		t.countCodes(counts[side*grades:], columns, mask, from, until)
	}
	return orderLeaves(dims, columns, counts), true
}

// countCodes counts the rows from until (without it) by codes and grade.
func (t *Table) countCodes(counts []uint32, columns []*Column, mask Mask, from, until int) {
	graded := t.graded[from:until]
	switch {
	case mask == nil && len(columns) == 1:
		a := columns[0].Codes[from:until]
		for i, grade := range graded {
			counts[int(a[i])*2*grades+int(grade)]++
		}
	case mask == nil && len(columns) == 2:
		a, b, n := columns[0].Codes[from:until], columns[1].Codes[from:until], len(columns[1].Dict)+1
		for i, grade := range graded {
			counts[(int(a[i])*n+int(b[i]))*2*grades+int(grade)]++
		}
	default:
		for i, grade := range graded {
			if !mask.Has(from + i) {
				continue
			}
			number := 0
			for _, c := range columns {
				number = number*(len(c.Dict)+1) + int(c.Codes[from+i])
			}
			counts[number*2*grades+int(grade)]++
		}
	}
}

// orderLeaves turns counters by code into cells by key.
func orderLeaves(dims []Dimension, columns []*Column, counts []uint32) Leaves {
	out := Leaves{Dims: dims, Values: make([][]Condition, len(dims))}
	cells, codes := countedCells(columns, counts)
	key := make([][]uint32, len(dims)) // by code
	for d, c := range columns {
		var conditions []Condition
		key[d], conditions = textOrder(c)
		used := make([]bool, len(conditions))
		for i := range cells {
			used[key[d][codes[i*len(dims)+d]]] = true
		}
		renumber := make([]uint32, len(conditions))
		for k, in := range used {
			if in {
				renumber[k] = uint32(len(out.Values[d]))
				out.Values[d] = append(out.Values[d], conditions[k])
			}
		}
		for code, k := range key[d] {
			key[d][code] = renumber[k]
		}
	}
	numbers := make([]uint64, len(cells))
	for i := range cells {
		for d := range dims {
			numbers[i] = numbers[i]*uint64(len(out.Values[d])) + uint64(key[d][codes[i*len(dims)+d]])
		}
	}
	out.Cells = inOrder(cells, numbers, out.Values)
	return out
}

// countedCells are the cells that have rows, and their codes, a dimension each.
func countedCells(columns []*Column, counts []uint32) (cells []Cell, codes []uint32) {
	for at := 0; at < len(counts); at += 2 * grades {
		cell := Cell{Before: sumOfGrades(counts[at:]), After: sumOfGrades(counts[at+grades:])}
		if cell.Before.Rows+cell.After.Rows == 0 {
			continue
		}
		cells = append(cells, cell)
		codes = append(codes, make([]uint32, len(columns))...)
		number := at / (2 * grades)
		for d := len(columns) - 1; d >= 0; d-- {
			n := len(columns[d].Dict) + 1
			codes[len(codes)-len(columns)+d], number = uint32(number%n), number/n
		}
	}
	return cells, codes
}
