package importers

// stacked is a decoder that stands over another.
type stacked interface{ inner() decoder }

// held reports whether a decoder, or one below it, stands in the middle of a
// record.
func held(d decoder) bool {
	for d != nil {
		if h, ok := d.(holding); ok && h.holds() {
			return true
		}
		s, ok := d.(stacked)
		if !ok {
			return false
		}
		d = s.inner()
	}
	return false
}

// notesOf is what a decoder and those below it have to say at the end.
func notesOf(d decoder) []string {
	var notes []string
	for d != nil {
		if n, ok := d.(noting); ok {
			notes = append(notes, n.notes()...)
		}
		s, ok := d.(stacked)
		if !ok {
			break
		}
		d = s.inner()
	}
	return notes
}

// envelopeIn is the envelope of a dialect, below whatever stands over it, or
// nil.
func envelopeIn(d dialect) *envelope {
	for {
		switch over := d.(type) {
		case *enclosed:
			return over.envelope
		case mapped:
			d = over.dialect
		case inTwo:
			d = over.dialect
		case inOrder:
			d = over.dialect
		default:
			return nil
		}
	}
}

func (c *completing) inner() decoder   { return c.decoder }
func (d *orderDecoder) inner() decoder { return d.decoder }
func (d *inTwoDecoder) inner() decoder { return d.decoder }
