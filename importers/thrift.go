package importers

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The headers of a Parquet file are structs of Thrift's compact protocol.
// A walk over one allocates nothing, whatever it claims:
//
//	15 06          field 1, a number: 3
//	19 fc ff ff 07 field 2, a list of 131,071 structs, which need as many bytes
//	00             the end of the struct
//
// The numbers met are told with the path of their fields, without the places
// in lists; so is the end of each struct within.

// thriftLevels is how deep structs and lists may nest; Parquet's own take 8.
const thriftLevels = 32

var (
	// errThriftShort is a struct that goes on behind the text.
	errThriftShort = errors.New("a header ends in its middle")
	errThriftDeep  = fmt.Errorf("a header is nested deeper than %d levels", thriftLevels)
)

// thriftWalk is on its way through a struct.
type thriftWalk struct {
	text   []byte
	at     int
	path   []int64
	number func(path []int64, value int64)
	end    func(path []int64)
}

// Types of the protocol.
const (
	thriftTrue = iota + 1
	thriftFalse
	thriftByte
	thriftInt16
	thriftInt32
	thriftInt64
	thriftFloat
	thriftBytes
	thriftList
	thriftSet
	thriftMap
	thriftStruct
	thriftUUID
)

// structure walks a struct to behind its end.
func (w *thriftWalk) structure(level int) error {
	if level > thriftLevels {
		return errThriftDeep
	}
	w.path = append(w.path, 0)
	defer func() { w.path = w.path[:len(w.path)-1] }()
	for {
		head, err := w.octet()
		if err != nil {
			return err
		}
		if head == 0 {
			w.end(w.path[:len(w.path)-1])
			return nil
		}
		field := &w.path[len(w.path)-1]
		if delta := head >> 4; delta > 0 {
			*field += int64(delta)
		} else if *field, err = w.signed(); err != nil {
			return err
		}
		if kind := head & 15; kind != thriftTrue && kind != thriftFalse {
			if err := w.value(kind, level); err != nil {
				return err
			}
		}
	}
}

// value walks a value that is no boolean field.
func (w *thriftWalk) value(kind byte, level int) error {
	switch kind {
	case thriftTrue, thriftFalse, thriftByte:
		return w.skip(1)
	case thriftInt16, thriftInt32, thriftInt64:
		v, err := w.signed()
		if err == nil {
			w.number(w.path, v)
		}
		return err
	case thriftFloat:
		return w.skip(8)
	case thriftBytes:
		n, err := w.unsigned()
		if err != nil {
			return err
		}
		return w.skip(n)
	case thriftList, thriftSet:
		return w.list(level)
	case thriftMap:
		return w.pairs(level)
	case thriftStruct:
		return w.structure(level + 1)
	case thriftUUID:
		return w.skip(16)
	}
	return fmt.Errorf("a header has a value of the unknown type %d", kind)
}

func (w *thriftWalk) list(level int) error {
	head, err := w.octet()
	if err != nil {
		return err
	}
	n := uint64(head >> 4)
	if n == 15 {
		if n, err = w.unsigned(); err != nil {
			return err
		}
	}
	return w.items(n, level, head&15)
}

func (w *thriftWalk) pairs(level int) error {
	n, err := w.unsigned()
	if err != nil || n == 0 {
		return err
	}
	kinds, err := w.octet()
	if err != nil {
		return err
	}
	return w.items(n, level, kinds>>4, kinds&15)
}

// items walks n times a value of each kind; each takes a byte at least.
func (w *thriftWalk) items(n uint64, level int, kinds ...byte) error {
	if level > thriftLevels {
		return errThriftDeep
	}
	if n > uint64(len(w.text)-w.at) {
		return errThriftShort
	}
	for range n {
		for _, kind := range kinds {
			if err := w.value(kind, level+1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *thriftWalk) octet() (byte, error) {
	if w.at >= len(w.text) {
		return 0, errThriftShort
	}
	w.at++
	return w.text[w.at-1], nil
}

func (w *thriftWalk) skip(n uint64) error {
	if n > uint64(len(w.text)-w.at) {
		return errThriftShort
	}
	w.at += int(n)
	return nil
}

func (w *thriftWalk) unsigned() (uint64, error) {
	v, n := binary.Uvarint(w.text[w.at:])
	if n <= 0 {
		return 0, errThriftShort
	}
	w.at += n
	return v, nil
}

// signed reads a zigzag number, as binary.Varint does.
func (w *thriftWalk) signed() (int64, error) {
	v, n := binary.Varint(w.text[w.at:])
	if n <= 0 {
		return 0, errThriftShort
	}
	w.at += n
	return v, nil
}
