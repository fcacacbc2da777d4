package command

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"andon/importers"
	"andon/store"
)

// opened is an incident file and what to do when done with it.
type opened struct {
	*session
	done func() error
}

// openTarget opens what a verb was given: one incident file as it is, or
// sources, which are loaded into a private file that is removed afterwards.
// Roles say what columns of sources mean, as role=column. The console keeps its
// file; a verb that only answers leaves nothing behind.
func openTarget(ctx context.Context, env Env, args, roles []string) (opened, error) {
	options, err := parseRoles(roles)
	if err != nil {
		return opened{}, err
	}
	if len(args) == 1 && isDatabase(args[0]) {
		return openToRead(ctx, env, args[0])
	}
	if slices.ContainsFunc(args, importers.IsClickHouse) {
		return openFleet(ctx, env, args, options)
	}
	sources, skipped, err := find(args, env.Now())
	if err != nil {
		return opened{}, err
	}
	dir, err := os.MkdirTemp("", "andon-")
	if err != nil {
		return opened{}, input(fmt.Errorf("make a directory for the incident file: %w; set TMPDIR to a writable place", err))
	}
	file, err := store.Create(ctx, filepath.Join(dir, "incident.andon"), env.Now())
	if err != nil {
		os.RemoveAll(dir)
		return opened{}, input(err)
	}
	done := func() error {
		err := file.Close()
		os.RemoveAll(dir)
		return err
	}
	file.Fleeting()
	l := &loader{file: file, alone: true, options: options, now: env.Now, tell: progressLine(env)}
	_, err = l.load(ctx, sources, skipped)
	clearLine(env)
	if err != nil {
		done()
		return opened{}, err
	}
	return opened{newSession(file, env), done}, nil
}

// openToRead opens an incident file that need not be writable: somebody else's,
// or one on read-only media.
func openToRead(ctx context.Context, env Env, path string) (opened, error) {
	file, err := openFile(ctx, env, path)
	if err != nil {
		return opened{}, err
	}
	return opened{newSession(file, env), file.Close}, nil
}

// openIncident opens an existing incident file to write in it.
func openIncident(ctx context.Context, env Env, path string) (opened, error) {
	if err := ours(ctx, path); err != nil {
		return opened{}, err
	}
	file, err := store.Open(ctx, path)
	if err != nil {
		return opened{}, input(err)
	}
	return opened{newSession(file, env), file.Close}, nil
}

// magic begins every SQLite database.
var magic = []byte("SQLite format 3\x00")

// isDatabase reports whether the file begins like a SQLite database; the store
// says whether it is one of ours.
func isDatabase(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return filepath.Ext(path) == ".andon"
	}
	f, err := os.Open(path)
	if err != nil {
		return filepath.Ext(path) == ".andon"
	}
	defer f.Close()
	head := make([]byte, len(magic))
	_, err = io.ReadFull(f, head)
	return err == nil && bytes.Equal(head, magic)
}
