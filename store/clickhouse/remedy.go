package clickhouse

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"

	native "github.com/ClickHouse/clickhouse-go/v2"
)

// An error of the cluster says what a person can do about it:
//
//	who or where ──▶ password, port, certificate
//	what         ──▶ a shorter span, fewer rows
//	a shard      ──▶ later

// The codes of ClickHouse that a reader can do something about.
const (
	codeReadonly    = 164
	codeNoUser      = 192
	codePassword    = 193
	codeNoPassword  = 194
	codeUnknown     = 516 // of new servers: one of the two, they do not say which
	codeNoShard     = 279
	codeNetwork     = 210
	codeBrokenOff   = 32  // a server went away in the middle of its answer
	codeSilent      = 209 // or fell silent
	codeNoTable     = 60
	codeNoDatabase  = 81
	codeTimeout     = 159
	codeMemory      = 241
	codeResultLarge = 396
	codeRowsLarge   = 158
)

func code(err error) int32 {
	var e *native.Exception
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}

func refusesSettings(err error) bool { return code(err) == codeReadonly }

// Refused reports whether the server does not know the user or the password.
func Refused(err error) bool {
	switch code(err) {
	case codeNoUser, codePassword, codeNoPassword, codeUnknown:
		return true
	}
	return false
}

// shardGone reports whether a query failed because a server of the cluster did
// not answer the one that was asked.
func shardGone(err error) bool {
	switch code(err) {
	case codeNoShard, codeNetwork, codeBrokenOff, codeSilent:
		return true
	}
	return false
}

// admission is what to do where a connection does not come about.
func (a Address) admission(err error) string {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var plain tls.RecordHeaderError
	switch {
	case Refused(err):
		return "set CLICKHOUSE_USER, and CLICKHOUSE_PASSWORD or CLICKHOUSE_PASSWORD_FILE"
	case errors.As(err, &unknown):
		return "if the certificate is signed by an authority of your own, name its file in SSL_CERT_FILE"
	case errors.As(err, &name):
		return "ask for the host by a name that is in its certificate"
	case errors.As(err, &plain):
		return "this port speaks no TLS: leave secure=1 out, or name the port that does (9440)"
	case a.Secure:
		return "is it running, and is this its native port with TLS (9440)?"
	}
	return "is it running, and is this its native port (9000)? One with TLS (9440) wants secure=1"
}

// advice is what went wrong and what to do about it, for the errors of a query
// that a reader can do something about.
func advice(err error) string {
	if shardGone(err) {
		return "a shard does not answer: ask again when it is back, or import anew, which reads the others and says so"
	}
	switch code(err) {
	case codeTimeout:
		return "it takes too long: ask for a shorter span with from= and to="
	case codeMemory, codeResultLarge, codeRowsLarge:
		return "it is too much: ask for fewer rows with from=, to= or where="
	}
	return ""
}

// failed says what was asked of whom, and what to do. What to do stands first:
// a screen may have room for one line.
func (s *Server) failed(err error) error {
	hosts, table := strings.Join(s.address.Hosts, ", "), s.address.Database+"."+s.address.Table
	if says := advice(err); says != "" {
		return fmt.Errorf("%s: %s (ClickHouse at %s: %w)", table, says, hosts, s.hide(err))
	}
	return fmt.Errorf("ask ClickHouse at %s about %s: %w", hosts, table, s.hide(err))
}

// hide takes the password out of an error.
func (s *Server) hide(err error) error {
	if p := s.address.Password; err != nil && p != "" && strings.Contains(err.Error(), p) {
		return errors.New(strings.ReplaceAll(err.Error(), p, "***"))
	}
	return err
}
