package command

import (
	"context"
	"fmt"
	"io"

	"andon/ui/display"
)

// Members, versions, objectives, estimates, remedies, costs and frames need rows,
// of which the file of a fleet holds a sample:
//
//	triage, diff, slices, plots   ◀── sums by the cluster
//	all else                      ◀── the sample, and says so
//
// A share of the sample is that of the fleet within chance; a count is not.

// sampled says from how many rows an answer is told; nothing where the file
// holds all there are.
func (s *session) sampled(ctx context.Context) ([]string, error) {
	about, ok, err := s.about(ctx)
	if err != nil || !ok || about.Sampled == 0 || about.Sampled >= about.Rows {
		return nil, err
	}
	return []string{fmt.Sprintf("told from %s sampled evenly from the fleet's %s: shares hold within chance, counts are the sample's, of which one row stands for %.3g",
		plural(about.Sampled, "row"), thousands(about.Rows), float64(about.Rows)/float64(about.Sampled))}, nil
}

// tellSampled writes it where there is no answer for it to travel with.
func (s *session) tellSampled(ctx context.Context, w io.Writer) error {
	says, err := s.sampled(ctx)
	for _, text := range says {
		fmt.Fprintln(w, "note: "+display.Escape(text))
	}
	return err
}
