package command

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"

	"andon/analysis"
	"andon/analysis/camera"
)

// COCO's object detection format, with our reasons beside what it asks for; its
// readers pass over keys they do not know. Rows of one frame are one image with
// several annotations, of which only the chosen row makes it an entry.
// Source: cocodataset.org/#format-data.
type coco struct {
	Info        map[string]string `json:"info"`
	Images      []cocoImage       `json:"images"`
	Annotations []cocoAnnotation  `json:"annotations"`
	Categories  []cocoCategory    `json:"categories"`
}

type cocoImage struct {
	ID       int    `json:"id"`
	FileName string `json:"file_name"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Captured string `json:"date_captured"`
	Andon    entry  `json:"andon"`
}

type cocoAnnotation struct {
	ID       int        `json:"id"`
	Image    int        `json:"image_id"`
	Category int        `json:"category_id"`
	Box      [4]float64 `json:"bbox"`
	Area     float64    `json:"area"`
	Crowd    int        `json:"iscrowd"`
	Score    *float64   `json:"score,omitempty"`
}

type cocoCategory struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

// boxColumns are how logs spell a box in four columns, as [left, top, width,
// height] or as two corners.
var boxColumns = []struct {
	names   [4]string
	corners bool
}{
	{names: [4]string{"left", "top", "width", "height"}},
	{names: [4]string{"x", "y", "w", "h"}},
	{names: [4]string{"x", "y", "width", "height"}},
	{names: [4]string{"topleftx", "toplefty", "bottomrightx", "bottomrighty"}, corners: true},
	{names: [4]string{"x1", "y1", "x2", "y2"}, corners: true},
	{names: [4]string{"xmin", "ymin", "xmax", "ymax"}, corners: true},
}

// boxes are the boxes of the log: row i's, and which rows share its frame.
type boxes struct {
	at      func(row int64) ([4]float64, bool)
	byFrame map[string][]int64
	said    func(row int64) string
	sure    func(row int64) *float64
	size    map[int64]camera.Frame // by row, of the pictures that were loaded
}

// boxes finds the columns of boxes; without any, COCO is refused.
func (s *session) boxes(ctx context.Context) (boxes, error) {
	b := boxes{byFrame: map[string][]int64{}, said: func(int64) string { return "" }, sure: func(int64) *float64 { return nil }}
	fields, err := s.file.Fields(ctx)
	if err != nil {
		return b, err
	}
	for _, f := range fields {
		if name := strings.ToLower(f.Name); f.Type == analysis.Text && (name == "bbox" || name == "box") {
			columns, err := s.file.Columns(ctx, f.Name)
			if err != nil {
				return b, err
			}
			b.at = func(row int64) ([4]float64, bool) { return parseBox(columns[0].String(int(row - 1))) }
		}
	}
	if b.at == nil {
		if err := s.boxNumbers(ctx, fields, &b); err != nil {
			return b, err
		}
	}
	if b.at == nil {
		return b, usage("andon retrain: the log has no boxes (bbox, or left, top, width and height), so there is no COCO to write; use -o manifest.jsonl")
	}
	if b.size, err = s.frameSizes(ctx); err != nil {
		return b, err
	}
	return b, s.boxCompany(ctx, fields, &b)
}

// frameSizes are the loaded pictures by the row they belong to.
func (s *session) frameSizes(ctx context.Context) (map[int64]camera.Frame, error) {
	frames, err := s.file.Frames(ctx)
	sizes := make(map[int64]camera.Frame, len(frames))
	for _, f := range frames {
		sizes[f.Row] = f
	}
	return sizes, err
}

// boxNumbers takes a box from four number columns.
func (s *session) boxNumbers(ctx context.Context, fields []analysis.Field, b *boxes) error {
	for _, spelling := range boxColumns {
		names := []string{}
		for _, want := range spelling.names {
			if i := slices.IndexFunc(fields, func(f analysis.Field) bool {
				return f.Type == analysis.Number && strings.EqualFold(f.Name, want)
			}); i >= 0 {
				names = append(names, fields[i].Name)
			}
		}
		if len(names) < 4 {
			continue
		}
		columns, err := s.file.Columns(ctx, names...)
		if err != nil {
			return err
		}
		b.at = func(row int64) (box [4]float64, ok bool) {
			for i := range box {
				box[i] = columns[i].Numbers[row-1]
			}
			if spelling.corners {
				box[2], box[3] = box[2]-box[0], box[3]-box[1]
			}
			return box, sound(box)
		}
		return nil
	}
	return nil
}

// boxCompany finds the class and the confidence of each box, and the rows that
// share a frame.
func (s *session) boxCompany(ctx context.Context, fields []analysis.Field, b *boxes) error {
	for _, f := range fields {
		if f.Role != analysis.RolePrediction && f.Role != analysis.RoleConfidence && f.Role != analysis.RoleFrame {
			continue
		}
		columns, err := s.file.Columns(ctx, f.Name)
		if err != nil {
			return err
		}
		column := &columns[0]
		switch {
		case f.Role == analysis.RolePrediction:
			b.said = func(row int64) string { return column.String(int(row - 1)) }
		case f.Role == analysis.RoleConfidence && f.Type == analysis.Number:
			b.sure = func(row int64) *float64 {
				if v := column.Numbers[row-1]; v == v {
					return &v
				}
				return nil
			}
		case f.Role == analysis.RoleFrame:
			for i := range column.Len() {
				if !column.Null(i) {
					b.byFrame[column.String(i)] = append(b.byFrame[column.String(i)], int64(i)+1)
				}
			}
		}
	}
	return nil
}

// parseBox reads "[x, y, width, height]".
func parseBox(text string) (box [4]float64, ok bool) {
	var list []float64
	if json.Unmarshal([]byte(text), &list) != nil || len(list) != 4 {
		return box, false
	}
	return [4]float64(list), sound([4]float64(list))
}

// sound reports whether a box is one.
func sound(box [4]float64) bool {
	for _, v := range box {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return box[2] > 0 && box[3] > 0
}

// newCOCO makes the manifest in COCO's shape. Width and height are those of the
// loaded picture, 0 where only its name is known.
func newCOCO(entries []entry, b boxes, now time.Time) coco {
	c := coco{Info: map[string]string{"description": "rows to label and retrain on, with the boxes that were predicted", "date_created": now.UTC().Format(time.RFC3339)},
		Images: []cocoImage{}, Annotations: []cocoAnnotation{}, Categories: []cocoCategory{}}
	categories := map[string]int{}
	for _, e := range entries {
		image := cocoImage{ID: e.Rank, Captured: e.Time, Andon: e}
		rows := []int64{e.Row}
		if e.Frame != nil {
			image.FileName, rows = *e.Frame, b.byFrame[*e.Frame]
		}
		for _, row := range rows {
			if f, ok := b.size[row]; ok {
				image.Width, image.Height = f.Width, f.Height
			}
		}
		c.Images = append(c.Images, image)
		for _, row := range rows {
			box, ok := b.at(row)
			if !ok {
				continue
			}
			name := b.said(row)
			if _, known := categories[name]; !known {
				categories[name] = len(categories) + 1
				c.Categories = append(c.Categories, cocoCategory{categories[name], name})
			}
			c.Annotations = append(c.Annotations, cocoAnnotation{ID: len(c.Annotations) + 1, Image: image.ID, Category: categories[name],
				Box: box, Area: box[2] * box[3], Score: b.sure(row)})
		}
	}
	return c
}
