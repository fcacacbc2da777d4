package command

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// plantLog is a log that a program writes and a rotator rotates, both step by
// step, and the account of what was written: the oracle of following.
//
//	writer   holds the file open, appends lines and halves of lines
//	rotator  shift ─▶ rename ─▶ the writer opens anew
//	         shift ─▶ copy ─▶ copy ─▶ copy ─▶ truncate
//	         write half the archive ─▶ the rest ─▶ remove the old file
//
// A line counts from its end on. must says how often an id is to be loaded. What
// the plant itself destroys (written between the last copy and the truncation,
// half a line of which is in the copy, or in a file that expires) may have been
// seen before or not: may says how often at most.
type plantLog struct {
	dir, name string
	table     bool // writes a CSV with a header, else JSON
	careful   bool // nothing is written between the last copy and the truncation
	random    *rand.Rand
	file      *os.File // the writer's
	n         int
	last      string // id of the last whole line
	half      string // the rest of a line that was begun
	halfID    string
	broken    bool // its beginning is in another file
	must, may map[string]int
	steps     []func() error // of the rotation under way
}

func newPlantLog(dir, name string, table bool, random *rand.Rand) *plantLog {
	return &plantLog{dir: dir, name: name, table: table, random: random, must: map[string]int{}, may: map[string]int{}}
}

func (p *plantLog) path() string { return filepath.Join(p.dir, p.name) }

func (p *plantLog) old(i int, ext string) string { return fmt.Sprintf("%s.%d%s", p.path(), i, ext) }

// append ends the half line and writes whole ones, now and then one twice, and
// perhaps the first part of one more.
func (p *plantLog) append(lines int, half bool) error {
	if err := p.open(); err != nil {
		return err
	}
	info, err := p.file.Stat()
	if err != nil {
		return err
	}
	var text strings.Builder
	fresh := info.Size() == 0 // what begins a file is never written twice
	if p.half != "" {
		text.WriteString(p.half)
		if p.broken {
			p.may[p.halfID]++
		} else {
			p.must[p.halfID]++
		}
		p.last, p.half, p.broken, fresh = p.halfID, "", false, false
	}
	if fresh && p.table {
		text.WriteString("time,id,prediction,line\n")
	}
	for range lines {
		if fresh || p.last == "" || p.random.IntN(8) > 0 {
			p.n++
			p.last = p.id(p.n)
		}
		fresh = false
		text.WriteString(p.line(p.last))
		p.must[p.last]++
	}
	if half && !fresh {
		p.n++
		line := p.line(p.id(p.n))
		cut := 1 + p.random.IntN(len(line)-1)
		text.WriteString(line[:cut])
		p.half, p.halfID = line[cut:], p.id(p.n)
	}
	_, err = p.file.WriteString(text.String())
	return err
}

func (p *plantLog) id(n int) string { return fmt.Sprintf("%s-%05d", p.name, n) }

func (p *plantLog) line(id string) string {
	at := time.Date(2026, 3, 7, 6, 0, p.n, 0, time.UTC).Format(time.RFC3339)
	if p.table {
		return fmt.Sprintf("%s,%s,ok,L%d\n", at, id, p.n%3)
	}
	return fmt.Sprintf(`{"time":"%s","id":"%s","prediction":"ok","line":"L%d"}`+"\n", at, id, p.n%3)
}

func (p *plantLog) open() (err error) {
	if p.file == nil {
		p.file, err = os.OpenFile(p.path(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	}
	return err
}

// step takes the next step of the rotation under way, or begins one.
func (p *plantLog) step() error {
	if len(p.steps) == 0 {
		switch kind := p.random.IntN(3); {
		case kind == 0:
			p.pack()
		case kind == 1 || p.table: // nothing would write the header again
			p.rename()
		default:
			p.copyTruncate()
		}
		return nil
	}
	next := p.steps[0]
	p.steps = p.steps[1:]
	return next()
}

// abort is the rotator killed.
func (p *plantLog) abort() { p.steps = nil }

// settle takes the rotation to its end.
func (p *plantLog) settle() error {
	for len(p.steps) > 0 {
		if err := p.step(); err != nil {
			return err
		}
	}
	return p.append(0, false)
}

// shift makes room: .1 becomes .2 and so on, as logrotate does.
func (p *plantLog) shift() {
	for i := 9; i > 0; i-- {
		for _, ext := range []string{"", ".gz"} {
			if exists(p.old(i, ext)) {
				p.steps = append(p.steps, func() error { return os.Rename(p.old(i, ext), p.old(i+1, ext)) })
			}
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// rename rotates as logrotate's create does: the writer goes on with the old
// file until it is told to open the new one.
func (p *plantLog) rename() {
	if !exists(p.path()) {
		return
	}
	p.shift()
	p.steps = append(p.steps, func() error { return os.Rename(p.path(), p.old(1, "")) }, p.reopen)
}

func (p *plantLog) reopen() error {
	if p.half != "" {
		if err := p.append(0, false); err != nil {
			return err
		}
	}
	if p.file == nil {
		return nil
	}
	err := p.file.Close()
	p.file = nil
	return err
}

// copyTruncate rotates as logrotate's copytruncate does, while the writer goes
// on.
func (p *plantLog) copyTruncate() {
	if !exists(p.path()) || p.elsewhere() {
		return
	}
	p.shift()
	copied := 0
	part := func(share int) func() error {
		return func() error {
			text, err := os.ReadFile(p.path())
			if err != nil {
				return err
			}
			to := copied + (len(text)-copied)/share
			file, err := os.OpenFile(p.old(1, ""), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
			if err != nil {
				return err
			}
			_, err = file.Write(text[copied:to])
			copied = to
			return errors.Join(err, file.Close())
		}
	}
	last, truncate := part(1), func() error { return p.truncate(copied) }
	if p.careful {
		p.steps = append(p.steps, part(3), part(2), func() error {
			return errors.Join(p.append(0, false), last(), truncate())
		})
		return
	}
	p.steps = append(p.steps, part(3), part(2), last, truncate)
}

// elsewhere reports whether the writer writes to another file than the path's.
func (p *plantLog) elsewhere() bool {
	if p.file == nil {
		return false
	}
	mine, _ := p.file.Stat()
	named, err := os.Stat(p.path())
	return err != nil || !os.SameFile(mine, named)
}

// truncate empties the log, and what was written since it was copied is gone.
func (p *plantLog) truncate(copied int) error {
	text, err := os.ReadFile(p.path())
	if err != nil {
		return err
	}
	whole := bytes.LastIndexByte(text[:copied], '\n') + 1
	p.lose(text[whole:])
	p.broken = p.half != ""
	return os.Truncate(p.path(), 0)
}

var idPattern = regexp.MustCompile(`[abc]\.log-\d{5}\b.*\n`)

// lose takes the whole lines of a text that is gone off the account.
func (p *plantLog) lose(text []byte) {
	for _, found := range idPattern.FindAll(text, -1) {
		id := string(found[:len("a.log-00000")])
		if p.must[id] > 0 {
			p.must[id]--
			p.may[id]++
		}
	}
}

// pack packs the newest old file.
func (p *plantLog) pack() {
	text, err := os.ReadFile(p.old(1, ""))
	if err != nil || p.file != nil && p.elsewhere() {
		return
	}
	packed, written := zip(text), 0
	part := func(share int) func() error {
		return func() error {
			written += (len(packed) - written) / share
			return os.WriteFile(p.old(1, ".gz"), packed[:written], 0o644)
		}
	}
	p.steps = append(p.steps, part(3), part(2), part(1), func() error { return os.Remove(p.old(1, "")) })
}

// expire removes the oldest file, whether anybody has read it or not.
func (p *plantLog) expire() error {
	for i := 10; i > 0 && len(p.steps) == 0 && !p.elsewhere(); i-- {
		for _, ext := range []string{"", ".gz"} {
			text, err := os.ReadFile(p.old(i, ext))
			if err != nil {
				continue
			}
			if ext != "" {
				text = unzip(text)
			}
			p.lose(text)
			return os.Remove(p.old(i, ext))
		}
	}
	return nil
}

func zip(text []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(text)
	z.Close()
	return out.Bytes()
}

// unzip is what can be unpacked of an archive.
func unzip(packed []byte) []byte {
	var out bytes.Buffer
	if z, err := gzip.NewReader(bytes.NewReader(packed)); err == nil {
		out.ReadFrom(z)
	}
	return out.Bytes()
}
