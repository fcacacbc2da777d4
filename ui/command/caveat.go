package command

import (
	"context"
	"fmt"
	"path/filepath"
)

// mostCaveats is how many notes of the reading stand before a triage's own
// warnings; the Data screen has them all.
const mostCaveats = 3

// caveats are what was taken for granted when the sources were read, such as a
// clock without a date or a zone: whoever reads a time of the triage must know.
func (s *session) caveats(ctx context.Context) ([]string, error) {
	sources, err := s.file.Sources(ctx)
	if err != nil {
		return nil, err
	}
	var said []string
	told := map[string]bool{}
	for _, src := range sources {
		for _, w := range src.Warnings {
			if !told[w] {
				said = append(said, filepath.Base(src.Path)+": "+w)
			}
			told[w] = true
		}
	}
	if more := len(said) - mostCaveats; more > 0 {
		said = append(said[:mostCaveats:mostCaveats], fmt.Sprintf("%d more notes on how the sources were read: see Data", more))
	}
	return said, nil
}
