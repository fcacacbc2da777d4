// Package report writes the incident report: one A3 page as Markdown, HTML and
// JSON, for people who do not have Andon.
//
//	Report (what is known) ─▶ Page (sections, in A3 order) ─▶ Markdown
//	                                                       ─▶ HTML
//	                       ─▶ Document (JSON)
//
// The page is built once; the writers only put it into their notation, so no
// format says more than another. Text from logs passes the writer's escaper
// and nothing else: the HTML holds no script, loads nothing and says so in its
// content security policy.
package report

import (
	"time"

	"andon/analysis"
	"andon/analysis/camera"
	"andon/analysis/hypothesis"
	"andon/analysis/impact"
	"andon/analysis/incident"
	"andon/analysis/slo"
)

// Report is all a report is made of. Zone is what times are printed in. Where
// and Given are the question: a filter, and the windows where a person chose
// them; Triage has those that were used.
type Report struct {
	Incident   analysis.Incident
	Record     *incident.Record // nil where none was begun
	File       string
	Written    time.Time
	Zone       *time.Location
	Where      analysis.Where
	Given      analysis.Windows
	Triage     analysis.Triage
	Sources    []analysis.Source
	Events     []analysis.Event
	Notes      []analysis.Note
	Findings   []analysis.Finding
	Hypotheses []hypothesis.Hypothesis
	Taken      []analysis.Taken
	Frames     camera.Comparison
	Impact     impact.Impact // of the drop
	Objectives []slo.Standing
	Currency   string // of the impact's money, "" for none
	SmallPaper bool   // to be printed on A4, two pages of it, instead of one A3

	basis *Basis // gathers the evidence while the page is laid out
}

// Page is the report as text, tables and pictures, before any notation.
type Page struct {
	Title    string
	Verdict  string
	Facts    []Fact
	Sections []Section
	Foot     string
	Basis    Basis

	SmallPaper bool
}

// Fact is one line of the head: a name and its value.
type Fact struct{ Name, Value string }

// Section is one box of the A3 page. Its parts are shown in this order.
type Section struct {
	Title    string
	Lead     []string
	Plot     *Plot
	Table    *Table
	Points   []string
	Pictures []Picture
	Quotes   []Quote
}

// Table is a head and rows of equal length.
type Table struct {
	Head []string
	Rows [][]string
}

// Picture is a pair of frames, before beside after, as PNG bytes.
type Picture struct {
	Before, After   []byte
	BeforeSays      string
	AfterSays       string
	BeforeAlternate string
	AfterAlternate  string
}

// Quote is a person's words, with who and when.
type Quote struct{ By, Text string }
