package importers

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decode puts a decoder in front of text that is not UTF-8 and names the
// encoding: UTF-16 by its byte order mark, Windows-1252 where the head holds
// bytes that are not UTF-8 and no character of several bytes that is. A file
// that mixes both is UTF-8 with damage, and stays as it is.
func decode(r *bufio.Reader, head []byte) (io.Reader, string) {
	var e encoding.Encoding
	name := ""
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		e, name = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16"
	case isWindows1252(head):
		e, name = charmap.Windows1252, "Windows-1252"
	default:
		return r, ""
	}
	return transform.NewReader(r, e.NewDecoder()), name
}

func isWindows1252(head []byte) bool {
	if bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	foreign := false
	for i := 0; i < len(head); {
		if head[i] < utf8.RuneSelf {
			i++
			continue
		}
		if !utf8.FullRune(head[i:]) {
			break
		}
		r, size := utf8.DecodeRune(head[i:])
		if r != utf8.RuneError || size > 1 { // U+FFFD itself is good UTF-8
			return false
		}
		foreign = true
		i += size
	}
	return foreign
}
