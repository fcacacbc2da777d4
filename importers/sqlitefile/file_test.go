package sqlitefile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const sample = "../../testdata/logs/mlflow-assessment.db"

// database makes one with the sqlite3 program.
func database(t *testing.T, sql string) string {
	t.Helper()
	if _, err := exec.LookPath("sqlite3"); err != nil {
		t.Skip("skip: needs sqlite3")
	}
	path := filepath.Join(t.TempDir(), "a.db")
	if out, err := exec.Command("sqlite3", path, sql).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return path
}

// told is every row of a table as sqlite3 quotes it.
func told(row Row) string {
	var words []string
	for _, v := range row {
		switch v := v.(type) {
		case nil:
			words = append(words, "NULL")
		case string:
			words = append(words, "'"+strings.ReplaceAll(v, "'", "''")+"'")
		case []byte:
			words = append(words, fmt.Sprintf("X'%x'", v))
		case float64:
			words = append(words, fmt.Sprintf("%.6f", v))
		default:
			words = append(words, fmt.Sprint(v))
		}
	}
	return strings.Join(words, ",")
}

// Rows of all types and lengths, on as many pages as they need, are those that
// sqlite3 prints.
func TestRowsAgainstSQLite(t *testing.T) {
	for _, size := range []int{512, 4096, 65536} {
		path := database(t, fmt.Sprintf(`PRAGMA page_size=%d;
			CREATE TABLE t (n INT, "f, (x)" REAL, [text] TEXT DEFAULT '(,', b BLOB, CONSTRAINT c CHECK (n < 1e12));
			WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 700)
			INSERT INTO t SELECT CASE i %% 9 WHEN 0 THEN NULL WHEN 1 THEN 0 WHEN 2 THEN 1 ELSE (i - 300) * i * i * i END, i / 8.0 + 0.3,
				substr(replace(hex(zeroblob(4000)), '0', 'it''s '), 1, (i * 37) %% 6000), CASE WHEN i %% 5 THEN zeroblob(i) END FROM c;
			DELETE FROM t WHERE n %% 7 = 3; ALTER TABLE t ADD COLUMN later;`, size))
		out, err := exec.Command("sqlite3", path, `SELECT quote(n) || ',' || printf('%.6f', "f, (x)") || ',' || quote(text) || ',' || quote(b) || ',NULL' FROM t ORDER BY rowid`).Output()
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
		got := read(t, path, "t")
		if !slices.EqualFunc(got, want, func(a, b string) bool { return strings.EqualFold(a, b) }) {
			t.Errorf("page size %d: %d rows, want %d", size, len(got), len(want))
			for i := range min(len(got), len(want)) {
				if !strings.EqualFold(got[i], want[i]) {
					t.Fatalf("row %d is %.200s, want %.200s", i, got[i], want[i])
				}
			}
		}
	}
}

func read(t *testing.T, path, table string) []string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	db, err := Open(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	tables, err := db.Tables()
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for row, err := range db.Rows(tables[table]) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, told(row))
	}
	return rows
}

func TestColumns(t *testing.T) {
	for text, want := range map[string]string{
		`CREATE TABLE t (a INT, "b c" TEXT, [d], ` + "`e`" + ` REAL(1,2) DEFAULT '(', PRIMARY KEY (a, [d]), CONSTRAINT x CHECK (a IN (1, 2)))`: "a|b c|d|e",
		`CREATE TABLE t (key TEXT, "unique" INT, FOREIGN KEY(key) REFERENCES u (k))`:                                                           "key|unique",
		`CREATE TABLE t`: "",
	} {
		if got := strings.Join(columns(text), "|"); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// A tree that leads back into itself, a page that is not there and a file that
// is cut off end with an error, never in a loop.
func TestDamaged(t *testing.T) {
	whole, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	page := int(binary.BigEndian.Uint16(whole[16:]))
	circle := bytes.Clone(whole)
	circle[100] = 5 // page 1 becomes the parent of page 1
	binary.BigEndian.PutUint16(circle[103:], 0)
	binary.BigEndian.PutUint32(circle[108:], 1)
	for name, content := range map[string][]byte{"circle": circle, "cut": whole[:page+page/2], "header only": whole[:100], "empty": nil} {
		db, err := Open(bytes.NewReader(content), int64(len(content)))
		if err == nil {
			_, err = db.Tables()
		}
		if err == nil && name != "cut" || err != nil && !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
		if name == "cut" && err == nil {
			tables, _ := db.Tables()
			failed := false
			for _, table := range tables {
				for _, err := range db.Rows(table) {
					failed = failed || err != nil
				}
			}
			if !failed {
				t.Error("cut: every table reads well")
			}
		}
	}
}

// counted counts the reads of a file.
type counted struct {
	*bytes.Reader
	n int
}

func (c *counted) ReadAt(p []byte, at int64) (int, error) {
	c.n++
	return c.Reader.ReadAt(p, at)
}

// A page whose cells all lead to one row, and a row that goes on in a page that
// goes on in itself, are two pages and not a gigabyte.
func TestRowsThatAreNotThere(t *testing.T) {
	for _, test := range []struct {
		name string
		cell []byte // at byte 400 of page 1
	}{
		{"16 MB in a circle", []byte{0x87, 0xff, 0xff, 0x00, 1}},
		{"one row a hundred times", []byte{100, 1, 1}},
	} {
		file := make([]byte, 1024)
		copy(file, Magic)
		binary.BigEndian.PutUint16(file[16:], 512)
		file[100] = 13
		binary.BigEndian.PutUint16(file[103:], 100)
		for i := range 100 {
			binary.BigEndian.PutUint16(file[108+2*i:], 400)
		}
		copy(file[400:], test.cell)
		for at := 400 + len(test.cell); at+4 <= 512; at++ {
			file[at] = 0
		}
		file[511], file[515] = 2, 2 // page 2 is the next, of page 2 too
		in := &counted{Reader: bytes.NewReader(file)}
		db, err := Open(in, int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Tables(); !errors.Is(err, ErrDamaged) || in.n > 5 {
			t.Errorf("%s: %d reads, %v", test.name, in.n, err)
		}
	}
}

// No bytes make the reader panic, hang or take more than it was given.
func FuzzTables(f *testing.F) {
	whole, err := os.ReadFile(sample)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:1024])
	f.Fuzz(func(t *testing.T, content []byte) {
		db, err := Open(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			return
		}
		tables, err := db.Tables()
		if err != nil {
			return
		}
		for _, table := range tables {
			n := 0
			for row, err := range db.Rows(table) {
				if n++; n > 100_000 {
					break
				}
				if err == nil && len(row) != len(table.Columns) {
					t.Fatalf("%d values for %d columns", len(row), len(table.Columns))
				}
			}
		}
	})
}
