package importers

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// Knative's event display prints CloudEvents for people, and so KServe's
// documentation logs them:
//
//	☁️  cloudevents.Event
//	Context Attributes,
//	  type: org.kubeflow.serving.inference.request
//	  id: 0009174a-..
//	Extensions,
//	  inferenceservicename: sklearn-iris
//	Data,
//	  { "instances": [...] }
//
// Each becomes the JSON event it was, and goes on as any other; see kserve.
// Source: cloudevents/sdk-go, Event.String.

var _ = register(format{name: "cloudevents", certain: true, sniff: func(h head) (dialect, float64, string) {
	if !bytes.HasPrefix(trimBOM(h.text), eventMark) {
		return nil, 0, ""
	}
	return eventDisplay{}, 1, ""
}})

var eventMark = []byte("☁️")

type eventDisplay struct{}

func (eventDisplay) warnings() []string        { return nil }
func (eventDisplay) decoder(w *window) decoder { return &eventDecoder{w: w} }

type eventDecoder struct {
	w    *window
	tree value
}

func (d *eventDecoder) last() *value { return &d.tree }

func (d *eventDecoder) next(rec *record) error {
	for {
		rest := d.w.rest()
		if end := bytes.Index(rest[min(len(rest), 1):], append([]byte{'\n'}, eventMark...)); end >= 0 {
			return d.event(rec, rest[:end+2])
		}
		switch err := d.w.more(); {
		case err == nil:
		case errors.Is(err, io.EOF) && len(bytes.TrimSpace(rest)) > 0:
			return d.event(rec, rest)
		case errors.Is(err, errTooLong):
			rec.reset(d.w)
			bad := &badRecord{why: err.Error(), raw: rawOf(d.w)}
			d.w.skip(len(d.w.rest()))
			return bad
		default:
			return err
		}
	}
}

// event makes a tree of one event's text.
func (d *eventDecoder) event(rec *record, text []byte) error {
	rec.reset(d.w)
	attributes, data, _ := bytes.Cut(text, []byte("\nData,"))
	d.tree = value{kind: objectCell}
	for line := range strings.Lines(string(attributes)) {
		if key, v, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && strings.HasPrefix(line, "  ") {
			d.tree.keys = append(d.tree.keys, key)
			d.tree.kids = append(d.tree.kids, value{kind: textCell, text: []byte(v)})
		}
	}
	body, err := parseValue(bytes.Clone(data))
	d.w.skip(len(text))
	if err != nil {
		return &badRecord{why: "the event's data is not JSON: " + err.Error(), raw: bytes.Clone(text[:min(len(text), maxRaw)])}
	}
	d.tree.keys, d.tree.kids = append(d.tree.keys, "data"), append(d.tree.kids, *body)
	return nil
}
