package models

import (
	tea "charm.land/bubbletea/v2"

	"andon/analysis/ensemble"
	"andon/analysis/fleet"
	"andon/analysis/stage"
	"andon/analysis/version"
	"andon/analysis/whatif"
	"andon/ui/screen"
)

// answer is what the Reader said of one pane to the question of that number.
// Each pane is asked for by itself, so that the quick ones need not wait for the
// slow.
type answer struct {
	number int
	pane   pane
	take   func(*known)
	err    error
}

// known is what was answered. number is the question that each pane's answer
// belongs to, 0 for none yet.
type known struct {
	members  ensemble.Report
	versions version.Report
	units    []fleet.Unit
	stages   []stage.Stage
	plan     whatif.Plan
	number   [panes]int
	err      [panes]error
}

// pending reports that a pane's last question is not answered yet.
func (s Screen) pending(p pane) bool { return s.asked.Number != s.known.number[p] }

// ask puts a question unless the same one was put before; again asks even so.
func (s Screen) ask(again bool) (screen.Screen, tea.Cmd) {
	where, windows := s.state.Where, s.state.Windows
	next, ctx, ok := s.asked.Next(windows, where, again)
	if !ok {
		return s, nil
	}
	s.asked, s.pair = next, pairing{}
	number, reader := next.Number, s.reader
	part := func(p pane, look func() (func(*known), error)) tea.Cmd {
		return func() tea.Msg {
			take, err := look()
			return answer{number, p, take, err}
		}
	}
	return s, tea.Batch(
		part(members, func() (func(*known), error) {
			r, err := reader.Members(ctx, windows, where)
			return func(k *known) { k.members = r }, err
		}),
		part(versions, func() (func(*known), error) {
			r, err := reader.Versions(ctx, windows, where)
			return func(k *known) { k.versions = r }, err
		}),
		part(units, func() (func(*known), error) {
			r, err := reader.Units(ctx, windows, where)
			return func(k *known) { k.units = r }, err
		}),
		part(stages, func() (func(*known), error) {
			r, err := reader.Stages(ctx, windows, where)
			return func(k *known) { k.stages = r }, err
		}),
		part(remedies, func() (func(*known), error) {
			r, err := reader.Remedies(ctx, windows, where)
			return func(k *known) { k.plan = r }, err
		}))
}

// accept takes an answer to the last question and drops any other.
func (s Screen) accept(a answer) Screen {
	if a.number != s.asked.Number {
		return s
	}
	s.known.number[a.pane], s.known.err[a.pane] = a.number, a.err
	if a.err == nil {
		a.take(&s.known)
	}
	s.tables[members] = s.tables[members].With(s.memberRows())
	s.tables[versions] = s.tables[versions].With(s.versionRows())
	s.tables[remedies] = s.tables[remedies].With(s.remedyRows())
	s.tables[units] = s.tables[units].With(s.unitRows())
	s.tables[stages] = s.tables[stages].With(s.stageRows())
	if s.asked.Number == 1 && a.pane == members && len(s.known.members.Members) == 0 && len(s.known.members.Versions) > 0 {
		s.pane = versions
	}
	return s.resize()
}
