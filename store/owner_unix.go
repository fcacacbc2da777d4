//go:build unix

package store

import (
	"os"
	"syscall"
)

// ownedByOther reports whether a file belongs to another user. Root is asked
// about like anybody else: a user's file is not root's.
func ownedByOther(info os.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(s.Uid) != os.Geteuid()
}
