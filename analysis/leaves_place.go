package analysis

import "math/bits"

// places gives each cell's number the next free place when it is first met, in
// a table of open addresses: a map of the language costs five times as much,
// and there is a look-up a row.
type places struct {
	numbers []uint64 // by place
	slots   []int32  // place + 1, 0 for free
	shift   int      // of the hash; 0 where the slots are by number
}

// dense is the number of possible cells up to which a slot each is kept.
const dense = 1 << 18

func newPlaces(possible uint64) *places {
	if possible <= dense {
		return &places{slots: make([]int32, possible)}
	}
	return &places{slots: make([]int32, 1<<12), shift: 64 - 12}
}

// find is the place of a number.
func (p *places) find(number uint64) int {
	if p.shift == 0 {
		if p.slots[number] == 0 {
			p.numbers = append(p.numbers, number)
			p.slots[number] = int32(len(p.numbers))
		}
		return int(p.slots[number]) - 1
	}
	at := p.slot(number)
	if p.slots[at] == 0 {
		p.numbers = append(p.numbers, number)
		p.slots[at] = int32(len(p.numbers))
		if 2*len(p.numbers) > len(p.slots) {
			p.grow()
		}
		return len(p.numbers) - 1
	}
	return int(p.slots[at]) - 1
}

// slot is where a number is or would be.
//
// Source: Fibonacci hashing, Knuth 6.4.
func (p *places) slot(number uint64) int {
	at := int(number * 0x9e3779b97f4a7c15 >> p.shift)
	for p.slots[at] != 0 && p.numbers[p.slots[at]-1] != number {
		at = (at + 1) & (len(p.slots) - 1)
	}
	return at
}

func (p *places) grow() {
	p.slots = make([]int32, 4*len(p.slots))
	p.shift = 64 - bits.Len(uint(len(p.slots)-1))
	for i, number := range p.numbers {
		p.slots[p.slot(number)] = int32(i + 1)
	}
}
