package command

import (
	"context"
	"errors"
	"fmt"
	"io"

	"andon/importers"
	"andon/store"
)

// Exit codes: scripts tell a finding from a mistake by them.
const (
	exitOK       = 0
	exitFinding  = 1
	exitUsage    = 2
	exitInput    = 3
	exitInternal = 4
)

// failure is an error with its exit code.
type failure struct {
	code int
	err  error
}

func (f failure) Error() string { return f.err.Error() }
func (f failure) Unwrap() error { return f.err }

func usage(format string, args ...any) error {
	return failure{exitUsage, fmt.Errorf(format, args...)}
}

func input(err error) error {
	if err == nil {
		return nil
	}
	return failure{exitInput, err}
}

// errSilent ends a command that has already said all there is to say.
var errSilent = errors.New("said already")

// ofInput are the errors of the incident file that the world is to blame for,
// not the program.
var ofInput = []error{store.ErrExists, store.ErrNotFound, store.ErrNotIncident, store.ErrNewer, store.ErrReadOnly, store.ErrFull,
	store.ErrBusy, store.ErrDamaged, store.ErrMoved, store.ErrColumns, store.ErrNoTime, context.Canceled, errOutput}

// exitCode is the exit code of an error.
func exitCode(err error) int {
	var f failure
	if errors.As(err, &f) {
		return f.code
	}
	for _, known := range ofInput {
		if errors.Is(err, known) {
			return exitInput
		}
	}
	return exitInternal
}

// explained is the error as a sentence for a person.
func explained(err error) string {
	if errors.Is(err, context.Canceled) {
		return "stopped; what was committed is kept, and the same command goes on from there"
	}
	for _, a := range advice {
		if errors.Is(err, a.of) {
			return err.Error() + "; " + a.next
		}
	}
	return err.Error()
}

// advice is what to do next where only the command line knows: the packages
// below name what is wrong. The first that fits is given.
var advice = []struct {
	of   error
	next string
}{
	{importers.ErrMissing, "check the path"},
	{importers.ErrEmpty, "nothing was written to it, or it was not copied whole"},
	{importers.ErrTruncated, "copy it again from where it was written"},
	{importers.ErrUnrecognised, "'andon import --help' tells what is read, and how to map any other text"},
	{store.ErrNotIncident, "make one with: andon import -o NEW.andon SRC..."},
}

// errOutput says that what a command found could not be printed.
var errOutput = errors.New("standard output cannot be written")

// output remembers the first error of writing: a verdict that nobody could
// read is no success.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if err != nil && o.err == nil {
		o.err = fmt.Errorf("%w: %w", errOutput, err)
	}
	return n, err
}
