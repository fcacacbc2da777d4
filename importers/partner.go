package importers

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// The other half of a call may lie in another file, which is read for the
// requests that found no answer there:
//
//	ep/blue/model_inputs/2026/03/07/06/i1.jsonl    Azure ML: a directory for each
//	ep/blue/model_outputs/2026/03/07/06/i1.jsonl   collection, paths alike
//
//	vision.log.1   request 7 ┊                     a log that was rotated between
//	vision.log               ┊ response 7          the two
//
// Only files of the directory that was given are looked at: of a plain log the
// end, as far back as a follower looks, of any other the first 16 MiB.

// collections are the directories of requests by those of responses.
var collections = map[string]string{"model_outputs": "model_inputs", "outputs": "inputs", "response": "request"}

// partners are the names of files that may hold the source's other halves.
func (o origin) partners() []string {
	var names []string
	segments := strings.Split(o.name, "/")
	for i, segment := range segments {
		if other := collections[segment]; other != "" {
			segments[i] = other
			names = append(names, strings.Join(segments, "/"))
			segments[i] = segment
		}
	}
	before := o.name + ".1"
	if n, err := strconv.Atoi(strings.TrimPrefix(path.Ext(o.name), ".")); err == nil && n > 0 && n < 1000 {
		before = strings.TrimSuffix(o.name, path.Ext(o.name)) + "." + strconv.Itoa(n+1)
	}
	return append(names, before, before+".gz", before+".zst")
}

// lend gives the requests that wait at the end of the partners' records to an
// unpacker's halves. A partner that is not there or is none lends nothing.
func lend[H any](o origin, u unpacker, h *halves[H]) {
	if o.fsys == nil {
		return
	}
	for _, name := range o.partners() {
		partner, err := o.openPartner(name)
		if err != nil {
			continue
		}
		readHalves(io.LimitReader(partner, maxNear), u)
		partner.Close()
	}
	h.lent, h.waiting, h.order, h.lost = h.waiting, nil, nil, 0
}

// openPartner opens what may be a partner where its other halves may stand.
func (o origin) openPartner(name string) (*unpacked, error) {
	info, err := fs.Stat(o.fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fs.ErrInvalid
	}
	from := int64(0)
	if path.Dir(name) == path.Dir(o.name) && path.Ext(name) != ".gz" && path.Ext(name) != ".zst" {
		from = max(0, info.Size()-lookback)
	}
	return (Source{fsys: o.fsys, name: name}).open(from, nil)
}

// readHalves unpacks the records of a partner and drops their rows.
func readHalves(r io.Reader, u unpacker) {
	trees := newTreeDecoder(jsonDialect{lines: true}, newWindow(r, 0))
	for {
		v, err := trees.next(&record{})
		var bad *badRecord
		if errors.As(err, &bad) && !bad.tail {
			continue
		}
		if err != nil {
			return
		}
		u.unpack(v, &fan{})
	}
}
