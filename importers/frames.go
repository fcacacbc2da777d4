package importers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"path"
	"strings"
	"sync/atomic"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/webp"

	"andon/analysis"
	"andon/analysis/camera"
	"andon/importers/clock"
)

// A directory of images is a source of frames: one record an image, in the
// order of their names.
//
//	frames/20260307_062800.png ─▶ path, time, thumb ≤ 160 px, width, height,
//	                              frame.luma, frame.contrast, ...
//
// Offset counts images. An image is decoded only after its header told a
// bearable size: sixty bytes of PNG can ask for gigabytes.
const (
	maxPixels     = 40_000_000
	maxImageBytes = 64 << 20
	batchImages   = 64
)

// isPicture reports whether a file is named like an image Andon decodes.
func isPicture(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp":
		return true
	}
	return false
}

// framePath is an image's path as logs would write it: relative to the
// directory that was given.
func (s Source) framePath(name string) string { return path.Join(s.prefix, name) }

// frameFields are the columns of frames before their features.
func frameFields() []analysis.Field {
	field := func(r analysis.Role, t analysis.Type, unit string) analysis.Field {
		return analysis.Field{Name: string(r), Path: string(r), Role: r, Type: t, Unit: unit}
	}
	return []analysis.Field{
		field(analysis.RolePath, analysis.Text, ""), field(analysis.RoleTime, analysis.Time, ""),
		field(analysis.RoleThumb, analysis.Blob, ""),
		field(analysis.RoleWidth, analysis.Number, "px"), field(analysis.RoleHeight, analysis.Number, "px"),
	}
}

// recogniseImages needs no look at them: their names said what they are.
func (s Source) recogniseImages(o Options) (Recognition, error) {
	known, err := s.framed(o)
	if err != nil {
		return Recognition{}, err
	}
	r := Recognition{Format: "frames", Kind: analysis.FrameKind, Confidence: 1,
		Fields: append(known.fields(), analysis.FrameFields()...), Sampled: s.Images, framing: known}
	r.mappedBy(o)
	if known.template != nil {
		misfits := 0
		for _, name := range s.images {
			if !known.template.place(s.framePath(name), nil).fits {
				misfits++
			}
		}
		if misfits > 0 {
			r.Warnings = append(r.Warnings, fmt.Sprintf("the paths of %d of %d images do not fit the template %q", misfits, len(s.images), known.template.text))
		}
	}
	return r, nil
}

// frameBatch is a batch of frames being filled.
type frameBatch struct {
	own, features []*analysis.Builder
	rejects       []analysis.Reject
	bytes         int64
	n             int
}

func newFrameBatch(known *framing) *frameBatch {
	b := &frameBatch{}
	for _, f := range known.fields() {
		b.own = append(b.own, analysis.NewBuilder(f))
	}
	for _, f := range analysis.FrameFields() {
		b.features = append(b.features, analysis.NewBuilder(f))
	}
	return b
}

func (b *frameBatch) take(offset int64) *analysis.Batch {
	batch := &analysis.Batch{Kind: analysis.FrameKind, Rows: b.n, Offset: offset, Rejects: b.rejects}
	for _, c := range append(b.own, b.features...) {
		batch.Columns = append(batch.Columns, c.Column())
	}
	return batch
}

// readImages streams the images from the from-th on.
func (s Source) readImages(ctx context.Context, known *framing, from int64, progress *atomic.Int64, yield func(*analysis.Batch, error) bool) {
	b := newFrameBatch(known)
	for i := min(from, int64(len(s.images))); i < int64(len(s.images)); i++ {
		if err := ctx.Err(); err != nil {
			yield(nil, fmt.Errorf("%s: %w", s.Path, err))
			return
		}
		name := s.images[i]
		raw, err := s.readImage(name)
		if progress != nil {
			progress.Add(int64(len(raw)))
		}
		if err == nil {
			place := known.of(s.framePath(name))
			if place.at == analysis.NoTime {
				place.at = known.taken(name, raw)
			}
			err = b.add(s.framePath(name), raw, place)
		}
		if err != nil {
			b.rejects = append(b.rejects, analysis.Reject{Offset: i, Reason: s.framePath(name) + ": " + err.Error(),
				Raw: bytes.Clone(raw[:min(len(raw), maxRaw)])})
		}
		b.bytes += int64(len(raw))
		if b.n+len(b.rejects) >= batchImages || b.bytes >= batchBytes {
			if !yield(b.take(i+1), nil) {
				return
			}
			b = newFrameBatch(known)
		}
	}
	if b.n+len(b.rejects) > 0 {
		yield(b.take(int64(len(s.images))), nil)
	}
}

// readImage reads a file of bounded size. That it is a regular file is asked
// again of the open file, since a walk may be long ago.
func (s Source) readImage(name string) ([]byte, error) {
	file, err := s.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	raw, err := io.ReadAll(io.LimitReader(file, maxImageBytes+1))
	if err == nil && len(raw) > maxImageBytes {
		return nil, fmt.Errorf("larger than %d MB", maxImageBytes>>20)
	}
	return raw, err
}

// add decodes an image and appends its row.
func (b *frameBatch) add(name string, raw []byte, place placed) error {
	header, kind, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("not an image: %w", err)
	}
	if int64(header.Width)*int64(header.Height) > maxPixels {
		return fmt.Errorf("%d x %d pixels, more than 40 million", header.Width, header.Height)
	}
	picture, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("damaged image: %w", err)
	}
	thumb, err := thumbnail(picture, kind, raw)
	if err != nil {
		return fmt.Errorf("no thumbnail: %w", err)
	}
	b.own[0].Text(name)
	b.own[1].Time(place.at)
	b.own[2].Blob(thumb)
	b.own[3].Number(float64(header.Width))
	b.own[4].Number(float64(header.Height))
	for i, value := range place.values {
		b.own[5+i].Text(value)
	}
	analysis.AppendFrame(b.features, camera.Measure(picture))
	b.n++
	return nil
}

// taken is when an image was taken, by its name or its own account, else
// NoTime.
func (f *framing) taken(name string, raw []byte) int64 {
	ns, ok := timeInName(name)
	if !ok {
		ns, ok = exifTaken(raw)
	}
	switch {
	case !ok:
		return analysis.NoTime
	case f == nil:
		return ns
	}
	return inZone(ns, f.zone)
}

// timeInName finds a time in a file's name: twelve or fourteen digits of date
// and clock however separated, or an epoch in seconds or milliseconds.
func timeInName(name string) (ns int64, ok bool) {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	for i := 0; i < len(stem); i++ {
		if i > 0 && isDigit(stem[i-1]) {
			continue
		}
		if ns, ok := clock.Find(stem[i:]); ok {
			return ns, true
		}
	}
	return 0, false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
