package importers

import (
	"slices"
	"strings"
)

// headSize is how much of a source is looked at to recognise it.
const headSize = 64 << 10

// format is a way to write records down. Adding one is adding a file that
// registers it.
//
// sniff judges the first 64 KiB: a dialect and how well it fits, 0..1. A nil
// dialect comes with the reason, or with none where the head is nothing like
// the format. A certain format cannot be mistaken for another: where its sniff
// finds a dialect, no general one is asked.
type format struct {
	name    string
	certain bool
	parts   bool // its files of one directory are one source
	sniff   func(h head) (dialect, float64, string)
}

// head is the beginning of a source: its first 64 KiB, whether they are
// everything, its path, and what it was packed with.
type head struct {
	text   []byte
	whole  bool
	path   string
	packed string
}

// dialect is a format with its details found out: delimiter, header, layout of
// lines. It must not hold state, so that one dialect opens many decoders.
type dialect interface {
	// decoder reads records from w, which stands at the beginning of the
	// source or, on resuming, at the beginning of a record.
	decoder(w *window) decoder
	// warnings are what had to be guessed.
	warnings() []string
}

// decoder reads one record after another.
//
// next fills rec. It returns a *badRecord for one that cannot be read and has
// been passed, io.EOF at the end, and any other error when the source cannot
// be read on.
type decoder interface {
	next(rec *record) error
}

// badRecord is a record that could not be read: what is wrong and its first
// bytes. Tail marks the last one, which may still be being written: the next
// load begins with it.
type badRecord struct {
	why  string
	raw  []byte
	tail bool
}

func (b *badRecord) Error() string { return b.why }

var formats []format

// register adds a format; ties between formats go to the first by name.
func register(f format) bool {
	i, _ := slices.BinarySearchFunc(formats, f, func(a, b format) int { return strings.Compare(a.name, b.name) })
	formats = slices.Insert(formats, i, f)
	return true
}
