package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"andon/analysis"
	"andon/analysis/practice"
	"andon/store/clickhouse/clickhousetest"
)

// notebook is a Memory for tests.
type notebook struct {
	mu   sync.Mutex
	held map[string][]byte
}

func (n *notebook) Recall(_ context.Context, query string) ([]byte, bool, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	result, ok := n.held[query]
	return result, ok, nil
}

func (n *notebook) Remember(_ context.Context, query string, result []byte, _ int64, _ time.Duration, _ time.Time) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.held == nil {
		n.held = map[string][]byte{}
	}
	n.held[query] = result
	return nil
}

// columnsOf are all columns of a table.
func columnsOf(t *analysis.Table) []analysis.Column {
	var out []analysis.Column
	for _, f := range t.Fields() {
		if f.Type != analysis.Blob {
			out = append(out, *t.Column(f.Name))
		}
	}
	return out
}

// shipped puts a table's rows on the cluster and is the fleet that asks for
// them.
func shipped(t *testing.T, c *clickhousetest.Cluster, name string, table *analysis.Table) *Fleet {
	t.Helper()
	local := Address{Hosts: c.Hosts[:1], User: "default", Database: "default", Table: name}
	all := local
	all.Table += "_all"
	var fields []analysis.Field
	for _, f := range columnsOf(table) {
		fields = append(fields, f.Field)
	}
	c.Distribute(t, Schema(local, fields), name, all.Table)
	e, err := NewExporter(t.Context(), all, fields)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if done, err := e.Send(t.Context(), "plant", 0, columnsOf(table), nil); err != nil || done.Sent != int64(table.Rows()) {
		t.Fatalf("sent %+v of %d rows: %v", done, table.Rows(), err)
	}
	reader := all
	reader.User, reader.Password = "reader", "s3cret"
	s, err := Connect(t.Context(), reader, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	columns, err := s.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range fields {
		fields[i].Path = fields[i].Name
		if fields[i].Role == analysis.RoleTime {
			fields[i].Path = "time"
		}
	}
	about := About{Hosts: all.Hosts, Database: all.Database, Table: all.Table, Columns: columns, Fields: fields}
	if err := s.Look(t.Context(), &about, analysis.Window{}); err != nil {
		t.Fatal(err)
	}
	return &Fleet{About: about, Memory: &notebook{}, Server: s}
}

// round is the nth scoring round of the practice league.
func round(seed int64) practice.Round { return practice.Draw(practice.ScoringSeeds(int(seed))[seed-1]) }

// TestShardAnswers holds every question put to two shards against the same
// question put to a Table: sums are the same, number for number.
func TestShardAnswers(t *testing.T) {
	c := clickhousetest.Start(t, 2)
	r := round(1)
	fleet := shipped(t, c, "answers", r.Log)
	log, err := NewLog(t.Context(), fleet, nil)
	if err != nil {
		t.Fatal(err)
	}
	if log.Span() != r.Log.Span() || log.Rows() != r.Log.Rows() || !reflect.DeepEqual(log.Measure(), r.Log.Measure()) {
		t.Errorf("span, rows and measure: got %v %d %+v\nwant %v %d %+v", log.Span(), log.Rows(), log.Measure(), r.Log.Span(), r.Log.Rows(), r.Log.Measure())
	}
	wheres := someWheres(r.Log)
	w := analysis.HalfWindows(r.Log.Span())
	for _, where := range wheres {
		t.Run(where.String(), func(t *testing.T) {
			got, err := log.Series(t.Context(), where, time.Hour)
			want, _ := r.Log.Series(t.Context(), where, time.Hour)
			sameSeries(t, "series", got, want, err)
			for _, f := range log.Fields() {
				if f.Type == analysis.Number && where == nil {
					got, err := log.Trend(t.Context(), f.Name, where, time.Hour)
					want, _ := r.Log.Trend(t.Context(), f.Name, where, time.Hour)
					sameSeries(t, "trend of "+f.Name, got, want, err)
				}
				if profiled(f) {
					sameProfile(t, log, r.Log, f.Name, where, w)
				}
			}
			sameLeaves(t, log, r.Log, where, w)
		})
	}
	if _, err := log.Series(t.Context(), analysis.Where{analysis.Is("nowhere", "1")}, time.Hour); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a column that is not there: got %v", err)
	}
}

// someWheres are slices of every kind of condition that the table can be asked.
func someWheres(t *analysis.Table) []analysis.Where {
	out := []analysis.Where{nil}
	text, number := false, false
	for _, f := range t.Fields() {
		switch {
		case f.Type == analysis.Text && f.Role == analysis.RoleDimension && !text:
			text = true
			v := t.Column(f.Name).Dict[0]
			out = append(out, analysis.Where{analysis.Is(f.Name, v)}, analysis.Where{{Column: f.Name, Op: analysis.NotEqual, Value: v}},
				analysis.Where{{Column: f.Name, Op: analysis.Contains, Value: v[:1]}})
		case f.Type == analysis.Number && f.Role == analysis.RoleFeature && !number:
			number = true
			p, _ := t.Profile(context.Background(), f.Name, nil, analysis.HalfWindows(t.Span()))
			middle := p.Bins[len(p.Bins)/2]
			out = append(out, analysis.Where{{Column: f.Name, Op: analysis.In, Lo: middle.Lo, Hi: middle.Hi}},
				analysis.Where{{Column: f.Name, Op: analysis.AtLeast, Lo: middle.Lo}})
		}
	}
	return out
}

func sameSeries(t *testing.T, what string, got, want analysis.Series, err error) {
	t.Helper()
	if err != nil || len(got.Buckets) != len(want.Buckets) || !got.Start.Equal(want.Start) {
		t.Fatalf("%s: %d buckets from %s, %v; want %d from %s", what, len(got.Buckets), got.Start, err, len(want.Buckets), want.Start)
	}
	for i := range got.Buckets {
		if !sameSum(got.Buckets[i], want.Buckets[i]) {
			t.Errorf("%s, bucket %d: got %+v, want %+v", what, i, got.Buckets[i], want.Buckets[i])
		}
	}
}

// sameSum compares counts exactly and sums to rounding: shards add in another
// order.
func sameSum(a, b analysis.Sum) bool {
	return a.Rows == b.Rows && a.Known == b.Known && near(a.Good, b.Good) && near(a.GoodSq, b.GoodSq)
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }

// sameProfile compares bins exactly for texts and for numbers of few values;
// other numbers' edges follow ranks where a Table follows every kth value, so
// only what does not depend on edges is compared.
func sameProfile(t *testing.T, log *Log, table *analysis.Table, column string, where analysis.Where, w analysis.Windows) {
	t.Helper()
	got, err := log.Profile(t.Context(), column, where, w)
	want, _ := table.Profile(t.Context(), column, where, w)
	if err != nil || len(got.Before) != len(want.Before) || len(got.After) != len(want.After) {
		t.Fatalf("profile of %s: %d and %d blocks, %v; want %d and %d", column, len(got.Before), len(got.After), err, len(want.Before), len(want.After))
	}
	exact := reflect.DeepEqual(got.Bins, want.Bins)
	if !exact && (got.Field.Type == analysis.Text || len(want.Bins) < fewValues) {
		t.Errorf("bins of %s: got %v, want %v", column, got.Bins, want.Bins)
	}
	for side, blocks := range [][]analysis.Block{got.Before, got.After} {
		expected := want.Before
		if side == 1 {
			expected = want.After
		}
		for k, b := range blocks {
			e := expected[k]
			if !b.Start.Equal(e.Start) || b.N != e.N || !near(b.Sum, e.Sum) || !near(b.SumSq, e.SumSq) || !sameSum(total(b), total(e)) {
				t.Errorf("profile of %s, block %d: got %v %d %g %+v, want %v %d %g %+v", column, k, b.Start, b.N, b.Sum, total(b), e.Start, e.N, e.Sum, total(e))
			}
			for i := range b.Bins {
				if exact && !sameSum(b.Bins[i], e.Bins[i]) {
					t.Errorf("profile of %s, block %d, bin %v: got %+v, want %+v", column, k, got.Bins[i], b.Bins[i], e.Bins[i])
				}
			}
		}
	}
}

func total(b analysis.Block) (all analysis.Sum) {
	for _, s := range b.Bins {
		all = all.Add(s)
	}
	return all
}

// sameLeaves compares the cells of up to three dimensions, one of them cut.
func sameLeaves(t *testing.T, log *Log, table *analysis.Table, where analysis.Where, w analysis.Windows) {
	t.Helper()
	var dims []analysis.Dimension
	cut := false
	for _, f := range log.Fields() {
		switch {
		case f.Type == analysis.Text && f.Role == analysis.RoleDimension && len(dims) < 2:
			dims = append(dims, analysis.Dimension{Column: f.Name})
		case f.Type == analysis.Number && f.Role == analysis.RoleFeature && !cut:
			cut = true
			p, _ := table.Profile(t.Context(), f.Name, nil, w)
			dims = append(dims, analysis.Dimension{Column: f.Name, Edges: []float64{p.Bins[2].Lo, p.Bins[len(p.Bins)/2].Lo}})
		}
	}
	for n := range len(dims) + 1 {
		got, err := log.Leaves(t.Context(), dims[:n], where, w)
		want, _ := table.Leaves(t.Context(), dims[:n], where, w)
		if err != nil || !reflect.DeepEqual(got.Values, want.Values) || len(got.Cells) != len(want.Cells) {
			t.Fatalf("leaves of %v: got %v, %d cells, %v\nwant %v, %d", dims[:n], got.Values, len(got.Cells), err, want.Values, len(want.Cells))
		}
		for i, cell := range got.Cells {
			e := want.Cells[i]
			if !reflect.DeepEqual(cell.Key, e.Key) && len(cell.Key)+len(e.Key) > 0 || !sameSum(cell.Before, e.Before) || !sameSum(cell.After, e.After) {
				t.Errorf("leaves of %v, cell %d: got %+v, want %+v", dims[:n], i, cell, e)
			}
		}
	}
}

// TestShardLeague plays rounds of the practice league on two shards and holds
// the verdicts against those of the rows in memory.
func TestShardLeague(t *testing.T) {
	c := clickhousetest.Start(t, 2)
	const rounds = 3
	for i := int64(1); i <= rounds; i++ {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			r := round(i)
			q := r.Inquiry()
			want, err := analysis.Investigate(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			fleet := shipped(t, c, fmt.Sprintf("league%d", i), r.Log)
			q.Log = logOf(t, fleet, r.Log)
			got, err := analysis.Investigate(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			sameTriage(t, r, got, want)
			traffic := fleet.Server.Traffic()
			t.Logf("%s, %d rows: %s %s %.2f; %d queries, %.1f MB", r.Key.Kind, r.Log.Rows(), got.Verdict.Outcome, got.Verdict.Cause,
				got.Verdict.Probability, traffic.Queries, float64(traffic.Bytes)/1e6)

			fleet.Server = nil // what was asked is answered again, to the last digit
			q.Log = logOf(t, fleet, r.Log)
			again, err := analysis.Investigate(t.Context(), q)
			if err != nil || told(again) != told(got) {
				t.Errorf("offline: %v; got %s\nwant %s", err, told(again), told(got))
			}
			log := q.Log.(sampledLog)
			if _, err := log.Series(t.Context(), nil, 17*time.Minute); !errors.Is(err, ErrNotAsked) {
				t.Errorf("a question nobody asked, offline: got %v, want ErrNotAsked", err)
			}
		})
	}
}

// told is everything a triage says, as text: NaN, which many numbers may be,
// is not equal to itself.
func told(t analysis.Triage) string {
	text := fmt.Sprint(t.Verdict, t.Causes, t.Slices, t.Signals, t.Ledger, t.Windows, t.Warnings, t.Next, t.Series)
	for _, p := range []any{t.Quality, t.Account, t.Onset} {
		if v := reflect.ValueOf(p); !v.IsNil() {
			text += fmt.Sprintf("\n%+v", v.Elem())
		}
	}
	return text
}

// sampledLog is a Log with rows at hand, as an incident file has them.
type sampledLog struct {
	*Log
	rows *analysis.Table
}

func (l sampledLog) Sample() *analysis.Table { return l.rows }

func logOf(t *testing.T, fleet *Fleet, rows *analysis.Table) analysis.Log {
	t.Helper()
	log, err := NewLog(t.Context(), fleet, nil)
	if err != nil {
		t.Fatal(err)
	}
	return sampledLog{log, rows}
}

// sameTriage compares what a person would act on. Where edges of numbers differ
// the parts of the account and the chances may, a little.
func sameTriage(t *testing.T, r practice.Round, got, want analysis.Triage) {
	t.Helper()
	if got.Verdict.Cause != want.Verdict.Cause || got.Verdict.Outcome != want.Verdict.Outcome || math.Abs(got.Verdict.Probability-want.Verdict.Probability) > .1 {
		t.Errorf("%s: verdict %s %s %.3f, want %s %s %.3f", r.Key.Kind, got.Verdict.Outcome, got.Verdict.Cause, got.Verdict.Probability,
			want.Verdict.Outcome, want.Verdict.Cause, want.Verdict.Probability)
	}
	if got.Windows != want.Windows {
		t.Errorf("windows %v, want %v", got.Windows, want.Windows)
	}
	if (got.Onset == nil) != (want.Onset == nil) || got.Onset != nil && !got.Onset.Onset.Equal(want.Onset.Onset) {
		t.Errorf("onset %v, want %v", got.Onset, want.Onset)
	}
	if g, w := got.Guilty(), want.Guilty(); (g == nil) != (w == nil) || g != nil && !sameColumns(g.Where, w.Where) {
		t.Errorf("guilty %v, want %v", g, w)
	}
	if g, w := got.Quality, want.Quality; (g == nil) != (w == nil) || g != nil && (!near(g.Delta, w.Delta) || g.Labelled != w.Labelled) {
		t.Errorf("quality %+v, want %+v", g, w)
	}
	if g, w := got.Account, want.Account; g != nil && w != nil && math.Abs(g.New-w.New) > .02 {
		t.Errorf("account: new %.3f, want %.3f (by %v and %v)", g.New, w.New, g.By, w.By)
	}
	if len(got.Events) > 0 && len(want.Events) > 0 && !reflect.DeepEqual(got.Events[0].Event, want.Events[0].Event) {
		t.Errorf("first event %+v, want %+v", got.Events[0].Event, want.Events[0].Event)
	}
}

// sameColumns reports whether two slices say the same, ranges of numbers by
// their columns.
func sameColumns(a, b analysis.Where) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Column != b[i].Column || a[i].Op != b[i].Op || a[i].Op == analysis.Equal && a[i].Value != b[i].Value {
			return false
		}
	}
	return true
}

// TestShardManners holds what one server is asked for and spared: limits, a
// cancelled question, a user who may only read, a shard that is down.
func TestShardManners(t *testing.T) {
	c := clickhousetest.Start(t, 2)
	reader := Address{Hosts: c.Hosts[:1], User: "reader", Password: "s3cret", Database: "default", Table: "manners_all"}
	s, err := Connect(t.Context(), reader, Limits{Time: time.Second, Memory: 64 << 20, Result: 1000})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const endless = "SELECT toInt64(count()) FROM numbers(1000000000000) WHERE sipHash64(number) = 0"
	for query, why := range map[string]string{
		endless: "from= and to=",
		"SELECT groupArray(number) FROM numbers(100000000)": "fewer rows",
		"SELECT number FROM numbers(100000)":                "fewer rows",
		"CREATE TABLE mine (a UInt8) ENGINE = Memory":       "readonly",
	} {
		if _, err := s.query(t.Context(), query); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: got %v, want an error about %q", query, err, why)
		}
	}

	patient, err := Connect(t.Context(), reader, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer patient.Close()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(200*time.Millisecond, cancel)
	if _, err := patient.query(ctx, endless); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled question: got %v", err)
	}
	for running, begun := int64(1), time.Now(); running > 0; {
		a, err := patient.query(t.Context(), "SELECT toInt64(count()) FROM system.processes WHERE query LIKE '%sipHash64(number) = 0%' AND query NOT LIKE '%system.processes%'")
		if err != nil {
			t.Fatal(err)
		}
		if running = a.int64(0, 0); running > 0 && time.Since(begun) > time.Minute {
			t.Fatal("a cancelled question still runs on the server")
		}
	}

	wrong := reader
	wrong.Password = "hunter2"
	if _, err := Connect(t.Context(), wrong, DefaultLimits); err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "CLICKHOUSE_PASSWORD") {
		t.Errorf("a wrong password: got %v", err)
	}

	c.Distribute(t, "CREATE TABLE manners (time DateTime, line String) ENGINE = MergeTree PARTITION BY toYYYYMM(time) ORDER BY time", "manners", "manners_all")
	for i := range c.Hosts {
		c.Exec(t, i, "INSERT INTO manners SELECT toDateTime(1772409600 + number), 'L1' FROM numbers(100)")
	}
	about := About{Database: "default", Table: "manners_all", Columns: []Column{{Name: "time", Type: "DateTime"}, {Name: "line", Type: "String"}},
		Fields: []analysis.Field{{Name: "time", Path: "time", Role: analysis.RoleTime, Type: analysis.Time}}}
	if err := patient.Look(t.Context(), &about, analysis.Window{}); err != nil || about.Rows != 200 || about.Partial != "" {
		t.Errorf("both shards: got %d rows, %q, %v", about.Rows, about.Partial, err)
	}
	c.Stop(1)
	if _, err := patient.query(t.Context(), "SELECT toInt64(count()) FROM manners_all"); err == nil || !strings.Contains(err.Error(), "a shard does not answer: ask again") {
		t.Errorf("a shard goes away midway: got %v, want an error", err)
	}
	if err := patient.Look(t.Context(), &about, analysis.Window{}); err != nil || about.Rows != 100 || !strings.Contains(about.Partial, `1 of 2 shards of cluster "fleet"`) {
		t.Errorf("one shard down: got %d rows, %q, %v", about.Rows, about.Partial, err)
	}
}
