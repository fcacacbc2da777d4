package analysis

import "fmt"

// Split lists the rows of where that lie in each window, in the order of the
// file; a row in both is in both lists. Cost: one pass.
func (t *Table) Split(where Where, w Windows) (before, after []int, err error) {
	mask, err := t.Match(where)
	if err != nil {
		return nil, nil, fmt.Errorf("split rows by windows: %w", err)
	}
	t.eachIn(mask, w, func(i int, isAfter bool) {
		if isAfter {
			after = append(after, i)
		} else {
			before = append(before, i)
		}
	})
	return before, after, nil
}
