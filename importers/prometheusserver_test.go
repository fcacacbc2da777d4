package importers

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// prometheusLike answers query_range as Prometheus does, with one series whose
// value is the second of the day, and counts how often it was asked.
func prometheusLike(t *testing.T) (address string, asked *int) {
	t.Helper()
	asked = new(int)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked++
		q := r.URL.Query()
		start, _ := strconv.ParseFloat(q.Get("start"), 64)
		end, _ := strconv.ParseFloat(q.Get("end"), 64)
		step, _ := strconv.ParseFloat(q.Get("step"), 64)
		if r.URL.Path != "/api/v1/query_range" || (end-start)/step > 11000 {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"status":"error","errorType":"bad_data","error":"exceeded maximum resolution of 11,000 points per timeseries"}`)
			return
		}
		if q.Get("query") == "(" {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"status":"error","error":"parse error: unclosed left parenthesis"}`)
			return
		}
		var values []string
		for at := start; at <= end; at += step {
			values = append(values, fmt.Sprintf(`[%.3f,"%d"]`, at, int(at)%86400))
		}
		fmt.Fprintf(w, `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":%q,"line":"L2"},"values":[%s]}]}}`, q.Get("query"), strings.Join(values, ","))
	}))
	t.Cleanup(s.Close)
	return "prometheus+" + s.URL, asked
}

// Every step of a range comes once, however often the server must be asked.
func TestPrometheusServer(t *testing.T) {
	address, asked := prometheusLike(t)
	for _, test := range []struct {
		name, query string
		rows, asks  int
		first       string
	}{
		{"a day at 15 s", "?query=up&from=2026-03-07T00:00:00Z&to=2026-03-07T23:59:45Z&step=15s", 5760, 2, "2026-03-07T00:00:00Z"},
		{"an hour", "?query=up&from=1772864880&to=1772868480&step=1m", 61, 1, "2026-03-07T06:28:00Z"},
		{"a step of the range", "?query=up&from=2026-03-07&to=2026-03-08", 1005, 1, "2026-03-07T00:00:00Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			*asked = 0
			r, got := load(t, address+test.query, Options{})
			if r.Format != "prometheus-json" || len(got.rows) != test.rows || *asked != test.asks || got.err != nil {
				t.Fatalf("%s: %d rows in %d questions, want %d in %d; error %v", r.Format, len(got.rows), *asked, test.rows, test.asks, got.err)
			}
			times := map[string]bool{}
			for _, row := range got.rows {
				times[row["time"]] = true
			}
			if len(times) != test.rows || got.rows[0]["time"] != test.first || got.rows[0]["line"] != "L2" || got.rows[0]["name"] != "up" {
				t.Errorf("%d times, first row %v", len(times), got.rows[0])
			}
		})
	}
}

func TestPrometheusServerRefuses(t *testing.T) {
	address, _ := prometheusLike(t)
	for query, want := range map[string]string{
		"":                            "no query; add ?query=NAME",
		"?query=up&from=yesterday":    `from: "yesterday" is not a time`,
		"?query=up&from=2027&to=2026": "is not a time",
		"?query=up&step=fast":         `step: "fast" is not a duration`,
		"?query=(&from=2026-03-07":    "unclosed left parenthesis",
		"?query=up&from=2026-03-08&to=2026-03-07": "is not before",
	} {
		sources, _, err := FindAt([]string{address + query}, time.Now())
		if err == nil {
			_, err = sources[0].Recognise(t.Context(), Options{})
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %q", query, err, want)
		}
	}
	// Nobody answers, and the password stays here.
	sources, _, err := FindAt([]string{"prometheus+http://ada:secret@127.0.0.1:1?query=up"}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err = sources[0].Recognise(t.Context(), Options{}); err == nil || !strings.Contains(err.Error(), "did not answer") || strings.Contains(err.Error()+sources[0].Path, "secret") {
		t.Errorf("error %v of %s", err, sources[0].Path)
	}
}

// Debian's Prometheus, which scrapes itself.
func TestPrometheusReal(t *testing.T) {
	if os.Getenv("ANDON_HEAVY") == "" {
		t.Skip("skip: needs ANDON_HEAVY=1")
	}
	binary, err := exec.LookPath("prometheus")
	if err != nil {
		t.Skip("skip: needs prometheus")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	dir := t.TempDir()
	config := filepath.Join(dir, "p.yml")
	text := fmt.Sprintf("scrape_configs:\n- job_name: self\n  scrape_interval: 1s\n  static_configs: [{targets: ['%s']}]\n", address)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(binary, "--config.file="+config, "--storage.tsdb.path="+filepath.Join(dir, "data"), "--web.listen-address="+address)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { server.Process.Kill(); server.Wait() }()
	query := "prometheus+http://" + address + "?query=" + url.QueryEscape(`up{job="self"}`) + "&step=1s&from=" + url.QueryEscape(time.Now().UTC().Add(-time.Minute).Format(time.RFC3339))
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(500 * time.Millisecond) {
		sources, _, err := FindAt([]string{query}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sources[0].Recognise(t.Context(), Options{}); err != nil {
			continue // it is still starting, or has scraped nothing
		}
		if r, got := loadSource(t, sources[0], Options{}); len(got.rows) >= 3 {
			if r.Format != "prometheus-json" || got.rows[0]["name"] != "up" || got.rows[0]["job"] != "self" || got.rows[0]["value"] != "1" {
				t.Errorf("%s, first row %v", r.Format, got.rows[0])
			}
			return
		}
	}
	t.Error("no rows within 30 s")
}
