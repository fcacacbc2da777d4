package importers

// node is a key of the source's objects, by its place.
type node struct {
	path  string
	key   string
	slot  int
	index int // among its parent's children
	kids  []*node
	named map[string]*node
}

const (
	lost       = -1
	unnumbered = -2
)

// maxPath bounds a field's path: a longer key is data that stands in the wrong
// place, and a thousand fields below one would hold it a thousand times.
const maxPath = 4 << 10

// child makes the child of a key; beyond maxFields or maxPath it is one that
// holds nothing, as is what lies below it.
func (n *node) child(key string, f *fields) *node {
	if n.slot == lost || len(n.kids) > maxFields || len(n.path)+len(key) > maxPath {
		f.dropped++
		return &node{key: key, slot: lost}
	}
	c := &node{key: key, path: key, slot: unnumbered, index: len(n.kids)}
	if n.path != "" {
		c.path = n.path + "." + key
	}
	if n.named == nil {
		n.named = map[string]*node{}
	}
	n.named[key] = c
	n.kids = append(n.kids, c)
	return c
}

// number is the slot of the node, given out when it first holds a value.
func (n *node) number(f *fields) int {
	if n.slot == unnumbered {
		n.slot = f.slot(n.path)
	}
	return n.slot
}
