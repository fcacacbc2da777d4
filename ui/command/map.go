package command

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/importers"
)

// A mapping is what a person says about a source that names cannot: drafted by
// andon map, edited, given to andon import --map, and found again through the
// ledger, whose line names the file, when the source has grown.

func mapCommand(env Env) *cobra.Command {
	var roles []string
	c := &cobra.Command{
		Use:   "map SRC",
		Short: "draft the mapping file for a source",
		Long: `Writes to standard output how Andon would read the source, as YAML with
comments: kind, time zone, texts that stand for no value, a list that holds the
rows, records to pass over, and for each field its role, type, scale and unit.
Edit it and load with: andon import -o FILE --map MAPPING SRC`,
		Example: "  andon map export.csv > export.yaml\n  andon import -o plant.andon --map export.yaml export.csv",
		Args:    exactly(1, "one source"),
		RunE: func(c *cobra.Command, args []string) error {
			options, err := parseRoles(roles)
			if err != nil {
				return err
			}
			return runMap(c.Context(), env, options, args)
		},
	}
	roleFlag(c, &roles)
	return c
}

func runMap(ctx context.Context, env Env, options importers.Options, args []string) error {
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

// remembered is the mapping that the ledger names for a source that is loaded
// again without one, since half a file read by a mapping and half without it
// would be two files.
func (l *loader) remembered(ctx context.Context, s importers.Source, options *importers.Options) error {
	if options.Mapping != nil {
		return nil
	}
	ledger, err := l.file.Sources(ctx)
	if err != nil {
		return err
	}
	if file := mappedBy(ledger, s.Path); file != "" {
		return readMap(file, options)
	}
	return nil
}

// mappedBy is the mapping file that the newest line for the path names.
func mappedBy(ledger []analysis.Source, path string) string {
	file := ""
	for _, line := range ledger {
		if line.Path != path {
			continue
		}
		file = ""
		for _, warning := range line.Warnings {
			var name string
			if n, _ := fmt.Sscanf(warning, importers.MappedBy, &name); n == 1 {
				file = name
			}
		}
	}
	return file
}
