// DuckDB's part of the benchmark, two threads, on the generated log:
//
//	node duckdb.cjs run FILE QUERY      one statement, to load
//	node duckdb.cjs ask FILE ROUNDS     what ask.go asks, from opening the file on:
//	                                    wall and CPU in milliseconds, medians
//	node duckdb.cjs triage LOG          load in memory, diff and pair counts
const { DuckDBInstance } = require('@duckdb/node-api');

const dimensions = ['plant', 'line', 'station', 'camera', 'shift', 'sku', 'operator', 'model_version', 'status', 'predicted'];
const texts = [...dimensions, 'votes'];
const numbers = ['confidence', 'latency_ms', 'brightness', 'contrast', 'blur', 'temperature', 'queue', 'exposure'];
const side = "(ts >= TIMESTAMP '2026-03-06 04:48:00')::INT w";
const sets = cells => cells.map(c => `(w, ${c})`).join(', ');
const of = f => numbers.map(f).join(', ');

const counts = `SELECT w, ${texts}, count(*), count(label), sum((label = predicted)::INT)
  FROM (SELECT *, ${side} FROM t) GROUP BY GROUPING SETS (${sets(texts)})`;
const histograms = `WITH r AS MATERIALIZED (SELECT ${of(n => `min(${n}) lo_${n}, max(${n}) hi_${n}`)} FROM t)
  SELECT w, ${of(n => 'b_' + n)}, count(*), count(label), sum((label = predicted)::INT) FROM
    (SELECT ${side}, label, predicted, ${of(n => `least(49, floor((${n} - lo_${n}) / (hi_${n} - lo_${n}) * 50))::INT b_${n}`)} FROM t, r)
  GROUP BY GROUPING SETS (${sets(numbers.map(n => 'b_' + n))})`;
const moments = `SELECT ${side}, ${of(n => `count(${n}), avg(${n}), stddev(${n}), min(${n}), max(${n})`)} FROM t GROUP BY w`;
const quantiles = `SELECT ${side}, ${of(n => `quantile_cont(${n}, [.01, .05, .25, .5, .75, .95, .99])`)} FROM t GROUP BY w`;
const cells = dimensions.flatMap((a, i) => [a, ...dimensions.slice(0, i).map(b => `${a}, ${b}`)]);
const slices = `SELECT w, ${dimensions}, count(*), count(label), sum((label = predicted)::INT)
  FROM (SELECT *, ${side} FROM t) GROUP BY GROUPING SETS (${sets(cells)})`;
const minutes = `SELECT date_trunc('minute', ts) m, count(*), count(label), sum((label = predicted)::INT) FROM t GROUP BY m ORDER BY m`;
const questions = { diff: [counts, histograms, moments], quantiles: [counts, histograms, moments, quantiles], slices: [slices], minutes: [minutes] };

const median = list => list.sort((a, b) => a - b)[list.length >> 1].toFixed(1);

async function on(file, queries) {
  const db = await DuckDBInstance.create(file, { threads: '2' }), c = await db.connect();
  for (const q of queries) (await c.runAndReadAll(q)).getRows();
  c.closeSync(); db.closeSync();
}

(async () => {
  const [verb, file, more] = process.argv.slice(2);
  if (verb === 'run') return on(file, [more]);
  if (verb === 'triage') return on(':memory:', [`CREATE TABLE t AS SELECT * FROM read_json_auto('${file}')`, counts, histograms, moments, slices]);
  for (const [name, queries] of Object.entries(questions)) {
    const wall = [], cpu = [];
    for (let i = 0; i < Number(more); i++) {
      const busy = process.cpuUsage(), began = performance.now();
      await on(file, queries);
      const cost = process.cpuUsage(busy);
      wall.push(performance.now() - began); cpu.push((cost.user + cost.system) / 1000);
    }
    console.log(name, median(wall), median(cpu));
  }
})();
