package command

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	tea "charm.land/bubbletea/v2"

	"andon/analysis"
	"andon/importers"
	"andon/ui/display"
	"andon/ui/screen"
)

// A review shows how the sources were understood before anything is stored:
//
//	sources ─Recognise─▶ pending ─▶ Data screen ─L─▶ load
//	            ▲                        │
//	            └── mapping ◀── role, kind ┘   kept in the ledger as a mapping is
//
// It is safe for use by several goroutines.
type review struct {
	mu      sync.Mutex
	sources []importers.Source
	options []importers.Options // of each source, with the mapping said so far
	pending []screen.Pending
	begun   chan struct{}
}

// saidHere is what the ledger calls a mapping that was made on the Data screen.
const saidHere = "the Data screen"

// newReview recognises the sources.
func newReview(ctx context.Context, sources []importers.Source, options importers.Options, known []analysis.Field) (*review, error) {
	r := &review{sources: sources, begun: make(chan struct{})}
	options.Known = known
	for _, s := range sources {
		r.options = append(r.options, options)
		found, err := recognised(ctx, s.Path, s, options)
		r.pending = append(r.pending, understood(s.Path, found, err))
	}
	return r, ctx.Err()
}

// understood is what a recognition came to, for the screen.
func understood(path string, r importers.Recognition, err error) screen.Pending {
	p := screen.Pending{Path: path, Format: r.Format, Kind: r.Kind, Confidence: r.Confidence, Fields: r.Fields, Warnings: r.Warnings}
	if err != nil {
		p.Why = notUsable{err}.without(path)
	}
	return p
}

// show is what the screen shows now; nil once loading has begun.
func (r *review) show() []screen.Pending {
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.pending)
}

// say changes what one source is understood as; what cannot be so stays as it
// was, and the error says why.
func (r *review) say(ctx context.Context, at int, change func(*importers.Mapping) (*importers.Mapping, error)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if at < 0 || at >= len(r.pending) {
		return errors.New("it is being loaded already")
	}
	o := r.options[at]
	var err error
	if o.Mapping, err = change(o.Mapping); err != nil {
		return err
	}
	o.MappedBy = saidHere
	found, err := recognised(ctx, r.sources[at].Path, r.sources[at], o)
	if err != nil {
		return err
	}
	r.options[at] = o
	r.pending[at] = understood(r.sources[at].Path, found, nil)
	for _, path := range slices.Sorted(maps.Keys(o.Mapping.Fields)) {
		if analysis.Role(o.Mapping.Fields[path].Role) == screen.Dropped {
			r.pending[at].Fields = append(r.pending[at].Fields, analysis.Field{Path: path, Role: screen.Dropped})
		}
	}
	return nil
}

// begin lets the sources be loaded as they are understood now.
func (r *review) begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pending != nil {
		r.pending = nil
		close(r.begun)
	}
}

// own are the options of each source, by its path.
func (r *review) own() map[string]importers.Options {
	r.mu.Lock()
	defer r.mu.Unlock()
	own := map[string]importers.Options{}
	for i, s := range r.sources {
		own[s.Path] = r.options[i]
	}
	return own
}

// reviewed shows the sources and waits until somebody lets them be loaded.
func (s *session) reviewed(ctx context.Context, t target, send func(tea.Msg)) (map[string]importers.Options, error) {
	known, err := s.file.Fields(ctx)
	if err != nil {
		return nil, err
	}
	r, err := newReview(ctx, t.sources, t.options, known)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.review = r
	s.mu.Unlock()
	send(screen.Refresh{})
	send(screen.Open{Screen: screen.Data})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-r.begun:
		return r.own(), nil
	}
}

// leftUnloaded removes the file of a review that was left without loading or
// writing anything, and reports whether it did.
func (s *session) leftUnloaded(ctx context.Context) bool {
	notes, err := s.file.Notes(ctx)
	return s.underReview().show() != nil && err == nil && len(notes) == 0 && withdraw(ctx, s.file)
}

// underReview is the review under way, or nil.
func (s *session) underReview() *review {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.review
}

// SayRole gives a field of a source that is not loaded yet a role.
func (s *session) SayRole(ctx context.Context, source int, path string, role analysis.Role) error {
	return s.underReview().say(ctx, source, func(m *importers.Mapping) (*importers.Mapping, error) { return m.SayRole(path, role) })
}

// SayKind says what the records of a source that is not loaded yet are.
func (s *session) SayKind(ctx context.Context, source int, kind analysis.Kind) error {
	return s.underReview().say(ctx, source, func(m *importers.Mapping) (*importers.Mapping, error) { return m.SayKind(kind) })
}

// Begin loads what was looked over.
func (s *session) Begin() { s.underReview().begin() }

// dryRun prints how sources are understood and stores nothing.
func dryRun(ctx context.Context, env Env, options importers.Options, args []string) error {
	sources, skipped, err := find(args, env.Now())
	if err != nil {
		return err
	}
	r, err := newReview(ctx, sources, options, nil)
	if err != nil {
		return err
	}
	usable := 0
	for _, p := range r.show() {
		if p.Why != "" {
			fmt.Fprintf(env.Out, "%s  skipped: %s\n", display.Escape(p.Path), display.Escape(p.Why))
			continue
		}
		usable++
		fmt.Fprintf(env.Out, "%s  %s (%s, %.0f %% sure)\n", display.Escape(p.Path), p.Kind, p.Format, 100*p.Confidence)
		if roles := roleText(p.Fields); roles != "" {
			fmt.Fprintln(env.Out, "  roles: "+roles)
		}
		for _, w := range p.Warnings {
			fmt.Fprintf(env.Out, "  note: %s\n", display.Escape(w))
		}
	}
	for _, k := range skipped {
		fmt.Fprintf(env.Out, "%s  skipped: %s\n", display.Escape(k.Path), display.Escape(k.Why))
	}
	if usable == 0 {
		return input(fmt.Errorf("nothing in %s could be loaded", quoted(args)))
	}
	return nil
}
