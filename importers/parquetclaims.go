package importers

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	schema "github.com/parquet-go/parquet-go/format"
)

// A Parquet file says how much there is of everything before it comes, and the
// library believes it: 24 bytes that claim a list of two billion columns end
// the program for want of memory, which no recover stops. So what is claimed is
// held against what is there, before the library reads it:
//
//	PAR1 │ page header, page │ page header, page │ … │ footer │ its length │ PAR1
//	       └── checked when their row group's turn comes └── checked at opening

const (
	// maxFooter holds a thousand columns in thousands of row groups.
	maxFooter = 64 << 20
	// maxColumns is a hundred times what the widest logs have.
	maxColumns = 100_000
	// maxNesting is how deep columns may nest, as deep as JSON may.
	maxNesting = 64
	// maxPage is how much of one page is held in memory. Writers make pages of
	// about 1 MiB; a column without repetition can be one of some hundred.
	maxPage = 512 << 20
	// maxPageValues is how many rows a page may tell of: one run can tell of
	// billions in ten bytes.
	maxPageValues = 64 << 20
	// pageHeader is what a page's header takes without long statistics.
	pageHeader = 512
)

// checkFooter holds the footer of a file of size bytes against itself.
func checkFooter(file io.ReaderAt, size int64) error {
	if size < 12 {
		return errors.New("too short for a Parquet file")
	}
	var end [8]byte
	if _, err := file.ReadAt(end[:], size-8); err != nil && err != io.EOF {
		return err
	}
	n := int64(binary.LittleEndian.Uint32(end[:]))
	switch {
	case n > size-12:
		return fmt.Errorf("its footer is said to have %d bytes, and the file has %d", n, size)
	case n > maxFooter:
		return fmt.Errorf("its footer has %d bytes, more than %d; write fewer row groups", n, maxFooter)
	}
	text := make([]byte, n)
	if _, err := file.ReadAt(text, size-8-n); err != nil {
		return err
	}
	tree := columnTree{}
	w := thriftWalk{text: text, number: tree.number, end: tree.end}
	if err := w.structure(1); err != nil {
		return err
	}
	return tree.err
}

// columnTree follows how many columns there are and how deep they nest: the
// footer lists them parent before child, each with the count of its children.
type columnTree struct {
	columns  int
	children int64
	open     []int64 // children still to come, at each level
	err      error
}

var (
	columnPath   = []int64{2}
	childrenPath = []int64{2, 5}
)

func (t *columnTree) number(path []int64, value int64) {
	if slices.Equal(path, childrenPath) {
		t.children = value
	}
}

func (t *columnTree) end(path []int64) {
	if !slices.Equal(path, columnPath) {
		return
	}
	if t.columns++; t.columns > maxColumns {
		t.err = fmt.Errorf("it has more than %d columns", maxColumns)
	}
	if n := len(t.open); n > 0 {
		t.open[n-1]--
	}
	if t.children > 0 {
		t.open = append(t.open, t.children)
	}
	t.children = 0
	for n := len(t.open); n > 0 && t.open[n-1] == 0; n-- {
		t.open = t.open[:n-1]
	}
	if len(t.open) > maxNesting {
		t.err = fmt.Errorf("its columns nest deeper than %d levels", maxNesting)
		t.open = t.open[:0]
	}
}

// parquetClaims is what the footer of a file says of its pages.
type parquetClaims struct {
	file   io.ReaderAt
	size   int64
	groups []schema.RowGroup
}

// check holds the columns together against the file: each is walked once, so
// that columns which claim the same bytes again and again would cost for ever.
func (c *parquetClaims) check() error {
	left := c.size
	for i := range c.groups {
		for j := range c.groups[i].Columns {
			n := c.groups[i].Columns[j].MetaData.TotalCompressedSize
			if left -= n; n < 0 || left < 0 {
				return fmt.Errorf("its columns are said to have more bytes together than the file, which has %d", c.size)
			}
		}
	}
	return nil
}

// checkPages holds the pages of the next row group against the place they are
// said to take.
func (c *parquetClaims) checkPages() error {
	group := &c.groups[0]
	c.groups = c.groups[1:]
	for i := range group.Columns {
		if err := checkColumn(c.file, c.size, &group.Columns[i].MetaData); err != nil {
			return err
		}
	}
	return nil
}

func checkColumn(file io.ReaderAt, size int64, c *schema.ColumnMetaData) error {
	at := c.DataPageOffset
	if c.DictionaryPageOffset > 0 {
		at = min(at, c.DictionaryPageOffset)
	}
	if at < 0 || c.TotalCompressedSize < 0 || c.TotalCompressedSize > size-at {
		return fmt.Errorf("a column of %d bytes at %d, in a file of %d", c.TotalCompressedSize, at, size)
	}
	for end := at + c.TotalCompressedSize; at < end; {
		header, page, err := readPageHeader(file, at, end-at)
		if err != nil {
			return fmt.Errorf("the page at %d: %w", at, err)
		}
		at += int64(header)
		if page.packed < 0 || page.packed > end-at || page.whole < 0 || page.whole > maxPage || page.values > maxPageValues {
			return fmt.Errorf("the page at %d is said to take %d bytes, %d unpacked, for %d values", at, page.packed, page.whole, page.values)
		}
		at += page.packed
	}
	return nil
}

// pageSize is what a page's header claims.
type pageSize struct{ packed, whole, values int64 }

func (p *pageSize) number(path []int64, value int64) {
	switch {
	case len(path) == 1 && path[0] == 2:
		p.whole = value
	case len(path) == 1 && path[0] == 3:
		p.packed = value
	case len(path) == 2 && (path[0] == 5 || path[0] == 7 || path[0] == 8) && path[1] == 1:
		p.values = value
	}
}

// readPageHeader reads the header at a place with room bytes until the column
// ends, and says how long it is. One that is longer than usual is read again
// with more room.
func readPageHeader(file io.ReaderAt, at, room int64) (int, pageSize, error) {
	for n := int64(pageHeader); ; n *= 16 {
		text := make([]byte, min(n, room))
		if _, err := file.ReadAt(text, at); err != nil && err != io.EOF {
			return 0, pageSize{}, err
		}
		var page pageSize
		w := thriftWalk{text: text, number: page.number, end: func([]int64) {}}
		err := w.structure(1)
		if err == nil || !errors.Is(err, errThriftShort) || n >= room || n >= maxFooter {
			return w.at, page, err
		}
	}
}
