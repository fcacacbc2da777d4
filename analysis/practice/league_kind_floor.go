package practice

import "andon/analysis"

// Floor: what lies, stands or works before the camera changed.

func glovesOnLine(p *plot) {
	s := p.onLine()
	p.newGloves(s)
	p.answer(analysis.Floor, s)
	p.logged("material", "New lot of gloves", s)
}

// newGloves puts gloves on a scope, dark enough for the drop aimed at, and on
// as many hands.
func (p *plot) newGloves(s scope) {
	colour, dose := p.measureOut(s, blueGloves, navyGloves, blackGloves)
	p.strike(s, dose, func(r *row) { r.setting = colour })
	p.key.Says = "The hands wear " + settingsTable[colour].name + ", which the models never saw."
}

// vendorAtLine: one vendor's new gloves come to one line first, so that only
// both together tell the guilty rows. The log holds the vendor.
func vendorAtLine(p *plot) {
	if !p.style.place {
		p.style.place = true
	}
	p.style.vendor = true
	s := append(p.onLine(), condition{byVendor, p.dice.intn(2)})
	p.newGloves(s)
	p.answer(analysis.Floor, s)
	if len(p.works.stations) == 1 {
		p.answerSlice(scope{s[1]})
	}
	p.logged("material", "Gloves of "+p.works.values[byVendor][s[1].value]+": new batch", s[:1])
}

func newSKU(p *plot) {
	sku := len(SKUs) + p.dice.intn(len(newcomers))
	line := -1
	if p.dice.chance(0.5) {
		line = p.dice.intn(len(p.works.stations))
	}
	lines := 1.0
	if line >= 0 {
		lines = p.works.share(scope{{byLine, line}})
	}
	share := max(0.06, min(0.7, p.aim/lines/0.45))
	p.surges = append(p.surges, surge{p.onset, func(m *mix) {
		for l := range m.sku {
			if line >= 0 && l != line {
				continue
			}
			others := 0.0
			for _, v := range m.sku[l] {
				others += v
			}
			m.sku[l][sku] = float64(others*share) / (1 - share)
		}
	}})
	s := scope{{bySKU, sku}}
	p.hourly()
	p.answer(analysis.Floor, s)
	p.key.Says = "A product came that the models never saw: " + p.works.values[bySKU][sku] + "."
	where := scope{}
	if line >= 0 {
		where = scope{{byLine, line}}
	}
	p.logged([]string{"schedule", "material"}[p.dice.intn(2)], "First order of "+p.works.values[bySKU][sku], where)
}

func newMethod(p *plot) {
	s := p.onLine()
	if p.dice.chance(0.4) {
		s = append(s, condition{byShift, p.dice.intn(3)})
		p.startOfShift(s)
	}
	_, dose := p.measureOut(s, sideGrip)
	p.strike(s, dose, func(r *row) { r.setting = sideGrip })
	p.answer(analysis.Floor, s)
	p.key.Says = "The parts are now held from the side; so the models were never taught to see them."
	p.logged([]string{"staffing", "other", "material"}[p.dice.intn(3)], "Work instruction revised", s[:1])
}

func newMats(p *plot) {
	s := p.onStation()
	if p.dice.chance(0.5) {
		s = p.onLine()
	}
	mat, dose := p.measureOut(s, lightMat, darkMat)
	p.strike(s, dose, func(r *row) { r.setting = mat })
	p.answer(analysis.Floor, s)
	p.key.Says = "The benches have " + settingsTable[mat].name + "."
	p.logged([]string{"material", "maintenance", "other"}[p.dice.intn(3)], "Benches fitted out anew", s)
}
