// Package store keeps an incident in one file, an ordinary SQLite database.
//
//	Batch ──Append──▶ rows       inference, label, metric, event, frame
//	                    │ same transaction
//	                    ├──────▶ segments   one column, 65,536 rows, packed
//	                    ├──────▶ rollups    sums of a segment by minute and hour
//	                    └──────▶ ledger     source, chunk, reject
//
//	Join       late labels and frames ──▶ their inferences, by id and path
//	Table      ◀── segments            analysis, never row by row
//	Series     ◀── rollups             quality over time, at any number of rows
//	Profiles   ◀── rollups             two windows, to the minute
//	Example    ◀── rows                a few rows to show
//	AddNote    ──▶ note                append-only, each carries the one before
//
// The rows are the truth and any SQLite tool may read them; segments and
// rollups are derived and can be rebuilt. Row i of a Table is rowid i+1, because
// rows are only ever appended.
//
// One connection writes, in short immediate transactions with full
// synchronisation; others read snapshots meanwhile. A second process may write
// to the same file: whoever writes first looks whether the file has moved on
// (state.generation) and reads the tail segment again if so.
package store
