package picture

import (
	"image"

	"andon/ui/style"
)

// Album keeps pictures as they were drawn: to scale two dozen thumbnails costs
// some milliseconds, and a cursor that moves between them changes none.
//
//	Draw(img, 18, 9) ──known──▶ the same text again
//	                  └─new───▶ scaled, drawn, kept
//
// The images must not change. One goroutine at a time may use an album.
type Album struct {
	sheet style.Sheet
	drawn map[print]string
}

// print is a picture in a size.
type print struct {
	img  image.Image
	w, h int
}

// most is how many pictures an album holds: some screens of them.
const most = 256

// NewAlbum is an empty album for pictures drawn with a sheet.
func NewAlbum(s style.Sheet) *Album { return &Album{sheet: s, drawn: map[print]string{}} }

// Draw is [Draw] of the album's sheet.
func (a *Album) Draw(img image.Image, w, h int) string {
	key := print{img, w, h}
	if text, known := a.drawn[key]; known {
		return text
	}
	if len(a.drawn) >= most {
		clear(a.drawn)
	}
	text := Draw(img, w, h, a.sheet)
	a.drawn[key] = text
	return text
}
