package rollup

import (
	"encoding/binary"
	"hash/crc32"
)

// Minutes are not compressed: they are a third of the segments, and zstd took a
// third of the time that summing takes. They carry a check sum before them,
// where the caller keeps that of the rest.

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checked is p behind its CRC-32C.
func checked(p []byte) []byte {
	out := binary.LittleEndian.AppendUint32(make([]byte, 0, 4+len(p)), crc32.Checksum(p, castagnoli))
	return append(out, p...)
}

// uncheck is what checked was given.
func uncheck(p []byte) ([]byte, error) {
	if len(p) < 4 || binary.LittleEndian.Uint32(p) != crc32.Checksum(p[4:], castagnoli) {
		return nil, corrupt("the check sum of the minutes does not match")
	}
	return p[4:], nil
}
