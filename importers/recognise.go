package importers

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"andon/analysis"
)

// maxSample bounds the records that are looked at.
const maxSample = 5000

// Recognise reads the first 64 KiB of the source (more only where the first
// record is longer) and says what it holds.
//
// It fails with [ErrUnrecognised] inside where the source is no log, and
// otherwise where it is one that needs help, such as a time column that no
// name gives away; the error says how to give it.
func (s Source) Recognise(ctx context.Context, o Options) (Recognition, error) {
	if s.Images > 0 {
		return s.recogniseImages(o)
	}
	if s.video {
		return s.recogniseVideo(ctx, o)
	}
	r, err := s.recognise(ctx, o)
	if err != nil {
		return Recognition{}, fmt.Errorf("%s: %w", s.Path, err)
	}
	return r, nil
}

func (s Source) recognise(ctx context.Context, o Options) (Recognition, error) {
	u, err := s.open(0, nil)
	if err != nil {
		return Recognition{}, err
	}
	defer u.Close()
	w := newWindow(u, 0)
	start := head{text: w.peek(headSize), whole: w.ended(), path: s.Path, packed: u.packed}
	if len(start.text) == 0 && !w.ended() {
		return Recognition{}, w.err
	}
	f, d, score, err := s.sniff(start, o)
	if err != nil {
		return Recognition{}, err
	}
	switch {
	case s.view != "":
		d = &enclosed{d, envelopeNamed(s.view), s.origin()}
	case o.Mapping == nil || o.Mapping.Rows == "":
		d = enclose(d, w, s.origin())
	}
	d = o.Mapping.over(d, s.origin())
	r, err := s.judge(ctx, o, d)
	if errors.Is(err, errNoTime) && u.packed == "parquet" {
		if again, no := s.judge(ctx, o, inOrder{dialect: d}); no == nil && again.Kind == analysis.InferenceKind {
			r, err = again, nil
		}
	}
	if err != nil {
		return Recognition{}, err
	}
	r.Format = cmp.Or(s.server, formatName(f.name, r.Format))
	if u.packed != "parquet" {
		r.Packed = u.packed
	}
	r.Confidence *= score
	r.mappedBy(o)
	if u.encoding != "" {
		r.Warnings = append(r.Warnings, "the text is not UTF-8; read as "+u.encoding)
	}
	return r, nil
}

// sniff finds the format by the mapping's expression, or by the head.
func (s Source) sniff(h head, o Options) (format, dialect, float64, error) {
	if o.Mapping == nil || o.Mapping.Lines == "" {
		return sniff(h)
	}
	pattern, err := newPattern(o.Mapping.Lines)
	return format{name: "lines"}, patternLines{pattern, s.origin().modified}, 1, err
}

// mappedBy notes which mapping it rests on.
func (r *Recognition) mappedBy(o Options) {
	if o.MappedBy != "" {
		r.Warnings = append(r.Warnings, fmt.Sprintf(MappedBy, o.MappedBy))
	}
}

// formatName is what the source is called: its layout within its format, where
// the format says more than that it is JSON.
func formatName(format, layout string) string {
	switch {
	case layout == "" || layout == format:
		return format
	case format == "jsonl":
		return layout
	}
	return format + ": " + layout
}

// judge looks at the first records from the beginning and decides what they
// mean.
func (s Source) judge(ctx context.Context, o Options, d dialect) (Recognition, error) {
	u, err := s.open(0, nil)
	if err != nil {
		return Recognition{}, err
	}
	defer u.Close()
	sample, err := look(ctx, newWindow(u, 0), d)
	if err != nil {
		return Recognition{}, err
	}
	if two, ok := twoColumns(sample.surveys, d); ok {
		return s.judge(ctx, o, two)
	}
	return sample.recognition(s, o, d)
}

// oneID warns of an id that tells no row from another: a label that comes for it
// would go to all of them.
func oneID(s *survey) []string {
	if s.count < 10 || len(s.distinct) != 1 {
		return nil
	}
	return []string{fmt.Sprintf("%s: all of the first %d rows have the same id, %s; labels and frames that come by id would go to every one of them", s.path, s.count, example(s))}
}

// sniff finds the format that fits the head best.
func sniff(h head) (format, dialect, float64, error) {
	if len(bytes.TrimSpace(trimBOM(h.text))) == 0 {
		return format{}, nil, 0, fmt.Errorf("%w: %w", ErrUnrecognised, ErrEmpty)
	}
	for _, f := range formats {
		if !f.certain {
			continue
		}
		if d, fit, no := f.sniff(h); d != nil {
			return f, d, fit, nil
		} else if no != "" {
			return format{}, nil, 0, fmt.Errorf("%w: %s", ErrUnrecognised, no)
		}
	}
	if what := foreign(h.text); what != "" {
		return format{}, nil, 0, fmt.Errorf("%w: this is %s; export it as CSV or JSON lines", ErrUnrecognised, what)
	}
	var best format
	var found dialect
	var score float64
	var why []string
	for _, f := range formats {
		if f.certain {
			continue
		}
		d, fit, no := f.sniff(h)
		if d == nil && no != "" {
			why = append(why, no)
		} else if d != nil && fit > score {
			best, found, score = f, d, fit
		}
	}
	if found == nil {
		return format{}, nil, 0, fmt.Errorf("%w as a log: %s", ErrUnrecognised, strings.Join(why, "; "))
	}
	return best, found, score, nil
}

// magics are files that hold records but not as text.
var magics = []struct{ magic, what string }{
	{"SQLite format 3\x00", "an SQLite database"}, {"PK\x03\x04", "a zip or Excel file"},
	{"\x1f\x8b", "a file that was packed twice"}, {"\x28\xb5\x2f\xfd", "a file that was packed twice"},
	{"%PDF", "a PDF"}, {"\x89PNG", "an image"}, {"\xff\xd8\xff", "an image"}, {"GIF8", "an image"}, {"\x7fELF", "a program"},
}

func foreign(head []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.what
		}
	}
	return ""
}

// sample is what the first records of a source look like.
type sample struct {
	decoder decoder
	surveys []*survey
	layout  *layout
	kind    analysis.Kind // as the envelope knows it, or ""
	good    int
	bad     int
	why     string // the first bad record's reason
	dropped int
	doubled int64
}

// look reads the records that begin in the head, twice where the first of them
// give a layout away that adds to every record.
func look(ctx context.Context, w *window, d dialect) (*sample, error) {
	s, rec := &sample{}, &record{}
	dec := d.decoder(w)
	s.decoder = dec
	complete := func(*record) {}
	for s.good+s.bad < maxSample && ctx.Err() == nil {
		err := dec.next(rec)
		var bad *badRecord
		switch {
		case errors.As(err, &bad):
			s.bad++
			if s.why == "" {
				s.why = bad.why
			}
			if bad.tail {
				return s.done(rec)
			}
			continue
		case errors.Is(err, io.EOF):
			return s.done(rec)
		case err != nil && s.good == 0:
			return nil, err
		case err != nil:
			return s.done(rec)
		}
		if s.good > 0 && rec.offset >= headSize {
			break
		}
		if s.good == 0 {
			s.found(d, &rec.fields)
			if s.layout != nil && s.layout.complete != nil {
				complete = s.layout.complete()
			}
		}
		complete(rec)
		s.add(rec)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.done(rec)
}

// found sets the layout: the envelope's, unless that only wraps a known one.
func (s *sample) found(d dialect, f *fields) {
	s.layout = layoutOf(f)
	if in := envelopeIn(d); in != nil && (in != message || s.layout == nil) {
		s.layout, s.kind = &in.layout, in.kind
	}
	switch d := d.(type) {
	case inOrder:
		s.layout = inOrderLayout
	case inTwo:
		s.layout = d.layout()
	}
}

func (s *sample) add(rec *record) {
	s.good++
	for len(s.surveys) < len(rec.paths) {
		s.surveys = append(s.surveys, newSurvey(rec.paths[len(s.surveys)]))
	}
	for _, slot := range rec.set {
		s.surveys[slot].add(rec.cells[slot])
	}
}

func (s *sample) done(rec *record) (*sample, error) {
	if s.good == 0 {
		if s.why == "" {
			s.why = strings.Join(notesOf(s.decoder), "; ")
		}
		return nil, fmt.Errorf("%w: no record could be read (%s)", ErrUnrecognised, s.why)
	}
	for len(s.surveys) < len(rec.paths) {
		s.surveys = append(s.surveys, newSurvey(rec.paths[len(s.surveys)]))
	}
	s.dropped, s.doubled = rec.dropped, rec.duplicates
	return s, nil
}

// recognition decides what the sample means.
func (s *sample) recognition(source Source, o Options, d dialect) (Recognition, error) {
	said, err := saidRoles(o, s.surveys)
	if err != nil {
		return Recognition{}, err
	}
	r := Recognition{Sampled: s.good, Warnings: d.warnings()}
	if s.layout != nil {
		r.Format = s.layout.name
		s.layout.say(s.surveys, said)
	}
	if o.Mapping != nil && o.Mapping.Kind != "" {
		s.kind = o.Mapping.Kind
	}
	g, err := s.guess(said)
	if err != nil {
		return Recognition{}, err
	}
	p, assumed := makePlan(g, s.surveys, o, d, s.layout)
	if p.wide {
		p.nameSeries(source.Path)
	}
	r.Kind, r.plan = g.kind, p
	r.Confidence = g.confidence * float64(s.good) / float64(s.good+s.bad)
	r.Fields = p.fields()
	r.Warnings = append(r.Warnings, assumed...)
	if at := slotOf(g.roles, analysis.RoleID); at >= 0 {
		r.Warnings = append(r.Warnings, oneID(s.surveys[at])...)
	}
	if g.kind == analysis.InferenceKind && s.layout == nil && g.has(analysis.RoleConfidence) && !g.has(analysis.RolePrediction) {
		r.Warnings = append(r.Warnings, "a confidence, but nothing is named like what it is of; name it: --role prediction=COLUMN")
	}
	if s.dropped > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("more than %d fields; the rest is left out", maxFields))
	}
	if s.doubled > 0 {
		r.Warnings = append(r.Warnings, "records hold a key twice; the last value counts")
	}
	return r, nil
}

// guess is what the records are: known, or guessed by their fields.
func (s *sample) guess(said []analysis.Role) (guess, error) {
	rules, ok := kindRules[s.kind]
	if !ok {
		return guessKind(s.surveys, said)
	}
	g := guess{kind: s.kind, roles: assign(rules, s.surveys, said), confidence: 1}
	if s.kind == analysis.LabelKind {
		return g.asLabel(), nil
	}
	return g.timed(s.surveys, 1)
}

// kindRules are the rules for the fields of a kind.
var kindRules = map[analysis.Kind][]rule{analysis.InferenceKind: inferenceRules, analysis.LabelKind: inferenceRules,
	analysis.MetricKind: metricRules, analysis.EventKind: eventRules}

// say puts the layout's roles where a person said nothing.
func (l *layout) say(surveys []*survey, said []analysis.Role) {
	for i, s := range surveys {
		if role := l.roles[s.path]; role != "" && said[i] == "" && slotOf(said, role) < 0 {
			said[i] = role
		}
	}
}
