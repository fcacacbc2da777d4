package picture_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"regexp"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"andon/ui/picture"
)

// flat is an image of whole levels, so that it comes back exactly.
func flat(t *rapid.T) *image.RGBA {
	w, h := rapid.IntRange(1, 20).Draw(t, "w"), rapid.IntRange(1, 20).Draw(t, "h")
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	level := rapid.IntRange(0, 5)
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{uint8(51 * level.Draw(t, "r")), uint8(51 * level.Draw(t, "g")), uint8(51 * level.Draw(t, "b")), 255})
		}
	}
	return img
}

var sixels = regexp.MustCompile(`#(\d+)(;2;(\d+);(\d+);(\d+))?|!(\d+)(.)|([?-~])|([$-])`)

// decode draws sixels as a terminal does.
func decode(t *rapid.T, text string, img *image.RGBA) {
	palette := map[int]color.RGBA{}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	x, y, pen := 0, 0, 0
	put := func(c byte, n int) {
		for range n {
			for row := range 6 {
				if (c-'?')>>row&1 == 1 {
					img.SetRGBA(x, y+row, palette[pen])
				}
			}
			x++
		}
	}
	for _, m := range sixels.FindAllStringSubmatch(text, -1) {
		switch {
		case m[2] != "":
			palette[number(m[1])] = color.RGBA{uint8(number(m[3]) * 255 / 100), uint8(number(m[4]) * 255 / 100), uint8(number(m[5]) * 255 / 100), 255}
		case m[1] != "":
			pen = number(m[1])
		case m[6] != "":
			put(m[7][0], number(m[6]))
		case m[8] != "":
			put(m[8][0], 1)
		case m[9] == "$":
			x = 0
		default:
			x, y = 0, y+6
		}
	}
}

// What a terminal makes of the sixels is the picture.
func TestSixelRoundTrip(t *testing.T) {
	head := regexp.MustCompile(`^\x1bPq"1;1;(\d+);(\d+)`)
	rapid.Check(t, func(t *rapid.T) {
		img := flat(t)
		var out bytes.Buffer
		if err := picture.Sixel(&out, img); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		size := fmt.Sprintf("%d %d", img.Bounds().Dx(), img.Bounds().Dy())
		m := head.FindStringSubmatch(text)
		if m == nil || m[1]+" "+m[2] != size || !bytes.HasSuffix(out.Bytes(), []byte("\x1b\\")) {
			t.Fatalf("no sixels of %s: %.40q", size, text)
		}
		got := image.NewRGBA(img.Bounds())
		decode(t, text[len(m[0]):len(text)-2], got)
		if !bytes.Equal(got.Pix, img.Pix) {
			t.Errorf("the terminal shows another picture")
		}
	})
}

// The chunks of the kitty protocol are one PNG again, none too long.
func TestKittyRoundTrip(t *testing.T) {
	chunk := regexp.MustCompile(`\x1b_G([^;]*);([^\x1b]*)\x1b\\`)
	noisy := image.NewRGBA(image.Rect(0, 0, 90, 70))
	for i := range noisy.Pix {
		noisy.Pix[i] = byte(i * i % 251)
		if i%4 == 3 {
			noisy.Pix[i] = 255
		}
	}
	var out bytes.Buffer
	if err := picture.Kitty(&out, noisy); err != nil {
		t.Fatal(err)
	}
	text, parts := "", chunk.FindAllStringSubmatch(out.String(), -1)
	for i, m := range parts {
		last := i == len(parts)-1
		if len(m[2]) > 4096 || (m[1] == "m=0" || m[1] == "a=T,f=100,q=2,m=0") != last {
			t.Errorf("chunk %d of %d: %s, %d long", i, len(parts), m[1], len(m[2]))
		}
		text += m[2]
	}
	file, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(parts) < 2 {
		t.Fatalf("%d chunks: %v", len(parts), err)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil || img.At(7, 9) != noisy.At(7, 9) && fmt.Sprint(img.At(7, 9)) != fmt.Sprint(color.NRGBAModel.Convert(noisy.At(7, 9))) {
		t.Errorf("another picture came: %v, %v", img.At(7, 9), err)
	}
}

func TestPair(t *testing.T) {
	if picture.Pair(nil, nil, 10) != nil {
		t.Error("no pictures make one")
	}
	both := picture.Pair(bench(40, 20, 0), bench(20, 20, 0), 40)
	if got := both.Bounds().Size(); got != image.Pt(80+16+40, 40) {
		t.Errorf("the pair is %v", got)
	}
	if got := picture.Pair(nil, bench(20, 20, 0), 40).Bounds().Size(); got != image.Pt(40, 40) {
		t.Errorf("one alone is %v", got)
	}
}
