package house

import (
	"time"

	"andon/ui/display"
	"andon/ui/screen"
	"andon/ui/style"
)

// The rooms, in the order they are drawn.
const (
	business = iota
	ml
	problem
	ops
	data
)

// room is a part of the house. Its doors are fixed, so that the cursor never
// jumps; only their states change.
type room struct {
	name  string
	doors []door
}

// door leads to a screen and says in a few words how things stand behind it.
type door struct {
	name   string
	opens  screen.ID
	state  style.State
	detail display.Text
}

// furnish is the house for a state.
func furnish(s screen.State, zone *time.Location) []room {
	return []room{
		business: {"BUSINESS", []door{objective(s), report(s)}},
		ml:       {"ML", []door{versions(s), ensemble(s), estimate(s)}},
		problem:  {"PROBLEM", []door{verdict(s), checklist(s), notes(s)}},
		ops:      {"OPS", []door{timeline(s, zone), diff(s), slices(s)}},
		data:     {"DATA", []door{sources(s), rejects(s), frames(s)}},
	}
}

// severity orders states: what is bad hides what is merely unknown.
var severity = map[style.State]int{style.NoData: 0, style.OK: 1, style.Look: 2, style.Bad: 3}

// state is the worst of a room's doors.
func (r room) state() style.State {
	worst := style.NoData
	for _, d := range r.doors {
		if severity[d.state] > severity[worst] {
			worst = d.state
		}
	}
	return worst
}

// position is a door of a room.
type position struct{ room, door int }

// doors is how many doors each room has; furnish agrees by test.
var doors = [...]int{business: 2, ml: 3, problem: 3, ops: 3, data: 3}

// in is the position in a room nearest to this one.
func (p position) in(room int) position {
	return position{room, min(p.door, doors[room]-1)}
}

// flat reports rooms whose doors stand side by side.
func flat(room int) bool { return room == business || room == data }

func (p position) up() position {
	switch {
	case p.room == data:
		return position{problem, doors[problem] - 1}
	case p.room == business:
		return p
	case p.door == 0:
		return position{room: business}
	}
	p.door--
	return p
}

func (p position) down() position {
	switch {
	case p.room == business:
		return position{room: problem}
	case p.room == data:
		return p
	case p.door == doors[p.room]-1:
		return position{room: data}
	}
	p.door++
	return p
}

func (p position) left() position {
	if flat(p.room) {
		p.door = max(0, p.door-1)
		return p
	}
	return p.in(max(ml, p.room-1))
}

func (p position) right() position {
	if flat(p.room) {
		p.door = min(doors[p.room]-1, p.door+1)
		return p
	}
	return p.in(min(ops, p.room+1))
}
