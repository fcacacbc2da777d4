package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"andon/store/clickhouse"
	"andon/ui/display"
)

// The fleet's password comes from the first place that has one, and goes
// nowhere but to the server:
//
//	CLICKHOUSE_PASSWORD ─▶ the file of CLICKHOUSE_PASSWORD_FILE ─▶ asked at the
//	terminal, unseen, once the server has refused to go without
//
// One in the address is taken too, and said to be in sight: the list of
// processes and the shell's history show it.

// secret is a password that was typed; a session connects more than once.
type secret struct{ typed string }

// secrets is the environment, with the password out of its file where only that
// is named, and with the one that was typed.
func (e Env) secrets(name string) string {
	value := e.Getenv(name)
	if name != "CLICKHOUSE_PASSWORD" || value != "" {
		return value
	}
	if e.secret != nil && e.secret.typed != "" {
		return e.secret.typed
	}
	path := e.Getenv("CLICKHOUSE_PASSWORD_FILE")
	if path == "" {
		return ""
	}
	text, err := os.ReadFile(path)
	if err != nil {
		fmt.Fprintf(e.Err, "note: read the password of CLICKHOUSE_PASSWORD_FILE: %s\n", display.Escape(err.Error()))
		return ""
	}
	line, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSuffix(line, "\r")
}

// inSight says that a password in an address can be read by others.
func (e Env) inSight(password string) {
	if password != "" && password != e.secrets("CLICKHOUSE_PASSWORD") {
		fmt.Fprintln(e.Err, "note: a password in the address can be read in the list of processes and in the shell's history; CLICKHOUSE_PASSWORD or CLICKHOUSE_PASSWORD_FILE cannot")
	}
}

// admitted opens something of the fleet's; where the server wants a password and
// none is at hand, a person at a terminal is asked for it.
func admitted[T any](ctx context.Context, env Env, a clickhouse.Address, open func(clickhouse.Address) (T, error)) (T, error) {
	opened, err := open(a)
	if !clickhouse.Refused(err) || a.Password != "" || env.secret == nil || !isTerminal(env.In) || !isTerminal(env.Err) {
		return opened, err
	}
	fmt.Fprintf(env.Err, "password of %s at %s: ", display.Escape(a.User), display.Escape(strings.Join(a.Hosts, ", ")))
	typed, asked := unseen(ctx, env.In.(*os.File))
	fmt.Fprintln(env.Err)
	if asked != nil || typed == "" {
		return opened, errors.Join(err, asked)
	}
	a.Password, env.secret.typed = typed, typed
	return open(a)
}

// connectFleet connects for reading.
func connectFleet(ctx context.Context, env Env, a clickhouse.Address) (*clickhouse.Server, error) {
	return admitted(ctx, env, a, func(a clickhouse.Address) (*clickhouse.Server, error) {
		return clickhouse.Connect(ctx, a, clickhouse.DefaultLimits)
	})
}

// unseen reads a line that the terminal does not show. Cancelled, it leaves the
// terminal as it was.
func unseen(ctx context.Context, in *os.File) (string, error) {
	before, err := term.GetState(in.Fd())
	if err != nil {
		return "", err
	}
	read := make(chan error, 1)
	var text []byte
	go func() {
		var err error
		text, err = term.ReadPassword(in.Fd())
		read <- err
	}()
	select {
	case err := <-read:
		return string(text), err
	case <-ctx.Done():
		return "", errors.Join(ctx.Err(), term.Restore(in.Fd(), before))
	}
}
