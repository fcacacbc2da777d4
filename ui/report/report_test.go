package report

import (
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"andon/analysis"
	"andon/analysis/camera"
	"andon/analysis/hypothesis"
	"andon/analysis/impact"
	"andon/analysis/incident"
	"andon/analysis/slo"
)

// hostile is text that tries to be markup, a link, a script or a key press.
const hostile = "<script>alert(1)</script> [x](javascript:1) ![](http://e.vil/) | `a` *b* @ops #12 \x1b]52;c;AAAA\a \u202e"

func sample(note string) Report {
	flat := func(c color.Color) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, 4, 4))
		for i := range 16 {
			img.Set(i%4, i/4, c)
		}
		return img
	}
	t := found()
	kept := []hypothesis.Hypothesis{{ID: 1, Cause: analysis.Floor, Text: "winter gloves " + note, Own: true, Status: hypothesis.Refuted, Moves: []hypothesis.Move{
		{Time: noon, Author: "mo", From: hypothesis.Testing, To: hypothesis.Refuted, Before: .4, After: .2, Reason: "it is June " + note}}}}
	promise, err := slo.Parse("accuracy>=95%")
	if err != nil {
		panic(err)
	}
	return Report{Incident: analysis.Incident{Title: "plant"}, File: "plant.andon", Written: noon, Triage: t, Hypotheses: hypothesis.Weighed(t, kept),
		Sources: []analysis.Source{{Path: "/home/mo/logs/inference.jsonl " + note, Hash: "0123456789abcdef", Kind: analysis.InferenceKind, Rows: 1500}},
		Events:  []analysis.Event{*t.Events[0].Event},
		Notes:   []analysis.Note{{ID: 1, Time: noon, Author: "mo", Text: "seen on the floor\n" + note}},
		Findings: []analysis.Finding{{ID: 1, Step: "floor.frames", Time: noon, Claim: "gloves are black " + note, Outcome: analysis.Yes},
			{ID: 2, Step: analysis.VerifyStep, Query: "verify", Time: noon, Claim: "accuracy restored " + note, Outcome: analysis.Yes}},
		Impact: impact.Impact{Hours: 24, Rows: 500, Parts: []impact.Part{{Kind: impact.Missed, Excess: 162.5, Interval: analysis.Interval{Lo: 126, Hi: 199}, Rate: 4}},
			Warnings: []string{"good is guessed " + note}},
		Objectives: []slo.Standing{{Objective: promise, State: slo.Out, Budgets: []slo.Budget{{Span: slo.Spans[0], Spent: math.NaN()},
			{Span: slo.Spans[1], Spent: 2.4, Best: 2, Worst: 2.6}}}},
		Currency: "EUR " + note,
		Taken:    []analysis.Taken{{ID: 1, Taken: noon, Do: "gray gloves back " + note, Outcome: analysis.Yes, Finding: 2}},
		Record: &incident.Record{ID: 1, Title: "Drop on L2 " + note, Severity: "major", Status: incident.Stable, Owner: "mo " + note, People: []string{"ines"},
			Onset: noon, Detected: noon.Add(time.Hour), Mitigated: noon.Add(27 * time.Hour), Tags: []string{"gloves"}},
		Frames: camera.Comparison{Before: 9, After: 9, Pairs: []camera.Pair{{
			Before: camera.Sample{Picture: flat(color.Gray{200}), Caption: map[string]string{"line": note}},
			After:  camera.Sample{Picture: flat(color.Gray{20})}}}},
	}
}

func TestMarkdownGolden(t *testing.T) {
	var b strings.Builder
	if err := Markdown(&b, NewPage(sample(""))); err != nil {
		t.Fatal(err)
	}
	golden.RequireEqual(t, b.String())
}

func TestOrderIsThatOfAnA3(t *testing.T) {
	want := []string{"Background", "Current condition", "Impact", "Goal", "Root cause", "Hypotheses", "Five whys", "Fishbone", "Frames", "Countermeasures",
		"Taken and verified", "Follow-up", "Timeline", "Notes", "Evidence"}
	for i, s := range NewPage(sample("")).Sections {
		if s.Title != want[i] {
			t.Errorf("section %d is %q, want %q", i, s.Title, want[i])
		}
	}
}

func TestHTMLIsInert(t *testing.T) {
	var b strings.Builder
	if err := HTML(&b, NewPage(sample(hostile))); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{`default-src 'none'`, "&lt;script&gt;alert(1)", "<svg", "data:image/png;base64,", "^[]52"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	decoder := xml.NewDecoder(strings.NewReader(page))
	decoder.Strict, decoder.AutoClose, decoder.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch element.Name.Local {
		case "script", "a", "iframe", "object", "embed", "form", "link", "base":
			t.Errorf("the page has an element <%s>", element.Name.Local)
		}
		for _, a := range element.Attr {
			name := strings.ToLower(a.Name.Local)
			if strings.HasPrefix(name, "on") || (name == "src" && !strings.HasPrefix(a.Value, "data:image/png;base64,")) || name == "href" {
				t.Errorf("<%s> has %s=%q", element.Name.Local, name, a.Value)
			}
		}
	}
	for _, r := range page {
		if r < ' ' && r != '\n' && r != '\t' || r == '\u202e' {
			t.Errorf("the page holds the control character %U", r)
		}
	}
}

func TestMarkdownKeepsTextLiteral(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.StringOf(rapid.RuneFrom([]rune("ab <>[]()*_`|#!@:/.\\-+=~1&\n\x1b\u202e"))).Draw(t, "raw")
		got := escape(raw)
		for i, r := range got {
			if strings.ContainsRune("<>[]`|*_#!@", r) && (i == 0 || got[i-1] != '\\') {
				t.Fatalf("%q became %q: %q is bare", raw, got, r)
			}
			if r < ' ' || r == '\u202e' {
				t.Fatalf("%q became %q", raw, got)
			}
		}
		fenced := fence(clean(raw))
		bar := fenced[:strings.IndexByte(fenced, '\n')]
		if strings.Count(fenced, bar) != 2 {
			t.Fatalf("%q escapes its fence: %q", raw, fenced)
		}
	})
}

func TestEmptyReport(t *testing.T) {
	for _, r := range []Report{{}, {Triage: analysis.Triage{Verdict: analysis.Verdict{Cause: analysis.None, Outcome: analysis.NoChange}}}} {
		r.Written = noon
		if err := HTML(io.Discard, NewPage(r)); err != nil {
			t.Error(err)
		}
		if err := Markdown(io.Discard, NewPage(r)); err != nil {
			t.Error(err)
		}
	}
}

// What got rarer is told as fewer, not as a negative number of more.
func TestExcess(t *testing.T) {
	part := func(excess, lo, hi float64) impact.Part {
		return impact.Part{Kind: impact.Stop, Excess: excess, Interval: analysis.Interval{Lo: lo, Hi: hi}}
	}
	for _, test := range []struct {
		part impact.Part
		want string
	}{
		{part(1748.2, 1633, 1871), "1,748 more false stops than before (95 %: 1,633 to 1,871)"},
		{part(-23.1, -69, 27), "23 fewer false stops than before (95 %: -69 to 27)"},
		{part(0, -5, 5), "0 more false stops than before (95 %: -5 to 5)"},
	} {
		if got := Excess(test.part); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
