package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// applicationID marks a SQLite database as an incident file ("Andn").
const applicationID = 0x416e646e

const sqliteMagic = "SQLite format 3\x00"

// checkHeader reads the first 100 bytes of the file itself, before SQLite may
// touch it (sqlite.org/fileformat2.html, section 1.3): the magic at 0, the
// user_version at 60 and the application_id at 68, all big-endian.
func checkHeader(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("open %q: %w: check the path, or create it with andon import -o", path, ErrNotFound)
	}
	if err != nil {
		return explain("open", path, err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("open %q: %w: it is not a regular file", path, ErrNotIncident)
	}
	file, err := os.Open(path)
	if err != nil {
		return explain("open", path, err)
	}
	defer file.Close()
	var head [100]byte
	if n, err := io.ReadFull(file, head[:]); err != nil {
		return fmt.Errorf("open %q: %w: it holds only %d bytes", path, ErrNotIncident, n)
	}
	if string(head[:16]) != sqliteMagic {
		return fmt.Errorf("open %q: %w: it is no SQLite database; if it is a log, give it to andon import", path, ErrNotIncident)
	}
	if id := binary.BigEndian.Uint32(head[68:]); id != applicationID {
		return fmt.Errorf("open %q: %w: it is another program's SQLite database (application_id %#x)", path, ErrNotIncident, id)
	}
	return checkVersion(path, int(binary.BigEndian.Uint32(head[60:])))
}

// checkVersion refuses what a newer Andon wrote.
func checkVersion(path string, version int) error {
	if version > len(migrations) {
		return fmt.Errorf("open %q: %w (file version %d, this Andon reads up to %d): it was left untouched; open it with a newer Andon", path, ErrNewer, version, len(migrations))
	}
	return nil
}
