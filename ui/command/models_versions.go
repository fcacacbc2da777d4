package command

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"andon/analysis"
	"andon/analysis/fleet"
	"andon/analysis/version"
	"andon/ui/display"
)

// Versions, and the models and plants that a log holds, as text and as JSON.

type jsonVersion struct {
	Value   string            `json:"value"`
	First   *time.Time        `json:"first"`
	Last    *time.Time        `json:"last"`
	Rows    int               `json:"rows"`
	Place   map[string]string `json:"first_at"`
	Hours   float64           `json:"took_over_in_hours"` // 0: there from the start, or never alone
	Event   *string           `json:"event"`
	Share   [2]float64        `json:"share"` // of the rows before and after
	Quality sides             `json:"quality"`
}

type jsonCompared struct {
	Column     string     `json:"column"`
	A          string     `json:"a"`
	B          string     `json:"b"`
	Crude      jsonChange `json:"crude"`        // b − a
	Same       jsonChange `json:"same_traffic"` // b − a; null where confounded
	P          float64    `json:"p"`
	Cells      int        `json:"cells"`
	Known      [2]int     `json:"known"`
	By         []string   `json:"by"`
	Confounded []string   `json:"confounded_with"`
	Shared     [2]float64 `json:"shared"`
	Warnings   []string   `json:"warnings"`
}

type jsonRollout struct {
	Version  string     `json:"version"`
	By       string     `json:"by"`
	Treated  []string   `json:"treated"`
	Control  []string   `json:"control"`
	WithIt   sides      `json:"treated_quality"`
	Without  sides      `json:"control_quality"`
	Effect   jsonChange `json:"effect"`
	Parallel bool       `json:"parallel_before"`
	Warnings []string   `json:"warnings"`
}

type jsonGrid struct {
	By    string     `json:"by"`
	Cells []jsonCell `json:"cells"`
}

type jsonCell struct {
	Where   map[string]string `json:"where"`
	Quality sides             `json:"quality"`
}

type jsonUnit struct {
	Where   map[string]string `json:"where"`
	Quality sides             `json:"quality"`
	Change  jsonChange        `json:"change"`
}

// addVersions fills the lists of versions and units.
func (a *modelsAnswer) addVersions(m analysis.Measure, all answerers) {
	a.Versions, a.Comparisons, a.Rollouts, a.Grids, a.Units = []jsonVersion{}, []jsonCompared{}, []jsonRollout{}, []jsonGrid{}, []jsonUnit{}
	for _, r := range all.versions.Lineage {
		a.Versions = append(a.Versions, newJSONVersion(m, r, all.members.Versions))
	}
	for _, c := range all.versions.Comparisons {
		out := jsonCompared{c.Column, c.A, c.B, jsonChange{}, newJSONChange(c.Difference, c.Interval), c.P, c.Strata, c.Known,
			append([]string{}, c.By...), append([]string{}, c.Stuck...), c.Shared, append([]string{}, c.Warnings...)}
		if min(c.Sums[0].Known, c.Sums[1].Known) > 0 {
			out.Crude = newJSONChange(c.Crude.Delta, c.Crude.Interval)
		}
		a.Comparisons = append(a.Comparisons, out)
	}
	for _, r := range all.versions.Rollouts {
		a.Rollouts = append(a.Rollouts, jsonRollout{r.Version, r.By, r.Treated, r.Control, newSides(m.Scale, r.Cells[0][0], r.Cells[0][1]),
			newSides(m.Scale, r.Cells[1][0], r.Cells[1][1]), newJSONChange(r.Effect.Delta, r.Effect.Interval), r.Parallel, append([]string{}, r.Warnings...)})
	}
	for _, g := range all.versions.Grids {
		grid := jsonGrid{By: g.By, Cells: []jsonCell{}}
		eachCell(g, func(where analysis.Where, cell [2]analysis.Sum) {
			grid.Cells = append(grid.Cells, jsonCell{where.Map(), newSides(m.Scale, cell[0], cell[1])})
		})
		a.Grids = append(a.Grids, grid)
	}
	for _, u := range all.units {
		a.Units = append(a.Units, jsonUnit{u.Where.Map(), newSides(m.Scale, u.Before, u.After), compared(m, u.Before, u.After)})
	}
	a.Stages = []jsonStage{}
	for _, s := range all.stages {
		a.Stages = append(a.Stages, jsonStage{s.Name, s.Column, s.Gate, newSides(analysis.Proportion, s.Blamed[0], s.Blamed[1]),
			newJSONChange(s.Delta, s.Change), finite(s.Share), newSides(analysis.Proportion, s.Right[0], s.Right[1])})
	}
}

func newJSONVersion(m analysis.Measure, r version.Reign, known []analysis.Version) jsonVersion {
	out := jsonVersion{Value: r.Value, First: &r.First, Last: &r.Last, Rows: r.Rows, Place: r.Place, Hours: r.Takes.Hours()}
	if out.Place == nil {
		out.Place = map[string]string{}
	}
	if r.Event != nil {
		out.Event = &r.Event.Title
	}
	for _, v := range known {
		if v.Where.Op == analysis.Equal && v.Where.Value == r.Value {
			out.Share, out.Quality = v.Share, newSides(m.Scale, v.Before, v.After)
		}
	}
	return out
}

// eachCell visits the cells of a grid in which anything was answered.
func eachCell(g version.Grid, visit func(where analysis.Where, cell [2]analysis.Sum)) {
	for i, row := range g.Cells {
		for k, cell := range row {
			if cell[0].Rows+cell[1].Rows > 0 {
				visit(analysis.Where{g.Values[i], g.Versions[k]}, cell)
			}
		}
	}
}

func printUnits(w io.Writer, m analysis.Measure, units []fleet.Unit) {
	for i, u := range units[:min(12, len(units))] {
		fmt.Fprintf(w, "%-10s%s  %s -> %s", heading(i, "UNITS"), display.Pad(display.Escape(u.Where.String()), 30), mean(m, u.Before), mean(m, u.After))
		if u.Before.Known > 0 && u.After.Known > 0 {
			fmt.Fprintf(w, " (%s, 95 %% %s to %s)", change(m, u.Change.Delta), change(m, u.Change.Interval.Lo), change(m, u.Change.Interval.Hi))
		}
		fmt.Fprintln(w)
	}
}

func printVersions(w io.Writer, m analysis.Measure, all answerers) {
	for i, r := range all.versions.Lineage {
		fmt.Fprintf(w, "%-10s%s  %s to %s, %s%s\n", heading(i, "VERSIONS"), display.Pad(display.Escape(r.Value), 10), stamp(r.First), stamp(r.Last),
			plural(int64(r.Rows), "row"), came(r))
	}
	for i, c := range all.versions.Comparisons {
		fmt.Fprintf(w, "%-10s%s\n", heading(i, "COMPARED"), display.Escape(spokenComparison(m, c)))
		for _, warning := range c.Warnings {
			fmt.Fprintf(w, "%10s! %s\n", "", display.Escape(warning))
		}
	}
	for i, r := range all.versions.Rollouts {
		fmt.Fprintf(w, "%-10s%s came to %s %s, not to %s: %s (95 %% %s to %s) more than there\n", heading(i, "STAGED"), display.Escape(r.Version), display.Escape(r.By),
			display.Escape(strings.Join(r.Treated, ", ")), display.Escape(strings.Join(r.Control, ", ")), change(m, r.Effect.Delta), change(m, r.Effect.Interval.Lo), change(m, r.Effect.Interval.Hi))
		for _, warning := range r.Warnings {
			fmt.Fprintf(w, "%10s! %s\n", "", display.Escape(warning))
		}
	}
	for _, g := range all.versions.Grids {
		n := 0
		eachCell(g, func(where analysis.Where, cell [2]analysis.Sum) {
			if n < 12 {
				i := analysis.MeanInterval(m.Scale, cell[1])
				after := ""
				if cell[1].Known > 0 {
					after = fmt.Sprintf(" (95 %% %s to %s)", level(m, i.Lo), level(m, i.Hi))
				}
				fmt.Fprintf(w, "%-10s%s  %s -> %s%s\n", heading(n, "SLICES"), display.Pad(display.Escape(where.String()), 34), mean(m, cell[0]), mean(m, cell[1]), after)
			}
			n++
		})
	}
}

// came is where a version came first, how fast, and with which event.
func came(r version.Reign) string {
	text := ""
	if len(r.Place) > 0 {
		text = ", first at " + string(display.Escape(places(r.Place)))
	}
	if r.Takes > 0 {
		text += fmt.Sprintf(", took over in %.0f h", r.Takes.Hours())
	}
	if r.Event != nil {
		text += fmt.Sprintf(", with %q", display.Escape(r.Event.Title))
	}
	return text
}

// places are the conditions of a scope, by column.
func places(scope map[string]string) string {
	var where analysis.Where
	for _, column := range slices.Sorted(maps.Keys(scope)) {
		where = append(where, analysis.Is(column, scope[column]))
	}
	return where.String()
}

// spokenComparison is one comparison in a line.
func spokenComparison(m analysis.Measure, c version.Comparison) string {
	if !c.Told() {
		return fmt.Sprintf("%s and %s: cannot be told", c.A, c.B)
	}
	return fmt.Sprintf("%s against %s: %s on the same traffic (95 %% %s to %s, %s, %d and %d rows), %s as they are", c.B, c.A,
		change(m, c.Difference), change(m, c.Interval.Lo), change(m, c.Interval.Hi), plural(int64(c.Strata), "cell"), c.Known[0], c.Known[1], change(m, c.Crude.Delta))
}
