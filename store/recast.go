package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"andon/analysis"
)

// A recast gives columns of the inferences other roles after they were loaded.
// The values stay; what follows from roles is made anew in the same transaction:
//
//	klass       dimension ─▶ prediction    takes the name, as roles do
//	prediction  prediction ─▶ dimension    steps down, under its own name
//	     │
//	     └▶ right and wrong, joins of labels and frames, segments, rollups,
//	        the ledger, and a note in the chain that says who did it
//
// The field's path keeps its new role for what is loaded later, also by another
// process that began before (see retold).

// ErrRole is within the error of [File.Recast] where a column cannot fill a
// role; the error says what to do instead.
var ErrRole = errors.New("the column cannot fill the role")

// Recast is the wish that a column of the inferences, by its name in the file,
// fills a role.
type Recast struct {
	Column string
	Role   analysis.Role
}

// recasting is one recast under way.
type recasting struct {
	k      *known
	moved  []move
	author string
	at     time.Time

	unlabelled bool // late labels have parted from their rows
}

// move is a column that changes its role.
type move struct {
	column *column
	from   analysis.Field // as it was
	to     analysis.Field
	paths  []string // of the fields in the sources that fill it
}

// Recast gives columns other roles, all or none, and returns the note that
// says so. A role that one column fills (prediction, id, ...) is taken from the
// one that has it, which becomes a dimension, feature or text under its own
// name; so the change is undone by giving the role back. A wish that is
// fulfilled already changes nothing and leaves no note: the returned ID is 0.
//
// The cost is one pass over the rows for what was judged, and one over each
// changed column. The errors are ErrRole, and those of writing.
func (f *File) Recast(ctx context.Context, author string, at time.Time, wishes ...Recast) (analysis.Note, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.drain(ctx); err != nil {
		return analysis.Note{}, err
	}
	var note analysis.Note
	rejoin := false
	err := f.write(ctx, "change roles in", func(ctx context.Context, t *transaction) error {
		k, err := f.refresh(ctx, t)
		if err != nil {
			return err
		}
		r := &recasting{k: k, author: author, at: at}
		if err := r.plan(ctx, t, wishes); err != nil || len(r.moved) == 0 {
			return err
		}
		if rejoin, err = r.do(ctx, t); err != nil {
			return err
		}
		if note, err = r.tell(ctx, t); err != nil {
			return err
		}
		return k.save(ctx, t)
	})
	if err != nil {
		f.known = nil // it was changed on the way
		return analysis.Note{}, err
	}
	if rejoin {
		err = f.join(ctx)
	}
	f.known = nil // sources' fields and columns have other names now
	return note, err
}

// plan finds what changes: the columns wished for, and those that step down.
func (r *recasting) plan(ctx context.Context, t *transaction, wishes []Recast) error {
	for _, w := range wishes {
		col := r.k.inference().find(w.Column)
		if col == nil || !col.filled {
			return fmt.Errorf("%w: there is no column %q; columns are %s", ErrRole, w.Column, r.columns())
		}
		if col.Role == w.Role {
			continue
		}
		if err := r.add(ctx, t, col, w.Role); err != nil {
			return err
		}
	}
	for _, m := range slices.Clone(r.moved) {
		holder := r.k.inference().find(m.to.Name)
		if !m.to.Role.Named() || holder == nil || r.moves(holder) || idle(holder) {
			continue
		}
		if err := r.add(ctx, t, holder, restRole(holder)); err != nil {
			return err
		}
	}
	return r.check(ctx, t)
}

func (r *recasting) moves(col *column) bool {
	return slices.ContainsFunc(r.moved, func(m move) bool { return m.column == col })
}

// add notes that a column is to fill a role.
func (r *recasting) add(ctx context.Context, t *transaction, col *column, role analysis.Role) error {
	m := move{column: col, from: col.Field, to: col.Field}
	m.to.Role, m.to.Type = role, typeFor(role, col.Type)
	var err error
	if m.paths, err = pathsOf(ctx, t, col); err != nil {
		return err
	}
	if m.to.Name, err = r.nameFor(ctx, t, m); err != nil {
		return err
	}
	r.moved = append(r.moved, m)
	return nil
}

// idle is a column that holds nothing of a log: it gives way to one that does.
func idle(col *column) bool {
	return col.Path == "" && (!col.filled || col.Role == analysis.RoleCorrect)
}
