package importers

import (
	"errors"
	"io/fs"

	"andon/analysis"
)

// Source is something that can be loaded: one file, or one directory of
// images. [Find] and [FindFS] make them. Path is how people know it and what
// the ledger keeps; Size is its raw bytes, of all images together; Images
// counts them and is 0 for a file. Named tells a file that somebody asked for
// from one that was met in a directory: what cannot be recognised is an error
// of the first and a skip of the second.
type Source struct {
	Path   string
	Size   int64
	Images int
	Named  bool

	fsys   fs.FS
	name   string   // of the file, or of the directory, in fsys
	images []string // names in fsys, sorted
	parts  []string // files that are one source, names in fsys; see partMark
	format string   // of parts
	video  bool
	view   string // the envelope that is read, where the file holds several; see views
	until  int64  // bytes of the text that are read, 0 for all; see Held
	server string // the kind of server that sent the rows, "" for a file; see RowsOf
	prefix string // goes before images' paths, see framePath
}

// Skip is a file that was passed over and the reason, as a sentence without
// its subject: "not a log: ...".
type Skip struct{ Path, Why string }

// Options are what a person says about a source before it is recognised.
// Roles maps a field, by its path or name as the source spells it (case and
// separators folded), to a role and so overrides what its name suggests.
// Known are the columns an earlier reading of this same source had, as the
// ledger keeps them: a field of the same path takes the same name again, and no
// other field takes it.
// Mapping, where not nil, says more than roles; see [Mapping].
// MappedBy names its file, for the ledger.
type Options struct {
	Mapping  *Mapping
	MappedBy string
	Roles    map[string]analysis.Role
	Known    []analysis.Field
}

// Recognition is what a source holds, as far as its first 64 KiB tell: shown
// before anything is stored, then given back to [Source.Read]. Fields are the
// columns its batches begin with. Confidence is 0..1: how much of the guess
// rests on names and values rather than on hope. Packed is "gzip", "zstd" or
// "". Sampled counts the records that were looked at.
type Recognition struct {
	Format     string
	Kind       analysis.Kind
	Confidence float64
	Fields     []analysis.Field
	Warnings   []string
	Packed     string
	Sampled    int

	plan    *plan
	framing *framing // of images and videos
}

// ErrUnrecognised is within the error of [Source.Recognise] when the source was
// read well but is nothing Andon can use; among several sources it is a skip.
var ErrUnrecognised = errors.New("not recognised")

// ErrBomb is within the error that ends a packed source which unpacks to more
// than a log can: the rows before it stand.
var ErrBomb = errors.New("unpacks to far more than a log would")

// ErrTruncated is within the error that ends a packed source whose end is
// missing or damaged: the rows before it stand.
var ErrTruncated = errors.New("the archive is cut off or damaged")

// What is wrong with a source before its bytes are looked at.
var (
	ErrMissing = errors.New("no such file or directory")
	ErrEmpty   = errors.New("the file is empty")
)
