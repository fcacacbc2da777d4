package store

import (
	"os"
	"syscall"
)

func systemStatfs(dir string) (disk, bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return disk{}, false
	}
	// The magic is 32 bits wide and signed on some architectures.
	return disk{kind: int64(uint32(s.Type)), free: int64(s.Bavail) * int64(s.Bsize)}, true
}

// allocate reserves n bytes of real space for a file.
func allocate(file *os.File, n int64) error {
	return syscall.Fallocate(int(file.Fd()), 0, 0, n)
}
