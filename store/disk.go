package store

import "path/filepath"

// What the disk below an incident file is like, as the system tells it. The
// tests replace statfs to stand on file systems they do not have.
var statfs = systemStatfs

// disk is a file system: its type by Linux's magic numbers, and the bytes that
// are free to this user. The zero disk is unknown.
type disk struct {
	kind int64
	free int64
}

// diskOf is the file system that a file lies on, or will.
func diskOf(path string) (disk, bool) { return statfs(filepath.Dir(path)) }

// networks are the file systems on which two machines may have one file open
// and shared memory is each machine's own. FUSE is counted among them, because
// sshfs says no more than that (linux/magic.h; fs/smb, fs/9p, fs/ceph).
var networks = map[int64]string{
	0x6969:     "NFS",
	0xfe534d42: "SMB",
	0xff534d42: "CIFS",
	0x517b:     "SMB",
	0x65735546: "FUSE",
	0x01021997: "9p",
	0x00c36400: "Ceph",
	0x5346414f: "AFS",
}

// Network is the kind of network file system a path lies on, "" for a local
// disk or where the system does not tell. On one, an incident file is written
// without a write-ahead log: slower, and one writer or reader at a time.
func Network(path string) string {
	d, _ := diskOf(path)
	return networks[d.kind]
}

// settingsFor is how a file is opened for writing where it lies.
func settingsFor(path string) []setting {
	if Network(path) != "" {
		return remote
	}
	return writing
}
