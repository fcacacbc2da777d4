package importers

import (
	"bytes"
	"encoding/binary"
	"time"
)

// A camera writes when it took a picture into the picture (Exif): a small TIFF
// in a JPEG's APP1 segment, whose directories hold the time as text.
//
//	FF D8 │ FF E1 len "Exif\0\0" │ II*\0 → IFD0 ─0x8769→ Exif IFD ─0x9003→ "2026:03:07 06:28:00"
//
// The time has no zone; it is taken as UTC, as other times without one are.
// Source: CIPA DC-008, sections 4.5 and 4.6.

const (
	exifTime     = 0x0132 // when the file was changed
	exifOriginal = 0x9003 // when the picture was taken
	exifPointer  = 0x8769 // to the Exif directory
	exifEntries  = 512    // in one directory at most
)

// exifTaken is when a JPEG was taken, by its own account.
func exifTaken(jpeg []byte) (ns int64, ok bool) {
	tiff := exifSegment(jpeg)
	if len(tiff) < 8 {
		return 0, false
	}
	e := exif{b: tiff, order: binary.LittleEndian}
	switch {
	case bytes.HasPrefix(tiff, []byte("MM")):
		e.order = binary.BigEndian
	case !bytes.HasPrefix(tiff, []byte("II")):
		return 0, false
	}
	first := e.order.Uint32(tiff[4:])
	text := e.find(first, exifTime)
	if pointer := e.find(first, exifPointer); len(pointer) == 4 {
		if original := e.find(e.order.Uint32(pointer), exifOriginal); original != nil {
			text = original
		}
	}
	at, err := time.Parse("2006:01:02 15:04:05", string(bytes.TrimRight(text, "\x00 ")))
	if err != nil || at.Year() < 2000 || at.Year() >= 2100 {
		return 0, false
	}
	return at.UnixNano(), true
}

// exifSegment is the TIFF in the first Exif segment before the picture's data.
func exifSegment(jpeg []byte) []byte {
	if !bytes.HasPrefix(jpeg, []byte{0xff, 0xd8}) {
		return nil
	}
	for b := jpeg[2:]; len(b) >= 4 && b[0] == 0xff && b[1] != 0xda; {
		n := int(binary.BigEndian.Uint16(b[2:]))
		if n < 2 || 2+n > len(b) {
			return nil
		}
		if body, found := bytes.CutPrefix(b[4:2+n], []byte("Exif\x00\x00")); found && b[1] == 0xe1 {
			return body
		}
		b = b[2+n:]
	}
	return nil
}

// exif is a TIFF in memory.
type exif struct {
	b     []byte
	order binary.ByteOrder
}

// find is the bytes of a tag's value in the directory at a place, or nil.
func (e exif) find(at uint32, tag uint16) []byte {
	size := uint64(len(e.b))
	if uint64(at)+2 > size {
		return nil
	}
	n := min(int(e.order.Uint16(e.b[at:])), exifEntries)
	for i := range n {
		entry := uint64(at) + 2 + 12*uint64(i)
		if entry+12 > size {
			return nil
		}
		if e.order.Uint16(e.b[entry:]) != tag {
			continue
		}
		length := uint64(e.order.Uint32(e.b[entry+4:]))
		if e.order.Uint16(e.b[entry+2:]) == 4 { // a LONG; texts count bytes
			length *= 4
		}
		from := entry + 8
		if length > 4 {
			from = uint64(e.order.Uint32(e.b[entry+8:]))
		}
		if from+length > size || length > 64 {
			return nil
		}
		return e.b[from : from+length]
	}
	return nil
}
