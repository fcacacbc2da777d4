package analysis

// cutter finds the cell of a number as cellAt does, from a table of where each
// of some equal steps between the edges begins; a step or two from there decide:
//
//	edges    │  │ │││ │    │          │
//	steps   ├──┼──┼──┼──┼──┼──┼──┼──┼──┤
//
// Halving a list of 33 edges is five branches that no processor can guess.
type cutter struct {
	edges []float64
	low   float64
	scale float64 // steps per unit
	first []uint16
}

// cutterSteps is how many steps there are: some for each of the maxBins edges.
const cutterSteps = 512

func newCutter(edges []float64) cutter {
	c := cutter{edges: edges}
	if len(edges) == 0 {
		return c
	}
	c.low = edges[0]
	width := edges[len(edges)-1] - c.low
	c.scale = cutterSteps / width
	if !(c.scale > 0 && c.scale < 1e300) {
		c.scale = 0 // one edge, or steps too fine: the search begins at the first
	}
	c.first = make([]uint16, cutterSteps+1)
	for k := range c.first {
		if c.scale > 0 {
			c.first[k] = uint16(cellAt(edges, c.low+float64(k)/c.scale))
		}
	}
	return c
}

// at is cellAt(edges, v); v is no NaN.
func (c *cutter) at(v float64) int {
	if len(c.edges) == 0 {
		return 0
	}
	k := 0
	if steps := (v - c.low) * c.scale; steps >= cutterSteps {
		k = cutterSteps
	} else if steps > 0 {
		k = int(steps)
	}
	cell := int(c.first[k])
	for cell < len(c.edges) && c.edges[cell] <= v {
		cell++
	}
	for cell > 0 && c.edges[cell-1] > v {
		cell--
	}
	return cell
}
