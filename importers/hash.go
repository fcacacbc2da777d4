package importers

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
)

// Hash is the SHA-256, as hex, of the first n raw bytes of the source; n < 0
// or beyond its end means all. Equal hashes mean equal contents under any name,
// and the hash of as many bytes as were read finds a file again that has grown.
//
// For images and parts n is not used: the hash is over their names, sizes and contents
// in the order of their names.
func (s Source) Hash(ctx context.Context, n int64) (string, error) {
	sum := sha256.New()
	members := s.images
	if len(s.parts) > 0 {
		members = s.parts
	}
	if len(members) == 0 {
		if err := s.hashFile(ctx, sum, s.name, n); err != nil {
			return "", fmt.Errorf("%s: %w", s.Path, err)
		}
		return hex.EncodeToString(sum.Sum(nil)), nil
	}
	for _, name := range members {
		content := sha256.New()
		if err := s.hashFile(ctx, content, name, -1); err != nil {
			return "", fmt.Errorf("%s: %w", s.Path, err)
		}
		path := s.framePath(name)
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(path)))
		sum.Write(size[:])
		io.WriteString(sum, path)
		sum.Write(content.Sum(nil))
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// hashFile feeds a file to sum, a megabyte at a time so that ctx is heard.
func (s Source) hashFile(ctx context.Context, sum hash.Hash, name string, n int64) error {
	file, err := s.fsys.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	for n != 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		step := int64(1 << 20)
		if n > 0 {
			step = min(step, n)
		}
		done, err := io.CopyN(sum, file, step)
		if n > 0 {
			n -= done
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}
