package clickhouse

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net"
	"strings"
	"sync/atomic"
	"time"

	native "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Limits bound every single query. They are sent with it, so that a server
// whose administrator was generous is not held up by a triage. An administrator
// whose limits are tighter wins: where the user may not set them, her own hold.
type Limits struct {
	Time   time.Duration // on the server, per query
	Memory int64         // bytes on each server, per query
	Result int64         // rows of one answer
}

// DefaultLimits suit a triage that shares its cluster with others.
var DefaultLimits = Limits{Time: 5 * time.Minute, Memory: 8 << 30, Result: 5_000_000}

// Server is a connection to the fleet. It reads only: every query runs with
// readonly=2, which leaves it nothing but its own limits to set.
type Server struct {
	conn     driver.Conn
	address  Address
	settings native.Settings
	reduced  bool         // to the shards that answer
	bytes    atomic.Int64 // came over the wire
	asked    atomic.Int64 // queries
	scanned  atomic.Int64 // rows the servers read
}

// Traffic is what a conversation with the server cost.
type Traffic struct {
	Queries, Rows, Bytes int64 // Rows were read by the servers, Bytes came to us
}

// Traffic is what was asked and answered so far.
func (s *Server) Traffic() Traffic {
	return Traffic{s.asked.Load(), s.scanned.Load(), s.bytes.Load()}
}

// Connect opens a connection for reading and asks whether the server answers.
// The password goes nowhere but to the server; errors do not hold it.
func Connect(ctx context.Context, a Address, limits Limits) (*Server, error) {
	s := &Server{address: a}
	limited := native.Settings{
		"max_execution_time": int(limits.Time.Seconds()),
		"max_memory_usage":   int(limits.Memory),
		"max_result_rows":    int(limits.Result),
	}
	reading := maps.Clone(limited)
	reading["readonly"] = 2
	var err error
	for _, settings := range []native.Settings{reading, limited, {}} {
		if err = s.dial(ctx, settings); !refusesSettings(err) {
			break
		}
	}
	return s.unless(err)
}

// connectToWrite opens a connection for Export. An insert into a Distributed
// table returns when the shards have the rows, not when they are queued.
func connectToWrite(ctx context.Context, a Address) (*Server, error) {
	s := &Server{address: a}
	return s.unless(s.dial(ctx, native.Settings{"insert_distributed_sync": 1, "max_execution_time": int(DefaultLimits.Time.Seconds())}))
}

// unless is the server, or what a person can do about its not answering.
func (s *Server) unless(err error) (*Server, error) {
	if err != nil {
		a := s.address
		return nil, fmt.Errorf("connect to ClickHouse at %s as %q: %w; %s", strings.Join(a.Hosts, ", "), a.User, s.hide(err), a.admission(err))
	}
	return s, nil
}

// dial opens the connection with settings. A user who may only read may not set
// readonly, and one whose profile says readonly=1 nothing at all.
func (s *Server) dial(ctx context.Context, settings native.Settings) error {
	conn, err := native.Open(s.options(settings))
	if err != nil {
		return err
	}
	if err := conn.Ping(ctx); err != nil {
		conn.Close()
		return err
	}
	// A ping carries no settings; the first query does.
	if err := conn.Exec(native.Context(ctx, native.WithSettings(settings)), "SELECT 1"); err != nil {
		conn.Close()
		return err
	}
	s.conn, s.settings = conn, settings
	return nil
}

func (s *Server) options(settings native.Settings) *native.Options {
	o := &native.Options{
		Addr:        s.address.Hosts,
		Auth:        native.Auth{Database: s.address.Database, Username: s.address.User, Password: s.address.Password},
		Settings:    settings,
		Compression: &native.Compression{Method: native.CompressionLZ4},
		DialTimeout: 10 * time.Second,
		ReadTimeout: DefaultLimits.Time + time.Minute,
		DialContext: func(ctx context.Context, address string) (net.Conn, error) {
			var d net.Dialer
			conn, err := d.DialContext(ctx, "tcp", address)
			if err != nil {
				return nil, err
			}
			return &metered{conn, &s.bytes}, nil
		},
	}
	if s.address.Secure {
		o.TLS = &tls.Config{}
		o.DialContext = func(ctx context.Context, address string) (net.Conn, error) {
			d := tls.Dialer{Config: o.TLS}
			conn, err := d.DialContext(ctx, "tcp", address)
			if err != nil {
				return nil, err
			}
			return &metered{conn, &s.bytes}, nil
		}
	}
	return o
}

// metered counts what comes over the wire.
type metered struct {
	net.Conn
	bytes *atomic.Int64
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.Conn.Read(p)
	m.bytes.Add(int64(n))
	return n, err
}

// Close ends the connection.
func (s *Server) Close() error { return s.conn.Close() }

// query asks the server and reads the whole answer.
func (s *Server) query(ctx context.Context, text string) (Answer, error) {
	return s.atMost(ctx, text, 0)
}

// atMost is query for an answer of so many groups at most, 0 for any number. A
// server that may be told so gives up as soon as it has more.
func (s *Server) atMost(ctx context.Context, text string, limit int) (Answer, error) {
	a := Answer{Query: text}
	s.asked.Add(1)
	var read atomic.Int64
	settings := s.settings
	if limit > 0 && len(settings) > 0 {
		settings = maps.Clone(settings)
		settings["max_rows_to_group_by"] = limit
	}
	ctx = native.Context(ctx, native.WithSettings(settings), native.WithProgress(func(p *native.Progress) { read.Add(int64(p.Rows)) }))
	began := time.Now()
	rows, err := s.conn.Query(ctx, text)
	if err == nil {
		err = a.take(rows, limit)
	}
	s.scanned.Add(read.Load())
	a.Read, a.Took = read.Load(), time.Since(began)
	if limit > 0 && code(err) == codeRowsLarge {
		err = errManyRows
	}
	if err != nil && !errors.Is(err, errManyRows) {
		return a, s.failed(err)
	}
	return a, err
}
