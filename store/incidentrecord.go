package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"andon/analysis/incident"
)

// SaveIncident keeps a record, a new one where its ID is 0, together with the
// moves that led to it, and returns it with its ID and all its moves. The head
// of the file takes title and status of the incident that is worked on.
func (f *File) SaveIncident(ctx context.Context, r incident.Record, moves []incident.Move) (incident.Record, error) {
	err := f.record(ctx, "save the incident in", func(ctx context.Context, t *transaction) error {
		var err error
		if r.ID, err = putIncident(ctx, t, r); err != nil {
			return err
		}
		for _, m := range moves {
			if _, err := t.ExecContext(ctx, `INSERT INTO incident_move (incident, time, author, field, "from", "to", reason) VALUES (?, ?, ?, ?, ?, ?, ?)`,
				r.ID, formatInstant(m.Time), m.Author, m.Field, m.From, m.To, m.Reason); err != nil {
				return err
			}
		}
		all, err := readIncidents(ctx, t)
		if err != nil {
			return err
		}
		for _, saved := range all {
			if saved.ID == r.ID {
				r = saved
			}
		}
		current, _ := incident.Current(all)
		_, err = t.ExecContext(ctx, "UPDATE incident SET title = ?, status = ?", current.Title, current.Status)
		return err
	})
	return r, err
}

// putIncident writes the row of a record and returns its ID.
func putIncident(ctx context.Context, q querier, r incident.Record) (int64, error) {
	var lists [4]string
	for i, list := range [][]string{r.People, r.Links, r.Tags, r.Signals} {
		text, err := json.Marshal(list)
		if err != nil {
			return 0, err
		}
		lists[i] = string(text)
	}
	result, err := q.ExecContext(ctx, `INSERT OR REPLACE INTO incident_record (id, title, severity, status, owner, created, onset, detected, mitigated, resolved, people, links, tags, cause, "where", signals)
		VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.Title, r.Severity, r.Status, r.Owner, formatInstant(r.Created), formatInstant(r.Onset), formatInstant(r.Detected), formatInstant(r.Mitigated), formatInstant(r.Resolved),
		lists[0], lists[1], lists[2], r.Cause, r.Where, lists[3])
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// Incidents are all records with their moves, in the order they were opened.
func (f *File) Incidents(ctx context.Context) (all []incident.Record, err error) {
	err = f.read(ctx, "read the incidents of", func(tx *sql.Tx) error {
		all, err = readIncidents(ctx, tx)
		return err
	})
	return all, err
}

func readIncidents(ctx context.Context, q querier) ([]incident.Record, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, title, severity, status, owner, created, onset, detected, mitigated, resolved, people, links, tags, cause, "where", signals FROM incident_record ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []incident.Record
	for rows.Next() {
		var r incident.Record
		var times [5]string
		var lists [4]string
		if err := rows.Scan(&r.ID, &r.Title, &r.Severity, &r.Status, &r.Owner, &times[0], &times[1], &times[2], &times[3], &times[4],
			&lists[0], &lists[1], &lists[2], &r.Cause, &r.Where, &lists[3]); err != nil {
			return nil, err
		}
		r.Created, r.Onset, r.Detected = parseInstant(times[0]), parseInstant(times[1]), parseInstant(times[2])
		r.Mitigated, r.Resolved = parseInstant(times[3]), parseInstant(times[4])
		for i, to := range []*[]string{&r.People, &r.Links, &r.Tags, &r.Signals} {
			if err := json.Unmarshal([]byte(lists[i]), to); err != nil {
				return nil, err
			}
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Moves, err = readIncidentMoves(ctx, q, all[i].ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func readIncidentMoves(ctx context.Context, q querier, id int64) ([]incident.Move, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, incident, time, author, field, "from", "to", reason FROM incident_move WHERE incident = ? ORDER BY id`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var moves []incident.Move
	for rows.Next() {
		var m incident.Move
		var at string
		if err := rows.Scan(&m.ID, &m.Incident, &at, &m.Author, &m.Field, &m.From, &m.To, &m.Reason); err != nil {
			return nil, err
		}
		m.Time = parseInstant(at)
		moves = append(moves, m)
	}
	return moves, rows.Err()
}
