package clickhouse

import "strings"

// Address says which table is the log, and how to get at it:
//
//	clickhouse://reader@ch1:9000,ch2:9000/plant/inference
//	             └user  └ hosts, tried in turn  └ db └ table
//
// Hosts are host:port. Secure asks for TLS; Password is sent and never kept.
type Address struct {
	Hosts    []string
	User     string
	Password string
	Database string
	Table    string
	Secure   bool
}

// identifier is a name in backquotes, as ClickHouse writes it. Names come from
// the address and from the server's own list of columns.
func identifier(name string) string { return "`" + escaper.Replace(name) + "`" }

// literal is a text in quotes, as ClickHouse writes it.
func literal(text string) string { return "'" + escaper.Replace(text) + "'" }

// escaper covers everything that ends a quoted word or begins an escape. NUL
// stands as an escape because old parsers stop there.
var escaper = strings.NewReplacer(`\`, `\\`, `'`, `\'`, "`", "\\`", "\x00", `\0`)

// from is the table as FROM wants it.
func (a Address) from() string { return identifier(a.Database) + "." + identifier(a.Table) }
