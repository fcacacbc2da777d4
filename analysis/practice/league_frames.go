package practice

import (
	"image"
	"time"

	"andon/analysis"
	"andon/analysis/camera"
)

// album holds the frames of a round that were kept.
type album struct{ shown []shown }

// mostShown is how many frames of a window a triage gets to see.
const mostShown = 40

// captions are the columns a frame is labelled with, where the log has them.
var captions = []string{"line", "station", "camera", "sku", "shift"}

// sample takes the frames of both windows within a slice, evenly over each.
func (a *album) sample(t *analysis.Table, w analysis.Windows, where analysis.Where) (before, after []camera.Sample, err error) {
	match, err := t.Match(where)
	if err != nil {
		return nil, nil, err
	}
	return a.read(t, match, w.Before), a.read(t, match, w.After), nil
}

func (a *album) read(t *analysis.Table, match analysis.Mask, w analysis.Window) []camera.Sample {
	times := t.Role(analysis.RoleTime).Times
	from, to := w.From.UnixNano(), w.To.UnixNano()
	var in []shown
	for _, s := range a.shown {
		if at := times[s.row]; at >= from && at < to && match.Has(s.row) {
			in = append(in, s)
		}
	}
	n := min(mostShown, len(in))
	samples := make([]camera.Sample, n)
	for i := range samples {
		samples[i] = caption(t, in[i*len(in)/n])
	}
	return samples
}

func caption(t *analysis.Table, s shown) camera.Sample {
	at := time.Unix(0, t.Role(analysis.RoleTime).Times[s.row]).UTC()
	f := camera.Sample{
		Frame:   camera.Frame{ID: int64(s.row) + 1, Row: int64(s.row) + 1, Time: at, Width: Side, Height: Side},
		Picture: image.Image(s.glance.picture), Caption: map[string]string{},
	}
	for _, v := range s.glance.features[atCamera] {
		f.Features = append(f.Features, float64(v))
	}
	for _, name := range captions {
		if c := t.Column(name); c != nil && !c.Null(s.row) {
			f.Caption[name] = c.String(s.row)
		}
	}
	if c := t.Role(analysis.RolePrediction); c != nil {
		f.Prediction = c.String(s.row)
	}
	if c := t.Role(analysis.RoleLabel); c != nil {
		f.Label = c.String(s.row)
	}
	if q := t.Quality()[s.row]; t.Measure().Realised() && t.Measure().Scale == analysis.Proportion && q == q {
		f.Known, f.Wrong = true, q < 0.5
	}
	return f
}
