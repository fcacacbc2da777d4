package importers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"andon/importers/clock"
)

// A live Prometheus is a source by its address:
//
//	prometheus+http://host:9090?query=rate(errors[5m])&from=2026-03-07T00:00:00Z&to=2026-03-08T00:00:00Z&step=15s
//
// What it answers is read as the file of answers that it is; see
// prometheus-json. It is asked for at most maxSteps points a series at once,
// since it refuses 11,000, and asked once: the answers are kept in memory for
// as long as they are read, up to maxAnswers bytes.
//
// from and to are RFC 3339, a day, or seconds since 1970; to is now where it
// is missing, from a day before to. Without a step there are about 1,000 in
// the range, of 15 s at least. Source: docs/querying/api.md of Prometheus.
const (
	maxSteps   = 5_000
	maxAnswers = 64 << 20
)

const serverScheme = "prometheus+"

// isServer reports whether an argument is an address rather than a path.
func isServer(arg string) bool {
	return strings.HasPrefix(arg, serverScheme+"http://") || strings.HasPrefix(arg, serverScheme+"https://")
}

// server adds a Prometheus as a source. Its path is the address without a
// password and with the range that was meant, so that the ledger says what
// was asked.
func (f *finding) server(arg string) error {
	s, err := newPrometheus(arg, f.now)
	if err != nil {
		return fmt.Errorf("%s: %w", redacted(arg), err)
	}
	f.sources = append(f.sources, Source{Path: s.shown(), Named: true, fsys: s, name: "answers.json"})
	return nil
}

func redacted(arg string) string {
	if u, err := url.Parse(arg); err == nil {
		return u.Redacted()
	}
	return serverScheme + "..."
}

// prometheusServer is a file system of one file: the answers.
type prometheusServer struct {
	base     *url.URL
	query    string
	from, to time.Time
	step     time.Duration
	client   *http.Client

	once    sync.Once
	answers []byte
	err     error
}

func newPrometheus(arg string, now time.Time) (*prometheusServer, error) {
	u, err := url.Parse(strings.TrimPrefix(arg, serverScheme))
	if err != nil {
		return nil, fmt.Errorf("not an address: %w", err)
	}
	q := u.Query()
	s := &prometheusServer{base: u, query: q.Get("query"), to: now, client: &http.Client{Timeout: time.Minute}}
	if s.query == "" {
		return nil, fmt.Errorf("no query; add ?query=NAME, such as ?query=up")
	}
	if err := parseInstant(q.Get("to"), &s.to); err != nil {
		return nil, fmt.Errorf("to: %w", err)
	}
	if s.to.IsZero() {
		return nil, fmt.Errorf("no end; add &to=2026-03-08 or another time")
	}
	s.from = s.to.Add(-24 * time.Hour)
	if err := parseInstant(q.Get("from"), &s.from); err != nil {
		return nil, fmt.Errorf("from: %w", err)
	}
	if !s.from.Before(s.to) {
		return nil, fmt.Errorf("from %s is not before to %s", q.Get("from"), q.Get("to"))
	}
	s.step = max(15*time.Second, s.to.Sub(s.from)/1000).Round(time.Second)
	if text := q.Get("step"); text != "" {
		if s.step, err = time.ParseDuration(text); err != nil || s.step < time.Second {
			return nil, fmt.Errorf("step: %q is not a duration of a second or more, such as 15s", text)
		}
	}
	s.base.RawQuery, s.base.Fragment = "", ""
	s.base = s.base.JoinPath("api/v1/query_range")
	return s, nil
}

// parseInstant sets at where text says one.
func parseInstant(text string, at *time.Time) error {
	if text == "" {
		return nil
	}
	layout, ok := clock.Infer([]string{text})
	if !ok {
		return fmt.Errorf("%q is not a time such as 2026-03-07T06:00:00Z", text)
	}
	ns, _ := layout.Parse([]byte(text))
	*at = time.Unix(0, ns).UTC()
	return nil
}

// shown is the address for people and the ledger.
func (s *prometheusServer) shown() string {
	u := *s.base
	u.Path = strings.TrimSuffix(u.Path, "/api/v1/query_range")
	u.RawQuery = url.Values{"query": {s.query}, "from": {s.from.UTC().Format(time.RFC3339)}, "to": {s.to.UTC().Format(time.RFC3339)}, "step": {s.step.String()}}.Encode()
	return serverScheme + u.Redacted()
}

// Open asks the server, the first time.
func (s *prometheusServer) Open(string) (fs.File, error) {
	s.once.Do(func() { s.answers, s.err = s.ask() })
	if s.err != nil {
		return nil, s.err
	}
	return &answerFile{Reader: bytes.NewReader(s.answers), at: s.to}, nil
}

// ask puts one answer after another, a line each.
func (s *prometheusServer) ask() ([]byte, error) {
	var all bytes.Buffer
	for from := s.from; !from.After(s.to); {
		to := from.Add((maxSteps - 1) * s.step)
		if to.After(s.to) {
			to = s.to
		}
		if err := s.askRange(&all, from, to); err != nil {
			return nil, err
		}
		from = to.Add(s.step)
	}
	return all.Bytes(), nil
}

func (s *prometheusServer) askRange(all *bytes.Buffer, from, to time.Time) error {
	u := *s.base
	u.RawQuery = url.Values{"query": {s.query}, "start": {seconds(from)}, "end": {seconds(to)}, "step": {strconv.FormatFloat(s.step.Seconds(), 'f', -1, 64)}}.Encode()
	answer, err := s.client.Get(u.String())
	if err != nil {
		return fmt.Errorf("the server did not answer: %w; is it running, and reachable from here?", unwrapURL(err))
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxRecord))
	if err != nil {
		return fmt.Errorf("the answer broke off: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answered %s%s", answer.Status, serverError(text))
	}
	if len(text) == maxRecord || all.Len()+len(text) > maxAnswers {
		return fmt.Errorf("more than %d MB of answers; ask for fewer series, a shorter range or a longer step", min(maxRecord, maxAnswers)>>20)
	}
	all.Write(bytes.TrimSpace(text))
	all.WriteByte('\n')
	return nil
}

// unwrapURL takes the address, and a password in it, out of an error.
func unwrapURL(err error) error {
	if u, ok := err.(*url.Error); ok {
		return u.Err
	}
	return err
}

// serverError is what Prometheus says went wrong.
func serverError(text []byte) string {
	var said struct {
		Error string `json:"error"`
	}
	if json.Unmarshal(text, &said) != nil || said.Error == "" {
		return ""
	}
	return fmt.Sprintf(": %.300q", said.Error)
}

func seconds(t time.Time) string { return strconv.FormatFloat(float64(t.UnixMilli())/1000, 'f', 3, 64) }

// answerFile is the answers as a file.
type answerFile struct {
	*bytes.Reader
	at time.Time
}

func (f *answerFile) Close() error               { return nil }
func (f *answerFile) Stat() (fs.FileInfo, error) { return answerInfo{f}, nil }

type answerInfo struct{ file *answerFile }

func (i answerInfo) Name() string       { return "answers.json" }
func (i answerInfo) Size() int64        { return i.file.Reader.Size() }
func (i answerInfo) Mode() fs.FileMode  { return 0o444 }
func (i answerInfo) ModTime() time.Time { return i.file.at }
func (i answerInfo) IsDir() bool        { return false }
func (i answerInfo) Sys() any           { return nil }
