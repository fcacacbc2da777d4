package command

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"andon/analysis/slo"
)

// lastCheck is what each objective's ledger knew at the last check of the same
// sources. It lies in the user's state directory, so that an incident file that
// may only be read can be checked too.
type lastCheck struct {
	path  string
	Of    []string            `json:"of"`
	Marks map[string]slo.Mark `json:"marks"`
}

// readLastCheck finds the last check of the sources; none is no error.
func readLastCheck(env Env, args []string) (lastCheck, error) {
	last := lastCheck{Marks: map[string]slo.Mark{}}
	for _, arg := range args {
		path, err := filepath.Abs(arg)
		if err != nil {
			return last, input(fmt.Errorf("find the last check of %q: %w", arg, err))
		}
		last.Of = append(last.Of, path)
	}
	sum := sha256.Sum256([]byte(strings.Join(last.Of, "\x00")))
	var err error
	if last.path, err = statePath(env, filepath.Join("checks", hex.EncodeToString(sum[:8])+".json")); err != nil {
		return last, err
	}
	text, err := os.ReadFile(last.path)
	if errors.Is(err, fs.ErrNotExist) {
		return last, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &last)
	}
	if err != nil || last.Marks == nil {
		return last, input(fmt.Errorf("read the last check %q: %w; remove it, and the next check begins anew", last.path, errors.Join(err, errNoMarks(last))))
	}
	return last, nil
}

func errNoMarks(l lastCheck) error {
	if l.Marks == nil {
		return errors.New("it holds no marks")
	}
	return nil
}

// write keeps the marks for the next check.
func (l lastCheck) write() error {
	err := replaceFile(l.path, func(w io.Writer) error { return json.NewEncoder(w).Encode(l) })
	if err != nil {
		return input(fmt.Errorf("keep this check for the next in %q: %w", l.path, err))
	}
	return nil
}
