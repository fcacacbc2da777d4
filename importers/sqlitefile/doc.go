// Package sqlitefile reads the tables of an SQLite database without SQLite.
//
//	page 1   header, and the root of sqlite_schema: name, root page, CREATE text
//	page n   interior 05: child pages, in order of their keys
//	         leaf     0d: cells, each a row
//	cell     payload length, rowid, header of types, values ─▶ overflow pages
//
// Importers read databases that other programs own, as hostile as any other
// file, and run no SQL; a reader of the tables alone is small and can be
// bounded. Only ordinary tables with UTF-8 text are read, and nothing that is
// still in a write-ahead log. Source: sqlite.org/fileformat2.html.
package sqlitefile
