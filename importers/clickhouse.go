package importers

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"andon/analysis"
)

// A fleet's table is a source by its address:
//
//	clickhouse://reader@ch1:9000,ch2/plant/inference?from=2026-03-01&to=2026-03-09&where=line%3DL2&secure=1
//
// Here it is only read; asking the server is for another package. The password
// is best left to CLICKHOUSE_PASSWORD: one in an address stands in the shell's
// history. CLICKHOUSE_USER names the user where the address does not.

// ClickHouse is what an address says. Hosts have their ports, From and To are
// zero where open, Sample is the most rows to copy.
type ClickHouse struct {
	Hosts    []string
	User     string
	Password string
	Database string
	Table    string
	From, To time.Time
	Where    analysis.Where
	Sample   int
	Secure   bool
}

// Ports of the native protocol, and how many rows are copied by default.
const (
	nativePort       = "9000"
	nativeSecurePort = "9440"
	defaultSample    = 200_000
	mostSample       = 5_000_000
)

const clickhouseScheme = "clickhouse://"

// IsClickHouse reports whether an argument is a table's address.
func IsClickHouse(arg string) bool { return strings.HasPrefix(arg, clickhouseScheme) }

// ParseClickHouse reads an address; getenv gives what it leaves out. Errors do
// not hold the password. where= is the filter language of [analysis.ParseWhere];
// a parameter that is not known is an error, since a misspelt from= would read
// everything.
func ParseClickHouse(arg string, getenv func(string) string) (ClickHouse, error) {
	fail := func(format string, args ...any) (ClickHouse, error) {
		return ClickHouse{}, fmt.Errorf("%s: %w; write it as clickhouse://user@host:9000/database/table?from=2026-03-01&to=2026-03-09", shownClickHouse(arg), fmt.Errorf(format, args...))
	}
	hosts, single := splitHosts(arg)
	u, err := url.Parse(single)
	if err != nil {
		var parse *url.Error
		if errors.As(err, &parse) {
			err = parse.Err // without the address, which may hold a password
		}
		return fail("not an address: %w", err)
	}
	c := ClickHouse{User: u.User.Username(), Sample: defaultSample}
	c.Password, _ = u.User.Password()
	path := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(path) != 2 || path[0] == "" || path[1] == "" {
		return fail("the path must be /database/table")
	}
	c.Database, c.Table = path[0], path[1]
	if c.User == "" {
		c.User = getenv("CLICKHOUSE_USER")
	}
	if c.User == "" {
		c.User = "default"
	}
	if c.Password == "" {
		c.Password = getenv("CLICKHOUSE_PASSWORD")
	}
	if err := c.query(u.RawQuery); err != nil {
		return fail("%w", err)
	}
	port := nativePort
	if c.Secure {
		port = nativeSecurePort
	}
	for _, host := range append([]string{u.Host}, hosts...) {
		if host == "" {
			return fail("a host is missing")
		}
		if _, _, err := net.SplitHostPort(host); err != nil {
			host = net.JoinHostPort(strings.Trim(host, "[]"), port)
		}
		c.Hosts = append(c.Hosts, host)
	}
	return c, nil
}

// splitHosts takes the hosts behind the first out of an address, which no URL
// may hold.
func splitHosts(arg string) (more []string, single string) {
	rest := strings.TrimPrefix(arg, clickhouseScheme)
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	at := strings.LastIndexByte(rest[:end], '@') + 1
	hosts := strings.Split(rest[at:end], ",")
	return hosts[1:], clickhouseScheme + rest[:at] + hosts[0] + rest[end:]
}

// query reads the parameters.
func (c *ClickHouse) query(raw string) error {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return fmt.Errorf("the part behind ? cannot be read")
	}
	for name, all := range values {
		value := all[len(all)-1]
		var err error
		switch name {
		case "from":
			err = parseInstant(value, &c.From)
		case "to":
			err = parseInstant(value, &c.To)
		case "where":
			c.Where, err = analysis.ParseWhere(value)
		case "secure":
			c.Secure, err = strconv.ParseBool(value)
		case "sample":
			c.Sample, err = strconv.Atoi(value)
			if err == nil && (c.Sample < 1000 || c.Sample > mostSample) {
				err = fmt.Errorf("%d is not between 1000 and %d rows", c.Sample, mostSample)
			}
		default:
			err = fmt.Errorf("no such parameter; there are from, to, where, secure and sample")
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if !c.From.IsZero() && !c.To.IsZero() && !c.From.Before(c.To) {
		return fmt.Errorf("from %s is not before to %s", c.From.Format(time.RFC3339), c.To.Format(time.RFC3339))
	}
	return nil
}

// String is the address for people and the ledger: without user and password.
func (c ClickHouse) String() string {
	values := url.Values{}
	if !c.From.IsZero() {
		values.Set("from", c.From.UTC().Format(time.RFC3339Nano))
	}
	if !c.To.IsZero() {
		values.Set("to", c.To.UTC().Format(time.RFC3339Nano))
	}
	if len(c.Where) > 0 {
		values.Set("where", c.Where.String())
	}
	if c.Secure {
		values.Set("secure", "1")
	}
	text := clickhouseScheme + strings.Join(c.Hosts, ",") + "/" + url.PathEscape(c.Database) + "/" + url.PathEscape(c.Table)
	if len(values) > 0 {
		text += "?" + values.Encode()
	}
	return text
}

// shownClickHouse is an address that could not be read, without what may be a
// password.
func shownClickHouse(arg string) string {
	rest := strings.TrimPrefix(arg, clickhouseScheme)
	return clickhouseScheme + rest[strings.LastIndexByte(rest, '@')+1:]
}

// RowsOf is a file of JSON lines as a source under another name: what a server
// sent, read by the same rules as a log.
func RowsOf(path string, fsys fs.FS, name string) (Source, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return Source{}, err
	}
	return Source{Path: path, Size: info.Size(), Named: true, fsys: fsys, name: name, server: "ClickHouse"}, nil
}

// Factors are what the numbers of some fields are multiplied by, by path, such
// as 1000 for a duration in seconds.
func (r Recognition) Factors() map[string]float64 {
	out := map[string]float64{}
	for slot, t := range r.plan.targets {
		if t.Type == analysis.Number && t.factor != 0 && t.factor != 1 {
			out[r.plan.paths[slot]] = t.factor
		}
	}
	return out
}
