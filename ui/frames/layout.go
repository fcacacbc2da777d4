package frames

// layout divides the box of the contact sheet:
//
//	head     what is compared                       1 row
//	halves   before │ after, a grid of thumbnails each,
//	         every thumbnail with 2 lines below it
//	table    regions: below the grid, or to its right in a wide box
//
// A page shows columns x rows pairs: the thumbnail at the same place of either
// half belongs to the same pair.
type layout struct {
	half, grid    int // cells of one half; rows of the grid with its heading
	columns, rows int
	width, height int // of one thumbnail, its captions left out
	table         int // rows (below) or cells (beside) of the region table
	beside        bool
}

const (
	captions   = 2  // lines below a thumbnail
	gap        = 1  // cells between thumbnails, and between the halves
	leastThumb = 18 // cells; below it a hand is no longer a hand
	leastTable = 6  // rows: heading, head and four regions
	tableWidth = 44
	wideBox    = 120
)

// layout is arithmetic only; aspect is height over width of the pictures.
func (s Screen) layout(w, h int) layout { return arrange(w, h, s.aspect()) }

func arrange(w, h int, aspect float64) layout {
	l := layout{beside: w >= wideBox && h > leastTable}
	body := max(0, h-1)
	if l.beside {
		l.table = tableWidth
		l.half, l.grid = (w-tableWidth-2*gap-1)/2, body
	} else {
		l.half = max(0, (w-gap)/2)
		l.table = min(leastTable, body/3)
		l.grid = body - l.table
	}
	l.columns = max(1, (l.half+gap)/(leastThumb+gap))
	l.width = max(1, (l.half+gap)/l.columns-gap)
	l.height = max(1, int(float64(l.width)*aspect/2+0.5))
	l.rows = max(1, (l.grid-1)/(l.height+captions))
	l.height = max(1, min(l.height, (l.grid-1)/l.rows-captions))
	if !l.beside {
		used := min(l.grid, 1+l.rows*(l.height+captions))
		l.table += l.grid - used
		l.grid = used
	}
	return l
}

// page is the number of pairs that show at once.
func (l layout) page() int { return l.columns * l.rows }

// aspect is that of the first picture, 3:4 without one. Very long and very
// wide pictures are held within what a caption can stand under.
func (s Screen) aspect() float64 {
	for _, p := range s.answer.frames.Pairs {
		if picture := p.After.Picture; picture != nil && !picture.Bounds().Empty() {
			box := picture.Bounds()
			return max(0.3, min(1.5, float64(box.Dy())/float64(box.Dx())))
		}
	}
	return 0.75
}
