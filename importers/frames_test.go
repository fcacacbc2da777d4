package importers

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"andon/analysis"
)

// picture is a plain image of a colour.
func picture(width, height int, c color.Color) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		img.Set(i%width, i/width, c)
	}
	return img
}

func encoded(t *testing.T, encode func(b *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hugePNG is a header that claims 60,000 x 60,000 pixels and holds none.
func hugePNG() []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(data)))
		body := append([]byte(kind), data...)
		b = append(b, body...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(body))
	}
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 60_000), 60_000)
	chunk("IHDR", append(header, 8, 2, 0, 0, 0))
	chunk("IDAT", nil)
	chunk("IEND", nil)
	return b
}

func TestFrames(t *testing.T) {
	gray, black := picture(64, 48, color.Gray{128}), picture(640, 320, color.Black)
	small := encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, gray) })
	fsys := fstest.MapFS{
		"gloves/frames/20260307_062800_cam1.png": {Data: small},
		"gloves/frames/b.jpg":                    {Data: encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, black, nil) })},
		"gloves/frames/c.gif":                    {Data: encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, gray, nil) })},
		"gloves/frames/d.png":                    {Data: hugePNG()},
		"gloves/frames/e.png":                    {Data: small[:len(small)/2]},
		"gloves/frames/f.png":                    {Data: []byte("no image")},
	}
	sources, _, err := FindFS(fsys, "gloves")
	if err != nil || len(sources) != 1 || sources[0].Images != 6 {
		t.Fatalf("sources %v, error %v", sources, err)
	}
	r, got := loadSource(t, sources[0], Options{})
	if r.Kind != analysis.FrameKind || got.err != nil {
		t.Fatalf("kind %s, error %v", r.Kind, got.err)
	}
	for i, want := range []map[string]string{
		{"path": "frames/20260307_062800_cam1.png", "time": "2026-03-07T06:28:00Z", "width": "64", "height": "48", "frame.luma": "128"},
		{"path": "frames/b.jpg", "width": "640", "height": "320", "frame.luma": "0"},
		{"path": "frames/c.gif", "width": "64", "height": "48"},
	} {
		for name, value := range want {
			if got.rows[i][name] != value {
				t.Errorf("frame %d: %s is %q, want %q", i, name, got.rows[i][name], value)
			}
		}
	}
	reasons := got.reasons()
	if len(got.rows) != 3 || len(got.rejects) != 3 || got.offset != 6 {
		t.Fatalf("%d frames, rejects %q", len(got.rows), reasons)
	}
	for _, want := range []string{"frames/d.png: 60000 x 60000 pixels, more than 40 million", "frames/e.png: damaged image", "frames/f.png: not an image"} {
		if !strings.Contains(reasons, want) {
			t.Errorf("rejects are %q, want %q", reasons, want)
		}
	}
}

// A small PNG is its own thumbnail; anything else becomes a JPEG of at most
// 160 pixels a side in the same proportions.
func TestThumbnails(t *testing.T) {
	for _, test := range []struct {
		width, height int
		kind          string
		wide, high    int
	}{
		{160, 160, "png", 160, 160}, {161, 10, "png", 160, 9}, {10, 1600, "png", 1, 160}, {640, 320, "jpeg", 160, 80}, {1, 1, "gif", 1, 1}, {50, 40, "jpeg", 50, 40},
	} {
		img := picture(test.width, test.height, color.RGBA{200, 10, 10, 255})
		raw := encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, img) })
		thumb, err := thumbnail(img, test.kind, raw)
		if err != nil {
			t.Fatal(err)
		}
		kept := test.kind == "png" && test.width <= 160 && test.height <= 160
		if bytes.Equal(thumb, raw) != kept {
			t.Errorf("%dx%d %s kept as it is: %v", test.width, test.height, test.kind, !kept)
		}
		small, _, err := image.DecodeConfig(bytes.NewReader(thumb))
		if err != nil || small.Width != test.wide || small.Height != test.high {
			t.Errorf("%dx%d became %dx%d, %v", test.width, test.height, small.Width, small.Height, err)
		}
	}
}

// A directory that was given itself gives its name to the paths of its images;
// reading on begins at the image after the offset.
func TestFramePathsAndResume(t *testing.T) {
	fsys := fstest.MapFS{}
	small := encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, picture(2, 2, color.White)) })
	for i := range 2*batchImages + 10 {
		fsys[fmt.Sprintf("frames/%04d.png", i)] = &fstest.MapFile{Data: small}
	}
	sources, _, err := FindFS(fsys, "frames")
	if err != nil {
		t.Fatal(err)
	}
	_, whole := loadSource(t, sources[0], Options{})
	if len(whole.rows) != 2*batchImages+10 || whole.rows[3]["path"] != "frames/0003.png" {
		t.Fatalf("%d frames, the fourth is %q", len(whole.rows), whole.rows[3]["path"])
	}
	rest := loaded{fields: map[string]analysis.Field{}}
	for b, err := range sources[0].Read(context.Background(), Recognition{}, batchImages, nil) {
		if err != nil {
			t.Fatal(err)
		}
		rest.add(t, b)
	}
	if len(rest.rows) != batchImages+10 || rest.rows[0]["path"] != fmt.Sprintf("frames/%04d.png", batchImages) {
		t.Errorf("%d frames after the first batch, from %q", len(rest.rows), rest.rows[0]["path"])
	}
}
