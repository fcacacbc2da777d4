package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"andon/analysis"
	"andon/importers"
	"andon/store"
	"andon/ui/screen"
)

// Loading joins the siblings: importers turn bytes into batches, the store
// keeps them; only here do they meet.
//
//	args ─Find─▶ sources ─Recognise─▶ plan ─Read─▶ batches ─Append─▶ file
//	                │                                                  │
//	             skipped ◀──────────── summary ◀──────────────── Join ─┘

// loader loads sources into one incident file. tell, if not nil, hears how far
// it has come, at most every few batches.
type loader struct {
	file    *store.File
	options importers.Options
	own     map[string]importers.Options // of sources that were looked over, by path
	now     func() time.Time
	tell    func(screen.Loading)
	rows    int64     // read so far, of all sources
	alone   bool      // nobody else sees the file, now or later
	only    bool      // there is but one source
	known   []*stream // the logs that are loaded, once they were asked for
}

// loaded is the outcome of one source.
type loaded struct {
	source      analysis.Source
	recognition importers.Recognition
	added       int64             // rows that this load brought
	rejects     []analysis.Reject // the first of them
	present     bool              // it was in the file already
	err         error             // it could not be read on; what was read stands
}

// summary is the outcome of one import.
type summary struct {
	loaded  []loaded
	skipped []importers.Skip
	joined  store.Joined
	refused error // why the last of the skipped was
	again   int64 // inferences whose id was there before
	seconds float64
}

// records counts what this import added.
func (s summary) records() (added int64, present bool) {
	for _, l := range s.loaded {
		present = present || l.present
		added += l.added
	}
	return added, present
}

// find lists the sources of the arguments; nothing to load is an error that
// says what was passed over.
func find(args []string, now time.Time) ([]importers.Source, []importers.Skip, error) {
	if slices.Contains(args, "-") {
		return nil, nil, input(errors.New("-: logs come from files, directories and patterns, not from standard input; write it to a file and name that"))
	}
	sources, skipped, err := importers.FindAt(args, now)
	if err != nil {
		return nil, skipped, input(err)
	}
	if len(sources) == 0 {
		return nil, skipped, input(fmt.Errorf("nothing to load in %s%s", quoted(args), why(skipped)))
	}
	return sources, skipped, nil
}

func findPractice(fsys fs.FS, name string) ([]importers.Source, error) {
	sources, _, err := importers.FindFS(fsys, "testdata/"+name)
	return sources, err
}

// load reads all sources. A source that is no log is skipped; one that breaks
// midway keeps what was read. It fails where the file cannot be written, where
// ctx is cancelled, or where nothing at all was loaded.
func (l *loader) load(ctx context.Context, sources []importers.Source, skipped []importers.Skip) (result summary, err error) {
	began := l.now()
	result.skipped = skipped
	defer func() { result.seconds = l.now().Sub(began).Seconds() }()
	had, err := l.file.RowCount(ctx)
	if err != nil {
		return result, err
	}
	total := int64(0)
	for _, s := range sources {
		total += s.Size
	}
	done := int64(0)
	l.only = len(sources) == 1
	for _, s := range sources {
		one, err := l.loadOne(ctx, s, done, total, began)
		done += s.Size
		var unusable notUsable
		switch {
		case errors.As(err, &unusable) && (len(l.options.Roles) > 0 || l.options.Mapping != nil):
			return result, input(unusable.error)
		case errors.As(err, &unusable):
			result.skipped = append(result.skipped, importers.Skip{Path: s.Path, Why: unusable.without(s.Path)})
			result.refused = unusable.error
			continue
		case err != nil:
			return result, err
		}
		result.loaded = append(result.loaded, one)
	}
	joined, err := l.file.Join(ctx)
	if err != nil {
		return result, err
	}
	result.joined = joined
	if result.again, err = l.file.Repeated(ctx, had); err != nil {
		return result, err
	}
	return result, result.verdict()
}

// verdict is nil if any record was loaded or already present.
func (s summary) verdict() error {
	added, present := s.records()
	if added > 0 || present {
		return nil
	}
	for _, l := range s.loaded {
		if l.err != nil {
			return input(l.err)
		}
		if l.source.Rejected > 0 {
			return input(fmt.Errorf("%s: all %d rows were rejected; the first reason and its bytes are kept in the file (Data screen, or SELECT * FROM reject)", l.source.Path, l.source.Rejected))
		}
	}
	if len(s.skipped) == 1 && s.refused != nil {
		return input(s.refused)
	}
	return input(fmt.Errorf("nothing was loaded%s", why(s.skipped)))
}

// notUsable says that a source holds nothing Andon can use.
type notUsable struct{ error }

func (n notUsable) Unwrap() error { return n.error }

// without is the reason alone, for where the path stands before it already.
func (n notUsable) without(path string) string {
	return strings.TrimPrefix(n.Error(), path+": ")
}

// loadOne recognises a source, reads what the file does not hold yet, and
// closes its ledger line; before and total are bytes of all sources, for the
// progress.
func (l *loader) loadOne(ctx context.Context, s importers.Source, before, total int64, began time.Time) (loaded, error) {
	recognised, options, err := l.recognise(ctx, s)
	if err != nil {
		return loaded{}, err
	}
	mark, err := l.marker(ctx, s, recognised)
	if err != nil {
		return loaded{}, err
	}
	defer mark.done()
	hashing, stop := context.WithCancel(ctx)
	defer stop()
	hash := sync.OnceValues(func() (string, error) {
		if l.alone && l.only {
			return "", nil // nobody will look for it
		}
		return s.Hash(hashing, -1)
	})
	source, err := l.entry(ctx, s, recognised, mark, hash)
	if errors.Is(err, store.ErrPresent) {
		return loaded{source: source, recognition: recognised, present: true}, nil
	}
	if err != nil {
		return loaded{}, err
	}
	if source.ReadBy, err = readBy(options, recognised); err != nil {
		return loaded{}, err
	}
	into, err := l.file.Load(ctx, source)
	if errors.Is(err, store.ErrPresent) {
		return loaded{source: source, recognition: recognised, present: true}, nil
	}
	if err != nil {
		return loaded{}, err
	}
	go func() {
		if whole, err := hash(); err == nil {
			into.Hashed(whole)
		}
	}()
	had := into.Source().Rows
	broken, err := l.copy(ctx, s, recognised, source.Offset, into, mark, meter{source: s.Path, before: before, total: total, began: began})
	if err != nil {
		return loaded{}, err
	}
	if err := l.trace(ctx, s, mark, into); err != nil {
		return loaded{}, err
	}
	if err := into.Flush(ctx); err != nil {
		return loaded{}, err
	}
	if n := into.Repeated(); n > 0 {
		into.Warn(fmt.Sprintf("%s stood in the file already, from another source, and are not kept twice", plural(n, "event")))
	}
	whole, err := hash()
	if err != nil {
		return loaded{}, input(err)
	}
	into.Hashed(whole)
	if source, err = into.Finish(ctx); err != nil {
		return loaded{}, err
	}
	added := source.Rows - had
	first, err := l.file.Rejects(ctx, source.ID, 1)
	return loaded{rejects: first, source: source, recognition: recognised, added: added, present: (had > 0 || into.Repeated() > 0) && added == 0, err: broken}, err
}

// recognise is what a source is, read as its mapping, the user or an earlier
// load says.
func (l *loader) recognise(ctx context.Context, s importers.Source) (r importers.Recognition, o importers.Options, err error) {
	o = l.options
	if own, ok := l.own[s.Path]; ok {
		o = own
	}
	if o.Known, err = l.file.Fields(ctx); err != nil {
		return r, o, err
	}
	if err := l.remembered(ctx, s, &o); err != nil {
		return r, o, err
	}
	if r, err = recognised(ctx, s.Path, s, o); err != nil && ctx.Err() == nil {
		err = notUsable{err}
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return r, o, err
}

// copy hands over the batches of a source from an offset on.
// broken is why the source could not be read to its end, which keeps what came
// before it.
func (l *loader) copy(ctx context.Context, s importers.Source, r importers.Recognition, from int64, into *store.Load, mark *marker, m meter) (broken, err error) {
	var read atomic.Int64
	for batch, err := range batches(ctx, s.Path, s, r, from, &read) {
		if err != nil {
			broken = err
			break
		}
		into.Trace(mark.at(batch.Offset))
		if err := into.Append(ctx, batch); err != nil {
			return nil, err
		}
		for _, warning := range batch.Warnings {
			into.Warn(warning)
		}
		l.rows += int64(batch.Rows)
		if l.tell != nil {
			l.tell(m.at(l.now(), l.rows, read.Load()))
		}
	}
	return broken, ctx.Err()
}

// entry is the ledger line of a source: one that has grown, under its name or
// another, goes on where it was left, anything else begins anew. One that holds
// nothing new fails with store.ErrPresent. Its hash takes a second for some
// gigabytes, so it is worked out while the source is read, if it can be nothing
// that is there and its marks would find it again.
func (l *loader) entry(ctx context.Context, s importers.Source, r importers.Recognition, mark *marker, hash func() (string, error)) (analysis.Source, error) {
	known := ""
	if unlike, err := l.unlike(ctx, s.Size); err != nil {
		return analysis.Source{}, err
	} else if !unlike || mark == nil && !l.alone {
		if known, err = hash(); err != nil {
			return analysis.Source{}, input(err)
		}
	}
	entry := analysis.Source{Path: s.Path, Hash: known, Format: r.Format, Kind: r.Kind, Bytes: s.Size,
		Time: l.now().UTC(), Fields: r.Fields, Warnings: r.Warnings}
	switch known, how, err := l.shown(ctx, s, r.Kind); {
	case err != nil:
		return entry, err
	case how == nothing:
		return entry, store.ErrPresent
	case how == readable:
		entry.ID, entry.Offset = known.entry.ID, known.offset
	}
	return entry, nil
}

// meter turns bytes read into a rate and the time left.
type meter struct {
	source string
	before int64
	total  int64
	began  time.Time
}

func (m meter) at(now time.Time, rows, read int64) screen.Loading {
	p := screen.Loading{Active: true, Source: m.source, Rows: rows, Done: m.before + read, Total: m.total}
	seconds := now.Sub(m.began).Seconds()
	if seconds <= 0 || p.Done <= 0 {
		return p
	}
	p.PerSec = float64(p.Rows) / seconds
	p.Seconds = float64(max(0, p.Total-p.Done)) / float64(p.Done) * seconds
	return p
}
