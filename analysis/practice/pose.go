package practice

// The gloves of the plant. The models were trained on the grays and what lies
// around and between them; nobody had black ones then.
var (
	grayGlove  = rgb{166, 168, 172}
	paleGlove  = rgb{182, 183, 181}
	blackGlove = rgb{34, 34, 37}
)

// share is how often each class comes by. The cameras look at every push, and
// many a gasket takes more than one.
var share = []float64{0.38, 0.34, 0.28}

// pose throws what differs from part to part: the gasket's state, how the
// hand holds it, how the glove folds, whether the part moved. The scene's
// fixed things (housing, bench, light, camera) must be set by the caller.
//
// How far fingers reach over the ring and how slight a tilt can be set how
// hard the task is. They were chosen so that the ensemble is right about 92
// times in 100 with gray gloves. At half the reach it is right 97 times, and
// black gloves leave it 59 instead of 42, since it sees more of the ring.
func (s *Scene) pose(d dice) {
	s.Class = Class(d.weighted(share))
	s.Gasket = lie(s.Class, d)
	s.Hand = Hand{X: 3 * d.normal(), Reach: d.between(3.5, 9.5), Spread: d.between(0, 1), Turn: d.between(-0.7, 0.7),
		Shade: 1 + float64(0.06*d.normal())}
	s.Light.Gain = float64(s.Light.Gain * (1 + float64(0.04*d.normal())))
	s.Camera.X += float64(0.6 * d.normal())
	s.Camera.Y += float64(0.6 * d.normal())
	if d.chance(s.Light.Shake) {
		s.Smear = 2 + d.intn(4)
	}
}

// lie throws how the ring lies. A slight tilt looks much like a seated ring:
// nobody tells them apart every time.
func lie(c Class, d dice) Gasket {
	if c != Tilted {
		return Gasket{0.45 * d.normal(), 0.45 * d.normal(), 1}
	}
	x, y := d.between(-1, 1), d.between(-1, 1)
	for norm(x, y) > 1 || norm(x, y) < 0.1 {
		x, y = d.between(-1, 1), d.between(-1, 1)
	}
	far := d.between(0.9, 3.3) / norm(x, y)
	return Gasket{float64(x * far), float64(y * far), d.between(0.72, 0.95)}
}

// studio is a picture for training: any SKU, bench, shift and gray glove.
func studio(d dice) *Scene {
	shift := shifts[d.weighted([]float64{1.15, 1.05, 0.6})]
	s := &Scene{
		Housing: SKUs[d.intn(len(SKUs))].Housing,
		Bench:   rgb{96, 122, 112}.times(d.between(0.95, 1.05)),
		Glove:   grayGlove.mix(paleGlove, d.between(-0.3, 1.3)),
		Light:   shift.Light,
		Camera:  Lens{X: d.between(-1.2, 1.2), Y: d.between(-1, 1)},
	}
	s.pose(d)
	return s
}
