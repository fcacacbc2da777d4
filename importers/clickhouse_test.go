package importers

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"andon/analysis"
)

func noEnv(string) string { return "" }

// What a server sent is told as the server's, not as the file it travelled in.
func TestRowsOfServer(t *testing.T) {
	rows := strings.Repeat(`{"time":"2026-03-02T00:00:00Z","line":"L1","prediction":"ok","label":"ok"}`+"\n", 50)
	s, err := RowsOf("clickhouse://ch1:9000/plant/inference", fstest.MapFS{"even.jsonl": {Data: []byte(rows)}}, "even.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Recognise(t.Context(), Options{})
	if err != nil || r.Format != "ClickHouse" || r.Kind != analysis.InferenceKind {
		t.Errorf("got %q, %s, %v", r.Format, r.Kind, err)
	}
}

func TestParseClickHouse(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	base := ClickHouse{Hosts: []string{"ch1:9000"}, User: "default", Database: "plant", Table: "inference", Sample: 200_000}
	with := func(change func(*ClickHouse)) ClickHouse {
		c := base
		c.Hosts = []string{"ch1:9000"}
		change(&c)
		return c
	}
	for _, c := range []struct {
		name, arg string
		want      ClickHouse
	}{
		{"least", "clickhouse://ch1/plant/inference", base},
		{"port", "clickhouse://ch1:9123/plant/inference", with(func(c *ClickHouse) { c.Hosts[0] = "ch1:9123" })},
		{"IPv6", "clickhouse://[::1]/plant/inference", with(func(c *ClickHouse) { c.Hosts[0] = "[::1]:9000" })},
		{"several hosts", "clickhouse://ch1,ch2:9001/plant/inference", with(func(c *ClickHouse) { c.Hosts = []string{"ch1:9000", "ch2:9001"} })},
		{"user", "clickhouse://ann:s3cret@ch1/plant/inference", with(func(c *ClickHouse) { c.User, c.Password = "ann", "s3cret" })},
		{"TLS has its port", "clickhouse://ch1/plant/inference?secure=1", with(func(c *ClickHouse) { c.Hosts[0], c.Secure = "ch1:9440", true })},
		{"span", "clickhouse://ch1/plant/inference?from=2026-03-01&to=2026-03-02T00:00:00Z",
			with(func(c *ClickHouse) { c.From, c.To = day, day.Add(24*time.Hour) })},
		{"slice", "clickhouse://ch1/plant/inference?where=line%3DL2", with(func(c *ClickHouse) { c.Where = analysis.Where{analysis.Is("line", "L2")} })},
		{"sample", "clickhouse://ch1/plant/inference?sample=5000", with(func(c *ClickHouse) { c.Sample = 5000 })},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseClickHouse(c.arg, noEnv)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
}

func TestParseClickHouseEnvironment(t *testing.T) {
	env := map[string]string{"CLICKHOUSE_USER": "bob", "CLICKHOUSE_PASSWORD": "pw"}
	got, err := ParseClickHouse("clickhouse://ch1/plant/inference", func(k string) string { return env[k] })
	if err != nil || got.User != "bob" || got.Password != "pw" {
		t.Errorf("user and password from the environment: got %+v, %v", got, err)
	}
}

// TestParseClickHouseRefuses holds that what cannot be understood is an error
// that says why, and that no error holds a password.
func TestParseClickHouseRefuses(t *testing.T) {
	for arg, why := range map[string]string{
		"clickhouse://u:hidden@ch1":                                       "/database/table",
		"clickhouse://u:hidden@ch1/plant":                                 "/database/table",
		"clickhouse://u:hidden@ch1/plant/a/b":                             "/database/table",
		"clickhouse://u:hidden@ch1/plant/a?form=2026-03-01":               "no such parameter",
		"clickhouse://u:hidden@ch1/plant/a?from=soon":                     "not a time",
		"clickhouse://u:hidden@ch1/plant/a?from=2026-03-02&to=2026-03-01": "not before",
		"clickhouse://u:hidden@ch1/plant/a?sample=10":                     "between",
		"clickhouse://u:hidden@ch1/plant/a?where=line":                    "must follow",
		"clickhouse://u:hidden@/plant/a":                                  "host",
		"clickhouse://u:hid%zzden@ch1/plant/a":                            "not an address",
	} {
		_, err := ParseClickHouse(arg, noEnv)
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: got %v, want an error about %q", arg, err, why)
		}
		if err != nil && strings.Contains(err.Error(), "hid") {
			t.Errorf("%s: the error tells the password: %v", arg, err)
		}
	}
}

// TestClickHouseRoundTrip holds that the ledger's address means what was asked
// and tells neither user nor password.
func TestClickHouseRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[a-zA-Z_][a-zA-Z0-9_ .-]{0,8}`)
		c := ClickHouse{Hosts: []string{rapid.StringMatching(`[a-z]{1,8}`).Draw(t, "host") + ":9000"}, User: "someuser", Password: "somepassword",
			Database: name.Draw(t, "database"), Table: name.Draw(t, "table"), Sample: defaultSample}
		if rapid.Bool().Draw(t, "span") {
			c.From = time.Unix(0, rapid.Int64Range(1e18, 4e18).Draw(t, "from")).UTC()
		}
		if rapid.Bool().Draw(t, "slice") {
			slice := rapid.Custom(func(t *rapid.T) analysis.Where {
				return analysis.Where{analysis.Is(name.Draw(t, "column"), rapid.StringN(1, 8, -1).Draw(t, "value"))}
			}).Filter(func(w analysis.Where) bool { // not every column can be named in a filter
				_, err := analysis.ParseWhere(w.String())
				return err == nil
			})
			c.Where = slice.Draw(t, "where")
		}
		text := c.String()
		if strings.Contains(text, "some") {
			t.Fatalf("%s tells user or password", text)
		}
		got, err := ParseClickHouse(text, noEnv)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if got.String() != text || got.Database != c.Database || got.Table != c.Table || !got.From.Equal(c.From) {
			t.Fatalf("%s reads back as %s", text, got)
		}
	})
}

func FuzzParseClickHouse(f *testing.F) {
	for _, seed := range []string{"clickhouse://u:p@h:9000/d/t?from=2026-03-01", "clickhouse://h,i/d/t?where=a%3D1", "clickhouse://@@/", "clickhouse://["} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, arg string) {
		c, err := ParseClickHouse(arg, noEnv)
		if err == nil && (len(c.Hosts) == 0 || c.Database == "" || c.Table == "") {
			t.Errorf("%q: accepted without host, database or table: %+v", arg, c)
		}
	})
}
