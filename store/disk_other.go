//go:build !linux

package store

import (
	"errors"
	"os"
)

func systemStatfs(string) (disk, bool) { return disk{}, false }

func allocate(*os.File, int64) error { return errors.ErrUnsupported }
