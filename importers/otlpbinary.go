package importers

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"github.com/klauspost/compress/zstd"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// The collector's file exporter has two binary forms, in which each request
// goes behind its length:
//
//	00 00 01 6b │ 28 b5 2f fd ...   zstd of one JSON request
//	00 00 01 6b │ 0a ...            protobuf
//
// Source: exporter/fileexporter/file_writer.go of opentelemetry-collector-contrib.

var _ = register(format{name: "otlp-binary", certain: true, sniff: func(h head) (dialect, float64, string) {
	if len(h.text) < 8 || binary.BigEndian.Uint32(h.text) > maxRecord || binary.BigEndian.Uint32(h.text) == 0 {
		return nil, 0, ""
	}
	body := h.text[4:]
	n := int(binary.BigEndian.Uint32(h.text))
	switch {
	case bytes.HasPrefix(body, zstdMagic):
		return otlpFrames{unpackZstd}, 1, ""
	case body[0] == 0x0a && n <= len(body) && asOTLP(body[:n]) != nil:
		return otlpFrames{func(p []byte) ([]byte, error) {
			if text := asOTLP(p); text != nil {
				return text, nil
			}
			return nil, errors.New("not a request of logs or metrics")
		}}, 1, ""
	}
	return nil, 0, ""
}})

var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// otlpFrames is the dialect of requests behind their lengths.
type otlpFrames struct {
	text func(frame []byte) (json []byte, err error)
}

func (d otlpFrames) warnings() []string        { return nil }
func (d otlpFrames) decoder(w *window) decoder { return &otlpFrameDecoder{w: w, text: d.text} }

type otlpFrameDecoder struct {
	w    *window
	text func([]byte) ([]byte, error)
	tree value
}

// treeReader is a decoder whose records are trees, never flat.
type treeReader interface {
	decoder
	last() *value
}

func (d *otlpFrameDecoder) last() *value { return &d.tree }

func (d *otlpFrameDecoder) next(rec *record) error {
	rec.reset(d.w)
	size := d.w.peek(4)
	if len(size) == 0 {
		return endOf(d.w)
	}
	n := 0
	if len(size) == 4 {
		n = int(binary.BigEndian.Uint32(size))
	}
	if n > maxRecord {
		return errors.New("a frame of more than 16 MiB; the file is damaged from here on")
	}
	frame := d.w.peek(4 + n)
	if len(size) < 4 || len(frame) < 4+n {
		return &badRecord{why: "the file ends inside this frame", raw: rawOf(d.w), tail: true}
	}
	text, err := d.text(frame[4:])
	d.w.skip(4 + n)
	if err != nil {
		return &badRecord{why: "a frame cannot be read: " + err.Error()}
	}
	tree, err := parseValue(text)
	if err != nil {
		return &badRecord{why: err.Error()}
	}
	d.tree = *tree
	return nil
}

// endOf is what ended a window that has nothing left.
func endOf(w *window) error {
	if w.err != nil {
		return w.err
	}
	return io.EOF
}

// unpackZstd unpacks one frame of bounded size.
func unpackZstd(p []byte) ([]byte, error) {
	z, err := zstd.NewReader(bytes.NewReader(p), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxZstdWindow), zstd.WithDecoderMaxMemory(4*maxRecord))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	text, err := io.ReadAll(io.LimitReader(z, maxRecord+1))
	if err == nil && len(text) > maxRecord {
		err = errTooLong
	}
	return text, err
}

// maxNested is more levels of messages than a value of 64 levels takes.
const maxNested = 128

// nests reports whether messages stand in one another deeper than levels. A
// frame of 15 MB of nothing else overflows the stack of the library that reads
// it, which no recover catches. Bytes that only look like a message do no
// harm: lengths in text are below 128, so a text cannot seem as deep.
func nests(b []byte, levels int) bool {
	if levels == 0 {
		return true
	}
	for len(b) > 0 {
		tag, n := binary.Uvarint(b)
		if n <= 0 {
			return false
		}
		b = b[n:]
		size := uint64(0)
		switch tag & 7 {
		case 0, 2:
			if size, n = binary.Uvarint(b); n <= 0 {
				return false
			}
			b = b[n:]
		case 1:
			size = 8
		case 5:
			size = 4
		}
		switch {
		case tag&7 == 0:
			continue
		case size > uint64(len(b)):
			return false
		case tag&7 == 2 && nests(b[:size], levels-1):
			return true
		}
		b = b[size:]
	}
	return false
}

// asOTLP is a protobuf request of logs or metrics as JSON, nil for neither.
// Both begin alike, so the one that holds records is meant.
func asOTLP(p []byte) []byte {
	if nests(p, maxNested) {
		return nil
	}
	if logs, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(p); err == nil && logs.LogRecordCount() > 0 {
		if text, err := (&plog.JSONMarshaler{}).MarshalLogs(logs); err == nil {
			return text
		}
	}
	if metrics, err := (&pmetric.ProtoUnmarshaler{}).UnmarshalMetrics(p); err == nil && metrics.DataPointCount() > 0 {
		if text, err := (&pmetric.JSONMarshaler{}).MarshalMetrics(metrics); err == nil {
			return text
		}
	}
	return nil
}
