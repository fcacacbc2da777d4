package analysis

import (
	"context"
	"errors"
	"slices"
)

// A server far away hands over only so many cells. Columns of many values have
// more together than that, however they are asked for; then the search does
// without the one that tells least, and the server's log says so:
//
//	line · shift · operator · sku · brightness     210,000 cells, refused
//	line · shift · operator · sku                    8,400 cells
//
// A [Table] hands over all there are.

// ErrManyCells is within the error of a Log whose leaves would be more than it
// hands over at once.
var ErrManyCells = errors.New("too many cells; ask for fewer columns")

// countLeaves counts the leaves of the axes, or of those of them that the log
// can count together.
func countLeaves(ctx context.Context, log Log, axes []sliceAxis, where Where, w Windows) ([]sliceAxis, Leaves, error) {
	for {
		dims := make([]Dimension, len(axes))
		for i, a := range axes {
			dims[i] = a.dim
		}
		leaves, err := log.Leaves(ctx, dims, where, w)
		if !errors.Is(err, ErrManyCells) || len(axes) <= sliceDepth {
			return axes, leaves, err
		}
		axes = withoutLeast(axes)
	}
}

// withoutLeast leaves out the axis that tells least.
func withoutLeast(axes []sliceAxis) []sliceAxis {
	least := 0
	for i, a := range axes {
		if a.surprise*a.handicap < axes[least].surprise*axes[least].handicap {
			least = i
		}
	}
	return slices.Delete(slices.Clone(axes), least, least+1)
}
