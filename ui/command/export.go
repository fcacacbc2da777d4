package command

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/importers"
	"andon/store"
	"andon/store/clickhouse"
	"andon/ui/display"
)

func exportCommand(env Env) *cobra.Command {
	var plant string
	var schema bool
	c := &cobra.Command{
		Use:   "export clickhouse://USER@HOST/DATABASE/TABLE FILE",
		Short: "send an incident file's rows to the fleet's ClickHouse table",
		Long: `Writes the inferences of an incident file, with the labels that were joined to
them, into a table of a ClickHouse server or cluster, which is made if it is not
there. A row is known by plant, log and place in the log: what is there already
is not sent again, so an export that was cut off, or a log that grew, is sent by
the same command. What Andon computed from pictures is left out.

The password is read from CLICKHOUSE_PASSWORD. --schema prints the CREATE TABLE
instead, to be run on every shard of a cluster.`,
		Example: "  andon export clickhouse://writer@ch1:9000/plant/inference plant.andon\n  andon export --schema clickhouse://ch1/plant/inference plant.andon",
		Args:    exactly(2, "the table's address and an incident file"),
		RunE: func(c *cobra.Command, args []string) error {
			address, err := importers.ParseClickHouse(args[0], env.secrets)
			if err != nil {
				return usage("%w", err)
			}
			if plant == "" {
				if plant, err = os.Hostname(); err != nil {
					return usage("this machine has no name; say which plant it is with --plant NAME")
				}
			}
			target, err := openToRead(c.Context(), env, args[1])
			if err != nil {
				return err
			}
			defer target.done()
			if schema {
				return printTableSchema(c.Context(), env, target.file, tableOf(address))
			}
			return export(c.Context(), env, target.file, tableOf(address), plant)
		},
	}
	c.Flags().StringVar(&plant, "plant", "", "whose rows these are, `NAME`; this machine's name if not given")
	c.Flags().BoolVar(&schema, "schema", false, "print the CREATE TABLE and send nothing")
	return c
}

// exported are the fields that go to the fleet: not what Andon computed, since
// it is computed again where the pictures are.
func exported(ctx context.Context, file *store.File) ([]analysis.Field, error) {
	fields, err := file.Fields(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(fields, passedOver), nil
}

func passedOver(f analysis.Field) bool { return f.Derived() || f.Type == analysis.Blob }

func printTableSchema(ctx context.Context, env Env, file *store.File, a clickhouse.Address) error {
	fields, err := exported(ctx, file)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.Out, clickhouse.Schema(a, fields)+";")
	return err
}

// export sends what is not there yet, a stretch at a time.
func export(ctx context.Context, env Env, file *store.File, a clickhouse.Address, plant string) error {
	if about, err := file.Fleet(ctx); err != nil || about != "" {
		if err == nil {
			err = input(fmt.Errorf("%q holds a sample of a fleet's table: what it was taken from is there already", file.Path()))
		}
		return err
	}
	fields, err := exported(ctx, file)
	if err != nil {
		return err
	}
	if len(fields) == 0 {
		return input(fmt.Errorf("%q holds no inferences to send", file.Path()))
	}
	began := env.Now()
	env.inSight(a.Password)
	exporter, err := admitted(ctx, env, a, func(a clickhouse.Address) (*clickhouse.Exporter, error) {
		return clickhouse.NewExporter(ctx, a, fields)
	})
	if err != nil {
		return input(err)
	}
	defer exporter.Close()
	held := map[string]map[int64]int64{}
	var total clickhouse.Exported
	err = file.Stretches(ctx, func(s store.Stretch) error {
		source := plant + ":" + s.Source
		if held[source] == nil {
			if held[source], err = exporter.Held(ctx, source); err != nil {
				return err
			}
		}
		columns := slices.DeleteFunc(s.Columns, func(c analysis.Column) bool { return passedOver(c.Field) })
		done, err := exporter.Send(ctx, source, s.Offset, columns, held[source])
		total.Sent += done.Sent
		total.Present += done.Present
		return err
	})
	if err != nil {
		return input(err)
	}
	fmt.Fprintf(env.Out, "%s sent to %s.%s as %s, %s there already, %.1f s\n", plural(total.Sent, "row"),
		display.Escape(a.Database), display.Escape(a.Table), display.Escape(plant), thousands(total.Present), env.Now().Sub(began).Seconds())
	return nil
}
