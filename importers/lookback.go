package importers

import (
	"bytes"
	"io"
)

// A log of halves may be read in pieces: a follower looks while a call is under
// way, an import goes on where the last one ended. Its request then lies before
// the place where reading begins, and is looked for there:
//
//	request 7 │ request 8  response 8 │ response 7 ...
//	          └ at most lookback ─────┴ from
//
// What lies before has given its rows already; they are passed over.

// lookback is how far before its place a reading of halves begins.
const lookback = 1 << 20

// before is where to begin so that records from there on are whole: the first
// line that opens an object, within lookback of from; from itself where there
// is none, or where nothing waits for anything.
func (s Source) before(p *plan, from int64) (int64, error) {
	in := envelopeIn(p.dialect)
	if from == 0 || in == nil || !in.halves {
		return from, nil
	}
	if from <= lookback {
		return 0, nil
	}
	start := from - lookback
	u, err := s.open(start, nil)
	if err != nil {
		return 0, err
	}
	defer u.Close()
	text, err := io.ReadAll(io.LimitReader(u, lookback))
	if err != nil {
		return 0, err
	}
	at := bytes.Index(text, []byte("\n{"))
	if at < 0 {
		return from, nil
	}
	return start + int64(at) + 1, nil
}
