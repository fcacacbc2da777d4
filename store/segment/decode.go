package segment

import (
	"encoding/binary"

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
		err = h.eachCode(body, func(code uint32) { dst.Codes = append(dst.Codes, code) })
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

// eachCode calls yield for every row's code, in order.
func (h header) eachCode(p []byte, yield func(uint32)) error {
	want := h.width * h.rows
	if h.width == 0 {
		want = 4
	}
	if len(p) != want {
		return corrupt("%d bytes for %d codes of width %d", len(p), h.rows, h.width)
	}
	switch h.width {
	case 0:
		only := binary.LittleEndian.Uint32(p)
		for range h.rows {
			yield(only)
		}
	case 1:
		for _, b := range p {
			yield(uint32(b))
		}
	case 2:
		for ; len(p) > 0; p = p[2:] {
			yield(uint32(binary.LittleEndian.Uint16(p)))
		}
	case 4:
		for ; len(p) > 0; p = p[4:] {
			yield(binary.LittleEndian.Uint32(p))
		}
	default:
		return corrupt("width %d", h.width)
	}
	return nil
}
