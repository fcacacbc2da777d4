package command

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"andon/analysis"
	"andon/store"
	"andon/ui/display"
	"andon/ui/report"
)

// A shared file is gone through as it was worked on:
//
//	note ─▶ finding (asked again: same, changed) ─▶ note ─▶ countermeasure ─▶ ...
//	         in the order of time, one step at a key

func replayCommand(env Env) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "replay FILE",
		Short: "go through an incident step by step, asking every finding again",
		Long: `Goes through notes, findings, changes of hypotheses and countermeasures in the
order of time. Every finding is asked again over its own windows and slice: same
or changed, with both numbers. On a terminal enter shows the next step and q
stops; otherwise all are printed. The file is somebody else's: a private, checked
copy is read, and nothing is written. Exit code 1 where a finding changed or the
notes are not the chain they were written as.`,
		Example: "  andon replay copy.andon",
		Args:    exactly(1, "an incident file"),
		RunE: func(c *cobra.Command, args []string) error {
			file, err := store.OpenForeign(c.Context(), args[0])
			if err != nil {
				return input(err)
			}
			defer file.Close()
			return newSession(file, env).replay(c.Context(), asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object and nothing else")
	return c
}

// replayStep is one thing that somebody did. Again is "" for what is not a
// query's, else same, changed or failed; Now is what came out then.
type replayStep struct {
	Time  time.Time `json:"time"`
	Kind  string    `json:"kind"` // note, finding, hypothesis, countermeasure, incident
	By    string    `json:"by"`
	Says  string    `json:"says"`
	Where string    `json:"where"`
	Was   string    `json:"was"`
	Again string    `json:"again"`
	Now   string    `json:"now"`

	finding *analysis.Finding
}

func (s *session) replay(ctx context.Context, asJSON bool) error {
	steps, err := s.replaySteps(ctx)
	if err != nil {
		return input(err)
	}
	changed := 0
	tell := s.teller(len(steps), asJSON)
	for i := range steps {
		if err := s.askAgain(ctx, &steps[i]); err != nil {
			return err
		}
		if steps[i].Again != "" && steps[i].Again != "same" {
			changed++
		}
		if !tell(i, steps[i]) {
			return nil
		}
	}
	notes, err := s.file.Notes(ctx)
	if err != nil {
		return input(err)
	}
	broken := store.VerifyNotes(notes)
	if asJSON {
		err = printJSON(s.env.Out, map[string]any{"schema": report.Schema, "steps": append([]replayStep{}, steps...), "changed": changed, "notes_whole": broken == nil})
	} else {
		s.sayReplayed(len(steps), changed, broken)
	}
	if err == nil && (changed > 0 || broken != nil) {
		err = failure{exitFinding, errSilent}
	}
	return err
}

// replaySteps are all that people did, in the order of time.
func (s *session) replaySteps(ctx context.Context) ([]replayStep, error) {
	var steps []replayStep
	notes, err := s.file.Notes(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range notes {
		step := replayStep{Time: n.Time, Kind: "note", By: n.Author, Says: n.Text, Where: n.Pin.Where, Was: n.Pin.Saw}
		if n.Supersedes > 0 {
			step.Kind = fmt.Sprintf("note %d, in place of %d", n.ID, n.Supersedes)
		}
		steps = append(steps, step)
	}
	findings, err := s.file.Findings(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range findings {
		says := f.Claim
		if f.Outcome != "" {
			says = string(f.Outcome) + ": " + says
		}
		steps = append(steps, replayStep{Time: f.Time, Kind: fmt.Sprintf("finding %d", f.ID), Says: says, Where: f.Where, Was: f.Result, finding: &f})
	}
	decided, err := s.decisions(ctx)
	if err != nil {
		return nil, err
	}
	steps = append(steps, decided...)
	slices.SortStableFunc(steps, func(a, b replayStep) int { return a.Time.Compare(b.Time) })
	return steps, nil
}

// decisions are the changes of hypotheses and incidents, and countermeasures.
func (s *session) decisions(ctx context.Context) ([]replayStep, error) {
	var steps []replayStep
	hypotheses, err := s.file.Hypotheses(ctx)
	if err != nil {
		return nil, err
	}
	for _, h := range hypotheses {
		for _, m := range h.Moves {
			steps = append(steps, replayStep{Time: m.Time, Kind: "hypothesis", By: m.Author, Where: h.Where,
				Says: fmt.Sprintf("%s: %s to %s, %.0f %% to %.0f %%; %s", h.Text, orWord(string(m.From), "new"), m.To, 100*m.Before, 100*m.After, m.Reason)})
		}
	}
	taken, err := s.file.Countermeasures(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range taken {
		steps = append(steps, replayStep{Time: c.Time, Kind: "countermeasure", By: c.Author, Says: c.Do})
	}
	records, err := s.file.Incidents(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		for _, m := range r.Moves {
			steps = append(steps, replayStep{Time: m.Time, Kind: "incident", By: m.Author,
				Says: fmt.Sprintf("%s: %s from %s to %s; %s", r.Title, m.Field, orWord(m.From, "nothing"), m.To, m.Reason)})
		}
	}
	for i := range steps {
		steps[i].Says = strings.TrimSuffix(steps[i].Says, "; ")
	}
	return steps, nil
}

func orWord(text, word string) string {
	if text == "" {
		return word
	}
	return text
}

// askAgain runs the query of a finding once more.
func (s *session) askAgain(ctx context.Context, step *replayStep) error {
	if step.finding == nil || step.finding.Query == "" {
		return nil
	}
	again, err := s.again(ctx, *step.finding)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		step.Again, step.Now = "failed", err.Error()
	case again.Hash == step.finding.Hash:
		step.Again, step.Now = "same", again.Result
	default:
		step.Again, step.Now = "changed", strings.TrimSuffix(again.Claim+"; "+again.Result, "; ")
	}
	return nil
}

// teller prints a step, and on a terminal waits for a key; it returns false to
// stop.
func (s *session) teller(steps int, asJSON bool) func(i int, step replayStep) bool {
	keys := bufio.NewReader(s.env.In)
	waits := isTerminal(s.env.In) && isTerminal(s.env.Out)
	return func(i int, step replayStep) bool {
		if asJSON {
			return true
		}
		s.printStep(i, steps, step)
		if !waits || i == steps-1 {
			return true
		}
		fmt.Fprint(s.env.Out, "enter: next, q: stop ")
		line, err := keys.ReadString('\n')
		return err == nil && strings.TrimSpace(line) != "q"
	}
}

func (s *session) printStep(i, steps int, step replayStep) {
	head := fmt.Sprintf("%d/%d  %s  %s", i+1, steps, stamp(step.Time), step.Kind)
	if step.By != "" {
		head += "  " + string(display.Escape(step.By))
	}
	if step.Where != "" {
		head += "  where " + string(display.Escape(step.Where))
	}
	fmt.Fprintln(s.env.Out, head)
	for _, line := range display.Lines(step.Says) {
		fmt.Fprintf(s.env.Out, "   %s\n", line)
	}
	if step.Was != "" {
		fmt.Fprintf(s.env.Out, "   saw: %s\n", display.Escape(step.Was))
	}
	switch step.Again {
	case "same":
		fmt.Fprintf(s.env.Out, "   ✓ same: %s\n", display.Escape(step.Now))
	case "changed", "failed":
		fmt.Fprintf(s.env.Out, "   ✗ %s: %s\n", step.Again, display.Escape(step.Now))
	}
}

func (s *session) sayReplayed(steps, changed int, broken error) {
	if steps == 0 {
		fmt.Fprintln(s.env.Out, "nobody wrote or found anything yet")
		return
	}
	said := "every finding is the same"
	if changed > 0 {
		said = fmt.Sprintf("%s changed", plural(int64(changed), "finding"))
	}
	chain := "the notes are whole"
	if broken != nil {
		chain = string(display.Escape(broken.Error()))
	}
	fmt.Fprintf(s.env.Out, "%s; %s; %s\n", plural(int64(steps), "step"), said, chain)
}
