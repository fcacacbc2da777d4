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

const unnumbered = -2

// child makes the child of a key; beyond maxFields it is one that holds nothing.
func (n *node) child(key string, f *fields) *node {
	if len(n.kids) > maxFields {
		f.dropped++
		return &node{key: key, slot: -1}
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
