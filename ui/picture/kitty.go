package picture

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"io"
)

// kittyChunk is the most base64 that one sequence may carry.
const kittyChunk = 4096

// Kitty writes an image by the graphics protocol of kitty, Ghostty and WezTerm: a
// PNG in base64, in sequences of at most 4 KiB, shown where the cursor is. The
// terminal is asked to answer nothing (q=2). Source: the kitty graphics protocol,
// "Transferring pixel data".
func Kitty(w io.Writer, img image.Image) error {
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		return fmt.Errorf("send a picture: %w", err)
	}
	text := base64.StdEncoding.EncodeToString(file.Bytes())
	keys := "a=T,f=100,q=2,"
	for len(text) > 0 {
		n := min(kittyChunk, len(text))
		more := 0
		if n < len(text) {
			more = 1
		}
		if _, err := fmt.Fprintf(w, "\x1b_G%sm=%d;%s\x1b\\", keys, more, text[:n]); err != nil {
			return err
		}
		text, keys = text[n:], ""
	}
	return nil
}
