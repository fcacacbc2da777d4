package importers

import "andon/analysis"

// layout is a known shape of records over any format: which fields give it
// away and what they mean. Adding one is adding a file that puts it here.
type layout struct {
	name string
	// signature are paths that all must be there.
	signature []string
	// roles are what fields mean, by path; they stand against any name.
	roles map[string]analysis.Role
	// columns name fields better than their path does.
	columns map[string]string
	// complete makes a function that adds to each record what its shape says
	// without a field of its own; nil for nothing.
	complete func() func(rec *record)
}

var layouts []*layout

func addLayout(l layout) bool {
	layouts = append(layouts, &l)
	return true
}

// layoutOf finds the layout whose signature the fields hold, or nil.
func layoutOf(f *fields) *layout {
	for _, l := range layouts {
		all := true
		for _, path := range l.signature {
			_, ok := f.slots[path]
			all = all && ok
		}
		if all {
			return l
		}
	}
	return nil
}

// over puts the layout's completion behind a decoder.
func (l *layout) over(d decoder) decoder {
	if l == nil || l.complete == nil {
		return d
	}
	return &completing{d, l.complete()}
}

type completing struct {
	decoder
	complete func(rec *record)
}

func (c *completing) next(rec *record) error {
	err := c.decoder.next(rec)
	if err == nil {
		c.complete(rec)
	}
	return err
}
