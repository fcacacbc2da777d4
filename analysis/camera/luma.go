package camera

import "image"

// lumaPlane holds Y row by row.
type lumaPlane struct {
	w, h int
	v    []float64
}

// lumaOf adds integers before it divides, so that equal pixels give equal
// luma on every processor (nothing can be fused to a multiply-add).
func lumaOf(img *image.RGBA) lumaPlane {
	b := img.Bounds()
	y := lumaPlane{b.Dx(), b.Dy(), make([]float64, 0, b.Dx()*b.Dy())}
	eachPixel(img, b, func(r, g, b int) {
		y.v = append(y.v, float64(299*r+587*g+114*b)/1000)
	})
	return y
}

func (y lumaPlane) sharpness() float64 {
	if y.w < 3 || y.h < 3 {
		return 0
	}
	edges := make([]float64, 0, (y.w-2)*(y.h-2))
	for row := 1; row < y.h-1; row++ {
		for i := row*y.w + 1; i < (row+1)*y.w-1; i++ {
			around := y.v[i-1] + y.v[i+1] + y.v[i-y.w] + y.v[i+y.w]
			edges = append(edges, around-float64(4*y.v[i]))
		}
	}
	_, sd := meanSD(edges)
	return sd * sd
}

func (y lumaPlane) dhash() uint64 {
	var hash uint64
	for cy := range 8 {
		left := y.mean(boxOf(0, cy, 9, 8, y.w, y.h))
		for cx := 1; cx < 9; cx++ {
			right := y.mean(boxOf(cx, cy, 9, 8, y.w, y.h))
			hash <<= 1
			if left < right {
				hash |= 1
			}
			left = right
		}
	}
	return hash
}

func (y lumaPlane) mean(r image.Rectangle) float64 {
	total := 0.0
	for row := r.Min.Y; row < r.Max.Y; row++ {
		for _, v := range y.v[row*y.w+r.Min.X : row*y.w+r.Max.X] {
			total += v
		}
	}
	return total / float64(r.Dx()*r.Dy())
}
