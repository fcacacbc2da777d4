package importers

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"
)

// Some formats keep one record a file: a label for each image, a metric in a
// file of its name. The files of such a format in one directory are one source,
// read as if they stood one after another, each behind a line that names it:
//
//	␞20240424_133227.txt⇥2024-04-24T13:32:30Z
//	2 0.518 0.462 0.123 0.089
//	␞20240424_133252.txt⇥...
//
// The mark is U+001E, the record separator, which begins no line of theirs.
const partMark = 0x1e

// partLine takes the line before a part apart.
func partLine(line []byte) (name string, modified time.Time, ok bool) {
	if len(line) == 0 || line[0] != partMark {
		return "", time.Time{}, false
	}
	text, at, _ := strings.Cut(string(line[1:]), "\t")
	modified, _ = time.Parse(time.RFC3339Nano, strings.TrimSpace(at))
	return text, modified, true
}

// partsReader is the stream of a source's parts.
type partsReader struct {
	source   Source
	progress *atomic.Int64
	next     int
	now      io.Reader
}

func (p *partsReader) Read(buf []byte) (int, error) {
	for {
		if p.now != nil {
			n, err := p.now.Read(buf)
			if err != io.EOF {
				return n, err
			}
			p.now = nil
			if n > 0 {
				return n, nil
			}
		}
		if p.next == len(p.source.parts) {
			return 0, io.EOF
		}
		if err := p.part(); err != nil {
			return 0, err
		}
	}
}

// part goes to the next file. They are small, and one that is not is cut:
// a label of megabytes is none.
func (p *partsReader) part() error {
	name := p.source.parts[p.next]
	p.next++
	file, err := p.source.fsys.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s: not a regular file", name)
	}
	text, err := io.ReadAll(io.LimitReader(file, maxRecord))
	if err != nil {
		return err
	}
	if p.progress != nil {
		p.progress.Add(int64(len(text)))
	}
	head := fmt.Sprintf("%c%s\t%s\n", partMark, name, info.ModTime().UTC().Format(time.RFC3339Nano))
	p.now = io.MultiReader(strings.NewReader(head), bytes.NewReader(text), strings.NewReader("\n"))
	return nil
}
