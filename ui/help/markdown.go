package help

import (
	"slices"
	"strings"
)

// Markdown is every binding as one table, for README.
func Markdown(groups []Group) string {
	var b strings.Builder
	b.WriteString("| where | key | does |\n|---|---|---|\n")
	for _, g := range groups {
		for _, k := range g.Bindings {
			b.WriteString("| " + cell(g.Title) + " | " + keys(k) + " | " + cell(k.Does) + " |\n")
		}
	}
	return b.String()
}

// keys are all keys of a binding, each in code quotes.
func keys(b Binding) string {
	quoted := slices.Clone(b.Keys)
	for i, k := range quoted {
		fence := "`"
		if strings.Contains(k, "`") {
			fence, k = "``", " "+k+" "
		}
		quoted[i] = fence + cell(k) + fence
	}
	return strings.Join(quoted, ", ")
}

// cell is text that cannot end a cell of the table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
