package clickhouse

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	native "github.com/ClickHouse/clickhouse-go/v2"

	"andon/analysis"
)

// Before anything is asked, the table is looked at: whether all shards answer,
// and how many rows the span holds. A shard that is down fails the first query,
// as it should: half an answer that looks like a whole one is worse than none.
// Then what is left is read on purpose, and every number says so.

// Look fills About's span, rows, unit and what does not answer. The time column
// must be among the fields. Cost: one pass over the time column.
func (s *Server) Look(ctx context.Context, about *About, span analysis.Window) error {
	err := s.orPartial(ctx, func() error { return s.look(ctx, about, span) })
	if err == nil && s.reduced {
		about.Partial = s.missing(ctx)
	}
	return err
}

// orPartial asks, and where a shard is gone asks once more what still answers.
// From then on the server is reduced.
func (s *Server) orPartial(ctx context.Context, ask func() error) error {
	err := ask()
	if s.reduced || !shardGone(err) {
		return err
	}
	if gone := s.partial(ctx); gone != nil {
		return fmt.Errorf("%w (%w)", err, gone)
	}
	return ask()
}

func (s *Server) look(ctx context.Context, about *About, span analysis.Window) error {
	about.Unit = 0
	c, err := about.clock()
	if err != nil {
		return err
	}
	if c.column.sort() == number {
		a, err := s.query(ctx, "SELECT max("+c.column.number()+") FROM "+s.address.from())
		if err != nil {
			return err
		}
		c.unit = unitOf(a.float(0, 0))
		about.Unit = c.unit
	}
	if c.column.sort() == words {
		return fmt.Errorf("%s.%s keeps its times in %q as text, which a server cannot cut into spans; add a column such as: ALTER TABLE %s ADD COLUMN time DateTime MATERIALIZED parseDateTimeBestEffort(%s)",
			about.Database, about.Table, c.column.Name, s.address.from(), identifier(c.column.Name))
	}
	conditions, err := about.conditions()
	if err != nil {
		return err
	}
	text := "SELECT toInt64(count()), toInt64(min(" + c.instant() + ")), toInt64(max(" + c.instant() + ")) FROM " + s.address.from()
	if all := append(c.within(span), conditions...); len(all) > 0 {
		text += " WHERE " + strings.Join(all, " AND ")
	}
	a, err := s.query(ctx, text)
	if err != nil {
		return err
	}
	if about.Rows = a.int64(0, 0); about.Rows == 0 {
		return fmt.Errorf("%s.%s holds no rows in the span and slice asked for", about.Database, about.Table)
	}
	about.Span = analysis.Window{From: instant(a.int64(0, 1)), To: instant(a.int64(0, 2) + 1)}
	return nil
}

// partial goes on with the shards that answer.
func (s *Server) partial(ctx context.Context) error {
	settings := native.Settings{"skip_unavailable_shards": 1}
	for name, value := range s.settings {
		settings[name] = value
	}
	s.conn.Close()
	s.reduced = true
	return s.dial(ctx, settings)
}

var distributed = regexp.MustCompile(`^Distributed\('?([^',)]+)'?,`)

// missing is the sentence that travels with every number of a partial answer.
func (s *Server) missing(ctx context.Context) string {
	says := "partial data: not all shards of the cluster answered, and every number is about the rest only"
	a, err := s.query(ctx, "SELECT engine_full FROM system.tables WHERE database = "+literal(s.address.Database)+" AND name = "+literal(s.address.Table))
	if err != nil || a.rows() == 0 {
		return says
	}
	cluster := distributed.FindStringSubmatch(a.text(0, 0))
	if cluster == nil {
		return says
	}
	all, err := s.query(ctx, "SELECT toInt64(uniqExact(shard_num)) FROM system.clusters WHERE cluster = "+literal(cluster[1]))
	if err != nil || all.rows() == 0 {
		return says
	}
	up, err := s.query(ctx, "SELECT toInt64(count()) FROM cluster("+literal(cluster[1])+", system, one)")
	if err != nil || up.rows() == 0 {
		return says
	}
	return fmt.Sprintf("partial data: %d of %d shards of cluster %q did not answer, and every number is about the rest only; import again when they are back",
		all.int(0, 0)-up.int(0, 0), all.int(0, 0), cluster[1])
}
