package store

import (
	"context"
	"errors"
	"os"
)

// Who only looks at a file comes in by the door that fits it:
//
//	said to be foreign ──────────────────┐
//	another user's, not ours to write ───┴▶ OpenForeign    a checked private copy
//	on media or a disk without room ─────▶ OpenReadOnly   as it stands
//	ours, or shared with us for writing ─▶ Open
//
// A file that came by mail is ours by its owner, so the verbs have --foreign for
// it: nothing in a file can be trusted to tell where it comes from.

// OpenToRead opens an incident file for a program that need not write to it.
// Share and replay, which take files from others, ask it with foreign true.
// The errors are those of the door; ReadOnly tells whether writing is possible.
func OpenToRead(ctx context.Context, path string, foreign bool) (*File, error) {
	if foreign || strangers(path) {
		return OpenForeign(ctx, path)
	}
	f, err := Open(ctx, path)
	if errors.Is(err, ErrReadOnly) {
		return OpenReadOnly(ctx, path)
	}
	return f, err
}

// strangers reports whether a file is another user's and was not opened to us
// for writing: colleagues who share one by its permissions work on it together.
func strangers(path string) bool {
	info, err := os.Stat(path)
	return err == nil && ownedByOther(info) && writable(path) != nil
}
