package command

import (
	"fmt"

	"andon/analysis"
	"andon/store"
)

// verifyNotes says whether the notes are the chain they were written as. The
// last hash stands for all of them: two people who read the same one to each
// other have the same notes, down to the last.
func verifyNotes(env Env, notes []analysis.Note) error {
	if err := store.VerifyNotes(notes); err != nil {
		return failure{exitFinding, err}
	}
	if len(notes) == 0 {
		fmt.Fprintln(env.Out, "✓ ok: no notes yet")
		return nil
	}
	fmt.Fprintf(env.Out, "✓ ok: %d notes, none altered, removed or added between; the last is %s\n", len(notes), notes[len(notes)-1].Hash)
	return nil
}
