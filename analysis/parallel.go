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
