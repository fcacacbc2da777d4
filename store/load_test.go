package store

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"andon/analysis"
)

var plantHead = []string{"time:time", "id:id", "line", "prediction:prediction", "label:label", "confidence:confidence", "status:status"}

func plant() *analysis.Batch {
	return batch(analysis.InferenceKind, plantHead,
		[]string{stamp(0), "a", "L1", "ok", "ok", "0.91", "ok"},
		[]string{stamp(1), "b", "L2", "ok", "nok", "0.72", "ok"},
		[]string{stamp(2), "c", "L2", "3.0", "3", "0.5", "ok"},
		[]string{stamp(3), "d", "L2", "", "ok", "", "timeout"},
		[]string{stamp(4), "e", "L1", "", "", "", "timeout"},
		[]string{stamp(5), "f", "L1", "ok", "", "0.9", "200"},
	)
}

func TestLoadReadable(t *testing.T) {
	f := create(t)
	source := load(t, f, analysis.Source{Path: "plant.jsonl", Hash: "h1", Format: "jsonl", Kind: analysis.InferenceKind}, plant())
	if source.Rows != 6 {
		t.Errorf("the ledger counts %d rows", source.Rows)
	}
	sound(t, f)
	got := ask(t, f, "SELECT line, avg(correct) FROM inference WHERE correct IS NOT NULL GROUP BY line")
	if want := "L1|1\nL2|0.3333333333333333"; got != want {
		t.Errorf("correct by line: %q, want %q", got, want)
	}
	if got := ask(t, f, "SELECT time, typeof(time), confidence, typeof(correct), prediction FROM inference WHERE id = 'c'"); got != "2026-03-07T06:28:02.000Z|text|0.5|integer|3.0" {
		t.Errorf("row c reads %q", got)
	}
	if got := ask(t, f, "SELECT group_concat(ifnull(correct, '-'), '') FROM inference"); got != "1010--" {
		t.Errorf("correct is %q", got)
	}
}

func TestLoadReadableBySqlite3(t *testing.T) {
	tool, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("skip: needs sqlite3")
	}
	f := create(t)
	load(t, f, analysis.Source{Path: "plant.jsonl"}, plant())
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, f.Path(), "SELECT line, avg(correct) FROM inference WHERE correct IS NOT NULL GROUP BY line; PRAGMA integrity_check").CombinedOutput()
	if err != nil || !strings.HasSuffix(string(out), "ok\n") || !strings.HasPrefix(string(out), "L1|1.0\nL2|0.33") {
		t.Errorf("sqlite3 says %q, %v", out, err)
	}
}

func TestLoadTwice(t *testing.T) {
	f := create(t)
	src := analysis.Source{Path: "plant.jsonl", Hash: "h1", Format: "jsonl", Kind: analysis.InferenceKind}
	first := load(t, f, src, plant())
	for range 2 {
		l, err := f.Load(t.Context(), src)
		if !errors.Is(err, ErrPresent) {
			t.Fatalf("the second load gives %v", err)
		}
		if l.Source().ID != first.ID {
			t.Errorf("it points to source %d, want %d", l.Source().ID, first.ID)
		}
		f = reopen(t, f)
	}
}
