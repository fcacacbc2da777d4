package importers

import (
	"fmt"
	"path"
	"strconv"
	"time"

	"andon/analysis"
)

// COCO's results are a list of detections; its ground truth one object:
//
//	[{"image_id":42,"category_id":18,"bbox":[x,y,w,h],"score":0.236}, ...]
//	{"images":[{"id":42,"file_name":..,"date_captured":..}],"annotations":[{"image_id":42,"category_id":18}],"categories":[{"id":18,"name":"dog"}]}
//
// Ultralytics writes the same as predictions.json, where image_id is the
// image's name and category_id the class plus one. Detections of one image
// become one row, its class the set of what was found, since that is what a
// label can be compared with. An image in which nothing was found is missing
// from the results: where labels lie beside them, it is a row that says none.
// Source: cocodataset.org/#format-results; ultralytics' DetectionValidator.

var _ = addEnvelope(envelope{
	layout:  layout{name: "coco", roles: answerRoles},
	kind:    analysis.InferenceKind,
	matches: func(v *value) bool { return v.has("image_id", "category_id", "score") },
	open:    openCOCO,
})

var _ = addEnvelope(envelope{
	layout:  layout{name: "coco-truth", roles: answerRoles},
	kind:    analysis.LabelKind,
	matches: func(v *value) bool { return v.has("images", "annotations", "categories") },
	open:    each(unpackTruth),
})

// coco gathers the detections of each image; they need not stand together.
type coco struct {
	origin  origin
	names   map[string]string // category → name
	shift   int               // what is taken from a category to be a class
	classes []string
	order   []string
	found   map[string]*classSet
	taken   map[string]time.Time // image → its date_captured
	files   map[string]string    // image → its file's name, which may carry a time
	missed  int
	undated int
}

// maxHeld bounds the images whose detections are gathered at once.
const maxHeld = 200_000

func openCOCO(o origin) unpacker {
	c := &coco{origin: o, found: map[string]*classSet{}, classes: classesNear(o), shift: 1,
		taken: map[string]time.Time{}, files: map[string]string{}}
	for _, file := range o.beside(".") {
		if path.Ext(file) != ".json" || path.Base(o.name) == file {
			continue
		}
		if truth, err := parseValue(o.near(file)); err == nil && truth.has("images", "categories") {
			c.names = categories(truth)
			for i := range truth.get("images").list() {
				c.known(&truth.get("images").kids[i])
			}
		}
	}
	return c
}

// known takes what a ground truth tells of an image.
func (c *coco) known(image *value) {
	id := image.get("id").str()
	c.image(id)
	c.files[id] = image.get("file_name").str()
	if ns, ok := dateCaptured(image.get("date_captured").str()); ok {
		c.taken[id] = time.Unix(0, ns)
	}
}

// when puts the time an image was taken: as the ground truth has it, as its
// name or its file's has it, or else that of the results.
func (c *coco) when(r *row, id string) (dated bool) {
	if at, ok := c.taken[id]; ok {
		r.time(fileTime, at)
		return true
	}
	if file := c.files[id]; file != "" {
		id = file
	}
	return c.origin.when(r, id)
}

// categories are the names in a ground truth.
func categories(truth *value) map[string]string {
	names := map[string]string{}
	for i := range truth.get("categories").list() {
		c := &truth.get("categories").kids[i]
		names[c.get("id").str()] = c.get("name").str()
	}
	return names
}

func (c *coco) holds() bool { return len(c.found) > 0 }

func (c *coco) image(id string) *classSet {
	s, ok := c.found[id]
	if !ok {
		s = &classSet{}
		c.found[id], c.order = s, append(c.order, id)
	}
	return s
}

func (c *coco) unpack(v *value, out *fan) string {
	id, category := v.get("image_id").str(), v.get("category_id").str()
	score, ok := v.get("score").number()
	if id == "" || category == "" || !ok {
		return "no image_id, category_id or score"
	}
	c.image(id).add(c.name(category), score)
	if len(c.found) > maxHeld {
		c.flush(out)
	}
	return ""
}

func (c *coco) name(category string) string {
	if name := c.names[category]; name != "" {
		return name
	}
	if n, err := strconv.Atoi(category); err == nil && len(c.classes) > 0 {
		return className(c.classes, n-c.shift)
	}
	return category
}

func (c *coco) close(out *fan) []string {
	c.labelled()
	c.flush(out)
	var notes []string
	if c.missed > 0 {
		notes = append(notes, fmt.Sprintf("%d labelled images have no detection in the results; each is a row that says none", c.missed))
	}
	if c.undated > 0 {
		notes = append(notes, fmt.Sprintf("%d images have no time in their name; the file's own time stands for it", c.undated))
	}
	return notes
}

// labelled adds the images whose YOLO labels lie beside the results.
func (c *coco) labelled() {
	for _, dir := range []string{"labels", "../labels"} {
		for _, file := range c.origin.beside(dir) {
			if path.Ext(file) == ".txt" {
				c.image(imageID(file))
			}
		}
	}
}

func (c *coco) flush(out *fan) {
	for _, id := range c.order {
		found := c.found[id]
		r := out.next()
		if !c.when(r, id) {
			c.undated++
		}
		r.text("id", imageID(id))
		r.text("prediction", found.String())
		if found.n > 0 {
			r.number("confidence", found.least)
		} else {
			c.missed++
		}
		r.number("objects", float64(found.n))
	}
	c.order, c.found = nil, map[string]*classSet{}
}

// unpackTruth makes a label of each image.
func unpackTruth(v *value, out *fan) string {
	names, sets := categories(v), map[string]*classSet{}
	for i := range v.get("annotations").list() {
		a := &v.get("annotations").kids[i]
		id, category := a.get("image_id").str(), a.get("category_id").str()
		if sets[id] == nil {
			sets[id] = &classSet{}
		}
		if name := names[category]; name != "" {
			category = name
		}
		sets[id].add(category, 1)
	}
	images := v.get("images").list()
	for i := range images {
		id := images[i].get("id").str()
		set := sets[id]
		if set == nil {
			set = &classSet{}
		}
		r := out.next()
		r.text("id", id)
		r.text("label", set.String())
		r.text("file", images[i].get("file_name").str())
		delete(sets, id)
	}
	if len(sets) > 0 && len(images) == 0 {
		return "annotations, but no images"
	}
	return ""
}
