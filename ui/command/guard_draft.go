package command

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"andon/ui"
)

// draftFile holds the note being typed about one incident file, in the user's
// state directory: the incident file may be read-only, on a full disk, or
// someone else's. It is written at every key by a goroutine that has nothing to
// do with the terminal, and once more when the console ends.
type draftFile struct {
	path   string
	mu     sync.Mutex
	number int // of the newest draft so far
}

// draftOf is the draft of an incident file. The name is a hash of the path: two
// consoles on two files keep apart, and the name tells nothing.
func draftOf(env Env, incident string) (*draftFile, error) {
	if absolute, err := filepath.Abs(incident); err == nil {
		incident = absolute
	}
	sum := sha256.Sum256([]byte(incident))
	path, err := statePath(env, "draft-"+hex.EncodeToString(sum[:8])+".json")
	return &draftFile{path: path}, err
}

// keep is ui.Config.Keep. A newer draft is never overwritten by an older one
// whose write comes later.
func (d *draftFile) keep(number int, draft ui.Draft) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if number < d.number {
		return nil
	}
	d.number = number
	err := d.write(draft)
	if err != nil {
		return fmt.Errorf("keep the note as it is typed: %w; enter still saves it", err)
	}
	return nil
}

// write replaces the file as a whole, or removes it.
func (d *draftFile) write(draft ui.Draft) error {
	if draft.Text == "" {
		err := os.Remove(d.path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	text, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	next := d.path + ".next"
	if err := os.WriteFile(next, text, 0o600); err != nil {
		return err
	}
	return os.Rename(next, d.path)
}

// left is what an earlier console left, nothing if it cannot be read.
func (d *draftFile) left() ui.Draft {
	var draft ui.Draft
	text, err := os.ReadFile(d.path)
	if err != nil || json.Unmarshal(text, &draft) != nil {
		return ui.Draft{}
	}
	return draft
}
