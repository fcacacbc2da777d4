package clickhouse

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"andon/analysis"
)

// A comparison asks for the profile of one column after another, over the same
// rows and windows. The second such question is answered for all columns:
//
//	counts of values, ranks of numbers  ──▶ bins, chosen here as a Table does
//	every row ──ARRAY JOIN──▶ (block, column, bin) ──▶ sums
//
// so twenty columns cost the passes of one. A single question stays single.

// profiles remembers what was asked over which rows and windows.
type profiles struct {
	mu   sync.Mutex
	sets map[string]map[string]analysis.Profile
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
	set := fmt.Sprintf("%s\x00%d %d %d %d", where, w.Before.From.UnixNano(), w.Before.To.UnixNano(), w.After.From.UnixNano(), w.After.To.UnixNano())
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

// compare profiles the fields over the same rows.
func (l *Log) compare(ctx context.Context, fields []analysis.Field, where analysis.Where, w analysis.Windows, into map[string]analysis.Profile) error {
	cuts, err := l.cuts(ctx, fields, where, w)
	if err != nil {
		return err
	}
	before, err := l.blocks(ctx, cuts, where, w, false)
	if err != nil {
		return err
	}
	after, err := l.blocks(ctx, cuts, where, w, true)
	if err != nil {
		return err
	}
	for i, c := range cuts {
		into[c.field.Name] = analysis.Profile{Field: c.field, Bins: c.bins, Before: before[i], After: after[i]}
	}
	return nil
}

// blocks are the sums per block and bin of each cut in one window.
func (l *Log) blocks(ctx context.Context, cuts []cut, where analysis.Where, w analysis.Windows, after bool) ([][]analysis.Block, error) {
	all := make([][]analysis.Block, len(cuts))
	var codes, values, numbers []string
	for i, c := range cuts {
		before, later, _ := analysis.ProfileBlocks(l.span, w, len(c.bins))
		if all[i] = before; after {
			all[i] = later
		}
		codes, numbers = append(codes, c.code), append(numbers, "toUInt16("+itoa(i)+")")
		if values = append(values, "nan"); c.field.Type == analysis.Number {
			values[i] = l.columns[c.field.Name].number()
		}
	}
	window := w.Before
	if after {
		window = w.After
	}
	if len(cuts) == 0 || len(all[0]) == 0 {
		return all, nil
	}
	start := all[0][0].Start
	window.From = start
	_, _, length := analysis.ProfileBlocks(l.span, w, 0)
	columns := append([]string{l.steps(start, length) + " AS block", "toInt64(k) AS field", "toInt64(b) AS bin"}, l.sums()...)
	columns = append(columns, "toInt64(countIf(isFinite(x)))", "sumIf(x, isFinite(x))", "sumIf(x * x, isFinite(x))")
	a, err := l.ask(ctx, question{columns: columns, window: window, where: where, group: 3,
		join: "[" + strings.Join(codes, ", ") + "] AS b, [" + strings.Join(values, ", ") + "] AS x, [" + strings.Join(numbers, ", ") + "] AS k"})
	if err != nil {
		return nil, err
	}
	for i := range a.Rows {
		k, field, bin := a.int(i, 0), a.int(i, 1), a.int(i, 2)
		if field >= len(all) || k < 0 || k >= len(all[field]) || bin >= len(all[field][k].Bins) {
			continue
		}
		block := &all[field][k]
		block.Bins[bin] = block.Bins[bin].Add(a.sum(i, 3))
		block.N += a.int(i, 7)
		block.Sum += a.float(i, 8)
		block.SumSq += a.float(i, 9)
	}
	return all, nil
}
