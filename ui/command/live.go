package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"andon/importers"
	"andon/store/clickhouse"
	"andon/ui/display"
)

// errNoFleet is what --live comes to where nothing is behind the file.
var errNoFleet = errors.New("--live: no fleet is behind this file; it holds its whole log")

// goLive lets the session ask the cluster what the file does not hold; stop ends
// that. User and password come from CLICKHOUSE_USER and CLICKHOUSE_PASSWORD:
// the file has neither. Who is asked is said, since the file may be a stranger's.
func (s *session) goLive(ctx context.Context) (stop func(), err error) {
	about, ok, err := s.about(ctx)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, usage("%w", errNoFleet)
	}
	a := clickhouse.Address{Hosts: about.Hosts, Secure: about.Secure, Database: about.Database, Table: about.Table,
		User: s.env.Getenv("CLICKHOUSE_USER"), Password: s.env.secrets("CLICKHOUSE_PASSWORD")}
	if a.User == "" {
		a.User = "default"
	}
	fmt.Fprintf(s.env.Err, "asking ClickHouse at %s as %s what the file does not hold\n", display.Escape(strings.Join(a.Hosts, ", ")), display.Escape(a.User))
	return s.connect(ctx, a)
}

func (s *session) connect(ctx context.Context, a clickhouse.Address) (stop func(), err error) {
	server, err := connectFleet(ctx, s.env, a)
	if err != nil {
		return nil, input(err)
	}
	s.live = server
	return func() { server.Close() }, nil
}

// waker connects a session with the fleet behind its file.
type waker func(ctx context.Context, s *session) (stop func(), err error)

// wake lets the console's session ask the fleet, if that is wished for.
func (t target) wake(ctx context.Context, s *session) (stop func(), err error) {
	if t.live == nil {
		return func() {}, nil
	}
	return t.live(ctx, s)
}

// heldFleet is the fleet that the file names.
func heldFleet(ctx context.Context, s *session) (stop func(), err error) { return s.goLive(ctx) }

// fleetTarget is a table as the console's target: an incident file beside the
// user, filled before the console opens, or the one that was filled today.
func fleetTarget(ctx context.Context) func(Env, []string, importers.Options) (target, error) {
	return func(env Env, args []string, options importers.Options) (target, error) {
		fleets, _ := splitFleets(args)
		address, err := importers.ParseClickHouse(fleets[0], env.secrets)
		if err != nil {
			return target{}, usage("%w", err)
		}
		path, err := incidentPath(env, []importers.Source{{Path: address.Table}})
		if err != nil {
			return target{}, err
		}
		t := target{path: path, live: func(ctx context.Context, s *session) (func(), error) {
			if _, ok, err := s.about(ctx); err != nil || !ok {
				return func() {}, err // all rows were copied
			}
			return s.connect(ctx, tableOf(address))
		}}
		if _, err := os.Stat(path); err == nil {
			return t, nil
		}
		return t, importWithFleet(ctx, env, path, options, args)
	}
}

// openFleet is a table as the target of a verb: a private incident file is
// filled from it, and the cluster stays at hand for the verb's own questions.
func openFleet(ctx context.Context, env Env, args []string, options importers.Options) (opened, error) {
	dir, err := os.MkdirTemp("", "andon-")
	if err != nil {
		return opened{}, input(fmt.Errorf("make a directory for the incident file: %w; set TMPDIR to a writable place", err))
	}
	path := filepath.Join(dir, "incident.andon")
	said := env
	said.Out = io.Discard
	s, err := fillWithFleet(ctx, said, path, options, args)
	if err != nil {
		os.RemoveAll(dir)
		return opened{}, err
	}
	stop := func() {}
	done := func() error {
		stop()
		err := s.file.Close()
		os.RemoveAll(dir)
		return err
	}
	if _, ok, err := s.about(ctx); err != nil || !ok {
		return opened{s, done}, err
	}
	fleets, _ := splitFleets(args)
	address, err := importers.ParseClickHouse(fleets[0], env.secrets)
	if err == nil {
		stop, err = s.connect(ctx, tableOf(address))
	}
	if err != nil {
		done()
		return opened{}, err
	}
	return opened{s, done}, nil
}

// printQueries lists what the fleet was asked, with what it cost and the hash
// of what it said.
func printQueries(ctx context.Context, w io.Writer, s *session) error {
	asked, err := s.file.Queries(ctx)
	if err != nil {
		return err
	}
	for i, q := range asked {
		fmt.Fprintf(w, "%-10s%s  %s rows read in %.2f s, answer %s, %.12s\n%10s%s\n", heading(i, "QUERIES"), stamp(q.Time), thousands(q.Read), q.Seconds,
			megabytes(q.Bytes), q.Hash, "", display.Escape(q.Text))
	}
	return nil
}
