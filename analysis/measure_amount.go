package analysis

import (
	"math"
	"strconv"
)

// A prediction is a class or an amount. Few whole numbers are names ("3" is a
// part number); fractions, or more numbers than anybody has classes, are sizes.

// maxClasses is how many distinct numbers may still be class names.
const maxClasses = 100

// amounts are prediction and label as numbers where that is what they are:
// both read as numbers throughout, and one has fractions or more than
// maxClasses distinct values. A null is NaN.
func amounts(answers, labels *Column) (predicted, truth []float64, ok bool) {
	if answers == nil || labels == nil {
		return nil, nil, false
	}
	predicted, manyA, okA := numbers(answers)
	truth, manyL, okL := numbers(labels)
	return predicted, truth, okA && okL && (manyA || manyL)
}

// numbers are a column's values as float64 with NaN for null. ok is false
// where a value does not read as a number or there is none; many tells that
// they are too many or too fine to be classes.
func numbers(c *Column) (values []float64, many, ok bool) {
	distinct := map[float64]struct{}{}
	look := func(v float64) {
		many = many || v != math.Trunc(v)
		if !many {
			distinct[v] = struct{}{}
			many = len(distinct) > maxClasses
		}
		ok = true
	}
	switch c.Type {
	case Number:
		c = c.wide()
		for _, v := range c.Numbers {
			if v == v {
				look(v)
			}
			if many {
				break
			}
		}
		return c.Numbers, many, ok
	case Text:
		dict := make([]float64, len(c.Dict)+1)
		dict[0] = math.NaN()
		for i, text := range c.Dict {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil || v != v || math.IsInf(v, 0) {
				return nil, false, false
			}
			dict[i+1] = v
			look(v)
		}
		codes, _ := c.coded()
		return lookUp(make([]float64, codes.len()), codes, dict), many, ok
	}
	return nil, false, false
}
