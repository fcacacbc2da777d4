package plot

import "andon/ui/style"

func draw(c Chart, w, h int, s style.Sheet) string { return s.Middle("no data", w, h) }
