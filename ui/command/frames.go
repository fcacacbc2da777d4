package command

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"time"

	"andon/analysis"
	"andon/analysis/camera"
)

// samples are the decoded frames of both windows within a slice.
type samples struct {
	before, after []camera.Sample
}

// mostFrames bounds the frames decoded per window: more show nothing new and
// would take seconds. They are taken evenly over the window.
const mostFrames = 300

// sampleFrames decodes the thumbnails of both windows within the slice, with
// what the log says about their rows.
func (s *session) sampleFrames(ctx context.Context, w analysis.Windows, where analysis.Where) (before, after []camera.Sample, err error) {
	key := fmt.Sprint(w, where)
	s.mu.Lock()
	known := s.frames[key]
	s.mu.Unlock()
	if known != nil {
		return known.before, known.after, nil
	}
	table, err := s.log(ctx)
	if err != nil || table == nil {
		return nil, nil, err
	}
	match, err := table.Match(where)
	if err != nil {
		return nil, nil, err
	}
	listed, err := s.file.Frames(ctx)
	if err != nil {
		return nil, nil, err
	}
	reader := sampleReader{session: s, table: table, match: match, listed: listed}
	found := &samples{}
	if found.before, err = reader.read(ctx, w.Before); err != nil {
		return nil, nil, err
	}
	if found.after, err = reader.read(ctx, w.After); err != nil {
		return nil, nil, err
	}
	s.mu.Lock()
	s.frames[key] = found
	s.mu.Unlock()
	return found.before, found.after, nil
}

type sampleReader struct {
	*session
	table  *analysis.Table
	match  analysis.Mask
	listed []camera.Frame
}

// read takes the frames of one window whose row is in the slice.
func (r sampleReader) read(ctx context.Context, w analysis.Window) ([]camera.Sample, error) {
	var kept []camera.Frame
	times := r.table.Role(analysis.RoleTime).Times
	for _, f := range r.listed {
		if row := f.Row - 1; row >= 0 && row < int64(len(times)) {
			f.Time = time.Unix(0, times[row]).UTC()
		}
		if row := f.Row - 1; w.Contains(f.Time) && row >= 0 && row < int64(r.table.Rows()) && r.match.Has(int(row)) {
			kept = append(kept, f)
		}
	}
	kept = evenly(kept, mostFrames)
	out := make([]camera.Sample, 0, len(kept))
	for _, f := range kept {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		whole, err := r.file.Frame(ctx, f.ID)
		if err != nil {
			return nil, err
		}
		f.Thumb = whole.Thumb
		out = append(out, r.sample(f))
	}
	return out, nil
}

// evenly keeps at most n of the frames, spread over the list.
func evenly(frames []camera.Frame, n int) []camera.Frame {
	if len(frames) <= n {
		return frames
	}
	kept := make([]camera.Frame, n)
	for i := range kept {
		kept[i] = frames[i*len(frames)/n]
	}
	return kept
}

// captionRoles are the columns worth reading beneath a frame.
var captionRoles = []string{"line", "station", "camera", "sku", "shift", "sensor", "place"}

func (r sampleReader) sample(f camera.Frame) camera.Sample {
	s := camera.Sample{Frame: f, Caption: map[string]string{}, Picture: decodeThumb(f.Thumb)}
	row := int(f.Row - 1)
	for i := range r.table.Fields() {
		field := r.table.Fields()[i]
		column := r.table.Column(field.Name)
		switch {
		case field.Derived() && field.Type == analysis.Number:
			s.Features = append(s.Features, column.Numbers[row])
		case field.Role == analysis.RolePrediction:
			s.Prediction = column.String(row)
		case field.Role == analysis.RoleLabel:
			s.Label = column.String(row)
		}
	}
	for _, name := range captionRoles {
		if column := r.table.Column(name); column != nil && !column.Null(row) {
			s.Caption[name] = column.String(row)
		}
	}
	if correct := r.table.Role(analysis.RoleCorrect); correct != nil && !correct.Null(row) {
		s.Known, s.Wrong = true, correct.Numbers[row] == 0
	}
	return s
}

// mostThumb bounds a thumbnail's pixels: the store keeps at most 160 a side,
// but a file from somebody else may hold anything.
const mostThumb = 1 << 20

// decodeThumb is nil for a picture that cannot be decoded or is too large.
func decodeThumb(thumb []byte) image.Image {
	config, _, err := image.DecodeConfig(bytes.NewReader(thumb))
	if err != nil || config.Width <= 0 || config.Height <= 0 || config.Width > mostThumb/config.Height {
		return nil
	}
	picture, _, err := image.Decode(bytes.NewReader(thumb))
	if err != nil {
		return nil
	}
	return picture
}
