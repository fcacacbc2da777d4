package importers

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"andon/analysis"
)

// A video is a source of frames, one for each second, taken out by ffmpeg,
// which must be on the PATH: no decoder of video in Go reads what cameras
// write.
//
//	line2_20260307_062800.mp4 ─ffmpeg─▶ JPEG JPEG JPEG ... ─▶ frames at 06:28:00, :01, :02
//
// When it began stands in the name, else in its own metadata; else its frames
// count from the anchor. ffmpeg gets the open file and no other protocol than
// files, so that a crafted name or playlist leads nowhere. Offset counts
// frames.

// isVideo reports whether a file is named like a video.
func isVideo(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".mp4", ".mkv", ".avi", ".mjpeg", ".mov":
		return true
	}
	return false
}

// videoSide bounds the frames that ffmpeg hands over: features and thumbnails
// need no more.
const videoSide = 640

// recogniseVideo says whether the video can be read here.
func (s Source) recogniseVideo(ctx context.Context, o Options) (Recognition, error) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		return Recognition{}, fmt.Errorf("%s: %w: a video needs ffmpeg on the PATH to take frames out of it; install it (apt-get install ffmpeg), or export images", s.Path, ErrUnrecognised)
	}
	known, err := s.framed(o)
	if err != nil {
		return Recognition{}, err
	}
	r := Recognition{Format: "video", Kind: analysis.FrameKind, Confidence: 1, Fields: append(known.fields(), analysis.FrameFields()...), framing: known}
	r.mappedBy(o)
	if known.template != nil && !known.template.place(s.Path, nil).fits {
		r.Warnings = append(r.Warnings, fmt.Sprintf("its path does not fit the template %q", known.template.text))
	}
	if _, told := s.began(ctx, known); !told {
		r.Warnings = append(r.Warnings, "neither name nor metadata say when the video began; its frames count from 2000-01-01T00:00:00Z")
	}
	return r, nil
}

// began is when the video began, and whether anything tells: the mapping, the
// template, the name, or the video itself.
func (s Source) began(ctx context.Context, known *framing) (time.Time, bool) {
	if known != nil && known.began != analysis.NoTime {
		return time.Unix(0, known.began).UTC(), true
	}
	if place := known.of(s.Path); place.at != analysis.NoTime {
		return time.Unix(0, place.at).UTC(), true
	}
	if ns, ok := timeInName(s.name); ok {
		return time.Unix(0, ns).UTC(), true
	}
	file, err := s.file()
	if err != nil {
		return anchor, false
	}
	defer file.Close()
	probe := exec.CommandContext(ctx, "ffprobe", "-v", "error", "-protocol_whitelist", "file", "-show_entries", "format_tags=creation_time",
		"-of", "default=noprint_wrappers=1:nokey=1", "-i", opened)
	probe.ExtraFiles = []*os.File{file}
	text, err := probe.Output()
	if err != nil {
		return anchor, false
	}
	at, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(string(text)))
	if err != nil || at.Year() < 2000 { // cameras without a clock write 1904 or 1970
		return anchor, false
	}
	return at.UTC(), true
}

// opened is how a child process names the first of its extra files.
const opened = "file:/dev/fd/3"

// file opens the video as a file of the system, which a child can be given.
func (s Source) file() (*os.File, error) {
	f, err := s.fsys.Open(s.name)
	if err != nil {
		return nil, err
	}
	file, ok := f.(*os.File)
	if !ok {
		f.Close()
		return nil, errors.New("a video within another file cannot be given to ffmpeg; copy it to a disk")
	}
	return file, nil
}

// readVideo streams the frames from the from-th on.
func (s Source) readVideo(ctx context.Context, known *framing, from int64, progress *atomic.Int64, yield func(*analysis.Batch, error) bool) {
	stopped := false
	err := s.eachFrame(ctx, known, from, func(b *analysis.Batch) bool {
		stopped = !yield(b, nil)
		return !stopped
	})
	if progress != nil {
		progress.Add(s.Size)
	}
	if err != nil && !stopped {
		yield(nil, fmt.Errorf("%s: %w", s.Path, err))
	}
}

// eachFrame runs ffmpeg and makes batches of what it hands over.
func (s Source) eachFrame(ctx context.Context, known *framing, from int64, yield func(*analysis.Batch) bool) error {
	start, _ := s.began(ctx, known)
	file, err := s.file()
	if err != nil {
		return err
	}
	defer file.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	scale := fmt.Sprintf("fps=1,scale='min(%d,iw)':-2", videoSide)
	ffmpeg := exec.CommandContext(ctx, "ffmpeg", "-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-i", opened,
		"-an", "-sn", "-vf", scale, "-f", "image2pipe", "-c:v", "mjpeg", "-q:v", "3", "pipe:1")
	ffmpeg.ExtraFiles = []*os.File{file}
	var said bytes.Buffer
	ffmpeg.Stderr = &limited{w: &said, left: 4 << 10}
	out, err := ffmpeg.StdoutPipe()
	if err != nil {
		return err
	}
	if err := ffmpeg.Start(); err != nil {
		return err
	}
	n, err := s.frames(bufio.NewReaderSize(out, 1<<20), known, start, from, yield)
	cancel()
	ended := ffmpeg.Wait()
	switch {
	case err != nil && !errors.Is(err, errStopped):
		return err
	case err == nil && n == 0 && ended != nil:
		return fmt.Errorf("ffmpeg took no frame out of it: %.300q", bytes.TrimSpace(said.Bytes()))
	}
	return nil
}

// frames cuts ffmpeg's output into pictures.
func (s Source) frames(out *bufio.Reader, known *framing, start time.Time, from int64, yield func(*analysis.Batch) bool) (n int64, err error) {
	b := newFrameBatch(known)
	place := known.of(s.Path)
	for ; ; n++ {
		raw, err := nextJPEG(out)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return n, err
		}
		if n < from {
			continue
		}
		name := fmt.Sprintf("%s/%06ds.jpg", path.Base(s.name), n) // no log has an id like this
		place.at = start.Add(time.Duration(n) * time.Second).UnixNano()
		if err := b.add(name, raw, place); err != nil {
			b.rejects = append(b.rejects, analysis.Reject{Offset: n, Reason: name + ": " + err.Error()})
		}
		if b.n+len(b.rejects) >= batchImages {
			if !yield(b.take(n + 1)) {
				return n, errStopped
			}
			b = newFrameBatch(known)
		}
	}
	if b.n+len(b.rejects) > 0 && !yield(b.take(n)) {
		return n, errStopped
	}
	return n, nil
}

// nextJPEG reads up to a picture's end mark, which stands nowhere else in it:
// within its data every FF is followed by 00.
func nextJPEG(r *bufio.Reader) ([]byte, error) {
	var raw []byte
	for {
		part, err := r.ReadSlice(0xd9)
		raw = append(raw, part...)
		switch {
		case len(raw) > maxImageBytes:
			return nil, fmt.Errorf("ffmpeg handed over a frame of more than %d MB", maxImageBytes>>20)
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil:
			return nil, err
		case bytes.HasSuffix(raw, []byte{0xff, 0xd9}):
			return raw, nil
		}
	}
}

// limited keeps the first bytes that are written to it.
type limited struct {
	w    io.Writer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	keep := p[:min(len(p), l.left)]
	l.left -= len(keep)
	if _, err := l.w.Write(keep); err != nil {
		return 0, err
	}
	return len(p), nil
}
