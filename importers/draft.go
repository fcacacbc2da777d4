package importers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"andon/analysis"
	"andon/importers/clock"
)

// Draft writes the mapping that Andon would use for the source by itself, as
// YAML with comments: a person edits it and gives it back as Options.Mapping.
// What cannot be guessed, such as a time that is nowhere, is written so that
// the draft loads as it stands, with a comment that says so.
//
// It fails where [Source.Recognise] does for another reason than a missing
// time. Values from the log stand in it quoted, in ASCII.
func (s Source) Draft(ctx context.Context, o Options) (string, error) {
	if s.Images > 0 || s.video {
		return s.draftFrames(), nil
	}
	m := Mapping{}
	if o.Mapping != nil {
		m = *o.Mapping
	}
	r, err := s.Recognise(ctx, o)
	if errors.Is(err, errNoTime) {
		m.Time.Order = true
		o.Mapping = &m
		r, err = s.Recognise(ctx, o)
	}
	if err != nil {
		return "", err
	}
	var d draft
	d.head(s, r, m)
	d.fields(r.plan)
	return d.String(), nil
}

// draftFrames writes the mapping of images or a video, which need none unless
// their paths tell more than a time.
func (s Source) draftFrames() string {
	var d draft
	name := s.Path
	if s.Images > 0 {
		name = s.framePath(s.images[0])
	}
	d.line("# What the paths of frames tell, such as %s.", quote(name))
	d.line("# Edit it, then: andon import -o FILE --map THIS.yaml SRC")
	d.line("")
	d.line("time:")
	d.line("  zone: UTC       # of the times in the names")
	d.line("frames:")
	d.line("  path: \"\"        # from the end: \"{line}/{camera}_{time}.jpg\"; {date} and {clock} where they stand apart,")
	d.line("                  # {id} of the inference, any other name is a dimension. \"\": only the time is looked for")
	d.line("  began: \"\"       # when a video began, such as 2026-03-07T06:28:00. \"\": its name or its metadata say it")
	return d.String()
}

// draft is the YAML being written.
type draft struct{ strings.Builder }

func (d *draft) line(format string, args ...any) {
	fmt.Fprintf(d, format+"\n", args...)
}

func (d *draft) head(s Source, r Recognition, m Mapping) {
	d.line("# How Andon reads %s (%s, %.0f %% sure).", quote(s.Path), r.Format, 100*r.Confidence)
	for _, w := range r.Warnings {
		d.line("# Note: %s", strings.Trim(quote(w), `"`))
	}
	d.line("# Edit it, then: andon import -o FILE --map THIS.yaml SRC")
	d.line("")
	d.line("kind: %-12s # inference, label, metric or event", r.Kind)
	d.line("time:")
	if m.Time.Order {
		d.line("  # No field says when. The rows' order stands for it, a second apart from 2000-01-01;")
		d.line("  # better: remove this and give a field below the role time.")
		d.line("  order: true")
	} else {
		zone, why := "UTC", "of times that carry none, such as Europe/Berlin"
		if layout := r.plan.timeLayout(); layout.Zone {
			zone, why = `""`, "the times carry their own"
		}
		d.line("  zone: %-11s # %s", zone, why)
	}
	d.line("nulls: []         # more texts that stand for no value: [\"-200\", \"Bad Input\"]")
	d.line("lines: \"\"         # for lines of text: an expression whose named groups are the fields, (?P<prediction>\\w+)")
	d.line("rows: \"\"          # a list within each record whose items are the rows: outputs")
	d.line("skip: []          # records to pass over: [\"line=TEST\"]")
	d.line("")
	d.line("# Late labels join inferences by the field with the role id. Roles: %s,", strings.Join(roleNames(), ", "))
	d.line("# or drop. type: text or number; scale: what a number is multiplied by; unit: such as mm.")
	d.line("fields:")
}

// timeLayout is how the source's times are written.
func (p *plan) timeLayout() clock.Layout {
	for _, t := range p.targets {
		if t.put != nil && (t.Role == analysis.RoleTime || t.Role == analysis.RoleLabelTime) {
			return t.layout
		}
	}
	return clock.Layout{}
}

func (d *draft) fields(p *plan) {
	for slot, t := range p.targets {
		if path := p.paths[slot]; path == rowOrder {
			continue
		}
		s := p.surveys[slot]
		if t.put == nil {
			d.line("  %s: {role: drop} # %s", quote(p.paths[slot]), s.example())
			continue
		}
		entry := "role: " + string(t.Role)
		if p.wide && t.Role == analysis.RoleValue {
			entry = "type: number" // each number is a series of its own
		}
		if t.Type == analysis.Number && t.factor != 1 && t.factor != 0 {
			entry += ", scale: " + analysis.FormatNumber(t.factor)
		}
		if t.Unit != "" {
			entry += ", unit: " + quote(t.Unit)
		}
		d.line("  %s: {%s} # %s", quote(p.paths[slot]), entry, s.example())
	}
}

// example tells of a field's values what fits a comment.
func (s *survey) example() string {
	var some []string
	for _, v := range s.values {
		if text := quote(v[:min(len(v), 30)]); !slices.Contains(some, text) && len(some) < 3 {
			some = append(some, text)
		}
	}
	if len(some) == 0 {
		return "no value in the first records"
	}
	return fmt.Sprintf("%d different, such as %s", len(s.distinct), strings.Join(some, ", "))
}

// quote writes a text for YAML: in double quotes and ASCII, so that it is one
// line and harmless, whatever the log held.
func quote(s string) string { return strconv.QuoteToASCII(strings.ToValidUTF8(s, "?")) }
