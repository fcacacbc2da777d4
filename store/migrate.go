package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations are the steps from an empty database to the present one: step i
// leads to user_version i+1. A step that was ever released is never edited.
var migrations = readMigrations()

func readMigrations() []string {
	entries, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		panic(err) // the files are part of the binary
	}
	steps := make([]string, len(entries))
	for i, e := range entries { // ReadDir sorts, and names begin with the number
		text, err := migrationFiles.ReadFile("migrations/" + e.Name())
		if err != nil {
			panic(err)
		}
		steps[i] = string(text)
	}
	return steps
}

// migrate runs the steps that db has not seen, each in its own transaction
// together with its user_version, so that a kill leaves the old version or the
// new one. It fails with ErrNewer before writing anything to a newer file.
func migrate(ctx context.Context, db *sql.DB, path string) error {
	for {
		var version int
		if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
			return explain("open", path, err)
		}
		if err := checkVersion(path, version); err != nil || version == len(migrations) {
			return err
		}
		if err := step(ctx, db, version); err != nil {
			return explain(fmt.Sprintf("bring to version %d", version+1), path, err)
		}
	}
}

// step takes a database from version to the next. Another process may have
// been faster; then there is nothing to do.
func step(ctx context.Context, db *sql.DB, version int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var now int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&now); err != nil || now != version {
		return err
	}
	if _, err := tx.ExecContext(ctx, migrations[version]); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version+1)); err != nil {
		return err
	}
	return tx.Commit()
}
