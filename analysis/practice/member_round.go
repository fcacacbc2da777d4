package practice

import (
	"fmt"
	"image"
	"time"

	"andon/analysis"
)

// A member round is an incident whose cause is one member of the ensemble, for
// trying what can be done about it without retraining. It stands outside the
// league: no kind of it takes a turn there.
//
//	every row a picture of its own ─▶ 3 or 5 members, each with its view
//	                                      one of them breaks at the onset
//	weighted mean of                      everywhere or at one line
//	probabilities ─▶ answer
//
// The plant trusts one member more than the others, as those do who weigh by
// last year's test; mostly it is that one that breaks. The log tells what a
// plant's log would: the answer, its confidence, each member's choice or its
// probabilities, and some labels.

// MemberRound is such an incident with its key. Member is the one that broke;
// Where are the rows it broke for, empty everywhere.
type MemberRound struct {
	Round
	Member string
	Where  analysis.Where
}

// streamMember is the stream of chance of member rounds.
const streamMember = streamRound - 3

// memberFaults are the ways in which a member breaks alone: what is put between
// it and its picture, or what became of its weights.
var memberFaults = []struct {
	says  string
	see   func(*image.RGBA) *image.RGBA
	crush float64 // levels its weights are rounded to; 0: as they are
	stuck bool    // says seated, whatever it sees
}{
	{says: "gets its pictures with swapped planes", see: swapPlanes},
	{says: "gets its pictures scaled down", see: func(img *image.RGBA) *image.RGBA { return zoom(img, 1.5, 0) }},
	{says: "gets its pictures off centre", see: func(img *image.RGBA) *image.RGBA { return zoom(img, 0.84, -3) }},
	{says: "had its weights rounded away", crush: 3},
	{says: "is stuck and says seated", stuck: true},
}

// juror is one member with its view and what the fault does to it.
type juror struct {
	name string
	view view
	net  *network
	bad  *network
}

// DrawMember makes the member round of a seed. Equal seeds give equal rounds.
// Odd seeds log probabilities, even ones choices; one in three has five
// members. Cost: a picture a row, about a second.
func DrawMember(seed int64) MemberRound {
	d := newDice(seed, streamMember)
	p := memberPlot{dice: d, jurors: jurors(seed%3 == 0), shares: seed%2 != 0}
	p.fault = int(uint64(seed) % uint64(len(memberFaults)))
	p.broken = d.intn(len(p.jurors))
	p.trust = p.broken
	if d.chance(0.25) {
		p.trust = d.intn(len(p.jurors))
	}
	p.weight = d.between(0.45, 0.7)
	if crush := memberFaults[p.fault].crush; crush > 0 {
		bad := (&Ensemble{members: []*network{p.jurors[p.broken].net}}).crushed(crush)
		p.jurors[p.broken].bad = bad.members[0]
	}
	p.start = monday.AddDate(0, 0, d.intn(60))
	p.rows = 3000 + d.intn(2000)
	p.step = 8 * 24 * time.Hour / time.Duration(p.rows)
	p.onset = p.start.Add(time.Duration(float64(8*24*time.Hour) * d.between(0.45, 0.6))).Truncate(time.Minute)
	p.labelled = d.between(0.5, 1)
	if d.chance(0.4) {
		p.line = 1 + d.intn(3)
	}
	return p.play(seed)
}

// jurors are the members of the first release, and with five those of colour
// and pixels of the second as well.
func jurors(five bool) []juror {
	first, second := firstRelease(), secondRelease()
	var all []juror
	for m, v := range views {
		all = append(all, juror{name: v.name, view: v, net: first.members[m]})
	}
	if five {
		for m, v := range views[:2] {
			all = append(all, juror{name: v.name + "2", view: v, net: second.members[m]})
		}
	}
	return all
}

// memberPlot is a member round before it is played.
type memberPlot struct {
	dice     dice
	jurors   []juror
	shares   bool
	fault    int
	broken   int
	trust    int     // the member that counts most
	weight   float64 // how much; the rest share the rest
	start    time.Time
	onset    time.Time
	step     time.Duration
	rows     int
	labelled float64
	line     int // at which it broke, 0 everywhere
}

func (p *memberPlot) play(seed int64) MemberRound {
	s := newMemberSheet(p)
	var right, rows [2]float64
	for i := range p.rows {
		d := newDice(seed, streamMember-1-uint64(i))
		at := p.start.Add(time.Duration(i) * p.step)
		line := 1 + d.intn(3)
		scene := studio(d)
		struck := !at.Before(p.onset) && (p.line == 0 || p.line == line)
		shares := p.look(scene.draw(d), struck)
		class, sure := p.consensus(shares)
		side := 0
		if !at.Before(p.onset) {
			side = 1
		}
		rows[side]++
		if class == scene.Class {
			right[side]++
		}
		s.row(at, line, class, sure, shares, scene.Class, d.chance(p.labelled))
	}
	m := MemberRound{Member: p.jurors[p.broken].name}
	if p.line > 0 {
		m.Where = analysis.Where{analysis.Is("line", fmt.Sprintf("L%d", p.line))}
	}
	m.Round = Round{Seed: seed, Style: "member", Log: s.table(), Key: Key{Kind: "bad member", Causes: []analysis.Cause{analysis.Model},
		Onset: p.onset, Slices: []analysis.Where{m.Where}, Labelled: p.labelled, Drop: right[0]/max(1, rows[0]) - right[1]/max(1, rows[1]),
		Says: "Member " + m.Member + " " + memberFaults[p.fault].says + "."}}
	return m
}

// look is every member's probabilities for a picture.
func (p *memberPlot) look(img *image.RGBA, struck bool) [][]float64 {
	fault := memberFaults[p.fault]
	seen := standardise(img)
	shares := make([][]float64, len(p.jurors))
	for m, j := range p.jurors {
		picture, net := seen, j.net
		if struck && m == p.broken {
			switch {
			case fault.stuck:
				shares[m] = []float64{0.98, 0.01, 0.01}
				continue
			case fault.see != nil:
				picture = standardise(fault.see(img))
			default:
				net = j.bad
			}
		}
		in := make([]float64, j.view.size)
		j.view.see(picture, in)
		shares[m] = append([]float64{}, net.forward(in, net.activations())...)
	}
	return shares
}

// consensus is the class of the highest weighted mean probability, and that
// probability.
func (p *memberPlot) consensus(shares [][]float64) (Class, float64) {
	var sum [classes]float64
	for m, share := range shares {
		weight := (1 - p.weight) / float64(len(shares)-1)
		if m == p.trust {
			weight = p.weight
		}
		for k, v := range share {
			sum[k] += float64(weight * v)
		}
	}
	class := top(sum[:])
	return class, sum[class]
}
