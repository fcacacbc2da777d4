package command

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"andon/analysis"
	"andon/ui/display"
)

// addCountermeasure records what was done.
func (s *session) addCountermeasure(ctx context.Context, flags verifyFlags, window analysis.Window) (analysis.Taken, error) {
	c := analysis.Taken{Time: s.env.Now().UTC(), Author: author(s.env), Do: strings.TrimSpace(flags.add), Cause: analysis.Cause(flags.cause),
		Taken: s.env.Now().UTC(), Verify: window}
	if c.Do == "" {
		return c, usage("andon verify --add: the text is empty; say what was done")
	}
	if c.Cause != "" && !slices.Contains(analysis.Causes[:], c.Cause) {
		return c, usage("--cause %q: it is one of %s", flags.cause, display.Escape(fmt.Sprint(analysis.Causes)))
	}
	if flags.at != "" {
		var err error
		if c.Taken, err = parseTime(flags.at); err != nil {
			return c, usage("--at: %w", err)
		}
	}
	c, err := s.file.AddCountermeasure(ctx, c)
	return c, input(err)
}

// toVerify is the countermeasure a verification is about: the one asked for,
// else the last that did not pass yet, else 0 for none.
func toVerify(taken []analysis.Taken, asked int64) (int64, error) {
	last := int64(0)
	for _, c := range taken {
		if c.ID == asked {
			return asked, nil
		}
		if c.Outcome != analysis.Yes {
			last = c.ID
		}
	}
	if asked != 0 {
		return 0, usage("--for %d: there is no such countermeasure; andon verify FILE lists them", asked)
	}
	return last, nil
}

// causeOf is what a countermeasure was taken against, "" for none named.
func causeOf(taken []analysis.Taken, id int64) analysis.Cause {
	for _, c := range taken {
		if c.ID == id {
			return c.Cause
		}
	}
	return ""
}
