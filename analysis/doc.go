// Package analysis holds Andon's nouns and the pure functions over them.
//
//	source bytes ──importers──▶ Batch ──store──▶ segments ──▶ Table (a Log)
//	                                                            │
//	      Series  quality over time ◀───────────────────────────┤ mergeable
//	      Profile one column, before and after ◀────────────────┤ aggregates
//	      Leaves  cells of dimension values ◀───────────────────┘
//	         │
//	         ▼
//	Change → Windows → Signal, Slice, Account, EventMatch → Verdict → Test
//
// Everything here is deterministic and silent: no files, no clock, no global
// randomness. A function that needs "now" or a seed takes it as an argument.
// Results carry their interval and their warnings; only a question that cannot
// be asked is an error.
//
// The files by what they are about:
//
//	column, batch, table, mask, where, window, event, role, record   the nouns
//	log, series, step, season, segment, shape                        sums over time
//	change_*, windows, power                                         when it changed
//	diff_*, profile_*, effect, permutation_*                         what is different
//	slices_*, leaves_*, range, cutter                                where
//	account, split                                                   mix, new, within
//	clue_*, check, scene, posterior, verdict                         why
//	checklist, answer, next, voi, countermeasure                     what to do next
//	estimate_*, isotonic                                             without labels
//	investigate_*, reweigh                                           all of it in order
//
// What stands on no noun here is a package below: twosample, decomposition,
// camera. What only asks stands above: slo, whatif, version and the others.
//
// The analysis never asks for rows. It asks a [Log] for sums that add up
// across buckets, segments, files and machines, so the same functions serve a
// table in memory, an incident file and a fleet's server.
package analysis
