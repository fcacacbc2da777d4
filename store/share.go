package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"andon/analysis"
	"andon/store/redact"
)

// A copy for others is a new file, into which only what is to be seen was ever
// written: nothing is deleted from it, so no page of it remembers anything.
//
//	file ─▶ learn what to hide ─▶ copy, each text through the redactor
//	                                   │
//	        published ◀─ clean ◀─ scan of the finished file ─▶ a leak: no file
//
// Left out always: hashes and directories of sources, and the raw bytes of
// rejected records.

// Author stands in [Cut].Redact for those who wrote notes, moved hypotheses and
// own incidents.
const Author = "author"

// Cut says what a copy holds.
type Cut struct {
	Windows  []analysis.Window             // only rows of these; none is all rows
	Columns  []string                      // only these, and what the file hangs together by; none is all
	Redact   []string                      // columns whose values become pseudonyms; [Author] too
	NoFrames bool                          // no pictures
	Rehash   func(analysis.Finding) string // the hash of a finding whose words were redacted; nil keeps it
}

// Shared is what came of a copy, for the person who gives it away.
type Shared struct {
	Rows, Of int64          // inferences in the copy, and in the file
	Columns  []string       // inferences' columns in the copy
	LeftOut  []string       // those left out
	Copied   map[string]int // rows of every other table
	Hidden   map[string]int // different values by the column or pattern they came from
	Scrubbed map[string]int // different secrets by kind of pattern
	Searched int            // values of which the finished bytes were searched
	Bytes    int64          // of the finished file
}

// ErrLeak is within the error of [Share] where the finished copy still held
// something that was to be hidden. There is no copy then.
var ErrLeak = errors.New("the copy would still tell what it was to hide")

// Share writes a copy of f for others to path, which must not exist. Values of
// redacted columns become pseudonyms, equal ones equal, under a key that is
// made for this copy and kept nowhere; they are replaced in every text as well,
// and so are secrets found by pattern. Paths lose the directories that lead to
// them. Notes are chained anew.
//
// The finished file is searched for all that was hidden, text by text and byte
// by byte, compressed columns unpacked, before it gets its name: a kill leaves
// no file at path. Errors are ErrExists, ErrLeak, a column that is not there or
// cannot be hidden, and those of writing. Cost: about that of an import, and
// memory for the values of one column.
func Share(ctx context.Context, f *File, path string, cut Cut, now time.Time) (Shared, error) {
	s := &sharing{from: f, cut: cut, words: map[int64][]string{}, loads: map[int64]*Load{}, said: Shared{Copied: map[string]int{}}}
	if _, err := os.Lstat(path); err == nil {
		return s.said, fmt.Errorf("share into %q: %w: choose another name", path, ErrExists)
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return s.said, fmt.Errorf("share into %q: %w", path, err)
	}
	s.redactor = redact.New(key)
	part := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".part")
	discard(part) // of a share that was killed
	defer discard(part)
	if err := s.write(ctx, part, now); err != nil {
		return s.said, fmt.Errorf("share %q into %q: %w", f.path, path, err)
	}
	if err := s.scan(ctx, part); err != nil {
		return s.said, fmt.Errorf("share %q into %q: %w", f.path, path, err)
	}
	s.said.Hidden, s.said.Scrubbed = s.redactor.Hidden(), s.redactor.Scrubbed
	return s.said, publish(part, path)
}

// discardSuffixes are all that SQLite and we put beside a file.
func discard(path string) {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal", "-ballast"} {
		_ = os.Remove(path + suffix)
	}
}

// sharing is a copy on its way.
type sharing struct {
	from, into *File
	cut        Cut
	redactor   *redact.Redactor
	words      map[int64][]string // dictionaries as the copy has them, by column
	loads      map[int64]*Load    // by source
	rows       []int64            // the rowids of the copy's inferences in the file
	stem       string             // the directories that all frames lie in
	said       Shared
}

// write makes the whole copy at part.
func (s *sharing) write(ctx context.Context, part string, now time.Time) (err error) {
	if err := s.choose(ctx); err != nil {
		return err
	}
	if err := s.learn(ctx); err != nil {
		return err
	}
	if s.into, err = Create(ctx, part, now); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.into.Close()) }()
	if err := s.copySources(ctx); err != nil {
		return err
	}
	if err := s.copyRows(ctx); err != nil {
		return err
	}
	if err := s.copyTables(ctx); err != nil {
		return err
	}
	if _, err := s.into.Join(ctx); err != nil {
		return err
	}
	return s.copyNotes(ctx)
}

// choose checks the names of columns and says which stay.
func (s *sharing) choose(ctx context.Context) error {
	fields, err := s.from.Fields(ctx)
	if err != nil {
		return err
	}
	known := map[string]analysis.Role{}
	for _, f := range fields {
		known[f.Name] = f.Role
		if s.keeps(f) {
			s.said.Columns = append(s.said.Columns, f.Name)
		} else {
			s.said.LeftOut = append(s.said.LeftOut, f.Name)
		}
	}
	late, err := s.from.lateNames(ctx)
	if err != nil {
		return err
	}
	for _, name := range slices.Concat(s.cut.Columns, s.cut.Redact) {
		if _, ok := known[name]; !ok && name != Author && !slices.Contains(late, name) {
			return fmt.Errorf("there is no column %q; the file has %s", name, strings.Join(fieldNames(fields), ", "))
		}
	}
	for _, name := range s.cut.Redact {
		if role := known[name]; role == analysis.RoleTime || role == analysis.RoleCorrect {
			return fmt.Errorf("column %q cannot be redacted, since everything rests on it; leave rows out with a window instead", name)
		}
	}
	return nil
}

// needed are the roles without which a file falls apart: what happened when,
// which label and frame belong to it, and whether it was right.
var needed = []analysis.Role{analysis.RoleTime, analysis.RoleID, analysis.RoleCorrect, analysis.RoleFrame}

// keeps reports whether a column of a wide table goes into the copy.
func (s *sharing) keeps(f analysis.Field) bool {
	return len(s.cut.Columns) == 0 || slices.Contains(s.cut.Columns, f.Name) || slices.Contains(needed, f.Role)
}

// hides reports whether the values of a name become pseudonyms, be it a column,
// a label of a metric or a key of a scope.
func (s *sharing) hides(name string) bool { return slices.Contains(s.cut.Redact, name) }
