package importers

import "andon/analysis"

// shape makes batches of one kind from records.
type shape interface {
	// add takes a record, or says why it cannot be used.
	add(rec *record) (why string)
	// rows counts what was added since the last take.
	rows() int
	// take ends the batch: its columns and rows.
	take() ([]analysis.Column, int)
	// warnings are what was lost or bent since the reading began.
	warnings() []string
}

// shape starts a reading of the plan.
func (p *plan) shape() shape {
	switch {
	case p.kind == analysis.EventKind:
		return newEventShape(p)
	case p.wide:
		return newWideShape(p)
	}
	return newRowShape(p)
}
