package importers

import "fmt"

// halves joins what a server logs apart: the request when it came and the
// response when it left, one id on both.
//
//	request  id=7  t=05.123 ─┐
//	request  id=8            │ waiting, at most maxWaiting
//	response id=7  t=05.146 ─┴▶ rows of 7, latency 23 ms
//
// A response whose request is not in the file gives its rows all the same. A
// request without a response gives none: it is counted, and kept as a row by
// nobody, since nothing was answered.
type halves[H any] struct {
	waiting map[string]H
	lent    map[string]H // of other files, see partner.go; nobody misses them here
	order   []string
	lost    int
}

// maxWaiting bounds the requests that wait; the oldest is given up first.
const maxWaiting = 10_000

// wait keeps a request for its response.
func (h *halves[H]) wait(id string, half H) {
	if h.waiting == nil {
		h.waiting = map[string]H{}
	}
	if _, ok := h.waiting[id]; !ok {
		h.order = append(h.order, id)
	}
	h.waiting[id] = half
	for len(h.waiting) > maxWaiting {
		h.give(h.order[0])
		h.order = h.order[1:]
	}
	if len(h.order) > 2*maxWaiting {
		h.tidy()
	}
}

func (h *halves[H]) give(id string) {
	if _, ok := h.waiting[id]; ok {
		h.lost++
		delete(h.waiting, id)
	}
}

// tidy forgets the ids that no longer wait.
func (h *halves[H]) tidy() {
	still := h.order[:0]
	for _, id := range h.order {
		if _, ok := h.waiting[id]; ok {
			still = append(still, id)
		}
	}
	h.order = still
}

// take is the request of an id, if it waits.
func (h *halves[H]) take(id string) (half H, ok bool) {
	if half, ok = h.waiting[id]; ok {
		delete(h.waiting, id)
		return half, true
	}
	half, ok = h.lent[id]
	delete(h.lent, id)
	return half, ok
}

// notes count what stayed alone.
func (h *halves[H]) notes() []string {
	n := h.lost + len(h.waiting)
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d requests have no response in the file, so no row; servers log responses only when they succeed, so failures may be missing", n)}
}
