package clickhouse

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/singleflight"
)

// Every number comes from a query, and every query's answer is kept:
//
//	Log ──query──▶ Fleet ─┬─ held in the incident file ──▶ the same answer again
//	                      └─ not held ──▶ the cluster ──▶ kept with its evidence
//
// So an incident file answers offline whatever was asked once, number for
// number, and says of anything else that nobody asked.

// Memory keeps the answers; the incident file is one.
type Memory interface {
	// Recall is the result of a query asked before; held is false where it was not.
	Recall(ctx context.Context, query string) (result []byte, held bool, err error)
	// Remember keeps a result with what it cost.
	Remember(ctx context.Context, query string, result []byte, read int64, took time.Duration, at time.Time) error
}

// ErrNotAsked is within the error of a question that was never put to the
// cluster, where the cluster may not be asked now.
var ErrNotAsked = errors.New("the fleet was not asked this")

// Fleet answers queries from what is held or, where there is a Server, from the
// cluster. Told, if not nil, hears each query before the cluster does.
type Fleet struct {
	About  About
	Memory Memory
	Server *Server // nil: offline
	Told   func(query string)

	asking singleflight.Group
}

// errManyRows is within the error of a query that has more groups than it may.
var errManyRows = errors.New("more groups than may come back")

// ask is the answer to a query, from memory if it is held. most is how many
// groups it may have, 0 for any number; that it has more is remembered as well.
//
// Who asks the same at the same time gets the same answer: a cluster adds up in
// another order each time, the last digits with it, and what is asked next has
// them in its text.
func (f *Fleet) ask(ctx context.Context, query string, most int) (Answer, error) {
	for {
		a, err, _ := f.asking.Do(query, func() (any, error) { return f.askOnce(ctx, query, most) })
		if errors.Is(err, context.Canceled) && ctx.Err() == nil {
			continue // another's question was cancelled, not this one
		}
		return a.(Answer), err
	}
}

func (f *Fleet) askOnce(ctx context.Context, query string, most int) (Answer, error) {
	packed, held, err := f.Memory.Recall(ctx, query)
	if err != nil {
		return Answer{}, err
	}
	if held {
		a, err := unpack(query, packed)
		if err == nil && len(a.Columns) == 0 {
			err = errManyRows
		}
		return a, err
	}
	if f.Server == nil {
		return Answer{}, fmt.Errorf("%w: %s", ErrNotAsked, query)
	}
	if f.Told != nil {
		f.Told(query)
	}
	a, err := f.Server.atMost(ctx, query, most)
	if err != nil && !errors.Is(err, errManyRows) {
		return a, err
	}
	if err != nil {
		a.Columns = nil
	}
	many := err
	if packed, err = a.pack(); err != nil {
		return a, err
	}
	return a, cmp.Or(f.Memory.Remember(ctx, query, packed, a.Read, a.Took, time.Now().UTC()), many)
}
