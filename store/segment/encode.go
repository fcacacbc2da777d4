package segment

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"andon/analysis"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// plan is a body on its way into a segment.
type plan struct {
	coding Coding
	width  int
	rows   int
	body   []byte
}

// Encode writes a column of at most Rows rows. A Text column is written with
// its own dictionary, or, when shared, as bare codes into a dictionary that
// the caller keeps. Words of Dict that no row uses are not written. The sign
// of zero is lost, and every NaN is the same null.
//
// It fails for a Blob column, which has no place in a segment, and for too
// many rows. Cost: one to three passes over the values, then zstd's fastest
// level, kept only where it saves an eighth.
func Encode(c *analysis.Column, shared bool) ([]byte, error) {
	if c.Len() > Rows {
		return nil, fmt.Errorf("segment of column %q: %d rows are more than the %d a segment holds", c.Name, c.Len(), Rows)
	}
	switch {
	case c.Type == analysis.Number:
		return seal(encodeNumbers(c.Numbers)), nil
	case c.Type == analysis.Time:
		return seal(encodeTimes(c.Times)), nil
	case c.Type == analysis.Text && shared:
		return seal(encodeCodes(plan{coding: Shared}, c.Codes)), nil
	case c.Type == analysis.Text:
		return seal(encodeWords(c)), nil
	}
	return nil, fmt.Errorf("segment of column %q: a %s column is not kept in segments", c.Name, c.Type)
}

// Absent is the segment of a column whose values must be read from the rows.
func Absent(rows int) []byte { return seal(plan{coding: Elsewhere, rows: rows}) }

// seal packs the body where that pays and puts the header before it.
func seal(p plan) []byte {
	stored, packing := pack(p.body)
	out := make([]byte, headerSize, headerSize+len(stored))
	out[0], out[1], out[2], out[3] = version, byte(p.coding), packing, byte(p.width)
	binary.LittleEndian.PutUint32(out[4:], uint32(p.rows))
	binary.LittleEndian.PutUint32(out[8:], uint32(len(p.body)))
	out = append(out, stored...)
	binary.LittleEndian.PutUint32(out[12:], checksum(out))
	return out
}

// checksum covers everything but itself.
func checksum(data []byte) uint32 {
	sum := crc32.Update(0, castagnoli, data[:12])
	return crc32.Update(sum, castagnoli, data[headerSize:])
}

// encodeCodes ends a plan whose rows are codes: it finds the width and
// appends the codes to the body.
func encodeCodes(p plan, codes []uint32) plan {
	p.rows = len(codes)
	var top uint32
	constant := true
	for _, c := range codes {
		top = max(top, c)
		constant = constant && c == codes[0]
	}
	switch {
	case constant:
		p.width = 0
		var only uint32
		if len(codes) > 0 {
			only = codes[0]
		}
		p.body = binary.LittleEndian.AppendUint32(p.body, only)
	case top <= 0xff:
		p.width = 1
		for _, c := range codes {
			p.body = append(p.body, byte(c))
		}
	case top <= 0xffff:
		p.width = 2
		for _, c := range codes {
			p.body = append(p.body, byte(c), byte(c>>8))
		}
	default:
		p.width = 4
		for _, c := range codes {
			p.body = binary.LittleEndian.AppendUint32(p.body, c)
		}
	}
	return p
}
