package segment

import (
	"sync"

	"github.com/klauspost/compress/zstd"
)

const (
	packedNone = 0
	packedZstd = 1
	packAbove  = 64 // a shorter body never pays for a frame
	slack      = 16 // behind a body: the decoder copies so many bytes at once where that runs over nothing
)

// Both are safe for concurrent use of EncodeAll and DecodeAll, and costly to
// make. The checksum of the segment covers the frame, so it carries none. The
// window is the body of numbers: by itself it would be 4 MB, kept twice each.
var (
	packer = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest),
			zstd.WithEncoderCRC(false), zstd.WithEncoderConcurrency(2), zstd.WithWindowSize(8*Rows))
		if err != nil {
			panic(err) // only an option out of range fails
		}
		return e
	})
	unpacker = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(2),
			zstd.WithDecoderMaxMemory(maxBody), zstd.WithDecodeAllCapLimit(true))
		if err != nil {
			panic(err)
		}
		return d
	})
)

// pack compresses a body where that saves at least an eighth: less would cost
// more time at every reading than it saves on disk.
func pack(body []byte) ([]byte, byte) {
	if len(body) < packAbove {
		return body, packedNone
	}
	frame := packer().EncodeAll(body, make([]byte, 0, len(body)/2))
	if len(frame) > len(body)-len(body)/8 {
		return body, packedNone
	}
	return frame, packedZstd
}

func unpack(stored []byte, packing byte, length int) ([]byte, error) {
	switch packing {
	case packedNone:
		if len(stored) != length {
			return nil, corrupt("a body of %d bytes where %d are announced", len(stored), length)
		}
		return stored, nil
	case packedZstd:
		body, err := unpacker().DecodeAll(stored, make([]byte, 0, length+slack))
		if err != nil {
			return nil, corrupt("zstd: %v", err)
		}
		if len(body) != length {
			return nil, corrupt("a body of %d bytes where %d are announced", len(body), length)
		}
		return body, nil
	}
	return nil, corrupt("packing %d", packing)
}
