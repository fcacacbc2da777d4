package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// The small tables, which say what everything else means, share one hash, the
// seal. It is made anew at the end of every transaction: they are some hundred
// rows, however long the log.
var sealed = []string{"incident", "source", "column", "event", "finding"}

// sealedLater are the small tables of later versions. One that a file does not
// have yet, or that holds nothing, leaves its seal as an older Andon made it.
var sealedLater = []string{"hypothesis", "hypothesis_move", "replayed", "incident_record", "incident_move", "stream", "mapping", "countermeasure", "saved_check", "fleet", "recast"}

// seal hashes the small tables.
func seal(ctx context.Context, q querier) (string, error) {
	sum := sha256.New()
	later, err := filled(ctx, q, sealedLater)
	if err != nil {
		return "", err
	}
	for _, table := range slices.Concat(sealed, later) {
		rows, err := q.QueryContext(ctx, "SELECT * FROM "+quote(table)+" ORDER BY rowid")
		if err != nil {
			return "", err
		}
		columns, err := rows.Columns()
		if err != nil {
			rows.Close()
			return "", err
		}
		hash, err := digestRows(rows, columns)
		rows.Close()
		if err != nil {
			return "", err
		}
		fmt.Fprintln(sum, table, hash)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// filled are those of the tables that the file has and that hold rows.
func filled(ctx context.Context, q querier, tables []string) ([]string, error) {
	var kept []string
	for _, table := range tables {
		var rows bool
		err := q.QueryRowContext(ctx, "SELECT count(*) > 0 FROM sqlite_schema WHERE type = 'table' AND name = ?", table).Scan(&rows)
		if err == nil && rows {
			err = q.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+quote(table)+")").Scan(&rows)
		}
		if err != nil {
			return nil, err
		}
		if rows {
			kept = append(kept, table)
		}
	}
	return kept, nil
}

// setSeal closes a transaction.
func setSeal(ctx context.Context, q querier) error {
	hash, err := seal(ctx, q)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, "UPDATE state SET seal = ?", hash)
	return err
}

// checkSeal fails if the small tables are not what was committed last.
func checkSeal(ctx context.Context, q querier) (string, error) {
	var kept string
	if err := q.QueryRowContext(ctx, "SELECT seal FROM state").Scan(&kept); err != nil {
		return "", err
	}
	hash, err := seal(ctx, q)
	switch {
	case err != nil:
		return "", err
	case kept == "":
		return "not sealed by the older Andon that wrote it", nil
	case kept != hash:
		return "", fmt.Errorf("%w: incident, sources, columns, events, findings or hypotheses", ErrAltered)
	}
	return "incident, sources, columns, events, findings and hypotheses as they were saved", nil
}
