package store

import (
	"errors"
	"fmt"
	"os"
)

// A full disk is often the incident itself, and that is when notes must be
// taken. Beside every incident file lies ballast, some megabytes of nothing:
//
//	plant.andon  plant.andon-ballast
//	     │ note: the disk is full     │ thrown off
//	     └── note again: saved ◀──────┘
//
// It is laid anew at the next opening with space to spare. Only what people
// write may throw it off; a load that fills the disk stops.
const (
	ballastSize = 4 << 20
	// spare must be left free before ballast is laid, or it would be what
	// fills the disk.
	spare = 2 * ballastSize
)

func ballastPath(path string) string { return path + "-ballast" }

// layBallast makes the ballast where it is missing. It is help in need, so
// nothing depends on its success: a file system that cannot reserve space has
// none.
func layBallast(path string) {
	if d, ok := diskOf(path); !ok || d.free < spare {
		return
	}
	file, err := os.OpenFile(ballastPath(path), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return // there already
	}
	err = errors.Join(allocate(file, ballastSize), file.Close())
	if err != nil {
		_ = os.Remove(ballastPath(path))
	}
}

// dropBallast gives the space back, and reports whether there was any.
func dropBallast(path string) bool { return os.Remove(ballastPath(path)) == nil }

// short says how much is missing on a full disk for a write of need bytes, as
// the end of a sentence; "" where the system does not tell.
func short(path string, need int64) string {
	d, ok := diskOf(path)
	if !ok || need <= d.free {
		return ""
	}
	return fmt.Sprintf("; about %.1f MB are missing for the rest", float64(need-d.free)/1e6)
}
