package importers

import (
	"bytes"
	"path"
	"strconv"
	"strings"

	"andon/analysis"
)

// YOLO keeps the labels of each image in a text file of the image's name, an
// object a line, all numbers but the class as shares of the image:
//
//	class xc yc w h            a box
//	class xc yc w h conf       a box that a model found
//	class x1 y1 x2 y2 x3 ...   a polygon
//
// A directory of them is one source: the label of an image is the set of its
// classes, "Hole" or "Hole+Stain", or none where the file is empty; its id is
// the image's name without the ending. With confidences they are predictions.
// Names of classes come from data.yaml beside or above. Source: Ultralytics'
// documentation of its dataset format.

var _ = register(format{name: "yolo", certain: true, parts: true, sniff: sniffYOLO})

var _ = addEnvelope(envelope{
	layout:  layout{name: "yolo", roles: answerRoles},
	kind:    analysis.LabelKind,
	matches: func(v *value) bool { return v.has("yolo.image") && v.get("yolo.scored") == nil },
	open:    func(o origin) unpacker { return &yolo{origin: o, names: classesNear(o), truth: true} },
})

var _ = addEnvelope(envelope{
	layout:  layout{name: "yolo-predictions", roles: answerRoles},
	kind:    analysis.InferenceKind,
	matches: func(v *value) bool { return v.has("yolo.image", "yolo.scored") },
	open:    func(o origin) unpacker { return &yolo{origin: o, names: classesNear(o)} },
})

// sniffYOLO accepts text files whose every line is a class and shares.
func sniffYOLO(h head) (dialect, float64, string) {
	if path.Ext(strings.ToLower(h.path)) != ".txt" && h.text[0] != partMark {
		return nil, 0, ""
	}
	scored, objects := false, 0
	for _, line := range firstLines(h, 200) {
		if _, _, ok := partLine(line); ok {
			continue
		}
		n := yoloShares(line)
		if n == 0 {
			return nil, 0, ""
		}
		objects++
		scored = scored || n%2 == 1
	}
	if objects == 0 {
		return nil, 0, ""
	}
	return yoloDialect{scored}, 1, ""
}

// yoloShares counts the shares behind the class, 0 where it is no YOLO line.
func yoloShares(line []byte) int {
	fields := bytes.Fields(line)
	if len(fields) < 5 {
		return 0
	}
	if class, err := strconv.Atoi(string(fields[0])); err != nil || class < 0 || class > 10_000 {
		return 0
	}
	for _, f := range fields[1:] {
		if v, ok := parseNumber(f, false); !ok || v < 0 || v > 1.001 {
			return 0
		}
	}
	return len(fields) - 1
}

// yoloDialect reads an image's file as one record.
type yoloDialect struct{ scored bool }

func (d yoloDialect) warnings() []string { return nil }

func (d yoloDialect) decoder(w *window) decoder {
	return lineDialect{parse: func() func([]byte, *row) string {
		return func(line []byte, r *row) string {
			if name, modified, ok := partLine(line); ok {
				r.text("yolo.image", name)
				if !modified.IsZero() {
					r.time("yolo.modified", modified)
				}
			} else {
				r.text("yolo.image", "\x00") // the image before
				r.put("yolo.object", textCell, line)
			}
			if d.scored {
				r.text("yolo.scored", "true")
			}
			return ""
		}
	}}.decoder(w)
}

// yolo gathers the objects of one image after another.
type yolo struct {
	origin  origin
	names   []string
	truth   bool
	image   string
	at      string // when its file was written
	found   classSet
	undated int
}

func (y *yolo) holds() bool { return y.image != "" }

func (y *yolo) close(out *fan) []string {
	y.flush(out)
	if y.undated > 0 && !y.truth {
		return []string{strconv.Itoa(y.undated) + " images have no time in their name; the file's own time stands for it"}
	}
	return nil
}

func (y *yolo) unpack(v *value, out *fan) string {
	if name := v.get("yolo.image").str(); name != "\x00" {
		y.flush(out)
		y.image, y.at = name, v.get("yolo.modified").str()
	} else if y.image == "" {
		y.image = y.origin.name
	}
	line := v.get("yolo.object")
	if line == nil {
		return ""
	}
	n := yoloShares(line.text)
	if n == 0 {
		return rejectf("not class and shares of the image: %.60q", line.text)
	}
	fields := bytes.Fields(line.text)
	class, _ := strconv.Atoi(string(fields[0]))
	confidence := 0.0
	if n%2 == 1 {
		confidence, _ = parseNumber(fields[n], false)
	}
	y.found.add(className(y.names, class), confidence)
	return ""
}

func (y *yolo) flush(out *fan) {
	if y.image == "" {
		return
	}
	r := out.next()
	id := imageID(y.image)
	r.text("id", id)
	if y.truth {
		r.text("label", y.found.String())
	} else {
		if ns, ok := timeInName(y.image); ok {
			r.number("time", float64(ns/1e6)/1e3)
		} else {
			y.undated++
			r.text("time", y.at)
		}
		r.text("prediction", y.found.String())
		r.number("confidence", y.found.least)
	}
	r.number("objects", float64(y.found.n))
	y.image, y.found = "", classSet{}
}

// imageID is the name by which labels, predictions and images agree: the
// file's, without directory and ending.
func imageID(name string) string {
	base := path.Base(strings.ReplaceAll(name, "\\", "/"))
	for _, ext := range []string{".txt", ".jpg", ".jpeg", ".png", ".bmp", ".webp"} {
		if strings.HasSuffix(strings.ToLower(base), ext) {
			return base[:len(base)-len(ext)]
		}
	}
	return base
}
