package rollup

import (
	"sync"

	"github.com/klauspost/compress/zstd"
)

// maxMinutes bounds the unpacked minutes of an hour: all values of a hundred
// columns in each.
const maxMinutes = 64 << 20

var (
	packer = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
		if err != nil {
			panic(err) // only an option out of range fails
		}
		return e
	})
	unpacker = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(maxMinutes))
		if err != nil {
			panic(err)
		}
		return d
	})
)

func pack(p []byte) []byte { return packer().EncodeAll(p, nil) }

func unpack(p []byte) ([]byte, error) {
	raw, err := unpacker().DecodeAll(p, nil)
	if err != nil {
		return nil, corrupt("zstd: %v", err)
	}
	return raw, nil
}
