package clickhouse

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"andon/analysis"
)

// A comparison asks for the profile of one column after another, over the same
// rows and windows. The second such question is answered for all columns:
//
//	counts of values, ranks of numbers  ──▶ bins, chosen here as a Table does
//	every row ──ARRAY JOIN──▶ its cell of each column ──▶ sums per cell
//
// so twenty columns cost the passes of one. A single question stays single.

// profiles remembers what was asked over which rows and windows.
type profiles struct {
	mu     sync.Mutex
	sets   map[string]map[string]analysis.Profile
	values map[string]map[string][]string // of texts, where all are known
}

// words are the values of a column in both windows, in order.
func (p *profiles) words(set, column string) (words []string, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	words, known = p.values[set][column]
	return words, known
}

// list keeps the values of a column, if the counts hold all of them.
func (p *profiles) list(set, column string, before, after map[string]int) {
	if len(before) >= mostCounted || len(after) >= mostCounted {
		return
	}
	all := maps.Clone(before)
	maps.Copy(all, after)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.values == nil {
		p.values = map[string]map[string][]string{}
	}
	if p.values[set] == nil {
		p.values[set] = map[string][]string{}
	}
	p.values[set][column] = sorted(all)
}

// rowsOf names the rows of a slice in both windows.
func rowsOf(where analysis.Where, w analysis.Windows) string {
	return fmt.Sprintf("%s\x00%d %d %d %d", where, w.Before.From.UnixNano(), w.Before.To.UnixNano(), w.After.From.UnixNano(), w.After.To.UnixNano())
}

// known is the profile if it is remembered, and whether another column was
// asked over the same rows.
func (p *profiles) known(set, column string) (found analysis.Profile, ok, again bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found, ok = p.sets[set][column]
	return found, ok, len(p.sets[set]) > 0
}

func (p *profiles) keep(set string, found map[string]analysis.Profile) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sets == nil {
		p.sets = map[string]map[string]analysis.Profile{}
	}
	if p.sets[set] == nil {
		p.sets[set] = map[string]analysis.Profile{}
	}
	for column, profile := range found {
		p.sets[set][column] = profile
	}
}

// Profile is one column before and after; see [analysis.Table.Profile]. Its
// bins are those of a Table on the same rows, but where a number has more than
// 32 values: their edges follow exact ranks up to exactRows rows, and ranks of
// a sample beyond. Cost: two passes over the column in each window, and the
// same two for all columns together where more are asked.
func (l *Log) Profile(ctx context.Context, column string, where analysis.Where, w analysis.Windows) (analysis.Profile, error) {
	f, _, err := l.require(column)
	if err != nil {
		return analysis.Profile{}, fmt.Errorf("profile: %w", err)
	}
	if !profiled(f) {
		return analysis.Profile{}, fmt.Errorf("profile %q: a column of %ss has no distribution; choose a text or number column", column, f.Type)
	}
	set := rowsOf(where, w)
	found, ok, again := l.profiles.known(set, column)
	if ok {
		return found, nil
	}
	wanted := []analysis.Field{f}
	if again {
		wanted = slices.DeleteFunc(slices.Clone(l.fields), func(f analysis.Field) bool {
			_, have, _ := l.profiles.known(set, f.Name)
			return have || !profiled(f)
		})
	}
	all := map[string]analysis.Profile{}
	for _, some := range split(wanted) {
		if err := l.compare(ctx, some, where, w, all); err != nil {
			return analysis.Profile{}, fmt.Errorf("profile %q: %w", column, err)
		}
	}
	l.profiles.keep(set, all)
	return all[column], nil
}

func profiled(f analysis.Field) bool { return f.Type == analysis.Text || f.Type == analysis.Number }

// together is how many columns one pass takes: the bins of each stand in the
// query, which a server reads up to 256 kB of.
const together = 24

func split(fields []analysis.Field) [][]analysis.Field {
	return slices.Collect(slices.Chunk(fields, together))
}

// compare profiles the fields over the same rows. Both windows are asked at once.
func (l *Log) compare(ctx context.Context, fields []analysis.Field, where analysis.Where, w analysis.Windows, into map[string]analysis.Profile) error {
	cuts, err := l.cuts(ctx, fields, where, w)
	if err != nil || len(cuts) == 0 {
		return err
	}
	before, after := make([][]analysis.Block, len(cuts)), make([][]analysis.Block, len(cuts))
	var length time.Duration
	for i, c := range cuts {
		before[i], after[i], length = analysis.ProfileBlocks(l.span, w, len(c.bins))
	}
	var both []func(context.Context) error
	for side, blocks := range [][][]analysis.Block{before, after} {
		window := []analysis.Window{w.Before, w.After}[side]
		if len(blocks[0]) == 0 {
			continue
		}
		window.From = blocks[0][0].Start
		q := question{window: window, where: where, group: 1}
		step := l.steps(window.From, length)
		both = append(both, func(ctx context.Context) error { return l.fill(ctx, q, step, cuts, blocks) },
			func(ctx context.Context) error { return l.moments(ctx, q, step, cuts, blocks) })
	}
	if err := atOnce(ctx, both...); err != nil {
		return err
	}
	for i, c := range cuts {
		into[c.field.Name] = analysis.Profile{Field: c.field, Bins: c.bins, Before: before[i], After: after[i]}
	}
	return nil
}

// fill fills in the sums per block and bin of one window. The cells of all
// columns are numbered through, so that the server groups by one small number:
//
//	cell = block · width + first of the column + bin
func (l *Log) fill(ctx context.Context, q question, step string, cuts []cut, blocks [][]analysis.Block) error {
	width := 0
	first := make([]int, len(cuts))
	for i, c := range cuts {
		first[i] = width
		width += len(c.bins) + 1 // and what has no bin
	}
	base := fmt.Sprintf("toUInt32(%s) * %d + ", step, width)
	cells, quality := make([]string, len(cuts)), make([]string, len(cuts))
	for i, c := range cuts {
		cells[i], quality[i] = "toUInt32("+base+itoa(first[i])+" + "+c.code+")", l.quality
	}
	q.columns = append([]string{"c AS cell"}, l.sums("q")...)
	q.join = "[" + strings.Join(cells, ", ") + "] AS c, [" + strings.Join(quality, ", ") + "] AS q"
	a, err := l.ask(ctx, q)
	if err != nil {
		return err
	}
	for row := range a.rows() {
		block, place := a.int(row, 0)/width, a.int(row, 0)%width
		i, begins := slices.BinarySearch(first, place)
		if !begins {
			i--
		}
		if bin := place - first[i]; block < len(blocks[i]) && bin < len(cuts[i].bins) {
			blocks[i][block].Bins[bin] = a.sum(row, 1)
		}
	}
	return nil
}

// moments fills in the count, sum and sum of squares per block of the numbers.
func (l *Log) moments(ctx context.Context, q question, step string, cuts []cut, blocks [][]analysis.Block) error {
	q.columns = []string{step + " AS block"}
	var at []int
	for i, c := range cuts {
		if c.field.Type == analysis.Number {
			x := l.columns[c.field.Name].number()
			fine := "isFinite(" + x + ")"
			q.columns = append(q.columns, l.tally("countIf("+fine+")"), "sumIf("+x+", "+fine+")", "sumIf("+x+" * "+x+", "+fine+")")
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return nil
	}
	a, err := l.ask(ctx, q)
	if err != nil {
		return err
	}
	for row := range a.rows() {
		for k, i := range at {
			if block := a.int(row, 0); block >= 0 && block < len(blocks[i]) {
				b := &blocks[i][block]
				b.N, b.Sum, b.SumSq = a.int(row, 1+3*k), a.float(row, 2+3*k), a.float(row, 3+3*k)
			}
		}
	}
	return nil
}
