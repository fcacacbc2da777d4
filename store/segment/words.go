package segment

import (
	"encoding/binary"

	"andon/analysis"
)

// encodeWords writes a Text column with the words its rows use, in the order
// of first use. Where every row has a word of its own, as ids do, the codes
// are left out.
func encodeWords(c *analysis.Column) plan {
	local := make([]uint32, len(c.Dict)+1)
	codes := make([]uint32, len(c.Codes))
	var used []string
	var size int
	each := true
	for i, code := range c.Codes {
		if code == 0 {
			each = false
			continue
		}
		if local[code] == 0 {
			used = append(used, c.Dict[code-1])
			size += len(c.Dict[code-1])
			local[code] = uint32(len(used))
		}
		codes[i] = local[code]
		each = each && codes[i] == uint32(i+1)
	}
	if size > MaxText {
		return plan{coding: Elsewhere, rows: len(codes)}
	}
	body := make([]byte, 0, 4+size+7*len(used))
	body = binary.LittleEndian.AppendUint32(body, uint32(len(used)))
	for _, w := range used {
		body = binary.AppendUvarint(body, uint64(len(w)))
	}
	for _, w := range used {
		body = append(body, w...)
	}
	if each {
		return plan{coding: Each, rows: len(codes), body: body}
	}
	return encodeCodes(plan{coding: Words, body: body}, codes)
}

// readWords reads the dictionary at the head of body and returns the rest.
// The texts share one string, so a dictionary is two allocations.
func readWords(body []byte, rows int) (words []string, rest []byte, err error) {
	if len(body) < 4 {
		return nil, nil, corrupt("the word count is missing")
	}
	count := int(binary.LittleEndian.Uint32(body))
	if body = body[4:]; count > rows {
		return nil, nil, corrupt("%d words for %d rows", count, rows)
	}
	lengths, total := make([]int, count), 0
	for i := range lengths {
		n, size := binary.Uvarint(body)
		if size <= 0 || n > maxBody {
			return nil, nil, corrupt("the length of word %d cannot be read", i)
		}
		lengths[i], body = int(n), body[size:]
		total += int(n)
	}
	if total > len(body) {
		return nil, nil, corrupt("%d bytes of text where %d stand", total, len(body))
	}
	text := string(body[:total])
	words = make([]string, count)
	for i, n := range lengths {
		words[i], text = text[:n], text[n:]
	}
	return words, body[total:], nil
}

func appendWords(dst *analysis.Column, h header, body []byte) error {
	words, rest, err := readWords(body, h.rows)
	if err != nil {
		return err
	}
	shift := uint32(len(dst.Dict))
	if h.coding == Each {
		if len(words) != h.rows || len(rest) != 0 {
			return corrupt("%d words for %d rows, %d bytes left", len(words), h.rows, len(rest))
		}
		for i := range words {
			dst.Codes = append(dst.Codes, shift+uint32(i)+1)
		}
		dst.Dict = append(dst.Dict, words...)
		return nil
	}
	before, top := len(dst.Codes), uint32(0)
	dst.Codes, err = h.appendCodes(dst.Codes, rest)
	for i, code := range dst.Codes[before:] {
		top = max(top, code)
		if code != 0 {
			dst.Codes[before+i] = code + shift
		}
	}
	if err == nil && int(top) > len(words) {
		err = corrupt("code %d of %d words", top, len(words))
	}
	if err != nil {
		dst.Codes = dst.Codes[:before]
		return err
	}
	dst.Dict = append(dst.Dict, words...)
	return nil
}
