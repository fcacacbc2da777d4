package picture

import (
	"bufio"
	"fmt"
	"image"
	"io"
	"strings"
)

// Sixel writes an image as terminals of that kind draw it: bands of six rows, in
// each of them one pass per colour, a character a column.
//
//	#12 ~~~ !40? $     colour 12: three columns full, forty empty, back
//	#87 ??? !40~ -     colour 87 over the same columns, then the next band
//
// Colours are rounded to six levels a channel. Source: DEC VT330/VT340
// Programmer Reference Manual, volume 2, chapter 14.
func Sixel(w io.Writer, img image.Image) error {
	b, out := img.Bounds(), bufio.NewWriter(w)
	fmt.Fprintf(out, "\x1bPq\"1;1;%d;%d", b.Dx(), b.Dy())
	for i := range levels * levels * levels {
		fmt.Fprintf(out, "#%d;2;%d;%d;%d", i, percent(i/levels/levels), percent(i/levels%levels), percent(i%levels))
	}
	for y := b.Min.Y; y < b.Max.Y; y += bandRows {
		band(out, img, y)
		out.WriteByte('-')
	}
	out.WriteString("\x1b\\")
	return out.Flush()
}

const (
	levels   = 6 // of a channel
	bandRows = 6 // of pixels
)

// percent is a level as sixels count it.
func percent(level int) int { return level * 100 / (levels - 1) }

// band writes six rows from y on.
func band(out *bufio.Writer, img image.Image, y int) {
	b := img.Bounds()
	columns := map[int][]byte{}
	for x := range b.Dx() {
		for row := range min(bandRows, b.Max.Y-y) {
			c := rounded(img, b.Min.X+x, y+row)
			if columns[c] == nil {
				columns[c] = make([]byte, b.Dx())
			}
			columns[c][x] |= 1 << row
		}
	}
	for c := range levels * levels * levels {
		if bits := columns[c]; bits != nil {
			fmt.Fprintf(out, "#%d%s$", c, runs(bits))
		}
	}
}

// rounded is the number of a pixel's colour.
func rounded(img image.Image, x, y int) int {
	r, g, b, _ := img.At(x, y).RGBA()
	level := func(v uint32) int { return int(v*(levels-1)+0x7fff) / 0xffff }
	return (level(r)*levels+level(g))*levels + level(b)
}

// runs writes columns, repeated ones as a count.
func runs(bits []byte) string {
	const empty, worth = '?', 3
	var out strings.Builder
	for i := 0; i < len(bits); {
		n := 1
		for i+n < len(bits) && bits[i+n] == bits[i] {
			n++
		}
		if c := string(rune(empty + bits[i])); n > worth {
			fmt.Fprintf(&out, "!%d%s", n, c)
		} else {
			out.WriteString(strings.Repeat(c, n))
		}
		i += n
	}
	return out.String()
}
