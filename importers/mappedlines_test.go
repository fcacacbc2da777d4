package importers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Lines of text become rows by the named groups of the mapping's expression,
// with syslog's own parts where there are some.
func TestLinesByExpression(t *testing.T) {
	const lines = `station=(?P<station>\S+) verdict=(?P<prediction>\w+) p=(?P<confidence>[\d.]+)`
	for _, test := range []struct{ name, pattern, text, want, note string }{
		{"a system's log, without priority", lines,
			"Mar  7 06:28:00 web1 vision[7]: station=S4 verdict=nok p=0.93\nMar  7 06:28:01 web1 cron[9]: job done\nMar  7 06:28:02 web1 vision[7]: station=S5 verdict=ok p=0.5\n",
			"[map[app:vision confidence:0.93 host:web1 prediction:nok station:S4 time:2026-03-07T06:28:00Z] map[app:vision confidence:0.5 host:web1 prediction:ok station:S5 time:2026-03-07T06:28:02Z]]",
			"1 lines do not match"},
		{"RFC 5424", lines, "<14>1 2026-03-07T07:28:00+01:00 web1 vision 7 - - station=S4 verdict=nok p=0.93\n",
			"[map[app:vision confidence:0.93 host:web1 prediction:nok station:S4 time:2026-03-07T06:28:00Z]]", ""},
		{"RFC 3164", lines, "<13>Mar  7 06:28:00 web1 vision: station=S4 verdict=nok p=0.93\n",
			"[map[app:vision confidence:0.93 host:web1 prediction:nok station:S4 time:2026-03-07T06:28:00Z]]", "neither year nor zone"},
		{"a host's own file", lines, "2026-03-07T07:28:00.5+01:00 web1 vision[7]: station=S4 verdict=nok p=0.93\n",
			"[map[app:vision confidence:0.93 host:web1 prediction:nok station:S4 time:2026-03-07T06:28:00.5Z]]", ""},
		{"a time that the expression names", `^(?P<time>\w+ +\d+ \S+) (?P<host>\S+) .*verdict=(?P<prediction>\w+)`, "Mar  7 06:28:00 web1 vision[7]: verdict=nok\n",
			"[map[app:vision host:web1 prediction:nok time:2026-03-07T06:28:00Z]]", "neither year nor zone"},
		{"a time of its own", `^\[(?P<time>[^\]]+)\] (?P<line>L\d): (?P<prediction>\w+)`, "[2026-03-07 06:28:00] L1: ok\n[2026-03-07 06:28:01] L2: nok\n",
			"[map[line:L1 prediction:ok time:2026-03-07T06:28:00Z] map[line:L2 prediction:nok time:2026-03-07T06:28:01Z]]", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "app.log")
			if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			written := time.Date(2026, 3, 8, 0, 0, 0, 0, time.UTC)
			if err := os.Chtimes(path, written, written); err != nil {
				t.Fatal(err)
			}
			m, err := ReadMapping(strings.NewReader(fmt.Sprintf("kind: inference\nlines: %q\n", test.pattern)))
			if err != nil {
				t.Fatal(err)
			}
			r, got := load(t, path, Options{Mapping: m})
			if fmt.Sprint(got.rows) != test.want || r.Format != "lines" {
				t.Errorf("%s\n%v, want\n%s", r.Format, got.rows, test.want)
			}
			if text := strings.Join(got.warnings, "; "); !strings.Contains(text, test.note) {
				t.Errorf("warnings %q, want %q", text, test.note)
			}
		})
	}
	for _, bad := range []string{`"("`, `"no name (x)"`} {
		if _, err := ReadMapping(strings.NewReader("lines: " + bad)); err == nil {
			t.Errorf("the expression %s is taken", bad)
		}
	}
}
