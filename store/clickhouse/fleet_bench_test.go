package clickhouse

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"andon/analysis"
	"andon/store/clickhouse/clickhousetest"
)

// generated is a plant's log made inside the server: 18 columns, eight days, a
// fifth labelled; at line L2 the picture goes dark for the last quarter and
// half of the answers turn wrong. %d is the number of rows.
const generated = `INSERT INTO %s SELECT
  toDateTime(1772409600 + intDiv(number * 691200, %[2]d)) AS time, toUInt32((number * 691200 %% %[2]d) / %[2]d * 1e9), 'generated', number,
  concat('r', toString(number)), concat('L', toString(1 + h1 %% 3)), concat('S', toString(1 + h1 %% 3), '-', toString(1 + h2 %% 3)),
  concat('cam-', toString(1 + h1 %% 3), toString(1 + h2 %% 3), toString(h3 %% 2)), ['early', 'late', 'night'][1 + intDiv(toHour(time, 'UTC'), 8)],
  concat('sku-', toString(h4 %% 8)), concat('op-', toString(h5 %% 24)), 'grip', '3.1',
  if(wrong, if(truth = 'ok', 'nok', 'ok'), truth), if(h6 %% 5 = 0, truth, ''), 0.5 + 0.49 * (1 - if(dark, 0.6, 0.2) * u1), 'ok',
  15 + 20 * u2 * u2, if(dark, 100, 115) + 40 * u3, 30 + 8 * u1, 1500 + 900 * u2
FROM (SELECT number, intHash32(number) AS h1, intHash32(number + 1000000000) AS h2, intHash32(number + 2000000000) AS h3,
  intHash32(number + 3000000000) AS h4, intHash32(number + 4000000000) AS h5, intHash32(number + 5000000000) AS h6,
  intHash32(number + 6000000000) / 4294967296 AS u1, intHash32(number + 7000000000) / 4294967296 AS u2, intHash32(number + 8000000000) / 4294967296 AS u3,
  (h1 %% 3 = 1) AND (number > %[2]d * 0.75) AS dark, if(h4 %% 4 = 0, 'nok', 'ok') AS truth, u3 < if(dark, 0.5, 0.08) AS wrong FROM numbers(%[2]d))`

// generatedFields are the columns of that log.
func generatedFields() []analysis.Field {
	fields := []analysis.Field{{Name: "time", Role: analysis.RoleTime, Type: analysis.Time}, {Name: "id", Role: analysis.RoleID}}
	for _, name := range []string{"line", "station", "camera", "shift", "sku", "operator"} {
		fields = append(fields, analysis.Field{Name: name, Role: analysis.RoleDimension})
	}
	fields = append(fields, analysis.Field{Name: "model", Role: analysis.RoleModel}, analysis.Field{Name: "model_version", Role: analysis.RoleVersion},
		analysis.Field{Name: "prediction", Role: analysis.RolePrediction}, analysis.Field{Name: "label", Role: analysis.RoleLabel},
		analysis.Field{Name: "confidence", Role: analysis.RoleConfidence, Type: analysis.Number}, analysis.Field{Name: "status", Role: analysis.RoleStatus},
		analysis.Field{Name: "latency_ms", Role: analysis.RoleLatency, Type: analysis.Number})
	for _, name := range []string{"brightness", "contrast", "sharpness"} {
		fields = append(fields, analysis.Field{Name: name, Role: analysis.RoleFeature, Type: analysis.Number})
	}
	for i := range fields {
		fields[i].Path = fields[i].Name
	}
	return fields
}

// mostGrown bounds what more rows may add to the bytes: the digits of larger
// counts, and a finer step as more labels allow.
const mostGrown = 1.5

// sampleRows is how many rows are copied besides, as andon import does.
const sampleRows = 200_000

// TestShardGrowth triages the same incident at two sizes and holds that what
// crosses the wire does not grow with the rows. ANDON_FLEET_ROWS names other
// sizes, such as 1000000,10000000,50000000, for the README's table.
func TestShardGrowth(t *testing.T) {
	c := clickhousetest.Start(t, 1)
	sizes := []int{100_000, 800_000}
	if text := os.Getenv("ANDON_FLEET_ROWS"); text != "" {
		sizes = nil
		for _, s := range strings.Split(text, ",") {
			n, err := strconv.Atoi(s)
			if err != nil {
				t.Fatal(err)
			}
			sizes = append(sizes, n)
		}
	}
	var moved []int64
	for _, n := range sizes {
		moved = append(moved, triageGenerated(t, c, n))
	}
	for i, bytes := range moved[1:] {
		if grown := float64(bytes) / float64(moved[0]); grown > mostGrown {
			t.Errorf("%d rows moved %.1f times the bytes of %d", sizes[i+1], grown, sizes[0])
		}
	}
}

// generatedFleet makes n rows in the server and is the fleet that asks for them.
func generatedFleet(t *testing.T, c *clickhousetest.Cluster, n int) (Address, *Fleet) {
	t.Helper()
	a := Address{Hosts: c.Hosts[:1], User: "default", Database: "default", Table: fmt.Sprintf("generated%d", n)}
	fields := generatedFields()
	c.Exec(t, 0, Schema(a, fields))
	c.Exec(t, 0, fmt.Sprintf(generated, a.from(), n))
	patient := DefaultLimits
	patient.Time = time.Hour // a machine of two cores that others use
	s, err := Connect(t.Context(), a, patient)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	columns, err := s.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	about := About{Hosts: a.Hosts, Database: a.Database, Table: a.Table, Columns: columns, Fields: fields}
	if err := s.Look(t.Context(), &about, analysis.Window{}); err != nil {
		t.Fatal(err)
	}
	return a, &Fleet{About: about, Memory: &notebook{}, Server: s}
}

// triageGenerated makes n rows in the server, triages them, and is the bytes
// that came over the wire.
func triageGenerated(t *testing.T, c *clickhousetest.Cluster, n int) int64 {
	t.Helper()
	a, fleet := generatedFleet(t, c, n)
	s := fleet.Server
	size, err := s.query(t.Context(), "SELECT toInt64(sum(bytes_on_disk)) FROM system.parts WHERE active AND table = "+literal(a.Table))
	if err != nil {
		t.Fatal(err)
	}
	began, cpu := time.Now(), c.CPU(t)
	log, err := NewLog(t.Context(), fleet, nil)
	if err != nil {
		t.Fatal(err)
	}
	found, err := analysis.Investigate(t.Context(), analysis.Inquiry{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	took, spent, traffic := time.Since(began), c.CPU(t)-cpu, s.Traffic()
	if _, err := s.CopyEvenly(t.Context(), fleet.About, sampleRows, io.Discard); err != nil {
		t.Fatal(err)
	}
	if _, err := log.CopyErrors(t.Context(), sampleRows, found.Windows.After, io.Discard); err != nil {
		t.Fatal(err)
	}
	sampled := s.Traffic().Bytes - traffic.Bytes
	guilty := found.Guilty()
	if guilty == nil || guilty.Where.String() != "line=L2" {
		t.Errorf("%d rows: guilty %v, want line=L2", n, guilty)
	}
	t.Logf("fleet: %d rows, %.1f bytes/row on disk, %d queries, %.2f MB of sums and %.1f MB of rows moved, %.1f s, %.1f s of CPU, %d rows read, %.2f µs/row, %.1f M rows read/s/core",
		n, float64(size.int64(0, 0))/float64(n), traffic.Queries, float64(traffic.Bytes)/1e6, float64(sampled)/1e6, took.Seconds(), spent.Seconds(), traffic.Rows,
		spent.Seconds()*1e6/float64(n), float64(traffic.Rows)/1e6/spent.Seconds())
	return traffic.Bytes
}
