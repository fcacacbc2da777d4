package command_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	_ "image/png"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// browser is Chromium without a window. Every request it makes, to whatever
// host, goes to a listener of the test, which counts it and answers nothing;
// those to the browser's own maker are no request of a page.
type browser struct {
	t       *testing.T
	profile string
	proxy   net.Listener
	asked   atomic.Int64
}

var own = regexp.MustCompile(`^\S+ (https?://)?[\w.-]*\.(google|googleapis|gvt1)\.com[:/]`)

func newBrowser(t *testing.T) *browser {
	t.Helper()
	needs(t, "chromium")
	if !heavy() {
		t.Skip("skip: needs ANDON_HEAVY=1")
	}
	proxy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t, profile: t.TempDir(), proxy: proxy}
	t.Cleanup(func() { proxy.Close() })
	go b.count()
	return b
}

// count counts the requests until the listener is closed.
func (b *browser) count() {
	for {
		c, err := b.proxy.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			if line, err := bufio.NewReader(c).ReadString('\n'); err == nil && !own.MatchString(line) {
				b.asked.Add(1)
			}
		}()
	}
}

// run opens a page and returns what Chromium printed: the DOM or nothing on
// stdout, the page's console on stderr.
func (b *browser) run(page string, flags ...string) (out, console string) {
	b.t.Helper()
	c := exec.Command("chromium", append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
		"--user-data-dir=" + b.profile, "--enable-logging=stderr", "--virtual-time-budget=3000",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
		"--proxy-server=http://" + b.proxy.Addr().String(), "--proxy-bypass-list=<-loopback>"},
		append(flags, "file://"+page)...)...)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := c.Run(); err != nil {
		b.t.Fatalf("chromium %s: %v: %s", page, err, stderr.String())
	}
	for line := range strings.Lines(stderr.String()) {
		if strings.Contains(line, "CONSOLE") {
			console += line
		}
	}
	return stdout.String(), console
}

// hostileMarkup is markup that, obeyed, shows in all three ways at once: a request,
// a line on the console, and a mark on the document.
const hostileMarkup = `</td></script><script>document.documentElement.dataset.canary=1;console.error("canary")</script>` +
	`<img src="http://canary.invalid/x.png" onerror="document.documentElement.dataset.canary=2">` +
	`<a href="javascript:document.documentElement.dataset.canary=3">gloves</a>`

var mark = regexp.MustCompile(`<html[^>]*data-canary=`)

// obeyed are the ways in which a page showed that it obeyed hostile markup.
func (b *browser) obeyed(page string) []string {
	b.t.Helper()
	before := b.asked.Load()
	dom, console := b.run(page, "--dump-dom")
	var ways []string
	if mark.MatchString(dom) {
		ways = append(ways, "the document is marked")
	}
	if console != "" {
		ways = append(ways, "the console says "+console)
	}
	if n := b.asked.Load() - before; n > 0 {
		ways = append(ways, fmt.Sprintf("%d requests were made", n))
	}
	return ways
}

// TestReportInBrowser opens the page as its reader does.
func TestReportInBrowser(t *testing.T) {
	b := newBrowser(t)
	dir := t.TempDir()
	control := filepath.Join(dir, "control.html")
	if err := os.WriteFile(control, []byte("<!doctype html><table><td>"+hostileMarkup), 0o600); err != nil {
		t.Fatal(err)
	}
	if ways := b.obeyed(control); len(ways) != 3 {
		t.Fatalf("an unguarded page should obey in three ways, but %v: the test could not fail", ways)
	}
	for _, c := range []struct{ name, source string }{
		{"gloves", filepath.Join(projectRoot(), "testdata", "gloves")},
		{"hostile log", hostileLog(t, dir)},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := reportPage(t, c.source)
			if ways := b.obeyed(page); len(ways) > 0 {
				t.Errorf("the report obeyed what it quotes: %v", ways)
			}
			dom, _ := b.run(page, "--dump-dom")
			if !strings.Contains(dom, "&lt;script&gt;") {
				t.Error("the hostile note is not on the page: nothing was tested")
			}
			for _, width := range []int{390, 1366} {
				fits(t, b, page, width)
				painted(t, b, page, width)
			}
		})
	}
}

// hostileLog is a log whose guilty slice is markup.
func hostileLog(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	for i := range 600 {
		line := "L1"
		if i%2 == 0 {
			line = hostileMarkup
		}
		record, err := json.Marshal(map[string]any{"time": time.Date(2026, 3, 1, 0, i, 0, 0, time.UTC),
			"line": line, "correct": i < 350 || i%2 != 0 || i%4 == 0})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(record, '\n'))
	}
	path := filepath.Join(dir, "<b>log.jsonl")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// reportPage is the report of a source, with a hostile note.
func reportPage(t *testing.T, source string) string {
	t.Helper()
	dir := t.TempDir()
	incident, page := filepath.Join(dir, "plant.andon"), filepath.Join(dir, "page.html")
	for _, args := range [][]string{
		{"import", "-o", incident, source}, {"note", incident, hostileMarkup}, {"report", incident, "-o", page},
	} {
		if out, err := exec.Command(binary(t), args...).CombinedOutput(); err != nil {
			t.Fatalf("andon %v: %v: %s", args, err, out)
		}
	}
	return page
}

// fits holds that a page of this width does not scroll sideways. Chromium has
// no window narrower than 500, so the page stands in a frame; and it may run
// no script, so a copy without its policy measures itself.
func fits(t *testing.T, b *browser, page string, width int) {
	t.Helper()
	html, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)
	if !policy.Match(html) {
		t.Fatal("the page has no policy")
	}
	measure := `<script>parent.postMessage(document.documentElement.scrollWidth, "*")</script></body>`
	html = bytes.Replace(policy.ReplaceAll(html, nil), []byte("</body>"), []byte(measure), 1)
	copied, frame := page+".copy.html", page+".frame.html"
	wrapper := fmt.Sprintf(`<!doctype html><iframe src=%q style="width:%dpx"></iframe><script>onmessage = e => document.body.dataset.width = e.data</script>`,
		filepath.Base(copied), width)
	for path, text := range map[string][]byte{copied: html, frame: []byte(wrapper)} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dom, _ := b.run(frame, "--dump-dom")
	if want := fmt.Sprintf(`data-width="%d"`, width); !strings.Contains(dom, want) {
		t.Errorf("%d wide: want %s in %s", width, want, dom)
	}
}

// painted holds that the page in a window of this width is not blank.
func painted(t *testing.T, b *browser, page string, width int) {
	t.Helper()
	shot := filepath.Join(t.TempDir(), "shot.png")
	b.run(page, fmt.Sprintf("--window-size=%d,1200", width), "--screenshot="+shot)
	file, err := os.Open(shot)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, _, err := image.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	shades := map[[3]uint32]bool{}
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			r, g, b, _ := picture.At(x, y).RGBA()
			shades[[3]uint32{r >> 12, g >> 12, b >> 12}] = true
		}
	}
	if picture.Bounds().Dx() != width || len(shades) < 20 {
		t.Errorf("%d wide: the picture is %v with %d shades", width, picture.Bounds(), len(shades))
	}
}

// TestReportOnPaper prints the page: one A3, or two A4.
func TestReportOnPaper(t *testing.T) {
	needs(t, "pdfinfo")
	b := newBrowser(t)
	dir := t.TempDir()
	for paper, want := range map[string]string{"a3": "Pages: +1\n", "a4": "Pages: +2\n"} {
		page, pdf := filepath.Join(dir, paper+".html"), filepath.Join(dir, paper+".pdf")
		out, err := exec.Command(binary(t), "report", filepath.Join(projectRoot(), "testdata", "gloves"), "--paper", paper, "-o", page).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		b.run(page, "--no-pdf-header-footer", "--print-to-pdf="+pdf)
		told, err := exec.Command("pdfinfo", pdf).CombinedOutput()
		if err != nil || !regexp.MustCompile(want).Match(told) || !strings.Contains(string(told), "("+strings.ToUpper(paper)+")") {
			t.Errorf("%s is printed as\n%s%v", paper, told, err)
		}
	}
}
