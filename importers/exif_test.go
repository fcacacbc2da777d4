package importers

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/image/bmp"
)

// exifJPEG is a small JPEG with a time of its own, in either byte order.
func exifJPEG(t *testing.T, order binary.AppendByteOrder, mark, taken string) []byte {
	t.Helper()
	tiff := []byte(mark)
	tiff = order.AppendUint16(tiff, 42)
	tiff = order.AppendUint32(tiff, 8)
	entry := func(tag, kind uint16, n, v uint32) {
		tiff = order.AppendUint16(tiff, tag)
		tiff = order.AppendUint16(tiff, kind)
		tiff = order.AppendUint32(tiff, n)
		tiff = order.AppendUint32(tiff, v)
	}
	tiff = order.AppendUint16(tiff, 1)
	entry(exifPointer, 4, 1, 26)
	tiff = order.AppendUint32(tiff, 0)
	tiff = order.AppendUint16(tiff, 1)
	entry(exifOriginal, 2, uint32(len(taken)+1), 44)
	tiff = order.AppendUint32(tiff, 0)
	tiff = append(append(tiff, taken...), 0)
	var picture bytes.Buffer
	m := image.NewRGBA(image.Rect(0, 0, 8, 8))
	m.Set(1, 1, color.White)
	if err := jpeg.Encode(&picture, m, nil); err != nil {
		t.Fatal(err)
	}
	out := []byte{0xff, 0xd8, 0xff, 0xe1}
	out = binary.BigEndian.AppendUint16(out, uint16(2+6+len(tiff)))
	out = append(append(out, "Exif\x00\x00"...), tiff...)
	return append(out, picture.Bytes()[2:]...)
}

func TestExifTaken(t *testing.T) {
	want := time.Date(2026, 3, 7, 6, 28, 0, 0, time.UTC).UnixNano()
	for _, test := range []struct {
		name  string
		raw   []byte
		taken bool
	}{
		{"little end first", exifJPEG(t, binary.LittleEndian, "II", "2026:03:07 06:28:00"), true},
		{"big end first", exifJPEG(t, binary.BigEndian, "MM", "2026:03:07 06:28:00"), true},
		{"a camera without a clock", exifJPEG(t, binary.LittleEndian, "II", "0000:00:00 00:00:00"), false},
		{"no JPEG", []byte("GIF89a"), false},
		{"cut off", exifJPEG(t, binary.LittleEndian, "II", "2026:03:07 06:28:00")[:40], false},
	} {
		t.Run(test.name, func(t *testing.T) {
			ns, ok := exifTaken(test.raw)
			if ok != test.taken || ok && ns != want {
				t.Errorf("taken %v %v", time.Unix(0, ns).UTC(), ok)
			}
		})
	}
}

// Pictures of every kind are frames, with the time they carry.
func TestPicturesOfEveryKind(t *testing.T) {
	dir := t.TempDir()
	var b bytes.Buffer
	if err := bmp.Encode(&b, image.NewRGBA(image.Rect(0, 0, 4, 3))); err != nil {
		t.Fatal(err)
	}
	// The smallest lossless WebP: one pixel.
	webp := []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")
	for name, raw := range map[string][]byte{"a.bmp": b.Bytes(), "b.webp": webp, "c.jpg": exifJPEG(t, binary.BigEndian, "MM", "2026:03:07 06:28:00")} {
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, got := load(t, dir, Options{})
	if len(got.rows) != 3 || len(got.rejects) > 0 {
		t.Fatalf("%d frames, rejects %q", len(got.rows), got.reasons())
	}
	if got.rows[0]["width"] != "4" || got.rows[1]["width"] != "1" || got.rows[2]["time"] != "2026-03-07T06:28:00Z" {
		t.Errorf("frames are %v", got.rows)
	}
}

// FuzzExif checks that no picture's own account breaks its reader.
func FuzzExif(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00"))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00*\x00\x00\x00\x08"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if ns, ok := exifTaken(raw); ok && (ns < 946684800e9 || ns >= 4102444800e9) {
			t.Errorf("taken at %d", ns)
		}
	})
}
