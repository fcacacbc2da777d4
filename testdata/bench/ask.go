// Ask times what the console asks of a closed incident file: wall and CPU in
// milliseconds, medians of some rounds, each from opening the file on:
//
//	go run testdata/bench/ask.go -file plant.andon
//
//	table      every column read from its segments
//	diff       that, and every column's counts, histogram and moments, before and after
//	quantiles  that, and seven quantiles of every number in both windows
//	slices     that of table, and counts of all single columns and pairs of ten
//	minutes    quality by the minute, from the rollups
//	windows    every column's counts and histogram of two windows, from the rollups
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"

	"andon/analysis"
	"andon/store"
)

func main() {
	file := flag.String("file", "", "the incident file")
	rounds := flag.Int("rounds", 5, "how often each is asked")
	first := flag.Bool("first", false, "only wait until the file can be plotted, and say when")
	flag.Parse()
	err := error(nil)
	if *first {
		err = waitForPlot(*file)
	} else {
		err = ask(*file, *rounds)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ask:", err)
		os.Exit(1)
	}
}

// question is one thing that is timed.
type question struct {
	name string
	ask  func(ctx context.Context, f *store.File) error
}

func ask(file string, rounds int) error {
	for _, q := range []question{{"table", table}, {"diff", diff}, {"quantiles", quantiles}, {"slices", pairs}, {"minutes", minutes}, {"windows", windows}} {
		took, cost := make([]time.Duration, rounds), make([]time.Duration, rounds)
		var err error
		for i := range took {
			var f *store.File
			runtime.GC()
			began, busy := time.Now(), cpu()
			f, err = store.Open(context.Background(), file)
			if err == nil {
				err = q.ask(context.Background(), f)
			}
			took[i], cost[i] = time.Since(began), cpu()-busy
			if f != nil {
				f.Close()
			}
			if err != nil {
				break
			}
		}
		if errors.Is(err, store.ErrNotRolled) { // too few rows a minute
			fmt.Fprintln(os.Stderr, "skip:", q.name+":", err)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
		slices.Sort(took)
		slices.Sort(cost)
		fmt.Printf("%s %.1f %.1f\n", q.name, took[rounds/2].Seconds()*1000, cost[rounds/2].Seconds()*1000)
	}
	return nil
}

// cpu is what this process has cost so far.
func cpu() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err) // it takes no argument that could be wrong
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// waitForPlot says after how many milliseconds a file that is being loaded
// first tells quality over time.
func waitForPlot(file string) error {
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(2 * time.Millisecond) {
		f, err := store.OpenReadOnly(context.Background(), file)
		if err != nil {
			continue
		}
		s, err := f.Series(context.Background(), time.Minute)
		f.Close()
		if err == nil && s.Total().Known > 0 {
			fmt.Printf("plot %.0f\n", time.Since(began).Seconds()*1000)
			return nil
		}
	}
	return fmt.Errorf("%s told nothing within a minute", file)
}

// halves are the windows: before and after the incident of the generated log.
func halves(span analysis.Window) analysis.Windows {
	cut := span.From.Add(span.Duration() * 6 / 10).Truncate(time.Minute)
	return analysis.Windows{Before: analysis.Window{From: span.From, To: cut}, After: analysis.Window{From: cut, To: span.To}}
}

func table(ctx context.Context, f *store.File) error {
	_, err := f.Table(ctx)
	return err
}

// each runs do for every item on all processors.
func each[T any](items []T, do func(T) error) error {
	work, errs := make(chan T), make(chan error, len(items))
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for item := range work {
				if err := do(item); err != nil {
					errs <- err
				}
			}
		})
	}
	for _, item := range items {
		work <- item
	}
	close(work)
	group.Wait()
	close(errs)
	return <-errs
}

// compared are the columns of dimensions and numbers.
func compared(t *analysis.Table) []analysis.Field {
	return slices.DeleteFunc(slices.Clone(t.Fields()), func(f analysis.Field) bool {
		return f.Type != analysis.Text && f.Type != analysis.Number || f.Role == analysis.RoleCorrect || f.Role == analysis.RoleLabel
	})
}

func diff(ctx context.Context, f *store.File) error {
	t, err := f.Table(ctx)
	if err != nil {
		return err
	}
	return each(compared(t), func(field analysis.Field) error {
		_, err := t.Profile(ctx, field.Name, nil, halves(t.Span()))
		return err
	})
}

func quantiles(ctx context.Context, f *store.File) error {
	t, err := f.Table(ctx)
	if err != nil {
		return err
	}
	w := halves(t.Span())
	shares := []float64{.01, .05, .25, .5, .75, .95, .99}
	return each(compared(t), func(field analysis.Field) error {
		if _, err := t.Profile(ctx, field.Name, nil, w); err != nil || field.Type != analysis.Number {
			return err
		}
		for _, side := range []analysis.Window{w.Before, w.After} {
			if _, err := t.Quantiles(ctx, field.Name, nil, side, shares); err != nil {
				return err
			}
		}
		return nil
	})
}

// pairs counts rows, labelled and right ones of all cells of one and of two of
// ten dimensions, before and after.
func pairs(ctx context.Context, f *store.File) error {
	t, err := f.Table(ctx)
	if err != nil {
		return err
	}
	names := []string{"plant", "line", "station", "camera", "shift", "sku", "operator", "model_version", "status", "prediction"}
	var sets [][]analysis.Dimension
	for i, a := range names {
		sets = append(sets, []analysis.Dimension{{Column: a}})
		for _, b := range names[:i] {
			sets = append(sets, []analysis.Dimension{{Column: a}, {Column: b}})
		}
	}
	return each(sets, func(dims []analysis.Dimension) error {
		_, err := t.Leaves(ctx, dims, nil, halves(t.Span()))
		return err
	})
}

func minutes(ctx context.Context, f *store.File) error {
	_, err := f.Series(ctx, time.Minute)
	return err
}

func windows(ctx context.Context, f *store.File) error {
	span := analysis.Window{From: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)}
	_, err := f.Profiles(ctx, halves(span))
	return err
}
