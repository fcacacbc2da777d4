package analysis

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each does the first n of something on all processors, and returns the error of
// the lowest number that had one. What is done must not depend on the order.
func each(n int, do func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				errs[i] = do(i)
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// partRows is how many rows a processor takes at a time: what several passes over
// them read stays in its cache.
const partRows = 1 << 15

// inParts does rows from..until-1 of so many, all of them on all processors, and
// adds up what is returned.
func inParts(rows int, do func(from, until int) int) int {
	var sum atomic.Int64
	_ = each((rows+partRows-1)/partRows, func(i int) error {
		sum.Add(int64(do(i*partRows, min((i+1)*partRows, rows))))
		return nil
	})
	return int(sum.Load())
}

// eachOf is each where the rows are at hand. Any other log is asked in turn: a
// cluster answers a second column with all others, so what it is asked, and what
// an incident file can later answer for it, depends on the order.
func eachOf(log Log, n int, do func(i int) error) error {
	if _, atHand := log.(*Table); atHand {
		return each(n, do)
	}
	for i := range n {
		if err := do(i); err != nil {
			return err
		}
	}
	return nil
}
