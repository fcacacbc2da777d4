// Package practice is a plant that goes wrong in known ways.
//
//	Plant ──shifts, people, parts──▶ Shot ◀──Episode: what somebody changed
//	                                   │
//	                      Scene ──draw──▶ picture ──▶ image features
//	                                   │
//	                    Ensemble, trained on such pictures, really looks
//	                                   │
//	                                Record ──▶ log, late labels, events,
//	                                           metrics, frames, truth
//
// Cameras over a bench photograph a hand that has just pressed a dark gasket
// into a housing. Three small models judge whether it is seated, tilted or
// missing. They were trained here, on pictures of hands in gray gloves, and
// run on every picture of an incident: what they get wrong, they get wrong by
// themselves. An incident is the plant's ordinary life plus, at a known
// minute, one more episode, and a truth that only truth.json tells.
//
// The league (see [Draw], [Score] and [Learn]) plays hundreds of smaller
// incidents from a gallery of such pictures, to tune the verdict on some seeds
// and to score it on others.
//
// The package has no clock, opens no file and knows no global randomness: a
// name and a seed give the same records and the same pixels. Products that
// are added stand in float64(...), so that no processor fuses them to a
// multiply-add of other rounding, and models are kept in fixed point.
package practice
