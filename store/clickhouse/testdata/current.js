// Runs statements and queries in a ClickHouse of today, inside this process:
//
//   {"setup": ["CREATE ..."], "queries": ["SELECT ..."]}  on stdin
//   {"version": "...", "answers": [{"rows": [[...]]} or {"error": "..."}]}  on stdout
const { Session } = require('chdb');
const asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const session = new Session(process.argv[2]);
for (const statement of asked.setup) session.query(statement);
const answers = asked.queries.map((query) => {
  try {
    return { rows: JSON.parse(session.query(query, 'JSONCompact')).data };
  } catch (e) {
    return { error: String(e) };
  }
});
const version = session.query('SELECT version()', 'TSV').trim();
process.stdout.write(JSON.stringify({ version, answers }));
