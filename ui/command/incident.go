package command

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/analysis/incident"
	"andon/ui/report"
)

// incidentFlags are those of `andon incident`.
type incidentFlags struct {
	open, to, because, like string
	set                     []string
	id                      int64
	handover, json          bool
}

func incidentCommand(env Env) *cobra.Command {
	var flags incidentFlags
	c := &cobra.Command{
		Use:   "incident FILE",
		Short: "show and keep the incident record: status, owner, times, handover, look-alikes",
		Long: `Shows the incidents of a file. --open begins one; --set changes a field of it
(title, severity, owner, onset, detected, mitigated, resolved, people, links,
tags); --to moves it on: open, stable (a stop-gap holds), closed, and open again.
Every change is kept with who, when and why. Without --id it is the one that is
worked on. Closing one asks why where no countermeasure was verified.

--handover prints what the next shift must know. --like DIR looks for incidents
like this one in the incident files of a directory, by cause, slice and signals.`,
		Example: `  andon incident plant.andon --open "Black gloves on L2" --set owner=ines --set severity=critical
  andon incident plant.andon --to stable --because "L2 is checked by hand"
  andon incident plant.andon --handover
  andon incident plant.andon --like ~/incidents`,
		Args: exactly(1, "an incident file"),
		RunE: func(c *cobra.Command, args []string) error {
			open := openToRead
			if flags.open != "" || flags.to != "" || len(flags.set) > 0 {
				open = openIncident
			}
			target, err := open(c.Context(), env, args[0])
			if err != nil {
				return err
			}
			defer target.done()
			return target.keepIncident(c.Context(), flags)
		},
	}
	c.Flags().StringVar(&flags.open, "open", "", "begin an incident of this `TITLE`")
	c.Flags().StringArrayVar(&flags.set, "set", nil, "change `FIELD=VALUE`; lists with commas; may be given several times")
	c.Flags().StringVar(&flags.to, "to", "", "move it to this `STATUS`: open, stable, closed")
	c.Flags().StringVar(&flags.because, "because", "", "why, `TEXT`; kept with every change")
	c.Flags().Int64Var(&flags.id, "id", 0, "the `NUMBER` of the incident, where the file holds several")
	c.Flags().BoolVar(&flags.handover, "handover", false, "print the handover note: conditions, actions, needs")
	c.Flags().StringVar(&flags.like, "like", "", "look for incidents like it in the incident files of `DIR`")
	c.Flags().BoolVar(&flags.json, "json", false, "print one JSON object and nothing else")
	return c
}

// keepIncident changes what is to be changed, then shows what was asked for.
func (s *session) keepIncident(ctx context.Context, flags incidentFlags) error {
	if flags.open != "" {
		opened, err := s.openRecord(ctx, flags.open, flags.because)
		if err != nil {
			return err
		}
		flags.id = opened.ID
	}
	if flags.to != "" || len(flags.set) > 0 {
		if err := s.changeRecord(ctx, flags); err != nil {
			return err
		}
	}
	all, err := s.file.Incidents(ctx)
	if err != nil {
		return input(err)
	}
	if flags.handover || flags.like != "" {
		r, err := pick(all, flags.id)
		if err != nil {
			return err
		}
		if flags.handover {
			return s.printHandover(ctx, r, flags.json)
		}
		return s.printAlike(ctx, r, flags)
	}
	if flags.json {
		return printJSON(s.env.Out, map[string]any{"schema": report.Schema, "incidents": newRecords(all)})
	}
	printRecords(s.env.Out, all)
	return nil
}

// OpenIncident begins an incident.
func (s *session) OpenIncident(ctx context.Context, title string) error {
	_, err := s.openRecord(ctx, title, "")
	return err
}

// ChangeIncident changes fields and status of an incident.
func (s *session) ChangeIncident(ctx context.Context, id int64, set []string, to incident.Status, because string) error {
	return s.changeRecord(ctx, incidentFlags{id: id, set: set, to: string(to), because: because})
}

// pick is the incident of that number, 0 the one that is worked on.
func pick(all []incident.Record, id int64) (incident.Record, error) {
	if len(all) == 0 {
		return incident.Record{}, usage("the file holds no incident yet; begin one with: andon incident FILE --open TITLE")
	}
	if id == 0 {
		r, _ := incident.Current(all)
		return r, nil
	}
	i := slices.IndexFunc(all, func(r incident.Record) bool { return r.ID == id })
	if i < 0 {
		return incident.Record{}, usage("there is no incident %d; andon incident FILE lists them", id)
	}
	return all[i], nil
}

// openRecord begins an incident, with what the log looks like.
func (s *session) openRecord(ctx context.Context, title, because string) (incident.Record, error) {
	t, err := s.triage(ctx, analysis.Windows{}, nil)
	if err != nil {
		return incident.Record{}, err
	}
	if strings.TrimSpace(title) == "" {
		return incident.Record{}, usage("the title is empty: say what is wrong, in a few words")
	}
	now := s.env.Now().UTC()
	r := incident.New(title, now).Seen(t)
	m := incident.Move{Time: now, Author: author(s.env), Field: "status", To: string(incident.Open), Reason: because}
	r, err = s.file.SaveIncident(ctx, r, []incident.Move{m})
	return r, input(err)
}

// changeRecord changes fields and status of an incident, each change a move.
func (s *session) changeRecord(ctx context.Context, flags incidentFlags) error {
	all, err := s.file.Incidents(ctx)
	if err != nil {
		return input(err)
	}
	was, err := pick(all, flags.id)
	if err != nil {
		return err
	}
	next := was
	for _, change := range flags.set {
		field, value, ok := strings.Cut(change, "=")
		if !ok {
			return usage("--set %q: write it as FIELD=VALUE", change)
		}
		if next, err = next.Set(strings.TrimSpace(field), strings.TrimSpace(value), parseTime); err != nil {
			return usage("--set %q: %w", change, err)
		}
	}
	if flags.to != "" {
		if next, err = s.moveRecord(ctx, next, incident.Status(flags.to), flags.because); err != nil {
			return err
		}
	}
	_, err = s.saveRecord(ctx, was, next, flags.because)
	return err
}

// moveRecord is the record in another status; closing one needs a verified
// countermeasure or a reason.
func (s *session) moveRecord(ctx context.Context, r incident.Record, to incident.Status, because string) (incident.Record, error) {
	if to == incident.Closed && strings.TrimSpace(because) == "" {
		taken, err := s.file.Countermeasures(ctx)
		if err != nil {
			return r, input(err)
		}
		if !slices.ContainsFunc(taken, func(c analysis.Taken) bool { return c.Outcome == analysis.Yes }) {
			return r, usage("no countermeasure was verified: why is it closed? verify the fix (andon verify), or say why with --because")
		}
	}
	next, err := r.To(to, s.env.Now().UTC())
	if err != nil {
		return r, usage("%w", err)
	}
	return next, nil
}

// saveRecord keeps a changed record with its moves; the log is looked at again,
// so that it is found by what was seen last.
func (s *session) saveRecord(ctx context.Context, was, next incident.Record, because string) (incident.Record, error) {
	t, err := s.triage(ctx, analysis.Windows{}, nil)
	if err != nil {
		return was, err
	}
	next = next.Seen(t)
	moves := incident.Moves(was, next)
	for i := range moves {
		moves[i].Time, moves[i].Author, moves[i].Reason = s.env.Now().UTC(), author(s.env), because
	}
	saved, err := s.file.SaveIncident(ctx, next, moves)
	return saved, input(err)
}
