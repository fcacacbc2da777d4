package notes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"andon/analysis"
	"andon/themes"
	"andon/ui/display"
	"andon/ui/table"
)

// entry is one line of the record: a note or a finding, never both.
type entry struct {
	note    *analysis.Note
	finding *analysis.Finding
	by      int64 // the note that supersedes this one, or 0
}

// merge is all notes and findings, newest first; of the same instant the later
// written comes first.
func merge(notes []analysis.Note, findings []analysis.Finding) []entry {
	entries := make([]entry, 0, len(notes)+len(findings))
	superseded := map[int64]int64{}
	for i := range notes {
		superseded[notes[i].Supersedes] = notes[i].ID
	}
	for i := range notes {
		entries = append(entries, entry{note: &notes[i], by: superseded[notes[i].ID]})
	}
	for i := range findings {
		entries = append(entries, entry{finding: &findings[i]})
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(b.time().Compare(a.time()), cmp.Compare(b.id(), a.id()))
	})
	return entries
}

func (e entry) time() time.Time {
	if e.note != nil {
		return e.note.Time
	}
	return e.finding.Time
}

func (e entry) id() int64 {
	if e.note != nil {
		return e.note.ID
	}
	return e.finding.ID
}

// kind is "note", "step" for a checklist outcome, or "finding".
func (e entry) kind() string {
	switch {
	case e.note != nil:
		return "note"
	case e.finding.Step != "":
		return "step"
	}
	return "finding"
}

// text is what was written or claimed.
func (e entry) text() string {
	if e.note != nil {
		return e.note.Text
	}
	text := e.finding.Claim
	if e.finding.Outcome != "" {
		text = string(e.finding.Outcome) + ": " + text
	}
	if e.finding.Result != "" {
		text += " (" + e.finding.Result + ")"
	}
	return text
}

// pin is where the entry was seen.
func (e entry) pin() analysis.Pin {
	if e.note != nil {
		return e.note.Pin
	}
	return analysis.Pin{Screen: e.finding.Step, Where: e.finding.Where, Windows: e.finding.Windows, Saw: e.finding.Query}
}

// sentence is the entry for somebody who does not see the screen.
func (e entry) sentence() string {
	who := fmt.Sprintf("%s %d", e.kind(), e.id())
	if e.note != nil && e.note.Author != "" {
		who += " by " + e.note.Author
	}
	return who + ": " + e.text()
}

// whenWidth is a time without its year, "16 Mar 07:10"; the year stands with the
// entry itself.
const whenWidth = 12

func (s Screen) short(t time.Time) display.Text {
	return display.Short(t, s.zone)
}

func newTable() table.Table {
	return table.New(
		table.Column{Title: "when", Key: "when", Width: whenWidth},
		table.Column{Title: "kind", Key: "kind", Width: 7},
		table.Column{Title: "what", Width: 16, Flex: 3},
		table.Column{Title: "seen at", Width: 14, Flex: 1, Wide: true})
}

// list makes the rows of the table; the cursor stays on its entry.
func (s Screen) list() Screen {
	before, held := s.current()
	s.entries = merge(s.notes.notes, s.state.Findings)
	rows := make([][]table.Cell, len(s.entries))
	at := 0
	for i, e := range s.entries {
		if held && e.id() == before.id() && e.kind() == before.kind() {
			at = i
		}
		slot := themes.Text
		if e.by != 0 {
			slot = themes.Muted
		}
		first, _, _ := strings.Cut(e.text(), "\n")
		if e.by != 0 {
			first = fmt.Sprintf("(superseded by note %d) %s", e.by, first)
		}
		rows[i] = []table.Cell{
			{Text: s.short(e.time()), Slot: themes.Muted, Sort: float64(e.time().Unix())},
			{Text: display.Text(e.kind()), Slot: kindSlot(e)},
			{Text: display.Escape(first), Slot: slot},
			{Text: display.Escape(place(e.pin())), Slot: themes.Muted},
		}
	}
	s.table = s.table.With(rows).Select(at)
	return s
}

func kindSlot(e entry) themes.Slot {
	if e.note != nil {
		return themes.Accent
	}
	return themes.Event
}

// place is a pin in a few words.
func place(p analysis.Pin) string {
	return strings.TrimSpace(p.Screen + " " + p.Where)
}
