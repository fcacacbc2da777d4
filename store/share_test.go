package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"andon/analysis"
	"andon/analysis/incident"
)

// Everything that must not be in a copy of the plant's file, in the places
// where it stands.
var (
	operators = []string{"Petra Vogel", "Mirko Anton", "joe", "4711"}
	reviewers = []string{"Reviewer Eins", "Petra Vogel"}
	hush      = []string{"gloves2026", "petra.vogel@werk3.example.com", "ghp_0123456789abcdefghijABCDEFGHIJ012345", "s3cr3tpass"}
)

// talkative is an incident file that tells a lot: rows of four operators,
// labels of two reviewers, frames in a home directory, a reject, an event,
// metrics and notes that name people and hold passwords.
func talkative(t testing.TB, rows int) *File {
	t.Helper()
	f := create(t)
	var log [][]string
	for i := range rows {
		log = append(log, []string{stamp(i), fmt.Sprintf("id-%05d", i), []string{"ok", "nok"}[i%5/4], operators[i%len(operators)], []string{"L1", "L2"}[i%2],
			fmt.Sprintf("seen by %s, mail %s", operators[i%2], hush[1]), fmt.Sprintf("/home/pvogel/shots/cam%d/%05d.png", i%2, i), fmt.Sprint(i % 97)})
	}
	inference := batch(analysis.InferenceKind, []string{"time:time", "id:id", "prediction:prediction", "operator", "line", "remark:text", "frame:frame", "brightness:feature"}, log...)
	inference.Rejects = []analysis.Reject{{Line: 7, Reason: "no time; operator Petra Vogel", Raw: []byte(`{"operator":"Mirko Anton","password":"gloves2026"}`)}}
	load(t, f, analysis.Source{Path: "/home/pvogel/logs/inference.jsonl", Hash: "l", Kind: analysis.InferenceKind, Warnings: []string{"Petra Vogel's column"}}, inference)
	load(t, f, analysis.Source{Path: "labels.csv", Hash: "t", Kind: analysis.LabelKind}, batch(analysis.LabelKind, labelHead,
		[]string{"id-00001", "ok", reviewers[0], stamp(100)}, []string{"id-00002", "nok", reviewers[1], stamp(101)}, []string{"id-00050", "ok", reviewers[0], stamp(101)}))
	load(t, f, analysis.Source{Path: "frames", Hash: "f", Kind: analysis.FrameKind}, batch(analysis.FrameKind,
		[]string{"path:path:text", "frame.luma:feature", "thumb:thumb"},
		[]string{"/home/pvogel/shots/cam1/00001.png", "12", "PICTURE-ONE"}, []string{"/home/pvogel/shots/cam0/00050.png", "13", "PICTURE-FIFTY"}))
	load(t, f, analysis.Source{Path: "m", Hash: "m", Kind: analysis.MetricKind}, batch(analysis.MetricKind, []string{"time:time", "name:name", "operator", "value:value"},
		[]string{stamp(1), "cpu", operators[1], "3"}, []string{stamp(1000), "cpu", "Late Larry", "2"}))
	load(t, f, analysis.Source{Path: "e", Hash: "e", Kind: analysis.EventKind}, batch(analysis.EventKind, []string{"time:time", "kind:kind", "title:title", "detail:detail", "operator:scope"},
		[]string{stamp(60), "material", "gloves, told by MIRKO ANTON", "password: gloves2026", "Petra Vogel"}))
	join(t, f)
	for _, text := range []string{"Petra Vogel and joe saw it; badge 4711", "db is postgres://app:s3cr3tpass@db/x", "use " + hush[2] + ", or type gloves2026"} {
		if _, err := f.AddNote(t.Context(), analysis.Note{Text: text, Time: start, Author: "Notker Notes", Pin: analysis.Pin{Where: "operator='Petra Vogel'", Saw: "Mirko Anton 12 %"}}); err != nil {
			t.Fatal(err)
		}
	}
	opened := incident.New("Drop, told by joe", start)
	opened.Owner = "Petra Vogel"
	if _, err := f.SaveIncident(t.Context(), opened, []incident.Move{{Time: start, Author: "Notker Notes", Field: "owner", To: "Petra Vogel", Reason: "mail petra.vogel@werk3.example.com"}}); err != nil {
		t.Fatal(err)
	}
	_, err := f.AddFinding(t.Context(), analysis.Finding{Time: start, Step: "slice.place", Claim: "joe alone fell", Where: "operator=joe", Query: "check", Hash: claimHash(analysis.Finding{Claim: "joe alone fell"})})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func claimHash(f analysis.Finding) string { return fmt.Sprintf("hash of %d bytes", len(f.Claim)) }

func share(t testing.TB, f *File, cut Cut) (string, Shared) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.andon")
	said, err := Share(t.Context(), f, path, cut, start)
	if err != nil {
		t.Fatal(err)
	}
	return path, said
}

var everyone = []string{"operator", "reviewer", Author}

// TestShareHoldsNothingHidden is the promise: no byte of the file tells, in
// either case, and no text of it, columns unpacked.
func TestShareHoldsNothingHidden(t *testing.T) {
	f := talkative(t, 200)
	path, said := share(t, f, Cut{Redact: everyone, Rehash: claimHash})
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range raw { // bytes.ToLower would rewrite what is no text
		if 'A' <= b && b <= 'Z' {
			raw[i] = b + 'a' - 'A'
		}
	}
	gone := append([]string{"Notker Notes", "Late Larry", "pvogel", "/home"}, hush...)
	for _, value := range append(append(gone, operators[:3]...), reviewers...) {
		if at := bytes.Index(raw, []byte(strings.ToLower(value))); at >= 0 {
			t.Errorf("the copy holds %q at byte %d: %q", value, at, raw[max(0, at-20):at+40])
		}
	}
	g, err := OpenForeign(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	all := ask(t, g, "SELECT operator, remark FROM inference") + ask(t, g, "SELECT text, author, pin FROM note") + ask(t, g, "SELECT claim, \"where\" FROM finding")
	for _, number := range []string{"4711", "joe"} {
		if strings.Contains(all, number) {
			t.Errorf("a text of the copy holds %q", number)
		}
	}
	if got := ask(t, g, "SELECT raw IS NULL FROM reject"); got != "1" {
		t.Errorf("the raw bytes of a reject are in the copy: %s", got)
	}
	records, err := g.Incidents(t.Context())
	if err != nil || len(records) != 1 || !strings.HasPrefix(records[0].Owner, "p-") || len(records[0].Moves) != 1 || strings.Contains(records[0].Title, "joe") {
		t.Errorf("the incident record is %+v, %v", records, err)
	}
	if said.Hidden["operator"] != 5 || said.Hidden[Author] != 1 || said.Scrubbed["password"] != 2 || said.Searched < 6 || said.Bytes != int64(len(raw)) {
		t.Errorf("said %+v", said)
	}
}

// TestShareKeepsWhatHangsTogether: counts by value, joined labels, frames,
// notes and the finding's slice are those of the file under other names.
func TestShareKeepsWhatHangsTogether(t *testing.T) {
	f := talkative(t, 200)
	path, said := share(t, f, Cut{Redact: everyone, Rehash: claimHash})
	g, err := OpenForeign(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	for _, query := range []string{
		"SELECT count(*), count(label), count(reviewer), sum(correct), sum(brightness) FROM inference",
		"SELECT count(*) AS n FROM inference GROUP BY operator ORDER BY n",
		"SELECT time, id, line, brightness FROM inference",
		`SELECT "row", thumb FROM frame`, `SELECT "row", conflict FROM label`,
		"SELECT kind, rows, rejected FROM source", "SELECT time, value FROM metric",
	} {
		if got, want := ask(t, g, query), ask(t, f, query); got != want {
			t.Errorf("%s gives\n%s\nwant\n%s", query, got, want)
		}
	}
	if got := ask(t, g, "SELECT i.operator = json_extract(scope, '$.operator') FROM event, inference i WHERE i.rowid = 1"); got != "1" {
		t.Error("the operator of the event and of the rows have different pseudonyms")
	}
	if got := ask(t, g, `SELECT count(*) FROM finding, inference WHERE "where" = 'operator=' || operator`); got != "50" {
		t.Errorf("the finding's slice matches %s rows, want 50", got)
	}
	found, _ := g.Findings(t.Context())
	if found[0].Hash != claimHash(found[0]) {
		t.Errorf("the finding's hash is %q, not that of its words", found[0].Hash)
	}
	if got := ask(t, g, "SELECT frame FROM inference WHERE rowid = 2"); got != "cam1/00001.png" {
		t.Errorf("the frame is called %q", got)
	}
	if said.Rows != 200 || said.Of != 200 || said.Copied["note"] != 3 || said.Copied["frame"] != 2 {
		t.Errorf("said %+v", said)
	}
}

func TestShareCuts(t *testing.T) {
	f := talkative(t, 200)
	path, said := share(t, f, Cut{Columns: []string{"line", "label"}, NoFrames: true,
		Windows: []analysis.Window{{From: start, To: start.Add(10e9)}, {From: start.Add(50e9), To: start.Add(55e9)}}})
	g, err := OpenForeign(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if got := ask(t, g, "SELECT count(*), count(label), count(line) FROM inference"); got != "15|3|15" {
		t.Errorf("rows %s", got)
	}
	if got := ask(t, g, `SELECT "row" FROM label`); got != "2\n3\n11" {
		t.Errorf("labels are joined to rows %q", got)
	}
	if got := ask(t, g, "SELECT count(*) FROM frame"); got != "0" {
		t.Errorf("%s frames", got)
	}
	if got := ask(t, g, "SELECT labels FROM metric"); got != "{}" {
		t.Errorf("labels of the metrics in the windows are %s", got)
	}
	raw, _ := os.ReadFile(path)
	for _, value := range []string{"Mirko Anton 0", "Reviewer Eins", "Late Larry", "PICTURE"} {
		if bytes.Contains(raw, []byte(value)) {
			t.Errorf("what was left out, %q, is in the copy", value)
		}
	}
	if strings.Join(said.LeftOut, " ") != "prediction operator remark brightness reviewer label_time frame.luma" {
		t.Errorf("left out %q", said.LeftOut)
	}
}

// TestShareRefuses: nothing is left behind where a copy cannot be given.
func TestShareRefuses(t *testing.T) {
	f := talkative(t, 20)
	dir := t.TempDir()
	path := filepath.Join(dir, "copy.andon")
	for name, cut := range map[string]Cut{
		"no column":  {Redact: []string{"operatr"}},
		"time":       {Redact: []string{"time"}},
		"brightness": {Columns: []string{"brightnes"}},
	} {
		if _, err := Share(t.Context(), f, path, cut, start); err == nil || !strings.Contains(err.Error(), "column") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A value that is also a name in the schema cannot be taken out.
	load(t, f, analysis.Source{Path: "more", Hash: "o", Kind: analysis.InferenceKind},
		batch(analysis.InferenceKind, []string{"time:time", "operator"}, []string{stamp(900), "brightness"}))
	if _, err := Share(t.Context(), f, path, Cut{Redact: []string{"operator"}}, start); !errors.Is(err, ErrLeak) || !strings.Contains(err.Error(), `"brightness" (operator)`) {
		t.Errorf("a leak gave %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	taken, _ := share(t, f, Cut{})
	if _, err := Share(t.Context(), f, taken, Cut{}, start); !errors.Is(err, ErrExists) {
		t.Errorf("an existing file gave %v", err)
	}
}

// TestShareAfterAKill: what a killed share left does not stand in the way.
func TestShareAfterAKill(t *testing.T) {
	f := talkative(t, 20)
	path := filepath.Join(t.TempDir(), "copy.andon")
	for _, left := range []string{".part", ".part-wal", ".part-ballast"} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+left), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Share(t.Context(), f, path, Cut{}, start); err != nil {
		t.Fatal(err)
	}
	left, _ := os.ReadDir(filepath.Dir(path))
	if len(left) != 1 {
		t.Errorf("beside the copy lies %v", left)
	}
}

// TestShareStopped leaves nothing, wherever it is stopped.
func TestShareStopped(t *testing.T) {
	f := talkative(t, 3000)
	dir := t.TempDir()
	for wait := time.Duration(0); wait < 40*time.Millisecond; wait += 4 * time.Millisecond {
		ctx, stop := context.WithTimeout(t.Context(), wait)
		_, err := Share(ctx, f, filepath.Join(dir, "copy.andon"), Cut{Redact: everyone}, start)
		stop()
		left, _ := os.ReadDir(dir)
		if err == nil {
			return // it was faster; all before this one were stopped
		}
		if len(left) != 0 {
			t.Fatalf("stopped after %s by %v, it left %v", wait, err, left)
		}
	}
}

// TestShareLarge crosses segments and text without a dictionary.
func TestShareLarge(t *testing.T) {
	f := create(t)
	l := load(t, f, analysis.Source{Path: "log", Hash: "l", Kind: analysis.InferenceKind}, plantBatch(0, 40_000), plantBatch(40_000, 40_000))
	path, said := share(t, f, Cut{Redact: []string{"id", "dimension7"}})
	g, err := OpenForeign(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	query := "SELECT count(*), count(DISTINCT id), count(DISTINCT dimension7), count(DISTINCT dimension6), sum(feature3), sum(correct) FROM inference"
	if got, want := ask(t, g, query), ask(t, f, query); got != want || said.Rows != l.Rows {
		t.Errorf("%s, want %s", got, want)
	}
	if got := ask(t, g, "SELECT count(*) FROM inference WHERE id LIKE 'inf-%' OR dimension7 LIKE 'value%'"); got != "0" {
		t.Errorf("%s values are not hidden", got)
	}
}
