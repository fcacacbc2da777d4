package store

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// A person may ask the file anything that only reads:
//
//	text ─▶ a connection of its own ─▶ authorizer ─▶ limits ─▶ Reply
//	        mode=ro, query_only        SELECT only   time, rows, bytes
//
// The file may be somebody else's and the question pasted from anywhere, so
// three walls stand one behind the other: the file is open read-only, SQLite
// refuses to write, and the authorizer lets through reading and nothing else:
// no ATTACH, no PRAGMA, no load_extension.

// Limits of one question: what more than that says, nobody reads on a screen.
const (
	AskRows    = 1000             // of the reply; more are left out
	AskTime    = 10 * time.Second // then the question is given up
	askLength  = 10 << 20         // bytes of one value: replace(hex(zeroblob(...))) cannot be interrupted
	askShown   = 4 << 10          // bytes of a value in the reply
	askColumns = 200              // of the reply
)

// Reply is what a question gave. A nil value is NULL; text is as it was stored
// and must be escaped. More says that there were more rows, or columns, than
// are kept.
type Reply struct {
	Columns []string
	Rows    [][]*string
	More    bool
}

// AskError says why a question has no reply, and at which byte of it the fault
// lies, -1 where none is to blame.
type AskError struct {
	At  int
	Why string
	err error
}

func (e *AskError) Error() string { return e.Why }
func (e *AskError) Unwrap() error { return e.err }

// Spot is At.
func (e *AskError) Spot() int { return e.At }

// Ask answers a question in SQL with at most [AskRows] rows, within [AskTime].
// What is wrong with the question is an *AskError; a cancelled ctx gives it up
// and returns its error. Cost: whatever the question costs, on one of the
// readers' cores.
func (f *File) Ask(ctx context.Context, question string) (Reply, error) {
	if strings.TrimSpace(question) == "" {
		return Reply{}, &AskError{0, "a question begins with SELECT", nil}
	}
	db := f.questioner()
	defer db.Close()
	limited, stop := context.WithTimeout(ctx, AskTime)
	defer stop()
	reply, err := replyTo(limited, db, question)
	switch {
	case ctx.Err() != nil:
		return Reply{}, ctx.Err()
	case limited.Err() != nil:
		return Reply{}, &AskError{-1, fmt.Sprintf("given up after %s: ask for less, with WHERE or a LIMIT in a subquery", AskTime), limited.Err()}
	case err != nil:
		return Reply{}, faulted(ctx, db, question, err)
	}
	return reply, nil
}

// questioner opens the connection of one question. It is not kept: what a
// question may have left behind in it goes with it.
func (f *File) questioner() *sql.DB {
	return connect(f.content, f.settings, 1, limit, limitQuestion)
}

func replyTo(ctx context.Context, db *sql.DB, question string) (Reply, error) {
	var reply Reply
	rows, err := db.QueryContext(ctx, question)
	if err != nil {
		return reply, err
	}
	defer rows.Close()
	if reply.Columns, err = rows.Columns(); err != nil {
		return reply, err
	}
	width := min(len(reply.Columns), askColumns)
	cells, pointers := make([]any, len(reply.Columns)), make([]any, len(reply.Columns))
	for i := range cells {
		pointers[i] = &cells[i]
	}
	reply.More = width < len(reply.Columns)
	reply.Columns = reply.Columns[:width]
	for rows.Next() {
		if len(reply.Rows) == AskRows {
			reply.More = true
			break
		}
		if err := rows.Scan(pointers...); err != nil {
			return reply, err
		}
		row := make([]*string, width)
		for i, v := range cells[:width] {
			if v != nil {
				text := textOf(v)
				text = text[:min(len(text), askShown)]
				row[i] = &text
			}
		}
		reply.Rows = append(reply.Rows, row)
	}
	return reply, rows.Err()
}

// SQLite's words for what is wrong with a question name the word at fault but
// not its place, which the driver does not tell.
var (
	near    = regexp.MustCompile(`^near "(.*)": syntax error`)
	missing = regexp.MustCompile(`^(?:no such|ambiguous) (?:column|table|column name|function)(?: name)?: (.*)$`)
)

// faulted is the error of a question with its place.
func faulted(ctx context.Context, db *sql.DB, question string, err error) error {
	const codeAuth, codeTooBig = 23, 18
	fault := &AskError{At: -1, Why: err.Error(), err: err}
	primary, _ := resultCode(err)
	switch {
	case primary == codeAuth, strings.HasPrefix(err.Error(), "not authorized"): // functions have no code of their own
		fault.Why = "only reading is allowed here: SELECT, without ATTACH, PRAGMA or load_extension (" + err.Error() + ")"
	case primary == codeTooBig:
		fault.Why = "a value would be longer than 10 MB"
	case strings.HasPrefix(err.Error(), "incomplete input"):
		fault.At, fault.Why = len(question), "the question is not finished"
	default:
		if m := near.FindStringSubmatch(err.Error()); m != nil {
			fault.At, fault.Why = firstFault(ctx, db, question, m[1], err), fmt.Sprintf("%q cannot stand here", m[1])
		} else if m := missing.FindStringSubmatch(err.Error()); m != nil {
			name := m[1][strings.LastIndexByte(m[1], '.')+1:]
			fault.At = wordIn(question, name)
		} else if primary == 0 || primary > 1 {
			return explain("ask", "", err)
		}
	}
	return fault
}

// firstFault is where a word is at fault that may stand in the question several
// times: the first place up to which the question fails with the same words.
func firstFault(ctx context.Context, db *sql.DB, question, word string, err error) int {
	for from := 0; ; {
		i := strings.Index(question[from:], word)
		if i < 0 || word == "" {
			return -1
		}
		end := from + i + len(word)
		if statement, again := db.PrepareContext(ctx, question[:end]); again == nil {
			statement.Close()
		} else if again.Error() == err.Error() {
			return from + i
		}
		from = end
	}
}

// wordIn is where a name stands in a question as a word of its own, -1 nowhere.
func wordIn(question, name string) int {
	place := regexp.MustCompile(`(?i)(?:^|\W)(` + regexp.QuoteMeta(name) + `)(?:\W|$)`).FindStringSubmatchIndex(question)
	if place == nil {
		return -1
	}
	return place[2]
}
