package analysis

import "andon/analysis/camera"

// FrameFields are the columns of a frame's features, in the order AppendFrame
// fills them.
func FrameFields() []Field {
	number := func(name, unit string) Field {
		return Field{Name: FramePrefix + name, Path: FramePrefix + name, Role: RoleFeature, Type: Number, Unit: unit}
	}
	text := func(name string) Field {
		return Field{Name: FramePrefix + name, Path: FramePrefix + name, Role: RoleText, Type: Text}
	}
	return []Field{
		number("luma", ""), number("contrast", ""), number("sharpness", ""),
		number("hue", "deg"), number("hue_spread", ""),
		number("saturation", ""), number("saturation_spread", ""),
		text("grid"), text("dhash"),
	}
}

// AppendFrame adds one row to columns, which are builders of [FrameFields] in
// that order. An empty image appends nulls.
func AppendFrame(columns []*Builder, f camera.Features) {
	if f.Empty {
		for _, c := range columns {
			c.Null()
		}
		return
	}
	for i, v := range f.Numbers() {
		columns[i].Number(v)
	}
	columns[7].Text(f.Grid.String())
	columns[8].Text(f.DHashText())
}
