package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"andon/analysis"
)

// A file from someone else may carry a schema that acts: a view in the place of
// a table, a trigger, a column that computes. So its schema is compared with
// what the migrations make, byte for byte:
//
//	wide tables (inference, label, frame)   columns, against "column"
//	everything else                         the text of its CREATE
//
// Nothing may be missing and nothing may be added.

// object is a line of sqlite_schema.
type object struct{ kind, name, table, text string }

// checkSchema fails with ErrDamaged at the first object that a file of this
// version would not have.
func checkSchema(ctx context.Context, q querier, version int) error {
	want, err := expectedSchema(ctx, version)
	if err != nil {
		return err
	}
	got, err := readSchema(ctx, q)
	if err != nil {
		return err
	}
	for name, o := range got {
		if _, known := want[name]; !known {
			return fmt.Errorf("%w: its schema has a %s %q that no Andon made", ErrDamaged, o.kind, o.name)
		}
	}
	return checkObjects(ctx, q, version, want, got)
}

// checkTables is checkSchema for a file whose content is to be saved: only the
// tables must be ours, whatever stands beside them.
func checkTables(ctx context.Context, q querier, version int) error {
	want, err := expectedSchema(ctx, version)
	if err != nil {
		return err
	}
	maps.DeleteFunc(want, func(_ string, o object) bool { return o.kind != "table" })
	got, err := readSchema(ctx, q)
	if err != nil {
		return err
	}
	return checkObjects(ctx, q, version, want, got)
}

// checkObjects fails unless all that is wanted is there as it should be.
func checkObjects(ctx context.Context, q querier, version int, want, got map[string]object) error {
	for name, expected := range want {
		o, there := got[name]
		if !there {
			return fmt.Errorf("%w: its schema lacks the %s %q", ErrDamaged, expected.kind, name)
		}
		if isWide(name) {
			o.text, expected.text = "", ""
		}
		if o != expected {
			return fmt.Errorf("%w: its %s %q is not as Andon makes it", ErrDamaged, o.kind, name)
		}
	}
	for _, kind := range wide {
		if err := checkColumns(ctx, q, kind, version); err != nil {
			return err
		}
	}
	return nil
}

func isWide(name string) bool { return slices.Contains(wide, analysis.Kind(name)) }

// expectedSchema is the schema of an empty file of a version.
func expectedSchema(ctx context.Context, version int) (map[string]object, error) {
	db, err := emptyFile(ctx, version)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return readSchema(ctx, db)
}

// emptyFile is a database in memory with the schema of a version.
func emptyFile(ctx context.Context, version int) (*sql.DB, error) {
	db := connect(":memory:", nil, 1)
	for _, step := range migrations[:version] {
		if _, err := db.ExecContext(ctx, step); err != nil {
			db.Close()
			return nil, err
		}
	}
	return db, nil
}

func readSchema(ctx context.Context, q querier) (map[string]object, error) {
	rows, err := q.QueryContext(ctx, "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	objects := map[string]object{}
	for rows.Next() {
		var o object
		if err := rows.Scan(&o.kind, &o.name, &o.table, &o.text); err != nil {
			return nil, err
		}
		objects[o.name] = o
	}
	return objects, rows.Err()
}

// checkColumns compares the columns of a wide table with what "column" says of
// them: a plain column of the declared type each, and none more.
func checkColumns(ctx context.Context, q querier, kind analysis.Kind, version int) error {
	if err := checkPlain(ctx, q, kind); err != nil {
		return err
	}
	db, err := emptyFile(ctx, version)
	if err != nil {
		return err
	}
	defer db.Close()
	base, err := tableColumns(ctx, db, kind)
	if err != nil {
		return err
	}
	got, err := tableColumns(ctx, q, kind)
	if err != nil {
		return err
	}
	want, err := toldColumns(ctx, q, kind)
	if err != nil {
		return err
	}
	for name, expected := range want {
		if found := got[name]; found != expected && (found == "" || found != base[name]) {
			return fmt.Errorf("%w: %s.%s is declared %q and should be %q", ErrDamaged, kind, name, found, expected)
		}
		delete(got, name)
	}
	for name, found := range got {
		if found != base[name] || !slices.Contains(own[kind], name) {
			return fmt.Errorf("%w: %s.%s is a column that no Andon made", ErrDamaged, kind, name)
		}
	}
	return nil
}

// toldColumns is how the columns of a wide table should be declared by what
// "column" says; it asks only for what every version has.
func toldColumns(ctx context.Context, q querier, kind analysis.Kind) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT sql, type FROM "column" WHERE kind = ?`, kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		typ, err := typeOf(text)
		if err != nil {
			return nil, err
		}
		columns[fold(name)] = declared(typ) + " 0  0 0"
	}
	return columns, rows.Err()
}

// checkPlain refuses what a CREATE TABLE can say beside columns: a wide table
// of ours has no constraint, no computed column and is not virtual.
func checkPlain(ctx context.Context, q querier, kind analysis.Kind) error {
	var text string
	err := q.QueryRowContext(ctx, "SELECT sql FROM sqlite_schema WHERE name = ? AND type = 'table'", kind).Scan(&text)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(text, "CREATE TABLE "+string(kind)+" (") {
		return fmt.Errorf("%w: %s is not a plain table", ErrDamaged, kind)
	}
	return nil
}

// tableColumns is how each column of a table is declared: type, not null,
// default, place in the key, and whether it is hidden or computed.
func tableColumns(ctx context.Context, q querier, kind analysis.Kind) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT name, type, "notnull", ifnull(dflt_value, ''), pk, hidden FROM pragma_table_xinfo(?)`, kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns := map[string]string{}
	for rows.Next() {
		var name, typ, fallback string
		var required, key, hidden int
		if err := rows.Scan(&name, &typ, &required, &fallback, &key, &hidden); err != nil {
			return nil, err
		}
		columns[fold(name)] = fmt.Sprintf("%s %d %s %d %d", typ, required, fallback, key, hidden)
	}
	return columns, rows.Err()
}
