package importers

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"andon/analysis"
	"andon/importers/clock"
)

// framing is what is known of frames beside the pictures: what the mapping says
// their paths tell, when a video began, and when a COCO file beside them says
// each was captured.
type framing struct {
	template *template
	zone     *time.Location
	began    int64            // of a video, or NoTime
	captured map[string]int64 // by file name
}

// framed prepares the frames of a source. More than the pictures is optional,
// so it fails only where the mapping is wrong.
func (s Source) framed(o Options) (*framing, error) {
	f := &framing{began: analysis.NoTime}
	if s.Images > 0 {
		f.captured = s.captions()
	}
	if o.Mapping == nil {
		return f, nil
	}
	var err error
	if f.template, err = newTemplate(o.Mapping.Frames.Path); err != nil {
		return nil, err
	}
	if o.Mapping.Time.Zone != "" {
		if f.zone, err = time.LoadLocation(o.Mapping.Time.Zone); err != nil {
			return nil, err
		}
	}
	if began := o.Mapping.Frames.Began; began != "" {
		if f.began, err = beginning(began, f.zone); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// beginning reads when a video began.
func beginning(text string, zone *time.Location) (int64, error) {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t.UnixNano(), nil
	}
	ns, ok := clock.Find(text)
	if !ok {
		return 0, fmt.Errorf("frames.began: %q is no time such as 2026-03-07T06:28:00", text)
	}
	return inZone(ns, zone), nil
}

// fields are the columns of the source's frames.
func (f *framing) fields() []analysis.Field {
	fields := frameFields()
	if f != nil {
		fields = append(fields, f.template.fields()...)
	}
	return fields
}

// of is what is known of one frame: the template's values, and when it was
// taken, if anything but the picture says so.
func (f *framing) of(name string) placed {
	p := placed{at: analysis.NoTime}
	if f == nil {
		return p
	}
	if f.template != nil {
		p = f.template.place(name, f.zone)
	}
	if at, ok := f.captured[path.Base(name)]; ok && p.at == analysis.NoTime {
		p.at = at
	}
	return p
}

// captionBytes bounds a COCO file that is read for its images' times.
const captionBytes = 64 << 20

// captions are the times that COCO files beside the images, or in the directory
// "annotations" beside theirs, give for them: "date_captured" by "file_name".
func (s Source) captions() map[string]int64 {
	captured := map[string]int64{}
	for _, pattern := range []string{path.Join(s.name, "*.json"), path.Join(path.Dir(s.name), "annotations", "*.json"), path.Join(path.Dir(s.name), "*.json")} {
		names, err := fs.Glob(s.fsys, pattern)
		if err != nil {
			continue
		}
		for _, name := range names {
			s.caption(name, captured)
		}
	}
	return captured
}

// caption reads one file; what is no COCO file adds nothing.
func (s Source) caption(name string, captured map[string]int64) {
	file, err := s.fsys.Open(name)
	if err != nil {
		return
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > captionBytes {
		return
	}
	d := json.NewDecoder(io.LimitReader(file, captionBytes))
	if first, err := d.Token(); err != nil || first != json.Delim('{') {
		return
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return
		}
		if key == "images" {
			readCaptions(d, captured)
			return
		}
		var passed json.RawMessage
		if d.Decode(&passed) != nil {
			return
		}
	}
}

// readCaptions reads COCO's list of images.
func readCaptions(d *json.Decoder, captured map[string]int64) {
	var images []struct {
		File string `json:"file_name"`
		At   string `json:"date_captured"`
	}
	var mistyped *json.UnmarshalTypeError
	if err := d.Decode(&images); err != nil && !errors.As(err, &mistyped) {
		return
	}
	for _, image := range images {
		if ns, ok := dateCaptured(image.At); ok {
			captured[path.Base(slashed(image.File))] = ns
		}
	}
}

// dateCaptured reads COCO's "date_captured", which some write with a zone.
func dateCaptured(text string) (ns int64, ok bool) {
	text = strings.TrimSpace(text)
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil && clock.Plausible(t.UnixNano()) {
		return t.UnixNano(), true
	}
	return clock.Find(strings.ReplaceAll(text, "/", "-"))
}

// slashed is a path with Windows' separators made ours.
func slashed(p string) string { return strings.ReplaceAll(p, `\`, "/") }
