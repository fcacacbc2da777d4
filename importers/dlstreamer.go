package importers

import (
	"strconv"
	"strings"
	"time"

	"andon/analysis"
)

// Intel's DL Streamer (gvametaconvert, and Pipeline Server around it) writes a
// frame as
//
//	{"objects":[{"detection":{"label":"porosity","confidence":0.9,"bounding_box":{..}},"x":..}],
//	 "resolution":{..},"source":"rtsp://cam-07","timestamp":1200000000,"system_timestamp":"2026-..","rtp":{..}}
//
// timestamp counts from the pipeline's start and is no date; a date is the
// sender's NTP time or the host's. A row is an object; its further models'
// answers are columns. Empty frames are written only on request, so their
// share is not known. Source: jsonconverter.cpp of DL Streamer.

var _ = addEnvelope(envelope{
	layout: layout{name: "dlstreamer", roles: answerRoles},
	kind:   analysis.InferenceKind,
	matches: func(v *value) bool {
		v = dlFrame(v)
		if list := v.get("objects").list(); len(list) > 0 {
			return list[0].get("detection") != nil
		}
		return v.has("resolution", "source", "timestamp")
	},
	open: func(o origin) unpacker { return &dlStreamer{origin: o} },
})

// dlFrame is the frame within Pipeline Server's message, or the message.
func dlFrame(v *value) *value {
	if inner := v.get("metadata"); inner.is(objectCell) && inner.has("resolution") {
		return inner
	}
	return v
}

type dlStreamer struct {
	origin  origin
	frame   int
	elapsed bool
}

func (d *dlStreamer) holds() bool { return false }

func (d *dlStreamer) close(*fan) []string {
	if d.elapsed {
		return []string{"its frames carry only the time since the pipeline started; they count from 2000-01-01T00:00:00Z"}
	}
	return nil
}

func (d *dlStreamer) unpack(v *value, out *fan) string {
	v = dlFrame(v)
	objects := v.get("objects").list()
	d.frame++
	id := v.get("source").str() + "/" + v.get("timestamp").str()
	for i := range objects {
		r := out.next()
		d.about(v, r, id+"/"+strconv.Itoa(i))
		dlObject(&objects[i], r)
	}
	if len(objects) == 0 {
		r := out.next()
		d.about(v, r, id)
		r.text("prediction", "none")
	}
	return ""
}

func (d *dlStreamer) about(v *value, r *row, id string) {
	switch ns, ok := v.get("rtp", "sender_ntp_unix_timestamp_ns").number(); {
	case ok && ns > 0:
		r.time("time", time.Unix(0, int64(ns)))
	case v.get("system_timestamp").str() != "":
		r.text("time", zoneColon(v.get("system_timestamp").str()))
	default:
		d.elapsed = true
		since, _ := v.get("timestamp").number()
		r.time("time", anchor.Add(time.Duration(since)))
	}
	r.text("id", id)
	r.text("camera", v.get("source").str())
	r.below("tags", orEmpty(v.get("tags")))
}

func orEmpty(v *value) *value {
	if v.is(objectCell) {
		return v
	}
	return &value{}
}

// zoneColon repairs the offset that DL Streamer writes with a colon too many:
// 2026-03-07T06:28:00.120:+0100.
func zoneColon(s string) string {
	for _, sign := range []string{":+", ":-"} {
		if i := strings.LastIndex(s, sign); i > 0 {
			return s[:i] + s[i+1:]
		}
	}
	return s
}

// dlObject puts an object: what the detector said, then what others did.
func dlObject(v *value, r *row) {
	r.value("prediction", v.get("detection", "label"))
	r.value("confidence", v.get("detection", "confidence"))
	r.value("track", v.get("id"))
	for _, side := range []string{"x", "y", "w", "h"} {
		r.value("box."+side, v.get(side))
	}
	for i, key := range v.keys {
		kid := &v.kids[i]
		if key != "detection" && kid.is(objectCell) && kid.has("label") {
			r.value(key+".label", kid.get("label"))
			r.value(key+".confidence", kid.get("confidence"))
		}
	}
}
