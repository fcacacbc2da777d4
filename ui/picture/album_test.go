package picture_test

import (
	"image"
	"image/color"
	"testing"

	"pgregory.net/rapid"

	"andon/ui/picture"
	"andon/ui/uitest"
)

// An album shows what Draw draws, the first time and every other.
func TestAlbum(t *testing.T) {
	s := uitest.Truecolour(t)
	images := []image.Image{bench(32, 24, 20), bench(32, 24, 128), nil}
	rapid.Check(t, func(t *rapid.T) {
		album := picture.NewAlbum(s)
		for range rapid.IntRange(1, 300).Draw(t, "draws") {
			img := images[rapid.IntRange(0, 2).Draw(t, "image")]
			w, h := rapid.IntRange(0, 20).Draw(t, "w"), rapid.IntRange(0, 10).Draw(t, "h")
			if album.Draw(img, w, h) != picture.Draw(img, w, h, s) {
				t.Fatalf("the album shows another picture at %dx%d", w, h)
			}
		}
	})
}

// A picture is scaled once: what is drawn over the first one does not show.
func TestAlbumKeeps(t *testing.T) {
	img := bench(32, 24, 20).(*image.RGBA)
	album := picture.NewAlbum(uitest.Truecolour(t))
	before := album.Draw(img, 10, 5)
	img.Set(0, 0, color.White)
	if album.Draw(img, 10, 5) != before {
		t.Error("the picture was drawn anew")
	}
}

func BenchmarkAlbum(b *testing.B) {
	img, album := bench(160, 120, 20), picture.NewAlbum(uitest.Truecolour(b))
	for b.Loop() {
		album.Draw(img, 40, 20)
	}
}
