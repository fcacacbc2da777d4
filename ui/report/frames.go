package report

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"maps"
	"slices"

	"andon/analysis/camera"
)

// maxPairs keeps the report on a page: three pairs show what a person needs.
const maxPairs = 3

// frames shows the pairs that explain the shift, and the regions that moved.
func (r Report) frames() Section {
	if len(r.Frames.Pairs) == 0 {
		return Section{}
	}
	s := Section{Title: "Frames", Lead: []string{fmt.Sprintf(
		"%d frames before and %d after; the after frames least like anything before, each beside its nearest before frame.",
		r.Frames.Before, r.Frames.After) + r.citeFrames()}}
	for _, p := range r.Frames.Pairs {
		before, after := encode(p.Before.Picture), encode(p.After.Picture)
		if before == nil || after == nil {
			continue
		}
		s.Pictures = append(s.Pictures, Picture{Before: before, After: after,
			BeforeSays: r.caption(p.Before), AfterSays: r.caption(p.After),
			BeforeAlternate: "frame before, " + r.caption(p.Before), AfterAlternate: "frame after, " + r.caption(p.After)})
		if len(s.Pictures) == maxPairs {
			break
		}
	}
	regions := r.Frames.Regions[:min(4, len(r.Frames.Regions))]
	if len(regions) > 0 {
		s.Table = &Table{Head: []string{"region (row, column)", "mean colour before", "mean colour after", "ΔE", "noise"}}
	}
	for _, g := range regions {
		s.Table.Rows = append(s.Table.Rows, []string{fmt.Sprintf("%d, %d", g.Row+1, g.Col+1),
			rgb(g.Before), rgb(g.After), fmt.Sprintf("%.1f", g.Delta), fmt.Sprintf("%.1f", g.Noise)})
	}
	s.Points = r.Frames.Warnings
	return s
}

// citeFrames keeps how many frames were compared, and the region that moved
// most.
func (r Report) citeFrames() string {
	result := fmt.Sprintf("%d before, %d after", r.Frames.Before, r.Frames.After)
	if len(r.Frames.Regions) > 0 {
		g := r.Frames.Regions[0]
		result += fmt.Sprintf(", most in row %d, column %d: ΔE %.1f", g.Row+1, g.Col+1, g.Delta)
	}
	return r.cite("frames", result)
}

func rgb(c camera.Colour) string { return fmt.Sprintf("rgb(%.0f, %.0f, %.0f)", c.R, c.G, c.B) }

func (r Report) caption(f camera.Sample) string {
	says := r.at(f.Frame.Time)
	for _, k := range slices.Sorted(maps.Keys(f.Caption)) {
		says += " " + k + "=" + f.Caption[k]
	}
	if f.Prediction != "" {
		says += " predicted " + f.Prediction
	}
	if f.Known && f.Wrong {
		says += ", truth " + f.Label
	}
	return says
}

// encode writes the decoded thumbnail anew, so that no byte of an untrusted
// file reaches the report.
func encode(picture image.Image) []byte {
	if picture == nil {
		return nil
	}
	var b bytes.Buffer
	if png.Encode(&b, picture) != nil {
		return nil
	}
	return b.Bytes()
}
