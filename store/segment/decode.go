package segment

import (
	"encoding/binary"
	"slices"
	"sync"

	"andon/analysis"
)

// header is what stands before the body, already checked.
type header struct {
	coding Coding
	width  int
	rows   int
}

// Append decodes data onto the end of dst, whose Type says what is expected.
//
// Shared codes are appended as they are, and the caller checks them against
// its dictionary. Words are appended behind dst.Dict and their codes shifted,
// so that a Dict grown over several segments may repeat a word. Elsewhere
// appends nothing. The coding and the number of rows are returned.
//
// Any damage is an error that matches [ErrCorrupt]; dst is then as it was.
// No input makes it panic or reserve more than maxBody bytes.
func Append(dst *analysis.Column, data []byte) (Coding, int, error) {
	h, body, err := open(data)
	if err != nil {
		return 0, 0, err
	}
	before := *dst
	switch {
	case h.coding == Elsewhere:
		if len(body) != 0 {
			err = corrupt("%d bytes after an empty segment", len(body))
		}
	case dst.Type == analysis.Text && h.coding == Shared:
		dst.Codes, err = h.appendCodes(dst.Codes, body)
	case dst.Type == analysis.Text && (h.coding == Words || h.coding == Each):
		err = appendWords(dst, h, body)
	case dst.Type == analysis.Number && h.coding == Scaled:
		dst.Numbers, err = appendScaled(dst.Numbers, h, body)
	case dst.Type == analysis.Number && h.coding == Float:
		dst.Numbers, err = appendFloats(dst.Numbers, h, body)
	case dst.Type == analysis.Time && h.coding == Steps:
		dst.Times, err = appendSteps(dst.Times, h, body)
	case dst.Type == analysis.Time && h.coding == Instants:
		dst.Times, err = appendInstants(dst.Times, h, body)
	default:
		err = corrupt("coding %d cannot hold a %s column", h.coding, dst.Type)
	}
	if err != nil {
		*dst = before
		return 0, 0, err
	}
	return h.coding, h.rows, nil
}

// open checks the header and unpacks the body.
func open(data []byte) (header, []byte, error) {
	if len(data) < headerSize {
		return header{}, nil, corrupt("%d bytes are less than a header", len(data))
	}
	if data[0] != version {
		return header{}, nil, corrupt("version %d, this Andon reads version %d", data[0], version)
	}
	if sum := binary.LittleEndian.Uint32(data[12:]); sum != checksum(data) {
		return header{}, nil, corrupt("the checksum does not match")
	}
	h := header{coding: Coding(data[1]), width: int(data[3]), rows: int(binary.LittleEndian.Uint32(data[4:]))}
	if h.rows > Rows {
		return header{}, nil, corrupt("%d rows", h.rows)
	}
	length := int(binary.LittleEndian.Uint32(data[8:]))
	if length > maxBody {
		return header{}, nil, corrupt("a body of %d bytes", length)
	}
	body, err := unpack(data[headerSize:], data[2], length)
	return h, body, err
}

// appendCodes appends every row's code to dst, in order.
func (h header) appendCodes(dst []uint32, p []byte) ([]uint32, error) {
	if len(p) != h.codeBytes() {
		return dst, corrupt("%d bytes for %d codes of width %d", len(p), h.rows, h.width)
	}
	before := len(dst)
	dst = slices.Grow(dst, h.rows)[:before+h.rows]
	out := dst[before:]
	switch h.width {
	case 0:
		only := binary.LittleEndian.Uint32(p)
		for i := range out {
			out[i] = only
		}
	case 1:
		for i, b := range p {
			out[i] = uint32(b)
		}
	case 2:
		for i := range out {
			out[i] = uint32(binary.LittleEndian.Uint16(p[2*i:]))
		}
	case 4:
		for i := range out {
			out[i] = binary.LittleEndian.Uint32(p[4*i:])
		}
	default:
		return dst[:before], corrupt("width %d", h.width)
	}
	return dst, nil
}

// scratch are codes that are only read to become something else.
var scratch = sync.Pool{New: func() any { return new([]uint32) }}

// codeBytes is how many bytes the codes take.
func (h header) codeBytes() int {
	if h.width == 0 {
		return 4
	}
	return h.width * h.rows
}

// withCodes calls do with every row's code.
func (h header) withCodes(p []byte, do func(codes []uint32)) error {
	buffer := scratch.Get().(*[]uint32)
	defer scratch.Put(buffer)
	codes, err := h.appendCodes((*buffer)[:0], p)
	*buffer = codes
	if err == nil {
		do(codes)
	}
	return err
}
