// Package segment turns one column over at most 65,536 rows into bytes and
// back. It knows nothing of SQL and nothing of files.
//
//	byte  0        version, 1
//	      1        coding (below)
//	      2        packing: 0 body as it is, 1 body as one zstd frame
//	      3        width of a code in bytes: 0, 1, 2 or 4
//	      4..7     rows
//	      8..11    length of the unpacked body
//	      12..15   CRC-32C of bytes 0..11 and of the body as stored
//	      16..     body
//
// All numbers are little-endian. The body by coding:
//
//	1 shared     codes into the dictionary the column keeps for the whole file
//	2 words      u32 count, count uvarint lengths, the texts, then codes
//	3 each       as words without codes: row i holds text i
//	4 scaled     i64 base, u8 decimals, codes: (base + code - 1) / 10^decimals
//	5 float      f64 a row, NaN for null
//	6 steps      i64 first, i64 unit, codes: zigzag steps of unit, plus one
//	7 instants   i64 a row, nanoseconds, the smallest int64 for null
//	8 elsewhere  empty: too much text for a segment, read the rows
//
// Codes are unsigned and code 0 is null. Width 0 means that every row has the
// same code, which follows once as u32; so a constant column costs 20 bytes.
//
// The coding follows the values, not a declaration: a number becomes "scaled"
// where its decimals are few and its range fits 32 bits, else "float". Whole
// bytes were chosen over bit packing because zstd takes what is left of the
// gain and decoding stays one load a value.
package segment

import (
	"errors"
	"fmt"
)

// Rows is how many rows a full segment covers.
const Rows = 1 << 16

// MaxText is how much text one column may hold in one segment; beyond it the
// column says Elsewhere and is read from the rows.
const MaxText = 16 << 20

const (
	version    = 1
	headerSize = 16
	maxBody    = MaxText + 16*Rows // the texts, their lengths and the codes
)

// Coding says how the body of a segment is to be read.
type Coding uint8

const (
	Shared Coding = iota + 1
	Words
	Each
	Scaled
	Float
	Steps
	Instants
	Elsewhere
)

// ErrCorrupt is matched by every error of Append.
var ErrCorrupt = errors.New("corrupt segment")

func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrCorrupt, fmt.Sprintf(format, args...))
}
