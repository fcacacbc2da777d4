package command

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/importers"
	"andon/ui/display"
)

// A mapping is what a person says about a source that names cannot: drafted by
// andon map, edited, given to andon import --map, kept with the source in the
// ledger, and so found again when the source has grown.

func mapCommand(env Env) *cobra.Command {
	var roles, set []string
	c := &cobra.Command{
		Use:   "map SRC|FILE",
		Short: "draft the mapping file for a source, or print and change what an incident file keeps",
		Long: `Writes to standard output how Andon would read the source, as YAML with
comments: kind, time zone, texts that stand for no value, a list that holds the
rows, records to pass over, and for each field its role, type, scale and unit.
Edit it and load with: andon import -o FILE --map MAPPING SRC

The incident file keeps the mapping as it was; of an incident file, those are
written, with the roles that people changed since. --set changes a role there:
who had it steps down, right and wrong, joins and all that rests on them are
worked out anew, a note says who did it, and what is loaded later comes under
the new roles. Giving the role back undoes it.`,
		Example: "  andon map export.csv > export.yaml\n  andon import -o plant.andon --map export.yaml export.csv\n  andon map --set prediction=klass plant.andon",
		Args:    exactly(1, "one source"),
		RunE: func(c *cobra.Command, args []string) error {
			options, err := parseRoles(roles)
			if err != nil {
				return err
			}
			if len(set) > 0 {
				return setRoles(c.Context(), env, args[0], set)
			}
			return runMap(c.Context(), env, options, args)
		},
	}
	roleFlag(c, &roles)
	c.Flags().StringArrayVar(&set, "set", nil, "give a column of the incident file a role, as `ROLE=COLUMN` (repeatable)")
	return c
}

func runMap(ctx context.Context, env Env, options importers.Options, args []string) error {
	if isDatabase(args[0]) {
		return keptMappings(ctx, env, args[0])
	}
	sources, skipped, err := find(args, env.Now())
	if err != nil {
		return err
	}
	if len(sources) > 1 {
		return usage("%s holds %d sources; a mapping is for one: name the file", args[0], len(sources))
	}
	text, err := sources[0].Draft(ctx, options)
	if err != nil {
		return input(fmt.Errorf("%w%s", err, why(skipped)))
	}
	_, err = fmt.Fprint(env.Out, text)
	return err
}

// mapFlag adds --map.
func mapFlag(c *cobra.Command, file *string) {
	c.Flags().StringVar(file, "map", "", "read the sources by the mapping `FILE`, drafted by andon map")
}

// readMap puts a mapping file into the options; "" is none.
func readMap(file string, options *importers.Options) error {
	if file == "" {
		return nil
	}
	f, err := os.Open(file)
	if err != nil {
		return input(fmt.Errorf("mapping: %w", err))
	}
	defer f.Close()
	if options.Mapping, err = importers.ReadMapping(f); err != nil {
		return input(fmt.Errorf("mapping %s: %w", file, err))
	}
	options.MappedBy = file
	return nil
}

// remembered is the mapping in the ledger of a source that is loaded again
// without one, as it was then: half a file read by a mapping and half without
// it would be two files.
func (l *loader) remembered(ctx context.Context, s importers.Source, options *importers.Options) error {
	if options.Mapping != nil {
		return nil
	}
	ledger, err := l.file.Sources(ctx)
	if err != nil {
		return err
	}
	for _, line := range slices.Backward(ledger) {
		if line.Path != s.Path {
			continue
		}
		if line.ReadBy.Text == "" {
			return nil
		}
		options.MappedBy = line.ReadBy.Path
		if options.Mapping, err = importers.ReadMapping(strings.NewReader(line.ReadBy.Text)); err != nil {
			return input(fmt.Errorf("the mapping %s, kept with %s: %w", line.ReadBy.Path, line.Path, err))
		}
		return nil
	}
	return nil
}

// readBy is what was said of a source, for the ledger: its mapping, and the
// roles that were given beside it or in its place.
func readBy(o importers.Options, r importers.Recognition) (analysis.ReadBy, error) {
	m, err := r.Said(o)
	if m == nil || err != nil {
		return analysis.ReadBy{}, err
	}
	by := o.MappedBy
	if by == "" {
		var given []string
		for column, role := range o.Roles {
			given = append(given, string(role)+"="+column)
		}
		slices.Sort(given)
		by = "--role " + strings.Join(given, ",")
	}
	return analysis.ReadBy{Path: by, Text: m.Text}, nil
}

// keptMappings prints the mappings that an incident file keeps, each once, with
// the sources that were read by it.
func keptMappings(ctx context.Context, env Env, path string) error {
	o, err := openToRead(ctx, env, path)
	if err != nil {
		return err
	}
	defer o.done()
	ledger, err := o.file.Sources(ctx)
	if err != nil {
		return err
	}
	printed := map[analysis.ReadBy]bool{}
	for _, line := range ledger {
		m := line.ReadBy
		if m.Text == "" || printed[m] {
			continue
		}
		if len(printed) > 0 {
			fmt.Fprintln(env.Out, "---")
		}
		printed[m] = true
		for _, other := range ledger {
			if other.ReadBy == m {
				fmt.Fprintf(env.Out, "# %s was read by %s\n", display.Escape(other.Path), display.Escape(m.Path))
			}
		}
		for _, text := range display.Lines(m.Text) {
			fmt.Fprintln(env.Out, text)
		}
	}
	recasts, err := o.file.Recasts(ctx)
	if err != nil {
		return err
	}
	if len(printed)+len(recasts) == 0 {
		return input(fmt.Errorf("%s: no source in it was read by a mapping, and no role was changed", path))
	}
	if len(printed) > 0 && len(recasts) > 0 {
		fmt.Fprintln(env.Out, "---")
	}
	printRecasts(env, recasts)
	return nil
}
