package importers

import (
	"bytes"
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
		return s.recogniseImages(), nil
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
	head := w.peek(headSize)
	if len(head) == 0 && !w.ended() {
		return Recognition{}, w.err
	}
	f, d, score, err := sniff(head, w.ended())
	if err != nil {
		return Recognition{}, err
	}
	sample, err := look(ctx, w, d)
	if err != nil {
		return Recognition{}, err
	}
	r, err := sample.recognition(s, o, d)
	if err != nil {
		return Recognition{}, err
	}
	if r.Format == "" {
		r.Format = f.name
	}
	r.Packed = u.packed
	r.Confidence *= score
	if u.encoding != "" {
		r.Warnings = append(r.Warnings, "the text is not UTF-8; read as "+u.encoding)
	}
	return r, nil
}

// sniff finds the format that fits the head best.
func sniff(head []byte, whole bool) (format, dialect, float64, error) {
	if len(bytes.TrimSpace(trimBOM(head))) == 0 {
		return format{}, nil, 0, fmt.Errorf("%w: the file is empty", ErrUnrecognised)
	}
	if what := foreign(head); what != "" {
		return format{}, nil, 0, fmt.Errorf("%w: this is %s; export it as CSV or JSON lines", ErrUnrecognised, what)
	}
	var best format
	var found dialect
	var score float64
	var why []string
	for _, f := range formats {
		d, fit, no := f.sniff(head, whole)
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
	{"PAR1", "a Parquet file"}, {"SQLite format 3\x00", "an SQLite database"}, {"PK\x03\x04", "a zip or Excel file"},
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
	surveys []*survey
	layout  *layout
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
			if s.layout = layoutOf(&rec.fields); s.layout != nil && s.layout.complete != nil {
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
	g, err := guessKind(s.surveys, said)
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
	if s.dropped > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("more than %d fields; the rest is left out", maxFields))
	}
	if s.doubled > 0 {
		r.Warnings = append(r.Warnings, "records hold a key twice; the last value counts")
	}
	return r, nil
}

// say puts the layout's roles where a person said nothing.
func (l *layout) say(surveys []*survey, said []analysis.Role) {
	for i, s := range surveys {
		if role := l.roles[s.path]; role != "" && said[i] == "" && slotOf(said, role) < 0 {
			said[i] = role
		}
	}
}
