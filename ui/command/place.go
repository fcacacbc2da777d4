package command

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"andon/importers"
)

// Where the console keeps an incident file it has to make: beside the user,
// where she will find it, or in her state directory; never in a temporary one.

// incidentPath is ./<name>-<date>.andon for sources, or the same name in the
// state directory where the current one cannot be written.
func incidentPath(env Env, sources []importers.Source) (string, error) {
	name := fmt.Sprintf("%s-%s.andon", incidentName(sources), env.Now().Format(time.DateOnly))
	if writable(".") {
		return name, nil
	}
	return statePath(env, name)
}

// incidentName is what several sources have in common: the directory's name,
// or the file's without its endings.
func incidentName(sources []importers.Source) string {
	path := sources[0].Path
	if len(sources) > 1 {
		path = filepath.Dir(path)
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	name, _, _ := strings.Cut(filepath.Base(path), ".")
	clean := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
	if strings.Trim(clean, "-") == "" {
		return "incident"
	}
	return clean
}

// writable reports whether a file can be made in dir.
func writable(dir string) bool {
	f, err := os.CreateTemp(dir, ".andon-*")
	if err != nil {
		return false
	}
	f.Close()
	return os.Remove(f.Name()) == nil
}

// statePath is a path in the user's state directory ($XDG_STATE_HOME/andon or
// ~/.local/state/andon), whose folders it makes, private to the user.
func statePath(env Env, name string) (string, error) {
	root := env.Getenv("XDG_STATE_HOME")
	if root == "" {
		home := env.Getenv("HOME")
		if home == "" {
			return "", input(errors.New("there is no place for the incident file: the current directory cannot be written and HOME is not set; go to a writable directory, or set HOME"))
		}
		root = filepath.Join(home, ".local", "state")
	}
	path := filepath.Join(root, "andon", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", input(fmt.Errorf("make a place for the incident file: %w; go to a writable directory, or set XDG_STATE_HOME", err))
	}
	return path, nil
}

// homely is a path as a shell would take it, with ~ for the user's home: it is
// shorter, and a screen that is shared does not name her.
func homely(env Env, path string) string {
	home := env.Getenv("HOME")
	if home == "" || home == "/" {
		return path
	}
	if rest, ok := strings.CutPrefix(path, strings.TrimSuffix(home, "/")+"/"); ok {
		return "~/" + rest
	}
	return path
}
